#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/datum.h"
#include "sql/expression.h"
#include "sql/operators.h"
#include "sql/type.h"

namespace retort::sql {

// How parameters of a statement are written.
enum class Binds : std::uint8_t {
  kPositional,  // as the driver wants them, collected in Statement::parameters
  kLiteral,     // rendered into the text: --sql, DDL
  kNamed,       // ":name", for people: str(statement)
};

// Text ready for a driver or for a person.
struct Statement {
  std::string sql{};
  std::vector<Datum> parameters{};
  friend bool operator==(const Statement&, const Statement&) = default;
};

namespace node {
struct Binary;
struct ForUpdate;
}  // namespace node

// What of SQL differs between engines, asked by the compiler of expressions and by DDL. One for
// each dialect, stateless. Operands come as finished SQL.
class Grammar {
 public:
  // Answers that are the same for every statement.
  struct Traits {
    bool native_boolean = true;  // true and false; else 1 and 0
    bool boolean_type = true;    // a boolean column is a condition; else "x = 1"
    bool binds_booleans_as_ints = false;
    bool insert_default_values = true;  // INSERT INTO t DEFAULT VALUES; else "() VALUES ()"
    bool returning_with_table = true;   // RETURNING t.id; else RETURNING id
    bool multi_table_update = false;    // MySQL: UPDATE a, b SET a.x = ...; else UPDATE ... FROM
    bool with_after_insert = false;     // INSERT INTO t WITH c AS (...) SELECT
    bool backslash_escapes = false;     // in string literals
    bool tuple_in_values = false;       // (a, b) IN (VALUES (1, 2))
    bool distinct_on = false;
    bool ilike = false;                 // the ILIKE operator; else lower() on both sides
    bool empty_in_as_subquery = false;  // x IN (SELECT ... no rows); else IN (NULL) AND (1 != 1)
    bool from_dual = false;             // SELECT 1 FROM DUAL WHERE ...
    std::string_view join = " JOIN ";
    bool integer_division_floors = true;  // 1 / 2 = 0
    std::size_t max_identifier = 9999;
  };

  virtual ~Grammar() = default;
  virtual std::string_view name() const = 0;  // "sqlite", "postgresql", "mysql", "mariadb"
  virtual const Traits& traits() const;
  // The identifier, quoted when SQLAlchemy's dialect would quote it: a reserved word, an upper-case
  // letter, a character beyond [a-z0-9_$].
  virtual std::string quote(std::string_view identifier) const = 0;
  // The identifier, always quoted.
  virtual std::string quote_always(std::string_view identifier) const;
  // The type's name in DDL and CAST; Error(code::kOperation) for a type the engine doesn't have.
  virtual std::string type(const Type& type) const = 0;
  // The value as an SQL literal, by its own kind alone.
  virtual std::string literal(const Datum& value) const = 0;
  // The value as an SQL literal of a type.
  virtual std::string literal(const Datum& value, const Type& type) const;
  // The value as the driver takes it: text for dates on SQLite, 32 digits for its UUIDs.
  virtual Datum bind(const Datum& value, const Type& type) const;
  // The mark of the parameter `number` (from 1), cast to its type where the server would have to
  // guess it.
  virtual std::string placeholder(std::size_t number, const Type& type) const;

  // nullopt from the following: as standard SQL writes it.

  // The operands of a binary operator.
  struct Operands {
    const std::string& left;
    const std::string& right;
    const Type& left_type;
    const Type& right_type;
    const Type& type;     // of the whole
    bool nested = false;  // inside another operator's expression
    bool left_is_call = false;
  };
  virtual std::optional<std::string> binary(const node::Binary& binary,
                                            const Operands& operands) const;
  // A function by its lower-case name: func.now() has an own spelling everywhere. `arguments` are
  // joined by ", "; `parts` are the same one by one.
  virtual std::optional<std::string> function(std::string_view name, const std::string& arguments,
                                              const std::vector<std::string>& parts) const;
  virtual std::optional<std::string> extract(const std::string& field,
                                             const std::string& expression) const;
  virtual std::optional<std::string> cast(const std::string& expression, const Type& type) const;
  // Everything after ORDER BY that limits the rows, with its leading separator.
  virtual std::string limit(const std::string& limit, const std::string& offset) const;
  virtual std::string for_update(const node::ForUpdate& lock,
                                 const std::vector<std::string>& of) const;
  // A subquery without rows for x IN (): one column for each type.
  virtual std::string empty_set(const std::vector<Type>& types) const;
  // a || b || c
  virtual std::string concat(const std::vector<std::string>& parts) const;

 protected:
  // 'text' with its quotes doubled (and backslashes, where they escape).
  std::string string_literal(std::string_view text) const;
};

// SQLAlchemy's default dialect: what str(expression) shows.
const Grammar& default_grammar();

// A bind that a compiled statement has, in the order of the text.
struct Slot {
  std::string name{};
  Type type{};
  std::optional<Datum> value{};  // nullopt: comes with the execution
  friend bool operator==(const Slot&, const Slot&) = default;
};

// A column of a statement's result.
struct ResultColumn {
  std::string name{};
  Type type{};
  // What the column was made of, for row lookups by expression.
  Expression expression{};
  friend bool operator==(const ResultColumn&, const ResultColumn&) = default;
};

struct Compiled {
  std::string sql{};
  std::vector<Slot> slots{};
  std::vector<ResultColumn> columns{};  // empty where the statement does not tell (text())
  bool returns_rows = false;            // SELECT, or a RETURNING; false for text()
};

// Values that come with an execution: for binds by name, and for INSERT and UPDATE by column.
struct ExecutionValue {
  std::string name{};
  std::vector<Datum> values{};  // one; or those of an expanding bind
  bool expanding = false;
  friend bool operator==(const ExecutionValue&, const ExecutionValue&) = default;
};

struct CompileOptions {
  Binds binds = Binds::kPositional;
  bool table_names = true;  // columns with their table's name; false inside DDL
  std::vector<ExecutionValue> values{};
};

Compiled compile(const Expression& expression, const Grammar& grammar,
                 const CompileOptions& options);
// Compiles any node: an expression, a FROM item or a whole statement. Throws
// Error(code::kOperation) for a bind without a value.
Statement compile(const Expression& expression, const Grammar& grammar, Binds binds);
// The same for use inside DDL: literals inline, columns without their table's name.
std::string compile_ddl(const Expression& expression, const Grammar& grammar);

}  // namespace retort::sql
