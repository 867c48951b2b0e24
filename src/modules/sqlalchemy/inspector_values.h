#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "modules/arguments.h"
#include "python/evaluator.h"
#include "schema/table.h"
#include "sql/grammar.h"

// What the files of the inspector share.
namespace retort::modules {

// Builds the dicts that Inspector's methods return.
class DictBuilder {
 public:
  explicit DictBuilder(python::Evaluator& evaluator)
      : evaluator_(&evaluator), dict_(evaluator.dict()) {}
  DictBuilder& set(std::string_view name, python::Value value) {
    dict_->set(*evaluator_, evaluator_->str(name), value);
    return *this;
  }
  // None for "".
  DictBuilder& text(std::string_view name, std::string_view text) {
    return set(name, text.empty() ? python::Value::none() : evaluator_->str(text));
  }
  DictBuilder& flag(std::string_view name, bool value) {
    return set(name, python::Value::boolean(value));
  }
  bool empty() const { return dict_->size() == 0; }
  operator python::Value() const { return dict_; }  // NOLINT: it stands for the dict

 private:
  python::Evaluator* evaluator_;
  python::Dict* dict_;
};

// A list of str.
python::Value texts(python::Evaluator& evaluator, const std::vector<std::string>& all);
// The argument `schema`; "" for None.
std::string schema_argument(python::Evaluator& evaluator, const python::Arguments& args);

// Replaces the methods that PostgreSQL answers in its own way, and adds those of SQLAlchemy's
// PGInspector.
void define_postgresql_inspector(python::Evaluator& evaluator, python::Class& cls,
                                 database::Connection& connection);

// ... that MySQL and MariaDB answer in their own way.
void define_mariadb_inspector(python::Evaluator& evaluator, python::Class& cls,
                              const sql::Grammar& grammar, database::Connection& connection);

// A method get_...(table_name, schema=None) that is asked of the table, or raises NoSuchTableError.
void define_table_method(
    python::Evaluator& evaluator, python::Class& cls, std::string_view name,
    std::function<python::Value(python::Evaluator&, const schema::Table&)> get);

}  // namespace retort::modules
