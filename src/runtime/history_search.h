#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "operations/operation.h"
#include "runtime/environment.h"
#include "schema/table.h"
#include "script/directory.h"

namespace retort::runtime {

// A point of the history whose schema was compared with a database's.
struct HistoryPoint {
  std::vector<std::string> revisions{};  // the version rows there; none: before the first one
  // What turns the database into it; none: they are equal.
  std::vector<operations::Operation> differences{};
  // How many earlier points have the same schema: the revisions after them change only data.
  std::size_t equal_before = 0;
};

// The application's own schema in a database, without the bookkeeping of migrations and what
// include_name() refuses.
schema::MetaData application_schema(database::Connection& connection,
                                    const Environment& environment);

// Replays the history in a scratch database, revision by revision up to `target`, and gives the
// newest point whose schema compare() finds equal to `have`, else the one with the fewest
// differences, else the start. Throws what a revision throws that can't be run on an empty
// database.
HistoryPoint find_in_history(const script::Directory& directory, const Environment& environment,
                             std::string_view target, const schema::MetaData& have);

}  // namespace retort::runtime
