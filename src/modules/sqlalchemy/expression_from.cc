#include <array>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"

// FROM items: table(), alias(), join(), values() and what they have.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;
using sql::Expression;

namespace {

Value columns_object(Evaluator& evaluator, Value self) {
  Instance* instance = self.get<Instance>();
  if (const Value made = instance->attributes.find("_retort_columns")) return made;
  const Expression from = expression_in(self);
  std::vector<std::pair<std::string, Value>> members;
  std::vector<Expression> sides;
  const std::function<void(const Expression&)> flatten = [&](const Expression& e) {
    if (const auto* join = sql::get<sql::node::Join>(e)) {
      flatten(join->left);
      flatten(join->right);
    } else if (const auto* grouping = sql::get<sql::node::FromGrouping>(e)) {
      flatten(grouping->element);
    } else {
      sides.push_back(e);
    }
  };
  flatten(from);
  const bool joined = sides.size() > 1;
  for (const Expression& side : sides) {
    for (const sql::node::TableColumn& column : sql::columns_of(side)) {
      std::string key = column.key.empty() ? column.name : column.key;
      const Value object = wrap(evaluator, sql::column(column.name, column.type, side));
      if (joined) {
        std::string table;
        if (const auto* t = sql::get<sql::node::Table>(side)) table = t->name;
        if (const auto* a = sql::get<sql::node::Alias>(side)) table = a->name;
        if (!table.empty()) key = table + "_" + key;
      }
      members.emplace_back(std::move(key), object);
    }
  }
  const Value made = column_collection(evaluator, std::move(members));
  instance->attributes.set("_retort_columns", made);
  return made;
}

sql::node::Table make_table_node(Evaluator& evaluator, std::string_view name, Value schema,
                                 std::span<const Value> columns) {
  sql::node::Table table;
  table.name = name;
  if (schema && !schema.is_none()) table.schema = text_of(evaluator, schema, "schema");
  for (const Value& value : columns) {
    const Expression expression = clause_element(evaluator, value);
    const auto* column = sql::get<sql::node::Column>(expression);
    if (!column) {
      argument_error(evaluator,
                     "table() takes a name and column() objects, got " + evaluator.repr(value));
    }
    table.columns.push_back({column->name, (*expression).type, {}, false, {}});
  }
  return table;
}

Value make_join(Evaluator& evaluator, const Expression& left, Arguments& args, bool outer) {
  bool full = false;
  read_flag(evaluator, args, "full", full);
  if (args.given("isouter")) read_flag(evaluator, args, "isouter", outer);
  Expression on;
  if (present(args, "onclause")) on = condition(evaluator, args["onclause"]);
  try {
    return wrap(evaluator, sql::join(left, from_item(evaluator, args["right"]), on, outer, full));
  } catch (const Error& error) {
    evaluator.raise("TypeError", error.message());
  }
}

std::string name_argument(Evaluator& evaluator, Arguments& args) {
  std::string name;
  read_text(evaluator, args, "name", name);
  return name;
}

Expression make_alias(Evaluator& evaluator, Arguments& args, const Expression& element) {
  return sql::alias(element, name_argument(evaluator, args));
}

Expression make_cte(Evaluator& evaluator, Arguments& args, const Expression& element) {
  bool recursive = false;
  read_flag(evaluator, args, "recursive", recursive);
  return sql::cte(element, name_argument(evaluator, args), recursive);
}

Value dml_from(Evaluator& evaluator, Arguments& args, std::string_view function) {
  std::vector<Value> positional{args[0]};
  const Value statement = evaluator.call(find_expression_item(evaluator, function), positional);
  Value out = statement;
  // 1.x: table.update(whereclause, values), table.insert(values)
  if (present(args, "whereclause")) {
    out = evaluator.call_method(out, "where", std::array{args["whereclause"]});
  }
  if (present(args, "values")) {
    out = evaluator.call_method(out, "values", std::array{args["values"]});
  }
  if (!args.keywords().empty()) {
    std::vector<python::NamedValue> keywords;
    for (const auto& [name, value] : args.keywords()) keywords.push_back({name, value});
    out = evaluator.call_method(out, "values", {}, keywords);
  }
  return out;
}

void define_table_members(Evaluator& evaluator, Class& cls) {
  evaluator.define(
      cls, "__init__(self, name, *columns, schema=None)", [](Evaluator& e, Arguments& args) {
        args[0].get<Instance>()->set_native(sql::make(
            make_table_node(e, text_of(e, args["name"], "table()"), args["schema"], args.rest())));
        return Value::none();
      });
  for (const auto& [name, which] : {std::pair{"name", 0}, std::pair{"schema", 1},
                                    std::pair{"fullname", 2}, std::pair{"key", 2}}) {
    evaluator.define_property(
        cls, name,
        [name = std::string(name), which = which](Evaluator& e, Value self) -> Value {
          if (const Value own = self.get<Instance>()->attributes.find(name)) return own;
          const auto* table = sql::get<sql::node::Table>(expression_in(self));
          if (!table) return Value::none();
          if (which == 0) return e.str(table->name);
          if (which == 1) return table->schema.empty() ? Value::none() : e.str(table->schema);
          return e.str(table->schema.empty() ? table->name : table->schema + "." + table->name);
        },
        [name = std::string(name)](Evaluator&, Value self, Value value) {
          self.get<Instance>()->attributes.set(name, value);
        });
  }
  evaluator.define(cls, "insert(self, values=None, inline=False, **kw)",
                   [](Evaluator& e, Arguments& args) { return dml_from(e, args, "insert"); });
  evaluator.define(cls, "update(self, whereclause=None, values=None, inline=False, **kw)",
                   [](Evaluator& e, Arguments& args) { return dml_from(e, args, "update"); });
  evaluator.define(cls, "delete(self, whereclause=None, **kw)",
                   [](Evaluator& e, Arguments& args) { return dml_from(e, args, "delete"); });
  evaluator.define(cls, "__repr__(self)", [](Evaluator& e, Arguments& args) {
    const auto* table = sql::get<sql::node::Table>(expression_in(args[0]));
    return e.str(table ? "<table " + table->name + ">" : "<table>");
  });
}

void define_alias_members(Evaluator& evaluator, Class& cls) {
  evaluator.define_property(cls, "name", [](Evaluator& e, Value self) -> Value {
    const Expression expression = expression_in(self);
    if (const auto* alias = sql::get<sql::node::Alias>(expression)) return e.str(alias->name);
    if (const auto* cte = sql::get<sql::node::Cte>(expression)) return e.str(cte->name);
    return Value::none();
  });
  evaluator.define_property(cls, "element", [](Evaluator& e, Value self) -> Value {
    const Expression expression = expression_in(self);
    if (const auto* alias = sql::get<sql::node::Alias>(expression)) {
      return from_expression(e, alias->element);
    }
    return from_expression(e, sql::get<sql::node::Cte>(expression)->element);
  });
}

void define_cte_members(Evaluator& evaluator, Class& cls) {
  for (const auto& [name, keyword] :
       {std::pair{"union", "UNION"}, std::pair{"union_all", "UNION ALL"}}) {
    evaluator.define(cls, std::string(name) + "(self, *other)",
                     [keyword = std::string(keyword)](Evaluator& e, Arguments& args) {
                       const auto* old = sql::get<sql::node::Cte>(expression_in(args[0]));
                       sql::node::Cte cte = *old;
                       sql::node::Compound compound;
                       compound.keyword = keyword;
                       compound.selects.push_back(old->element);
                       for (const Value& other : args.rest()) {
                         compound.selects.push_back(clause_element(e, other));
                       }
                       cte.element = sql::make(std::move(compound));
                       cte.restates = old->restates ? old->restates : old->id;
                       cte.id = sql::next_id();
                       return wrap(e, sql::make(std::move(cte)));
                     });
  }
}

Value make_values(Evaluator& evaluator, Arguments& args) {
  sql::node::Values values;
  for (const Value& value : args.rest()) {
    const Expression column = clause_element(evaluator, value);
    values.columns.push_back(
        {column_key(evaluator, value), column ? (*column).type : sql::Type{}, {}, false, {}});
  }
  read_text(evaluator, args, "name", values.name);
  values.id = sql::next_id();
  read_flag(evaluator, args, "literal_binds", values.literal_binds);
  return wrap(evaluator, sql::make(std::move(values)));
}

void define_values_members(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "data(self, values)", [](Evaluator& e, Arguments& args) {
    return changed<sql::node::Values>(e, args[0], [&](sql::node::Values& n) {
      for (const Value& row : e.items(args["values"])) {
        std::vector<Expression> cells;
        const std::vector<Value> items = e.items(row);
        for (std::size_t i = 0; i < items.size(); ++i) {
          cells.push_back(
              element(e, items[i], i < n.columns.size() ? n.columns[i].type : sql::Type{}));
        }
        n.rows.push_back(std::move(cells));
      }
    });
  });
  evaluator.define(cls, "alias(self, name=None, flat=False)", [](Evaluator& e, Arguments& args) {
    return changed<sql::node::Values>(
        e, args[0], [&](sql::node::Values& n) { n.name = name_argument(e, args); });
  });
}

}  // namespace

