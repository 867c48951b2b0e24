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

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
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

// How constraints and indexes without a name are called, by kind: "ix", "uq", "ck", "fk", "pk".
struct NamingConvention {
  std::string_view ix{}, uq{}, ck{}, fk{}, pk{};
};

namespace naming {
// What Alembic's documentation recommends.
inline constexpr NamingConvention alembic{
    .ix = "ix_%(column_0_label)s",
    .uq = "uq_%(table_name)s_%(column_0_name)s",
    .ck = "ck_%(table_name)s_%(constraint_name)s",
    .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    .pk = "pk_%(table_name)s",
};
}  // namespace naming

// What a foreign key does when the row referred to goes or changes.
enum class Action : std::uint8_t { none, cascade, set_null, set_default, restrict, no_action };

// An option that is a table of texts.
struct Pairs {
  std::vector<std::pair<std::string, std::string>> pairs;
  explicit Pairs(std::initializer_list<std::pair<std::string, std::string>> all) : pairs(all) {}
};
// What belongs to one database, by SQLAlchemy's name for it: of tables, columns, indexes and
// constraints.
//   DialectOption{"postgresql_storage", "external"}
//   DialectOption{"postgresql_include", {"price", "name"}}
//   DialectOption{"postgresql_ops", Pairs{{"name", "gin_trgm_ops"}}}
struct DialectOption {
  std::string name;
  std::variant<bool, std::int64_t, std::string, std::vector<std::string>, Pairs, Expression> value;

  DialectOption(std::string option, std::same_as<bool> auto on) : DialectOption(Flag{on}, option) {}
  DialectOption(std::string option, int number);
  // Templates, because a braced list of two texts would make a std::string as well.
  DialectOption(std::string option, std::convertible_to<std::string> auto text)
      : DialectOption(Text{std::move(text)}, option) {}
  DialectOption(std::string option, std::vector<std::string> list);
  DialectOption(std::string option, Pairs pairs);
  DialectOption(std::string option, Expression expression);
  DialectOption(const DialectOption&);
  DialectOption(DialectOption&&) noexcept;
  DialectOption& operator=(const DialectOption&);
  DialectOption& operator=(DialectOption&&) noexcept;
  ~DialectOption();

 private:
  struct Flag {
    bool on;
  };
  struct Text {
    std::string text;
  };
  DialectOption(Flag flag, const std::string& option);
  DialectOption(Text text, const std::string& option);
};

struct PrimaryKey {
  Name name{};
  std::vector<std::string> columns{};
};

struct Unique {
  Name name{};
  std::vector<std::string> columns{};
  std::optional<bool> deferrable{};
  bool initially_deferred = false;
  std::vector<DialectOption> options{};
};

struct Check {
  Name name{};
  Expression condition{};
  std::vector<DialectOption> options{};
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
  std::string match{};  // "FULL", "SIMPLE"
  std::vector<DialectOption> options{};
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
  std::vector<DialectOption> options{};
};

}  // namespace retort
