#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace retort::models {

// A model class that no evaluated file imports, so that its table is in no metadata.
struct UnimportedModel {
  std::filesystem::path file{};
  std::string table{};
  friend bool operator==(const UnimportedModel&, const UnimportedModel&) = default;
};

// Looks through the Python files below `folder` for `__tablename__ = "..."`, by their text alone.
// Left out are the files that `imported` has, tables that `known` has, environments of installed
// packages, hidden folders, tests, and the folder `scripts` of the migrations. In order of file.
std::vector<UnimportedModel> unimported_models(const std::filesystem::path& folder,
                                               const std::filesystem::path& scripts,
                                               const std::set<std::filesystem::path>& imported,
                                               const std::set<std::string>& known);

}  // namespace retort::models
