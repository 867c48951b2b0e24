#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/output.h"
#include "command/project.h"

namespace retort::command {

struct NewRevisionOptions {
  std::optional<std::string> message{};
  std::vector<std::string> heads{};  // of `revision`
  std::vector<std::string> merge{};  // of `merge`: two or more revisions, or "heads"
  bool splice = false;
  std::vector<std::string> branch_labels{};
  std::string version_path{};
  std::string revision_id{};  // empty: a new one
  std::vector<std::string> depends_on{};
  bool sql = false;
};

// Writes a new revision file from script.py.mako and runs the post-write hooks on it. Everything is
// checked before the file is written.
void new_revision(const Project& project, const NewRevisionOptions& options, Output& output,
                  runtime::Log& log);

}  // namespace retort::command
