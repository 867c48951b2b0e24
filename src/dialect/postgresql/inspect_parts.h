#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "dialect/postgresql/catalog.h"
#include "dialect/postgresql/inspect.h"
#include "dialect/postgresql/reflect_type.h"
#include "schema/table.h"

// What the files of the inspector share: each part of all tables of a scope, by the table's OID.
namespace retort::dialect::postgresql {

using Oid = std::int64_t;
template <typename T>
using ByTable = std::map<Oid, std::vector<T>>;

// Common to all: "WITH scope AS (...)" with the OIDs and names of the tables (and views where
// `relkinds` says so: 'r' table, 'p' partitioned, 'v' view, 'm' materialised view, 'f' foreign).
std::string scope_query(const Scope& scope, std::string_view relkinds);

ByTable<schema::Column> read_columns(database::Connection& connection, const Scope& scope,
                                     const std::string& with, const NamedTypes& types);
ByTable<schema::Constraint> read_constraints(database::Connection& connection, const Scope& scope,
                                             const std::string& with);
ByTable<IndexInfo> read_indexes(database::Connection& connection, const Scope& scope,
                                const std::string& with);
schema::Index index_of(const IndexInfo& info);

std::vector<sql::Type> read_enums(database::Connection& connection, const Scope& scope);
std::vector<sql::Type> read_domains(database::Connection& connection, const Scope& scope);
std::vector<schema::Sequence> read_sequences(database::Connection& connection, const Scope& scope);
// All but tables, indexes, sequences and enums, in an order in which they can be made.
std::vector<schema::Definition> read_definitions(database::Connection& connection,
                                                 const Scope& scope);

// All of a scope's schema.
schema::MetaData read_schema(database::Connection& connection, const Scope& scope);

}  // namespace retort::dialect::postgresql
