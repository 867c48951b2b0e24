// Runs one Python file with the evaluator: print() goes to standard output, an error to standard
// error. Modules are looked for beside the file.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "python/evaluator.h"
#include "python/parser.h"

namespace {

using retort::python::Evaluator;

class FolderFinder final : public retort::python::ModuleFinder {
 public:
  explicit FolderFinder(std::filesystem::path root) : root_(std::move(root)) {}

  std::optional<Found> find(const std::string& name) override {
    std::string relative = name;
    for (char& c : relative) {
      if (c == '.') c = '/';
    }
    const std::filesystem::path base = root_ / relative;
    if (std::filesystem::exists(base / "__init__.py")) return load(base / "__init__.py", true);
    const std::filesystem::path file = base.string() + ".py";
    if (std::filesystem::exists(file)) return load(file, false);
    if (std::filesystem::is_directory(base)) return Found{nullptr, true};
    return std::nullopt;
  }

 private:
  static Found load(const std::filesystem::path& path, bool is_package) {
    return {std::make_shared<const retort::Source>(path.string(), retort::read_file(path)),
            is_package};
  }
  std::filesystem::path root_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  try {
    const std::filesystem::path path = argv[1];
    FolderFinder finder(path.parent_path());
    Evaluator::Options options;
    options.finder = &finder;
    options.print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
    Evaluator evaluator(std::move(options));
    auto source = std::make_shared<const retort::Source>(path.string(), retort::read_file(path));
    evaluator.run(retort::python::parse(source), "__main__");
    return 0;
  } catch (const retort::Error& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", error.render().c_str());
    return 1;
  }
}
