#pragma once

#include <optional>
#include <string>

#include "dialect/postgresql/ddl.h"
#include "dialect/postgresql/reflect_type.h"
#include "schema/table.h"

// What PostgreSQL makes of the parts of a table that don't need the server to tell: columns of
// known types, constants as defaults, keys and indexes of columns. Such parts need not be made to
// learn their canonical form. All else (CHECKs, expressions, identities, options, rarer types) is
// for the server.
namespace retort::dialect::postgresql {

struct PlainTable {
  schema::Table known{};
  // The columns of the table as plain as can be, with the defaults, constraints and indexes that
  // the server has to tell of, all of which have names. Absent: there are none.
  std::optional<schema::Table> asked{};

  // What the server made of `asked` comes to what is known.
  void complete(schema::Table&& answer);
};

// `table` has the names of its constraints and indexes resolved, where they have any. Its foreign
// keys are left out: they have a function of their own. `named`: the types that the models' columns
// bring, by the text of their names. nullopt: the server has to tell. Nothing is checked that the
// server would refuse.
std::optional<PlainTable> plain_table(const schema::Table& table, const NamedTypes& named,
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
