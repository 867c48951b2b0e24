#pragma once

#include <set>

#include "compare/columns.h"
#include "compare/context.h"

// Keys, indexes and constraints of one table. Each function appends its operations in the order in
// which they can run; `replaced` are columns that are made anew, which takes all that stands on
// them along.
namespace retort::compare {

using Operations = std::vector<operations::Operation>;

void compare_primary_key(Context& context, const TablePair& pair, Operations& out);
void compare_indexes_and_uniques(Context& context, const TablePair& pair,
                                 const std::set<std::string>& replaced, Operations& out);
// A CHECK that the type of a new or altered column makes comes with that column.
void compare_checks(Context& context, const TablePair& pair, const ColumnChanges& columns,
                    Operations& out);

// Foreign keys: what goes and what comes, apart, because keys of other tables may have to go first
// and come last.
struct ForeignKeyChanges {
  Operations removed{};
  Operations added{};
};
ForeignKeyChanges compare_foreign_keys(Context& context, const TablePair& pair,
                                       const std::set<std::string>& replaced);

// The operation that drops a constraint of a live table. One without a name (SQLite) is dropped in
// a batch that names the constraints of its kind first, as Alembic's documentation has it.
operations::Operation drop_constraint(const Context& context, const schema::Table& have,
                                      const schema::Constraint& constraint);
// The operation that adds one; without a name it gets the chosen one.
operations::Operation add_constraint(const Context& context, const TablePair& pair,
                                     schema::Constraint constraint);

// The foreign key with the referred columns told, NO ACTION as nothing, words in upper case.
schema::ForeignKey normalized(const schema::ForeignKey& key, const schema::MetaData& metadata);

// Dialect options of two objects of one engine.
bool options_differ(const Context& context, const schema::Options& have,
                    const schema::Options& want);

}  // namespace retort::compare
