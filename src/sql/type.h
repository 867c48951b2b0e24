#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort::sql {

// How a file names a type that its project defines: a TypeDecorator, a UserDefinedType. It decides
// nothing: two types that are one in DDL are equal under whatever name.
struct TypeOrigin {
  std::string module{};          // "app.types"
  std::string call{};            // "Money(precision=12, scale=2)"
  const void* object = nullptr;  // the evaluated object, of use while its evaluator lives
  friend bool operator==(const TypeOrigin&, const TypeOrigin&) { return true; }
};

// A column type as SQLAlchemy names it. Generic types ("String", "DateTime") are rendered by each
// dialect in its own words; SQL-standard ones ("VARCHAR", "TIMESTAMP") and a dialect's own
// ("JSONB" of "postgresql") mostly as they are. A plain value: two equal types are the same type.
struct Type {
  std::string name = "NullType";  // the class name: "String", "VARCHAR", "JSONB"
  std::string dialect{};          // "postgresql", "mysql", "sqlite", ... for a dialect's own types

  std::optional<std::int64_t> length{};  // String, VARCHAR, LargeBinary, BIT, ...
  std::optional<int> precision{};  // Numeric, Float; fractional seconds of TIMESTAMP and the like
  std::optional<int> scale{};
  bool timezone = false;
  std::string collation{};

  // Enum (native where the dialect has enum types), MySQL's ENUM and SET.
  std::vector<std::string> values{};
  std::string type_name{};       // name of the enum, domain or CHECK (Boolean's and Enum's `name`)
  bool type_name_final = false;  // given through op.f(): no naming convention
  std::string schema{};
  bool native = true;              // native_enum, native_uuid; False: VARCHAR or CHAR(32)
  bool create_constraint = false;  // Boolean, Enum: CHECK where there is no native type
  bool create_type = true;         // postgresql.ENUM: CREATE TYPE with the table

  // ARRAY's element type; a decorator's implementation; a DOMAIN's data type.
  std::vector<Type> arguments{};
  std::optional<int> dimensions{};
  std::vector<std::pair<std::string, Type>> variants{};  // with_variant: dialect name -> type

  // A type that only its SQL is known of: UserDefinedType.get_col_spec(), pgvector's VECTOR(3).
  // For name "UserDefined" this is the whole rendering.
  std::string sql{};

  // MySQL: unsigned, zerofill, charset, display_width, ...; INTERVAL's fields; DOMAIN's default,
  // not_null and check; JSON's astext_type and so on, in the order given. A value is SQL or Python
  // text, as the option wants it; "true" and "false" for booleans.
  std::vector<std::pair<std::string, std::string>> options{};

  // Absent (no module) for a type that SQLAlchemy itself has.
  TypeOrigin origin{};

  bool is_null() const { return name == "NullType"; }
  // An option's text, empty when it was not given.
  std::string_view option(std::string_view key) const {
    for (const auto& [name_, value] : options) {
      if (name_ == key) return value;
    }
    return {};
  }
  friend bool operator==(const Type&, const Type&) = default;
};

}  // namespace retort::sql
