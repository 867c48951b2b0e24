#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/datum.h"
#include "sql/expression.h"
#include "sql/type.h"

namespace retort::sql {

// How parameters of a statement are written.
enum class Binds : std::uint8_t {
  kPositional,  // as the driver wants them, collected in Statement::parameters
  kLiteral,     // rendered into the text: --sql, DDL
};

// Text ready for a driver or for a person.
struct Statement {
  std::string sql{};
  std::vector<Datum> parameters{};
  friend bool operator==(const Statement&, const Statement&) = default;
};

// What of SQL differs between engines, asked by the compiler of expressions and by DDL. One for
// each dialect, stateless.
class Grammar {
 public:
  virtual ~Grammar() = default;
  virtual std::string_view name() const = 0;  // "sqlite", "postgresql", "mysql", "mariadb"
  // The identifier, quoted when SQLAlchemy's dialect would quote it: a reserved word, an upper-case
  // letter, a character beyond [a-z0-9_$].
  virtual std::string quote(std::string_view identifier) const = 0;
  // The type's name in DDL and CAST; Error(code::kOperation) for a type the engine doesn't have.
  virtual std::string type(const Type& type) const = 0;
  virtual std::string literal(const Datum& value) const = 0;
};

// Compiles any node: an expression, a FROM item or a whole statement.
Statement compile(const Expression& expression, const Grammar& grammar, Binds binds);
// The same for use inside DDL: literals inline, columns without their table's name.
std::string compile_ddl(const Expression& expression, const Grammar& grammar);

}  // namespace retort::sql
