#include <array>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/expression_defaults.h"

// insert(), update(), delete(), and what PostgreSQL, SQLite and MySQL add to them.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;
using sql::Expression;
using sql::node::Assignment;
using sql::node::Delete;
using sql::node::Insert;
using sql::node::Update;

namespace {

Expression table_of(const Expression& statement) {
  if (const auto* insert = sql::get<Insert>(statement)) return insert->table;
  if (const auto* update = sql::get<Update>(statement)) return update->table;
  return sql::get<Delete>(statement)->table;
}

void put(std::vector<Assignment>& into, Assignment one) {
  for (Assignment& own : into) {
    if (own.column == one.column && own.target == one.target) {
      own.value = std::move(one.value);
      return;
    }
  }
  into.push_back(std::move(one));
}

void add_mapping(Evaluator& evaluator, const Expression& table, Value mapping,
                 std::vector<Assignment>& into) {
  if (const auto* dict = mapping.get<python::Dict>()) {
    for (const auto& entry : dict->entries()) {
      if (entry.key) put(into, assignment(evaluator, table, entry.key, entry.value));
    }
    return;
  }
  // Row mappings and the like.
  const Value items = evaluator.find_attr(mapping, "items");
  if (!items) argument_error(evaluator, "mapping expected, got " + evaluator.repr(mapping));
  for (const Value& pair : evaluator.items(evaluator.call(items))) {
    const std::vector<Value> both = evaluator.items(pair);
    put(into, assignment(evaluator, table, both[0], both[1]));
  }
}

bool is_mapping(Evaluator& evaluator, Value value) {
  return value.get<python::Dict>() ||
         (value.is_object() && !value.get<python::List>() && !value.get<python::Tuple>() &&
          evaluator.find_attr(value, "items"));
}

// A sequence of values in the order of the table's columns.
void add_sequence(Evaluator& evaluator, const Expression& table, Value sequence,
                  std::vector<Assignment>& into) {
  const std::vector<sql::node::TableColumn> columns = sql::columns_of(table);
  const std::vector<Value> values = evaluator.items(sequence);
  for (std::size_t i = 0; i < values.size() && i < columns.size(); ++i) {
    const std::string& key = columns[i].key.empty() ? columns[i].name : columns[i].key;
    put(into, assignment(evaluator, table, evaluator.str(key), values[i]));
  }
}

Value insert_values(Evaluator& evaluator, Arguments& args) {
  return changed<Insert>(evaluator, args[0], [&](Insert& n) {
    for (const Value& value : args.rest()) {
      if (is_mapping(evaluator, value)) {
        add_mapping(evaluator, n.table, value, n.values);
        continue;
      }
      const bool rows = value.get<python::List>() != nullptr ||
                        (value.get<python::Tuple>() && !value.get<python::Tuple>()->items.empty() &&
                         is_mapping(evaluator, value.get<python::Tuple>()->items[0]));
      if (!rows) {
        add_sequence(evaluator, n.table, value, n.values);
        continue;
      }
      for (const Value& row : evaluator.items(value)) {
        std::vector<Assignment> one;
        if (is_mapping(evaluator, row)) {
          add_mapping(evaluator, n.table, row, one);
        } else {
          add_sequence(evaluator, n.table, row, one);
        }
        n.rows.push_back(std::move(one));
      }
      // A plain list of values is one row.
      if (!n.rows.empty() && n.rows.front().empty() && evaluator.length(value) > 0 &&
          !evaluator.items(value)[0].is_object()) {
        n.rows.clear();
        add_sequence(evaluator, n.table, value, n.values);
      }
    }
    for (const auto& [name, value] : args.keywords()) {
      put(n.values, assignment(evaluator, n.table, evaluator.str(name), value));
    }
  });
}

Value update_values(Evaluator& evaluator, Arguments& args) {
  return changed<Update>(evaluator, args[0], [&](Update& n) {
    for (const Value& value : args.rest()) {
      if (value.get<python::List>() || value.get<python::Tuple>()) {
        for (const Value& pair : evaluator.items(value)) {
          const std::vector<Value> both = evaluator.items(pair);
          put(n.values, assignment(evaluator, n.table, both.at(0), both.at(1)));
        }
      } else {
        add_mapping(evaluator, n.table, value, n.values);
      }
    }
    for (const auto& [name, value] : args.keywords()) {
      put(n.values, assignment(evaluator, n.table, evaluator.str(name), value));
    }
  });
}

template <typename Change>
Value change_any(Evaluator& evaluator, Value self, Change change) {
  const Expression e = expression_in(self);
  if (sql::get<Insert>(e)) return changed<Insert>(evaluator, self, change);
  if (sql::get<Update>(e)) return changed<Update>(evaluator, self, change);
  return changed<Delete>(evaluator, self, change);
}

void define_base(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "returning(self, *cols, **kw)", [](Evaluator& e, Arguments& args) {
    return change_any(e, args[0], [&](auto& n) {
      for (const Value& column : args.rest()) add_columns(e, column, n.returning);
    });
  });
  evaluator.define(cls, "prefix_with(self, *prefixes, dialect='*')",
                   [](Evaluator& e, Arguments& args) {
                     return change_any(e, args[0], [&](auto& n) {
                       for (const Value& p : args.rest()) {
                         n.prefixes.push_back(text_of(e, p, "a prefix"));
                       }
                     });
                   });
  evaluator.define(cls, "add_cte(self, *ctes, nest_here=False)", [](Evaluator& e, Arguments& args) {
    return change_any(e, args[0], [&](auto& n) {
      for (const Value& cte : args.rest()) n.ctes.push_back(clause_element(e, cte));
    });
  });
  evaluator.define(cls, "cte(self, name=None, recursive=False, nesting=False)",
                   [](Evaluator& e, Arguments& args) {
                     std::string name;
                     read_text(e, args, "name", name);
                     return wrap(e, sql::cte(expression_in(args[0]), name));
                   });
  evaluator.define_property(cls, "table", [](Evaluator& e, Value self) {
    return from_expression(e, table_of(expression_in(self)));
  });
  for (const char* name : {"execution_options", "inline", "return_defaults", "with_hint",
                           "with_dialect_options", "options"}) {
    evaluator.define(cls, std::string(name) + "(self, *args, **kw)",
                     [](Evaluator&, Arguments& args) { return args[0]; });
  }
}

