#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "autogenerate/render.h"
#include "autogenerate/render_type.h"

// Columns, constraints, defaults and dialect keywords as Python.
namespace retort::autogenerate {

class SchemaRenderer {
 public:
  SchemaRenderer(const RenderOptions& options, RenderState& state)
      : options_(options), state_(state) {}

  std::string type(const sql::Type& value) { return render_type(value, state_); }
  std::string column(const schema::Column& column);
  // The value of server_default=.
  std::string server_default(const schema::ServerDefault& value);
  std::string computed(const schema::Computed& value);
  std::string identity(const schema::Identity& value);
  // As create_table() lists it; empty for one that needs no words.
  std::string constraint(const schema::Constraint& constraint);
  // 'name', op.f('name') for a final one, None.
  std::string name(const schema::Name& name) const;
  std::string index_key(const schema::IndexKey& key);
  // "postgresql_using='gin'", in the order given; what only the inspector uses is left out.
  std::vector<std::string> dialect_options(const schema::Options& options);
  std::string option_value(const schema::Option& option);
  std::string sql(const sql::Expression& expression) const;
  std::string text(const sql::Expression& expression);

  const std::string& sa() const { return state_.hooks.sqlalchemy_module_prefix; }
  // "op." or "batch_op."
  std::string prefix = "op.";

 private:
  const RenderOptions& options_;
  RenderState& state_;
};

std::string list(const std::vector<std::string>& names);  // ['a', 'b']
std::string flag(bool value);                             // True, False
// Whether SQLite needs parentheses around it as a default, by Alembic's guess: all but one digit, a
// quoted text, and what has them.
bool wants_parentheses(std::string_view text);
// Whether PostgreSQL's CREATE INDEX takes it only in parentheses.
bool is_operation(const sql::Expression& expression);

}  // namespace retort::autogenerate
