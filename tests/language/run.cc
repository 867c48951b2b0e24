// Runs Python files with the evaluator. Modules are looked for beside the file.
//
//   run FILE            print() goes to standard output, an error to standard error
//   run --chunks FILE   the parts between "# ---" lines, each alone: all must succeed
//   run --errors FILE   the parts between "---" lines: a part with a mark `### "regex"` must end
//   with an
//                       error at the marked line whose code and message match, others must succeed
#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "modules/packages/packages.h"
#include "modules/stdlib/stdlib.h"
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
    if (std::filesystem::is_directory(base)) return Found{nullptr, true, base.string()};
    return std::nullopt;
  }

 private:
  static Found load(const std::filesystem::path& path, bool is_package) {
    return {std::make_shared<const retort::Source>(path.string(), retort::read_file(path)),
            is_package};
  }
  std::filesystem::path root_;
};

// One evaluation of `text`, reported under the path.
void evaluate(const std::filesystem::path& path, std::string text, std::uint64_t steps = 0) {
  FolderFinder finder(path.parent_path());
  Evaluator::Options options;
  options.finder = &finder;
  if (steps != 0) options.limits.steps = steps;
  options.print = [](std::string_view out) { std::fwrite(out.data(), 1, out.size(), stdout); };
  Evaluator evaluator(std::move(options));
  retort::modules::bind_stdlib(evaluator, {});
  retort::modules::bind_packages(evaluator);
  auto source = std::make_shared<const retort::Source>(path.string(), std::move(text));
  evaluator.run(retort::python::parse(source), "__main__");
}

// The parts of a file, each with empty lines in front, so that lines keep their numbers.
std::vector<std::string> chunks(const std::string& text, std::string_view separator) {
  std::vector<std::string> parts(1);
  std::string padding;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    at = end;
    padding += '\n';
    if (line.substr(0, line.find('\n')) == separator) {
      parts.push_back(padding);
    } else {
      parts.back() += line;
    }
  }
  return parts;
}

int run_chunks(const std::filesystem::path& path) {
  int failures = 0;
  for (std::string& part : chunks(retort::read_file(path), "# ---")) {
    try {
      evaluate(path, std::move(part));
    } catch (const retort::Error& error) {
      std::fprintf(stderr, "%s\n", error.render().c_str());
      ++failures;
    }
  }
  return failures == 0 ? 0 : 1;
}

struct Mark {
  std::uint32_t line = 0;
  std::string pattern;
};

std::vector<Mark> marks(const std::string& text) {
  std::vector<Mark> found;
  std::uint32_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view row = std::string_view(text).substr(at, end - at);
    const std::size_t mark = row.find("### \"");
    if (mark != std::string_view::npos) {
      const std::size_t begin = mark + 5;
      found.push_back({line, std::string(row.substr(begin, row.rfind('"') - begin))});
    }
    at = end + 1;
    ++line;
  }
  return found;
}

int run_errors(const std::filesystem::path& path) {
  int failures = 0;
  const auto complain = [&](std::uint32_t line, const std::string& text) {
    std::fprintf(stderr, "%s:%u: %s\n", path.c_str(), line, text.c_str());
    ++failures;
  };
  for (std::string& part : chunks(retort::read_file(path), "---")) {
    const std::vector<Mark> wanted = marks(part);
    try {
      evaluate(path, std::move(part), 1'000'000);
      if (!wanted.empty()) complain(wanted[0].line, "no error, expected: " + wanted[0].pattern);
    } catch (const retort::Error& error) {
      const std::uint32_t line =
          error.place() ? error.place().source->position(error.place().span.begin).line : 0;
      const std::string text = error.code() + ": " + error.message() +
                               (error.hint().empty() ? "" : " (" + error.hint() + ")");
      if (wanted.empty()) {
        complain(line, "unexpected error: " + text);
      } else if (line != wanted[0].line) {
        complain(line,
                 "error at another line than " + std::to_string(wanted[0].line) + ": " + text);
      } else if (!std::regex_search(text, std::regex(wanted[0].pattern))) {
        complain(line, "got: " + text + "\n  expected: " + wanted[0].pattern);
      }
    }
  }
  return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc == 3 ? argv[1] : "";
  if (argc != 2 && mode != "--chunks" && mode != "--errors") {
    std::fprintf(stderr, "usage: %s [--chunks|--errors] FILE\n", argv[0]);
    return 2;
  }
  const std::filesystem::path path = argv[argc - 1];
  try {
    if (mode == "--chunks") return run_chunks(path);
    if (mode == "--errors") return run_errors(path);
    evaluate(path, retort::read_file(path));
    return 0;
  } catch (const retort::Error& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", error.render().c_str());
    return 1;
  }
}
