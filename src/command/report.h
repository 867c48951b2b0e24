#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "script/directory.h"

namespace retort::command {

// What a command tells of one revision, for people and for programs.
struct RevisionReport {
  std::string id{};
  std::vector<std::string> parents{};
  std::vector<std::string> dependencies{};
  std::vector<std::string> children{};
  std::vector<std::string> labels{};
  bool is_head = false;       // no child
  bool is_real_head = false;  // nothing depends on it either
  bool is_branch_point = false;
  bool is_merge_point = false;
  std::optional<bool> is_current{};  // absent: the database was not asked
  std::string message{};
  std::string text{};
  std::string path{};
};

RevisionReport report(const script::Directory& directory, revision::Node node);

// Which parts a line shows beside the id.
struct LineParts {
  bool labels = false;
  bool message = false;
  bool parents = false;
  bool tree = true;  // (branchpoint), (mergepoint)
};
// "a -> b (label) (head), message", as Alembic prints it.
std::string line(const RevisionReport& report, const LineParts& parts);
// "Rev: ..." and what follows, as -v and show print it; ends with an empty line.
std::string block(const RevisionReport& report);
// A JSON array, one object a revision.
std::string json(std::span<const RevisionReport> reports);

}  // namespace retort::command