template <typename T>
void define_where(Evaluator& evaluator, Class& cls) {
  for (const char* name : {"where", "filter"}) {
    evaluator.define(cls, std::string(name) + "(self, *whereclause)",
                     [](Evaluator& e, Arguments& args) {
                       return changed<T>(e, args[0], [&](T& n) {
                         for (const Value& value : args.rest()) {
                           n.where.push_back(condition(e, value));
                         }
                       });
                     });
  }
  evaluator.define(cls, "filter_by(self, **kwargs)", [](Evaluator& e, Arguments& args) {
    return changed<T>(e, args[0], [&](T& n) {
      for (const auto& [name, value] : args.keywords()) {
        const Expression column = sql::column_of(n.table, name);
        if (!column) argument_error(e, "Entity namespace has no property '" + name + "'");
        n.where.push_back(
            expression_in(e.call_method(wrap(e, column), "__eq__", std::array{value})));
      }
    });
  });
}

void read_conflict_target(Evaluator& evaluator, Arguments& args, const Expression& table,
                          sql::node::OnConflict& conflict) {
  if (present(args, "constraint")) {
    const Value constraint = args["constraint"];
    if (constraint.is_str()) {
      conflict.constraint = constraint.as_str();
    } else if (const Value name = evaluator.find_attr(constraint, "name"); name && name.is_str()) {
      conflict.constraint = name.as_str();
    } else {
      argument_error(evaluator, "on_conflict: the constraint has no name");
    }
  }
  if (present(args, "index_elements")) {
    for (const Value& element : evaluator.items(args["index_elements"])) {
      Expression expression = clause_element(evaluator, element);
      if (!expression) {
        const std::string key = text_of(evaluator, element, "index_elements");
        expression = sql::column_of(table, key);
        if (!expression) expression = sql::column(key);
      }
      conflict.index_elements.push_back(std::move(expression));
    }
  }
  if (present(args, "index_where")) {
    conflict.index_where = condition(evaluator, args["index_where"]);
  }
}

