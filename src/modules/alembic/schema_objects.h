#pragma once

#include <string>

#include "compare/options.h"
#include "python/evaluator.h"

namespace retort::modules {

// Objects of SQLAlchemy made from schema values, for functions of env.py to look at: a Table with
// its columns, constraints and indexes, or one of those, whose `table` is the whole table. The
// table that was made last is kept, for its parts are asked for one after the other.
class SchemaObjects {
 public:
  explicit SchemaObjects(python::Evaluator& evaluator) : evaluator_(evaluator) {}

  python::Value of(const compare::Candidate& candidate);
  python::Value table(const schema::Table& table);
  python::Value column(const schema::Table& table, const schema::Column& column);
  python::Value index(const schema::Table& table, const schema::Index& index);
  python::Value constraint(const schema::Table& table, const schema::Constraint& constraint);
  // A server default as its text; None when there is none.
  python::Value default_text(const schema::Column& column);

 private:
  python::Value info(const std::vector<std::pair<std::string, std::string>>& pairs);

  python::Evaluator& evaluator_;
  std::optional<schema::Table> last_{};
  python::Value last_object_{};
};

}  // namespace retort::modules
