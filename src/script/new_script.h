#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/settings.h"
#include "script/create_date.h"

namespace retort::script {

// What a new revision file says.
struct NewScript {
  std::string id{};
  std::optional<std::string> message{};
  std::vector<std::string> down_revisions{};
  std::vector<std::string> branch_labels{};
  std::vector<std::string> depends_on{};
  CreateDate date{};
  std::string imports{};
  // Bodies of upgrade() and downgrade(), indented; empty for `pass`.
  std::string upgrades{};
  std::string downgrades{};
};

// The last twelve hexadecimal digits of a random UUID, as Alembic's ids.
std::string new_revision_id();

// The text, made by the project's script.py.mako, or by the generic template's when there is none.
std::string render(const NewScript& script, const config::Config& config,
                   const config::Settings& settings);
// Where it goes below a version location.
std::filesystem::path file_path(const NewScript& script, const config::Config& config,
                                const config::Settings& settings,
                                const std::filesystem::path& version_location);

}  // namespace retort::script
