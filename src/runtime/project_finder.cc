#include "runtime/project_finder.h"

#include <algorithm>

#include "base/file.h"

namespace retort::runtime {

namespace fs = std::filesystem;

namespace {

python::ModuleFinder::Found read(const fs::path& path, bool is_package) {
  return {std::make_shared<Source>(path.string(), read_file(path)), is_package, {}};
}

std::optional<python::ModuleFinder::Found> find_file(const fs::path& base) {
  std::error_code ignored;
  if (fs::path init = base / "__init__.py"; fs::is_regular_file(init, ignored)) {
    return read(init, true);
  }
  fs::path file = base;
  file += ".py";
  if (fs::is_regular_file(file, ignored)) return read(file, false);
  return std::nullopt;
}

bool is_module(const fs::directory_entry& entry) {
  std::error_code ignored;
  return entry.path().extension() == ".py" ||
         fs::is_regular_file(entry.path() / "__init__.py", ignored);
}

bool has_modules(const fs::path& folder) {
  std::error_code ignored;
  const fs::directory_iterator entries(folder, ignored);
  return std::any_of(begin(entries), end(entries), is_module);
}

}  // namespace

std::optional<python::ModuleFinder::Found> ProjectFinder::find(const std::string& name) {
  std::optional<Found> found = look_for(name);
  if (found && found->source) files_.push_back(found->source->path());
  return found;
}

std::optional<python::ModuleFinder::Found> ProjectFinder::look_for(const std::string& name) const {
  fs::path relative;
  for (std::size_t start = 0; start <= name.size();) {
    std::size_t dot = std::min(name.find('.', start), name.size());
    relative /= name.substr(start, dot - start);
    start = dot + 1;
  }
  const std::vector<fs::path> paths = paths_();
  for (const fs::path& path : paths) {
    if (auto found = find_file(path / relative)) return found;
  }
  std::error_code ignored;
  for (const fs::path& path : paths) {
    if (fs::is_directory(path / relative, ignored))
      return Found{nullptr, true, (path / relative).string()};
  }
  for (const fs::path& path : source_folders_) {
    if (auto found = find_file(path / relative)) return found;
  }
  // A folder without __init__.py. One that is no part of another may be no package at all, but
  // share the name of one that is installed (`docker`): it has to have modules.
  const bool part = name.find('.') != std::string::npos;
  for (const fs::path& path : source_folders_) {
    const fs::path folder = path / relative;
    if (!fs::is_directory(folder, ignored)) continue;
    if (part || has_modules(folder)) return Found{nullptr, true, folder.string(), !part};
  }
  return std::nullopt;
}

}  // namespace retort::runtime
