#include "runtime/project_finder.h"

#include "base/file.h"

namespace retort::runtime {

namespace fs = std::filesystem;

namespace {

python::ModuleFinder::Found read(const fs::path& path, bool is_package) {
  return {std::make_shared<Source>(path.string(), read_file(path)), is_package};
}

}  // namespace

std::optional<python::ModuleFinder::Found> ProjectFinder::find(const std::string& name) {
  fs::path relative;
  for (std::size_t start = 0; start <= name.size();) {
    std::size_t dot = std::min(name.find('.', start), name.size());
    relative /= name.substr(start, dot - start);
    start = dot + 1;
  }
  std::error_code ignored;
  for (const fs::path& path : paths_) {
    fs::path base = path / relative;
    if (fs::path init = base / "__init__.py"; fs::is_regular_file(init, ignored)) {
      return read(init, true);
    }
    fs::path file = base;
    file += ".py";
    if (fs::is_regular_file(file, ignored)) return read(file, false);
  }
  for (const fs::path& path : paths_) {
    if (fs::is_directory(path / relative, ignored)) return Found{nullptr, true};
  }
  return std::nullopt;
}

}  // namespace retort::runtime
