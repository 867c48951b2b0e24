#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "revision/graph.h"
#include "revision/rows.h"

// From version rows and a target to the list of steps, in Alembic's order, with what each step does
// to the rows. Nothing is executed here.
namespace retort::revision {

struct Step {
  enum class Kind { kUpgrade, kDowngrade, kStamp };
  Kind kind = Kind::kUpgrade;
  // The revision whose script runs; nothing for a stamp, which runs none.
  std::optional<Node> revision{};
  // The direction; a stamp has one too.
  bool is_upgrade = true;
  // Both ends as the log line prints them: without dependencies; empty for base.
  std::vector<std::string> from{};
  std::vector<std::string> to{};
  // Both ends with (normalised) dependencies, as callbacks on applied versions see them.
  std::vector<std::string> up_revisions{};
  std::vector<std::string> down_revisions{};
  // The statements on the version table, in order.
  std::vector<RowChange> changes{};

  friend bool operator==(const Step&, const Step&) = default;
};

// "upgrade a, b -> c", "downgrade c -> a, b", "stamp_revision a -> b"
std::string short_log(const Step& step);
// The line of a run: "Running upgrade a, b -> c, doc". `doc` is the first paragraph of the script's
// text; a step without one (a stamp) has no comma either.
std::string log_line(const Step& step, std::string_view doc);

struct Route {
  std::vector<Step> steps{};
  VersionRows before{};
  VersionRows after{};
  // What the user should hear before the first step.
  std::vector<std::string> warnings{};
};

// Whether the start was read from the database or named by the user ("a:b" with --sql), who then
// is told when there is no way up from it.
enum class Start { kDatabase, kGiven };

Route plan_upgrade(const Graph& graph, const VersionRows& rows, std::string_view target,
                   Start start = Start::kDatabase);
Route plan_downgrade(const Graph& graph, const VersionRows& rows, std::string_view target);
// Several targets stamp several branches. "base" takes away what is on the branch, or everything.
Route plan_stamp(const Graph& graph, const VersionRows& rows, std::span<const std::string> targets);

}  // namespace retort::revision
