#pragma once

#include <string>
#include <vector>

#include "runtime/environment.h"
#include "runtime/snapshot.h"
#include "script/directory.h"

namespace retort::runtime {

// A point of the history whose schema was compared with a database's.
struct HistoryPoint {
  std::vector<std::string> revisions{};    // the version rows there; none: before the first one
  std::vector<std::string> differences{};  // from the database to it; none: they are equal
  // How many earlier points have the same tables: the revisions after them change only data.
  std::size_t equal_before = 0;
};

// Replays the history in a scratch database, revision by revision up to `target`, and gives the
// newest point whose tables are those of `have`, else the one with the fewest differences, else the
// start. Throws what a revision throws that can't be run on an empty database.
HistoryPoint find_in_history(const script::Directory& directory, const Environment& environment,
                             std::string_view target, const Snapshot& have);

// The tables that are not the application's own.
std::vector<std::string> bookkeeping_tables(const Environment& environment);

}  // namespace retort::runtime
