#pragma once

// What a migration would do, before it is done.
//
//   for (const PlanStep& step : migrator.plan().steps) {
//     std::cout << step.revision << " " << step.message << "\n";
//     for (const std::string& sql : step.statements) std::cout << sql << ";\n";
//   }

#include <string>
#include <vector>

namespace retort {

// One revision of a history.
struct RevisionInfo {
  std::string id{};
  std::vector<std::string> down{};
  std::vector<std::string> branch_labels{};
  std::vector<std::string> depends_on{};
  std::string message{};
  std::string file{};  // where it was read from, or the name it has in the bundle
  bool is_head = false;
};

struct PlanStep {
  std::string revision{};
  std::string message{};
  bool is_upgrade = true;
  std::vector<std::string> from{};  // the revisions before it; none: an empty database
  std::vector<std::string> to{};
  // With their values in the text, as `--sql` prints them.
  std::vector<std::string> statements{};
  // Why the statements can't be told before they run (the migration reads the database); empty
  // when they can.
  std::string unknown{};
};

struct Plan {
  std::vector<PlanStep> steps{};
  bool empty() const { return steps.empty(); }
  // All of it for a person: a line a revision, its statements below.
  std::string str() const;
};

}  // namespace retort