void define_from_members(Evaluator& evaluator, Class& cls, std::string_view name) {
  if (name == "FromClause") {
    evaluator.define_property(cls, "c", columns_object);
    evaluator.define_property(cls, "columns", columns_object);
    evaluator.define_property(cls, "exported_columns", columns_object);
    evaluator.define(cls, "__hash__(self)", [](Evaluator&, Arguments& args) {
      return Value::integer(static_cast<std::int64_t>(args[0].object()->serial));
    });
    evaluator.define(cls, "alias(self, name=None, flat=False)", [](Evaluator& e, Arguments& args) {
      return wrap(e, make_alias(e, args, expression_in(args[0])));
    });
    evaluator.define(cls, "tablesample(self, sampling, name=None, seed=None)",
                     [](Evaluator& e, Arguments& args) {
                       sql::node::Alias alias;
                       alias.element = expression_in(args[0]);
                       alias.name = name_argument(e, args);
                       if (alias.name.empty()) alias.id = sql::next_id();
                       Expression sampling = clause_element(e, args["sampling"]);
                       alias.tablesample =
                           sampling ? sampling
                                    : sql::function("system", {element(e, args["sampling"])});
                       if (present(args, "seed")) alias.seed = element(e, args["seed"]);
                       return wrap(e, sql::make(std::move(alias)));
                     });
    evaluator.define(cls, "join(self, right, onclause=None, isouter=False, full=False)",
                     [](Evaluator& e, Arguments& args) {
                       return make_join(e, expression_in(args[0]), args, false);
                     });
    evaluator.define(cls, "outerjoin(self, right, onclause=None, full=False)",
                     [](Evaluator& e, Arguments& args) {
                       return make_join(e, expression_in(args[0]), args, true);
                     });
    // Table.select(whereclause) of 1.x too.
    evaluator.define(cls, "select(self, whereclause=None, **kw)",
                     [](Evaluator& e, Arguments& args) {
                       sql::node::Select select;
                       select.columns = {expression_in(args[0])};
                       if (present(args, "whereclause")) {
                         select.where.push_back(condition(e, args["whereclause"]));
                       }
                       return wrap(e, sql::make(std::move(select)));
                     });
    evaluator.define(cls, "count(self, whereclause=None)", [](Evaluator& e, Arguments& args) {
      sql::node::Select select;
      select.columns = {sql::label("tbl_row_count", sql::function("count"))};
      select.from = {expression_in(args[0])};
      if (present(args, "whereclause")) select.where = {condition(e, args["whereclause"])};
      return wrap(e, sql::make(std::move(select)));
    });
  } else if (name == "TableClause") {
    define_table_members(evaluator, cls);
  } else if (name == "Alias") {
    define_alias_members(evaluator, cls);
  } else if (name == "CTE") {
    define_cte_members(evaluator, cls);
  } else if (name == "TableValuedAlias") {
    evaluator.define(cls, "render_derived(self, name=None, with_types=False)",
                     [](Evaluator& e, Arguments& args) {
                       return changed<sql::node::Alias>(e, args[0], [&](sql::node::Alias& n) {
                         n.derived = true;
                         read_flag(e, args, "with_types", n.derived_types);
                         // An alias of its own: without a name it is anonymous again.
                         n.name.clear();
                         read_text(e, args, "name", n.name);
                         if (n.name.empty()) n.id = sql::next_id();
                       });
                     });
    evaluator.define(cls, "lateral(self, name=None)", [](Evaluator& e, Arguments& args) {
      return changed<sql::node::Alias>(e, args[0], [&](sql::node::Alias& n) {
        n.lateral = true;
        read_text(e, args, "name", n.name);
      });
    });
  } else if (name == "Values") {
    define_values_members(evaluator, cls);
  }
}

