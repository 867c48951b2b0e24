#pragma once

#include <optional>
#include <string>

#include "dialect/postgresql/ddl.h"
#include "dialect/postgresql/reflect_type.h"
#include "schema/table.h"

// What PostgreSQL makes of a table when there is nothing in it that only the server can tell: known
// types, constants as defaults, keys and indexes of columns. Such a table need not be made to learn
// its canonical form. All else (CHECKs, expressions, identities, options, rarer types) is for the
// server.
namespace retort::dialect::postgresql {

// `table` has the names of its constraints and indexes resolved, where they have any. Its foreign
// keys are left out: they have a function of their own. `named`: the types that the models' columns
// bring, by the text of their names. nullopt: the server has to tell. Nothing is checked that the
// server would refuse.
std::optional<schema::Table> plain_table(const schema::Table& table, const NamedTypes& named,
                                         Ddl& ddl);

// A foreign key as it is read back. `referred`: the table it refers to where that is wanted too,
// nullptr where it is not. Its name is the server's where it had none. nullopt: the server has to
// tell.
std::optional<schema::ForeignKey> plain_foreign_key(const schema::Table& table,
                                                    const schema::ForeignKey& key,
                                                    const schema::Table* referred);

// As the inspector lists them.
void sort_parts(schema::Table& table);

}  // namespace retort::dialect::postgresql
