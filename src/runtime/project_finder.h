#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "python/evaluator.h"

namespace retort::runtime {

// Finds the project's own modules below its import paths, as Python's path finder does: for each
// path in order a package, then a module, then a folder without __init__.py.
class ProjectFinder final : public python::ModuleFinder {
 public:
  explicit ProjectFinder(std::vector<std::filesystem::path> paths) : paths_(std::move(paths)) {}
  std::optional<Found> find(const std::string& name) override;

 private:
  std::vector<std::filesystem::path> paths_;
};

}  // namespace retort::runtime