void define_insert(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "values(self, *args, **kwargs)", insert_values);
  evaluator.define(cls, "from_select(self, names, select, include_defaults=True)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Insert>(e, args[0], [&](Insert& n) {
                       for (const Value& name : e.items(args["names"])) {
                         n.select_columns.push_back(column_key(e, name));
                       }
                       n.select = clause_element(e, args["select"]);
                       if (!sql::is_statement(n.select)) {
                         argument_error(e, "from_select() needs a SELECT");
                       }
                       if (!args.given("include_defaults") || e.truthy(args["include_defaults"])) {
                         add_select_defaults(e, n);
                       }
                     });
                   });
  evaluator.define(cls,
                   "on_conflict_do_nothing(self, constraint=None, index_elements=None, "
                   "index_where=None)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Insert>(e, args[0], [&](Insert& n) {
                       n.on_conflict.emplace();
                       read_conflict_target(e, args, n.table, *n.on_conflict);
                     });
                   });
  evaluator.define(
      cls,
      "on_conflict_do_update(self, constraint=None, index_elements=None, index_where=None, "
      "set_=None, where=None)",
      [](Evaluator& e, Arguments& args) {
        return changed<Insert>(e, args[0], [&](Insert& n) {
          n.on_conflict.emplace();
          n.on_conflict->nothing = false;
          read_conflict_target(e, args, n.table, *n.on_conflict);
          if (!present(args, "set_")) e.value_error("set parameter must not be empty");
          add_mapping(e, n.table, args["set_"], n.on_conflict->set);
          // Each value is a bind of its own: the row's have the same names.
          for (Assignment& a : n.on_conflict->set) {
            if (const auto* bind = sql::get<sql::node::Bind>(a.value); bind && !bind->unique) {
              sql::node::Bind own = *bind;
              own.name = "param";
              own.unique = true;
              a.value = sql::make(std::move(own), (*a.value).type);
            }
          }
          if (present(args, "where")) n.on_conflict->where = condition(e, args["where"]);
        });
      });
  evaluator.define(cls, "on_duplicate_key_update(self, *args, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Insert>(e, args[0], [&](Insert& n) {
                       for (const Value& value : args.rest()) {
                         if (value.get<python::List>()) {
                           for (const Value& pair : e.items(value)) {
                             const std::vector<Value> both = e.items(pair);
                             put(n.on_duplicate, assignment(e, n.table, both.at(0), both.at(1)));
                           }
                         } else {
                           add_mapping(e, n.table, value, n.on_duplicate);
                         }
                       }
                       for (const auto& [name, value] : args.keywords()) {
                         put(n.on_duplicate, assignment(e, n.table, e.str(name), value));
                       }
                     });
                   });
  // What would have been inserted: excluded.x on PostgreSQL and SQLite, VALUES(x) on MySQL.
  evaluator.define_property(cls, "excluded", [](Evaluator& e, Value self) {
    return e.get_attr(wrap(e, sql::alias(table_of(expression_in(self)), "excluded")), "c");
  });
  evaluator.define_property(cls, "inserted", [](Evaluator& e, Value self) {
    std::vector<std::pair<std::string, Value>> members;
    for (const sql::node::TableColumn& c : sql::columns_of(table_of(expression_in(self)))) {
      const std::string sql_text =
          "VALUES(" + expression_host(e).dialect().grammar().quote(c.name) + ")";
      members.emplace_back(c.key.empty() ? c.name : c.key,
                           wrap(e, sql::literal_column(sql_text, c.type)));
    }
    return column_collection(e, std::move(members));
  });
}

