#pragma once

// Constraints and indexes of a table.
//
//   Unique{"uq_users_org_email", {"org_id", "email"}};
//   Check{"ck_users_email", text("length(email) > 3")};
//   ForeignKey{.columns = {"org_id", "team"}, .table = "teams", .referred = {"org_id", "name"}};
//   Index{.name = "ix_users_lower_email", .parts = {text("lower(email)")}, .unique = true,
//         .where = text("name IS NOT NULL")};
//
// A name that is left empty is made by the naming convention of the MetaData.

#include <retort/expression.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace retort {

// The name of a constraint or an index. `final`: it is used as it is, else the naming convention
// may put its own words around it.
struct Name {
  std::string text{};
  bool final = false;

  Name() = default;
  Name(std::string name) : text(std::move(name)) {}
  Name(const char* name) : text(name) {}
  Name(std::string name, bool is_final) : text(std::move(name)), final(is_final) {}
  friend bool operator==(const Name&, const Name&) = default;
};
// A name that no convention changes: op.f("ix_users_email").
inline Name f(std::string name) { return {std::move(name), true}; }

// What a foreign key does when the row referred to goes or changes.
enum class Action : std::uint8_t { none, cascade, set_null, set_default, restrict, no_action };

struct PrimaryKey {
  Name name{};
  std::vector<std::string> columns{};
};

struct Unique {
  Name name{};
  std::vector<std::string> columns{};
  std::optional<bool> deferrable{};
  bool initially_deferred = false;
};

struct Check {
  Name name{};
  Expression condition{};
};

struct ForeignKey {
  Name name{};
  std::vector<std::string> columns{};
  std::string table{};
  std::vector<std::string> referred{};  // columns there; empty: its primary key
  std::string schema{};                 // of the table referred to
  Action ondelete = Action::none;
  Action onupdate = Action::none;
  std::optional<bool> deferrable{};
  bool initially_deferred = false;
};

// PostgreSQL's EXCLUDE USING method (expression WITH operator, ...)
struct Exclude {
  Name name{};
  std::vector<std::pair<Expression, std::string>> elements{};
  std::string method = "gist";
  Expression where{};
};

// A key of an index: a column by name, or an expression.
struct IndexPart {
  std::string column{};
  Expression expression{};

  IndexPart(std::string name) : column(std::move(name)) {}
  IndexPart(const char* name) : column(name) {}
  IndexPart(Expression sql) : expression(std::move(sql)) {}
};

struct Index {
  Name name{};
  std::vector<IndexPart> parts{};
  bool unique = false;
  Expression where{};    // a partial index: PostgreSQL and SQLite
  std::string method{};  // "gin", "gist", ...: PostgreSQL
  std::vector<std::string> include{};
  bool concurrently = false;  // PostgreSQL, outside of a transaction: Op::autocommit()
};

}  // namespace retort
