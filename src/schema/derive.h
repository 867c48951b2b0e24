#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "schema/table.h"

// What SQLAlchemy derives from the columns of a table: keys, uniqueness, indexes, numbering.
namespace retort::schema {

// The primary key that was written, or the one that the columns' primary_key flags make.
std::optional<PrimaryKey> effective_primary_key(const Table& table);

// Whether a foreign key is on the column.
bool has_foreign_key(const Table& table, std::string_view column);

// The column that the engine numbers (SERIAL, AUTO_INCREMENT), or nullptr: an integer that is the
// whole primary key, with no default and no foreign key, or one that says autoincrement=True.
// Throws Error(code::kOperation) for an autoincrement=True that can't be.
const Column* autoincrement_column(const Table& table);

// The table with its primary key listed, columns of the key marked, and NOT NULL unless they were
// written nullable.
Table with_primary_key(Table table);

// The constraints in the order CREATE TABLE lists them: the primary key, those written for the
// table, then column by column unique=True, what `type_checks` adds (the CHECK of a Boolean or an
// Enum; may be null) and the foreign keys. CHECKs written inside a column are left out.
std::vector<Constraint> all_constraints(
    const Table& table, const std::function<std::optional<Check>(const Column&)>& type_checks);

// Indexes: those of index=True in the order of the columns, then those written for the table.
std::vector<Index> all_indexes(const Table& table);

}  // namespace retort::schema