Expression target_table(Evaluator& evaluator, Value value) {
  const Expression table = clause_element(evaluator, value);
  if (!sql::is_from(table)) {
    argument_error(evaluator, "subject table for an INSERT, UPDATE or DELETE expected, got " +
                                  evaluator.repr(value) + ".");
  }
  return table;
}

}  // namespace

void define_dml_members(Evaluator& evaluator, Class& cls, std::string_view name) {
  if (name == "UpdateBase") {
    define_base(evaluator, cls);
  } else if (name == "Insert") {
    define_insert(evaluator, cls);
  } else if (name == "Update") {
    evaluator.define(cls, "values(self, *args, **kwargs)", update_values);
    evaluator.define(cls, "ordered_values(self, *args)", update_values);
    define_where<Update>(evaluator, cls);
  } else if (name == "Delete") {
    define_where<Delete>(evaluator, cls);
  }
}

Value find_dml_function(Evaluator& evaluator, std::string_view name) {
  if (name == "insert") {
    return evaluator.function(
        "insert(table, values=None, **kw)", [](Evaluator& e, Arguments& args) {
          Insert insert;
          insert.table = target_table(e, args["table"]);
          const Value statement = wrap(e, sql::make(std::move(insert)));
          if (!present(args, "values")) return statement;
          return e.call_method(statement, "values", std::array{args["values"]});
        });
  }
  if (name == "update") {
    return evaluator.function(
        "update(table, whereclause=None, values=None, **kw)", [](Evaluator& e, Arguments& args) {
          Update update;
          update.table = target_table(e, args["table"]);
          if (present(args, "whereclause")) {
            update.where.push_back(condition(e, args["whereclause"]));
          }
          const Value statement = wrap(e, sql::make(std::move(update)));
          if (!present(args, "values")) return statement;
          return e.call_method(statement, "values", std::array{args["values"]});
        });
  }
  if (name == "delete") {
    return evaluator.function("delete(table, whereclause=None, **kw)",
                              [](Evaluator& e, Arguments& args) {
                                Delete statement;
                                statement.table = target_table(e, args["table"]);
                                if (present(args, "whereclause")) {
                                  statement.where.push_back(condition(e, args["whereclause"]));
                                }
                                return wrap(e, sql::make(std::move(statement)));
                              });
  }
  return {};
}

Value find_dialect_function(Evaluator& evaluator, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view dialect = name.substr(0, dot);
  const std::string_view item = name.substr(dot + 1);
  if (item == "insert" || item == "Insert") {
    if (dialect == "postgresql" || dialect == "sqlite" || dialect == "mysql" ||
        dialect == "mariadb") {
      return item == "insert" ? find_dml_function(evaluator, "insert")
                              : Value(expression_class(evaluator, "Insert"));
    }
    return {};
  }
  if (dialect != "postgresql") return {};
  if (item == "array" || item == "aggregate_order_by") {
    return Value(expression_class(evaluator, item));
  }
  if (item == "Any" || item == "All") {
    const sql::Op op = item == "Any" ? sql::Op::kAny : sql::Op::kAll;
    return evaluator.function(
        std::string(item) + "(other, arrexpr, operator=None)", [op](Evaluator& e, Arguments& args) {
          const Expression aggregate = sql::any_or_all(op, element(e, args["arrexpr"]));
          return wrap(e,
                      sql::binary(sql::Op::kEq, operand(e, args["other"], aggregate, sql::Op::kEq),
                                  aggregate));
        });
  }
  return {};
}

}  // namespace retort::modules
