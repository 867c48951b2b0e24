#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "python/ast.h"
#include "schema/table.h"
#include "sql/expression.h"

namespace retort::tests {

struct Value;
using List = std::vector<Value>;
using Dict = std::vector<std::pair<std::string, Value>>;

// A Column with what stands inside it.
struct ColumnValue {
  schema::Column column{};
  std::vector<schema::Constraint> constraints{};
};

struct Value {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Dict, schema::Name,
               sql::Type, sql::Expression, ColumnValue, schema::Constraint, schema::Index,
               schema::Computed, schema::Identity, schema::Sequence, schema::Table>
      is{};

  bool none() const { return is.index() == 0; }
  template <typename T>
  const T* get() const {
    return std::get_if<T>(&is);
  }
};

// The arguments of one call.
struct Call {
  std::string name{};  // "sa.Column"
  List args{};
  std::map<std::string, Value> keywords{};
  std::vector<std::string> order{};  // of the keywords

  const Value* find(const std::string& name) const;
  // By keyword, else by position; None when it is not given.
  Value at(std::size_t position, const std::string& name) const;
  bool given(const std::string& name) const;
  bool flag(const std::string& name, bool otherwise = false) const;
  std::string text(const std::string& name) const;
  schema::Name name_at(std::size_t position, const std::string& name) const;
  // "postgresql_using" and its like.
  schema::Options options() const;
};

[[noreturn]] void unknown(const std::string& what);
std::string text_of(const Value& value);
std::vector<std::string> texts_of(const Value& value);
std::vector<std::string> names_of(const List& values);
sql::Expression expression_of(const Value& value);
// SQL where a str is SQL text.
sql::Expression sql_of(const Value& value);
std::optional<schema::ServerDefault> default_of(const Value& value);
schema::IndexKey key_of(const Value& value);

bool is_type(const std::string& name);
sql::Type make_type(const Call& call);
Value make_item(const Call& call);  // columns, constraints, indexes, sequences

Value evaluate(const python::ast::Expr* expression);
Call read_call(const python::ast::Expr* expression);

}  // namespace retort::tests
