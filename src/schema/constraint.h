#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/column.h"
#include "schema/name.h"
#include "sql/expression.h"

namespace retort::schema {

// [NOT] DEFERRABLE, INITIALLY ...: absent where nothing was said.
struct Deferral {
  std::optional<bool> deferrable{};
  std::string initially{};  // "DEFERRED", "IMMEDIATE" or empty
  friend bool operator==(const Deferral&, const Deferral&) = default;
};

struct PrimaryKey {
  Name name{};
  std::vector<std::string> columns{};
  // Made from the columns' primary_key=True: the autoincrement column is listed first.
  bool implicit = false;
  Deferral deferral{};
  Options options{};
  friend bool operator==(const PrimaryKey&, const PrimaryKey&) = default;
};

struct ForeignKey {
  Name name{};
  std::vector<std::string> columns{};
  std::string referred_schema{};
  std::string referred_table{};
  std::vector<std::string> referred_columns{};  // empty: the referred table's primary key
  std::string onupdate{};
  std::string ondelete{};
  std::string match{};
  Deferral deferral{};
  bool use_alter = false;
  std::string column{};  // the column it was written inside of, empty for one of the table
  Options options{};
  friend bool operator==(const ForeignKey&, const ForeignKey&) = default;
};

struct Unique {
  Name name{};
  std::vector<std::string> columns{};
  Deferral deferral{};
  Options options{};
  friend bool operator==(const Unique&, const Unique&) = default;
};

struct Check {
  Name name{};
  sql::Expression condition{};
  Deferral deferral{};
  Options options{};
  // The column whose Boolean or Enum type made this constraint; empty for one that was written.
  std::string type_column{};
  // The column it was written inside of: Column(..., CheckConstraint(...)). DDL writes it there.
  std::string column{};
  friend bool operator==(const Check&, const Check&) = default;
};

// PostgreSQL's EXCLUDE USING method (element WITH operator, ...)
struct Exclude {
  struct Element {
    sql::Expression expression{};
    std::string op{};
    friend bool operator==(const Element&, const Element&) = default;
  };
  Name name{};
  std::vector<Element> elements{};
  std::string method = "gist";
  sql::Expression where{};
  Deferral deferral{};
  Options options{};
  friend bool operator==(const Exclude&, const Exclude&) = default;
};

using ConstraintVariant = std::variant<PrimaryKey, ForeignKey, Unique, Check, Exclude>;
// Its special members are compiled in table.cc.
struct Constraint : ConstraintVariant {
  using ConstraintVariant::ConstraintVariant;
  Constraint();
  Constraint(const Constraint&);
  Constraint(Constraint&&) noexcept;
  Constraint& operator=(const Constraint&);
  Constraint& operator=(Constraint&&) noexcept;
  ~Constraint();
  friend bool operator==(const Constraint&, const Constraint&);
};
const Name& name_of(const Constraint& constraint);

// One key of an index: a column by name, or an expression.
struct IndexKey {
  std::string column{};
  sql::Expression expression{};  // set when this is not a plain column
  friend bool operator==(const IndexKey&, const IndexKey&) = default;
};

struct Index {
  Name name{};
  std::vector<IndexKey> keys{};
  bool unique = false;
  Options options{};  // postgresql_where, sqlite_where, mysql_length, ...
  friend bool operator==(const Index&, const Index&) = default;
};

}  // namespace retort::schema
