#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/column.h"
#include "schema/constraint.h"

namespace retort::schema {

struct Table {
  std::string name{};
  std::string schema{};
  std::vector<Column> columns{};
  // In the order they were given, which is the order CREATE TABLE lists them in (primary key
  // first).
  std::vector<Constraint> constraints{};
  std::vector<Index> indexes{};
  std::optional<std::string> comment{};
  std::vector<std::string> prefixes{};  // CREATE <prefix> TABLE
  Options options{};
  std::vector<std::pair<std::string, std::string>> info{};

  const Column* column(std::string_view column_name) const;
  Column* column(std::string_view column_name);
  const PrimaryKey* primary_key() const;
  std::string full_name() const { return schema.empty() ? name : schema + "." + name; }
  friend bool operator==(const Table&, const Table&) = default;
};

// naming_convention: "ix" | "uq" | "ck" | "fk" | "pk" -> template such as "ix_%(column_0_label)s".
using NamingConvention = std::vector<std::pair<std::string, std::string>>;

// What a schema holds beside tables, known by the statement that makes it.
struct Definition {
  enum class Kind : std::uint8_t {
    kView,
    kMaterializedView,
    kTrigger,
    kFunction,
    kExtension,
    kDomain,
    kType,
    kPolicy,
  };
  Kind kind = Kind::kView;
  std::string schema{};
  std::string name{};   // of a function with its argument types: "area(double precision)"
  std::string table{};  // a trigger's and a policy's
  std::string sql{};    // CREATE ..., without a semicolon
  friend bool operator==(const Definition&, const Definition&) = default;
};

// "VIEW", "MATERIALIZED VIEW", ...: as CREATE and DROP have it.
std::string_view keyword(Definition::Kind kind);

struct MetaData {
  std::string schema{};
  NamingConvention naming_convention{};
  std::vector<Table> tables{};
  std::vector<Sequence> sequences{};
  std::vector<sql::Type> enums{};
  std::vector<Definition> definitions{};  // in the order they can be made

  const Table* table(std::string_view schema_name, std::string_view table_name) const;
  friend bool operator==(const MetaData&, const MetaData&) = default;
};

}  // namespace retort::schema
