#pragma once

#include <string>
#include <vector>

namespace retort::revision {

// What the graph needs to know of one revision: the four names a script declares, as written there.
// Text, file and code of the script stay with the layer that read it.
struct Revision {
  std::string id{};
  std::vector<std::string> down_revisions{};
  // Ids or branch labels of revisions that must be applied before this one.
  std::vector<std::string> depends_on{};
  std::vector<std::string> branch_labels{};

  friend bool operator==(const Revision&, const Revision&) = default;
};

// Throws Error(code::kRevision) when a new id holds a character that revision arguments use
// themselves: '@', '-', '+' or ':'.
void verify_id(const std::string& id);

}  // namespace retort::revision