Value find_from_function(Evaluator& evaluator, std::string_view name) {
  if (name == "table") {
    return evaluator.function(
        "table(name, *columns, schema=None, **kw)", [](Evaluator& e, Arguments& args) {
          return wrap(e, sql::make(make_table_node(e, text_of(e, args["name"], "table()"),
                                                   args["schema"], args.rest())));
        });
  }
  if (name == "alias") {
    return evaluator.function(
        "alias(selectable, name=None, flat=False)", [](Evaluator& e, Arguments& args) {
          return wrap(e, make_alias(e, args, clause_element(e, args["selectable"])));
        });
  }
  if (name == "subquery") {
    return evaluator.function("subquery(alias, selectable)", [](Evaluator& e, Arguments& args) {
      std::string alias;
      read_text(e, args, "alias", alias);
      return wrap(e, sql::subquery(clause_element(e, args["selectable"]), alias));
    });
  }
  if (name == "lateral") {
    return evaluator.function("lateral(selectable, name=None)", [](Evaluator& e, Arguments& args) {
      return wrap(e, sql::lateral(clause_element(e, args["selectable"]), name_argument(e, args)));
    });
  }
  if (name == "cte") {
    return evaluator.function("cte(selectable, name=None, recursive=False, nesting=False)",
                              [](Evaluator& e, Arguments& args) {
                                return wrap(
                                    e, make_cte(e, args, clause_element(e, args["selectable"])));
                              });
  }
  if (name == "join" || name == "outerjoin") {
    const bool outer = name == "outerjoin";
    return evaluator.function(
        std::string(name) + "(left, right, onclause=None, isouter=False, full=False)",
        [outer](Evaluator& e, Arguments& args) {
          return make_join(e, from_item(e, args["left"]), args, outer);
        });
  }
  if (name == "values") {
    return evaluator.function("values(*columns, name=None, literal_binds=False)", make_values);
  }
  return {};
}

}  // namespace retort::modules
