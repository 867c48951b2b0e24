#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "python/evaluator.h"

namespace retort::runtime {

// Finds the project's own modules below its import paths, as Python's path finder does: for each
// path in order a package, then a module, then a folder without __init__.py. What is not there is
// looked for in the project's source folders, where an installed project has its packages (`src/`);
// a folder without __init__.py is a guess there.
class ProjectFinder final : public python::ModuleFinder {
 public:
  using Paths = std::function<std::vector<std::filesystem::path>()>;
  // `paths` is asked at each search: evaluated files change sys.path.
  ProjectFinder(Paths paths, std::vector<std::filesystem::path> source_folders)
      : paths_(std::move(paths)), source_folders_(std::move(source_folders)) {}
  std::optional<Found> find(const std::string& name) override;
  // The files that were found so far.
  const std::vector<std::string>& files() const { return files_; }

 private:
  std::optional<Found> look_for(const std::string& name) const;

  Paths paths_;
  std::vector<std::string> files_{};
  std::vector<std::filesystem::path> source_folders_;
};

}  // namespace retort::runtime
