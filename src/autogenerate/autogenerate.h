#pragma once

#include <vector>

#include "compare/compare.h"
#include "database/connection.h"
#include "operations/operation.h"
#include "schema/table.h"

// From a wanted schema and a live database to the two directions of a new revision.
namespace retort::autogenerate {

struct Changes {
  std::vector<operations::Operation> upgrade{};
  std::vector<operations::Operation> downgrade{};
  std::vector<compare::Message> messages{};
  std::vector<compare::RenameCandidate> candidates{};

  bool empty() const { return upgrade.empty(); }
};

// Compares and makes both directions. Without include_schemas, schemas that the model names beside
// the default one are read too, but only for the model's own tables. Reads; changes nothing.
Changes find_changes(database::Connection& live, const schema::MetaData& model,
                     const compare::Options& options);

// The operations that undo these, for a file that a person can run: what was dropped without a name
// comes back without one.
std::vector<operations::Operation> downgrade_of(
    const std::vector<operations::Operation>& operations);

// Several MetaData as one. Where their naming conventions differ, the names are made here.
schema::MetaData merged(std::vector<schema::MetaData> all, std::string_view engine);

}  // namespace retort::autogenerate
