#include <array>

#include "base/text.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"

// Functions that make elements: text(), func, case(), cast(), and_() and their like.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Value;
using sql::Expression;
using sql::Op;
using sql::Type;

namespace {

Type type_argument(Evaluator& evaluator, Value value, std::string_view what) {
  return to_type(evaluator, expression_host(evaluator), value, what);
}

Type optional_type(Evaluator& evaluator, Arguments& args, std::string_view name) {
  if (!present(args, name)) return {};
  return type_argument(evaluator, args[name], name);
}

using Body = Expression (*)(Evaluator&, Arguments&);

struct FunctionSpec {
  std::string_view name;
  std::string_view signature;
  Body body;
};

std::vector<Expression> conditions_of(Evaluator& evaluator, Arguments& args) {
  std::vector<Expression> out;
  for (const Value& value : args.rest()) {
    // A generator gives its items.
    if (!clause_element(evaluator, value) && value.is_object() && !value.is_str()) {
      for (const Value& item : evaluator.items(value)) out.push_back(condition(evaluator, item));
    } else {
      out.push_back(condition(evaluator, value));
    }
  }
  return out;
}

Expression make_bindparam(Evaluator& evaluator, Arguments& args) {
  sql::node::Bind bind;
  if (present(args, "key")) {
    bind.name = text_of(evaluator, args["key"], "the name of bindparam()");
  } else {
    bind.name = "param";
    bind.unique = true;
  }
  read_flag(evaluator, args, "unique", bind.unique);
  read_flag(evaluator, args, "expanding", bind.expanding);
  read_flag(evaluator, args, "literal_execute", bind.literal_execute);
  Type type = optional_type(evaluator, args, "type_");
  bind.required = !args.given("value");
  if (args.given("required")) read_flag(evaluator, args, "required", bind.required);
  if (args.given("value")) {
    const Value value = args["value"];
    const bool list = bind.expanding && (value.get<python::List>() || value.get<python::Tuple>());
    if (list) {
      std::vector<sql::Datum> data;
      for (const Value& item : evaluator.items(value)) {
        if (type.is_null()) type = plain_type(evaluator, item);
        data.push_back(to_datum(evaluator, expression_host(evaluator), item, type));
      }
      bind.value = std::move(data);
    } else {
      if (type.is_null()) type = plain_type(evaluator, value);
      bind.value = to_datum(evaluator, expression_host(evaluator), value, type);
    }
  }
  return sql::make(std::move(bind), std::move(type));
}

Expression make_case(Evaluator& evaluator, Arguments& args) {
  Expression value;
  if (present(args, "value")) value = element(evaluator, args["value"]);
  std::vector<std::pair<Expression, Expression>> whens;
  const auto add = [&](Value when, Value then) {
    whens.emplace_back(
        value ? operand(evaluator, when, value, Op::kNone) : condition(evaluator, when),
        element(evaluator, then));
  };
  const auto add_dict = [&](const python::Dict& dict) {
    for (const auto& entry : dict.entries()) {
      if (entry.key) add(entry.key, entry.value);
    }
  };
  std::vector<Value> items(args.rest().begin(), args.rest().end());
  if (present(args, "whens")) items.push_back(args["whens"]);
  // 1.x: one list of pairs.
  if (items.size() == 1 && items[0].get<python::List>()) items = evaluator.items(items[0]);
  for (const Value& item : items) {
    if (const auto* dict = item.get<python::Dict>()) {
      add_dict(*dict);
      continue;
    }
    const std::vector<Value> pair = evaluator.items(item);
    if (pair.size() != 2) {
      argument_error(evaluator, "case() takes pairs of a condition and a value");
    }
    add(pair[0], pair[1]);
  }
  Expression otherwise;
  if (present(args, "else_")) otherwise = element(evaluator, args["else_"]);
  return sql::case_(std::move(whens), std::move(otherwise), std::move(value));
}

Expression make_exists(Evaluator& evaluator, Arguments& args) {
  const std::span<const Value> rest = args.rest();
  if (rest.empty()) {
    sql::node::Select all;
    all.columns = {sql::literal_column("*")};
    return sql::exists(sql::make(std::move(all)));
  }
  if (Expression found = clause_element(evaluator, rest[0])) {
    if (const auto* scalar = sql::get<sql::node::ScalarSubquery>(found)) {
      return sql::exists(scalar->select);
    }
    if (const auto* grouping = sql::get<sql::node::SelectGrouping>(found)) {
      return sql::exists(grouping->select);
    }
    if (sql::is_statement(found)) return sql::exists(found);
  }
  sql::node::Select select;
  for (const Value& value : rest) add_columns(evaluator, value, select.columns);
  return sql::exists(sql::make(std::move(select)));
}

std::vector<Expression> elements_of(Evaluator& evaluator, std::span<const Value> values) {
  std::vector<Expression> out;
  for (const Value& value : values) out.push_back(element(evaluator, value));
  return out;
}

// OVER's frame: (None, 0).
void read_frame(Evaluator& evaluator, Arguments& args, sql::node::Over& over) {
  for (const auto& [name, kind] :
       {std::pair{"rows", "ROWS"}, std::pair{"range_", "RANGE"}, std::pair{"groups", "GROUPS"}}) {
    if (!present(args, name)) continue;
    const std::vector<Value> bounds = evaluator.items(args[name]);
    if (bounds.size() != 2) argument_error(evaluator, "2-tuple expected for range/rows");
    over.frame_kind = kind;
    if (!bounds[0].is_none()) over.frame.lower = evaluator.index(bounds[0]);
    if (!bounds[1].is_none()) over.frame.upper = evaluator.index(bounds[1]);
  }
}

Expression make_over(Evaluator& evaluator, Expression target, Arguments& args) {
  sql::node::Over over;
  const Type type = (*target).type;
  over.element = std::move(target);
  const auto list = [&](std::string_view name) {
    std::vector<Expression> out;
    if (!present(args, name)) return out;
    const Value value = args[name];
    return order_items(evaluator, std::span(&value, 1));
  };
  over.partition_by = list("partition_by");
  over.order_by = list("order_by");
  read_frame(evaluator, args, over);
  return sql::make(std::move(over), type);
}

constexpr std::string_view kOverParameters =
    "partition_by=None, order_by=None, range_=None, rows=None, groups=None, exclude=None)";

constexpr auto kFunctions = std::to_array<FunctionSpec>({
    {"text", "text(text, bind=None)",
     [](Evaluator& e, Arguments& args) {
       return sql::text(text_of(e, args["text"], "text()"));
     }},
    {"column", "column(text, type_=None, is_literal=False, _selectable=None)",
     [](Evaluator& e, Arguments& args) {
       const std::string name = text_of(e, args["text"], "column()");
       Type type = optional_type(e, args, "type_");
       const bool literal = present(args, "is_literal") && e.truthy(args["is_literal"]);
       return literal ? sql::literal_column(name, std::move(type))
                      : sql::column(name, std::move(type));
     }},
    {"literal_column", "literal_column(text, type_=None)",
     [](Evaluator& e, Arguments& args) {
       return sql::literal_column(text_of(e, args["text"], "literal_column()"),
                                  optional_type(e, args, "type_"));
     }},
    {"literal", "literal(value, type_=None, literal_execute=False)",
     [](Evaluator& e, Arguments& args) {
       Type type = optional_type(e, args, "type_");
       if (type.is_null()) type = plain_type(e, args["value"]);
       return sql::literal(to_datum(e, expression_host(e), args["value"], type), type);
     }},
    {"and_", "and_(*clauses)",
     [](Evaluator& e, Arguments& args) { return sql::and_(conditions_of(e, args)); }},
    {"or_", "or_(*clauses)",
     [](Evaluator& e, Arguments& args) { return sql::or_(conditions_of(e, args)); }},
    {"not_", "not_(clause)",
     [](Evaluator& e, Arguments& args) { return sql::not_(condition(e, args["clause"])); }},
    {"case", "case(*whens, value=None, else_=None)", make_case},
    {"cast", "cast(expression, type_)",
     [](Evaluator& e, Arguments& args) {
       const Type type = type_argument(e, args["type_"], "cast()");
       return sql::cast(element(e, args["expression"], type), type);
     }},
    {"try_cast", "try_cast(expression, type_)",
     [](Evaluator& e, Arguments& args) {
       const Type type = type_argument(e, args["type_"], "try_cast()");
       return sql::make(sql::node::Cast{element(e, args["expression"], type), true}, type);
     }},
    {"type_coerce", "type_coerce(expression, type_)",
     [](Evaluator& e, Arguments& args) {
       const Type type = type_argument(e, args["type_"], "type_coerce()");
       return sql::type_coerce(element(e, args["expression"], type), type);
     }},
    {"null", "null()", [](Evaluator&, Arguments&) { return sql::null(); }},
    {"true", "true()", [](Evaluator&, Arguments&) { return sql::true_(); }},
    {"false", "false()", [](Evaluator&, Arguments&) { return sql::false_(); }},
    {"distinct", "distinct(expr)",
     [](Evaluator& e, Arguments& args) { return sql::distinct(element(e, args["expr"])); }},
    {"desc", "desc(column)",
     [](Evaluator& e, Arguments& args) {
       return sql::ordering(Op::kDesc, order_item(e, args["column"]));
     }},
    {"asc", "asc(column)",
     [](Evaluator& e, Arguments& args) {
       return sql::ordering(Op::kAsc, order_item(e, args["column"]));
     }},
    {"nulls_first", "nulls_first(column)",
     [](Evaluator& e, Arguments& args) {
       return sql::ordering(Op::kNullsFirst, order_item(e, args["column"]));
     }},
    {"nulls_last", "nulls_last(column)",
     [](Evaluator& e, Arguments& args) {
       return sql::ordering(Op::kNullsLast, order_item(e, args["column"]));
     }},
    {"exists", "exists(*args, **kw)", make_exists},
    {"tuple_", "tuple_(*clauses, types=None)",
     [](Evaluator& e, Arguments& args) { return sql::tuple(elements_of(e, args.rest())); }},
    {"extract", "extract(field, expr)",
     [](Evaluator& e, Arguments& args) {
       return sql::extract(text_of(e, args["field"], "extract()"), element(e, args["expr"]));
     }},
    {"between", "between(expr, lower_bound, upper_bound, symmetric=False)",
     [](Evaluator& e, Arguments& args) {
       bool symmetric = false;
       read_flag(e, args, "symmetric", symmetric);
       const Expression expr = element(e, args["expr"]);
       return sql::between(expr, operand(e, args["lower_bound"], expr, Op::kAnd),
                           operand(e, args["upper_bound"], expr, Op::kAnd), symmetric);
     }},
    {"collate", "collate(expression, collation)",
     [](Evaluator& e, Arguments& args) {
       return sql::collate(element(e, args["expression"]),
                           text_of(e, args["collation"], "a collation"));
     }},
    {"label", "label(name, element, type_=None)",
     [](Evaluator& e, Arguments& args) {
       return sql::label(text_of(e, args["name"], "the name of a label"),
                         element(e, args["element"]));
     }},
    {"any_", "any_(expr)",
     [](Evaluator& e, Arguments& args) {
       return sql::any_or_all(Op::kAny, element(e, args["expr"]));
     }},
    {"all_", "all_(expr)",
     [](Evaluator& e, Arguments& args) {
       return sql::any_or_all(Op::kAll, element(e, args["expr"]));
     }},
    {"bitwise_not", "bitwise_not(expr)",
     [](Evaluator& e, Arguments& args) { return sql::bitwise_not(element(e, args["expr"])); }},
    {"funcfilter", "funcfilter(func, *criterion)",
     [](Evaluator& e, Arguments& args) {
       const Expression function = element(e, args["func"]);
       return sql::make(sql::node::Filter{function, sql::and_(conditions_of(e, args))},
                        (*function).type);
     }},
    {"within_group", "within_group(element, *order_by)",
     [](Evaluator& e, Arguments& args) {
       const Expression function = element(e, args["element"]);
       return sql::make(sql::node::WithinGroup{function, order_items(e, args.rest())},
                        (*function).type);
     }},
});

// func.name(...), func.package.name(...)
struct FunctionNames {
  std::vector<std::string> names;
};

Class* function_generator(Evaluator& evaluator) {
  python::Module& registry = expression_registry(evaluator);
  if (const Value made = registry.attributes.find("generator")) return made.get<Class>();
  Class* cls = evaluator.define_class("_FunctionGenerator", "sqlalchemy.sql.functions");
  registry.attributes.set("generator", cls);
  evaluator.define(*cls, "__getattr__(self, name)", [](Evaluator& e, Arguments& args) -> Value {
    std::string name = text_of(e, args["name"], "func");
    if (name.starts_with("__")) e.raise("AttributeError", name);
    if (name.ends_with("_")) name.pop_back();
    FunctionNames names = *python::native<FunctionNames>(args[0]);
    names.names.push_back(std::move(name));
    auto* made = e.new_instance(function_generator(e));
    made->set_native(std::move(names));
    return made;
  });
  evaluator.define(*cls, "__call__(self, *args, **kw)", [](Evaluator& e, Arguments& args) {
    FunctionNames names = *python::native<FunctionNames>(args[0]);
    if (names.names.empty()) e.type_error("func itself can't be called: func.name(...)");
    Type type;
    for (const auto& [name, value] : args.keywords()) {
      if (name == "type_") type = type_argument(e, value, "a function's type");
    }
    std::string name = std::move(names.names.back());
    names.names.pop_back();
    return wrap(e, sql::function(std::move(name), elements_of(e, args.rest()), std::move(type),
                                 std::move(names.names)));
  });
  return cls;
}

Value text_bindparams(Evaluator& evaluator, Arguments& args) {
  const Expression self = expression_in(args[0]);
  sql::node::Text text = *sql::get<sql::node::Text>(self);
  const auto set = [&](Expression bind) {
    const std::string& name = sql::get<sql::node::Bind>(bind)->name;
    for (Expression& own : text.binds) {
      if (sql::get<sql::node::Bind>(own)->name != name) continue;
      own = std::move(bind);
      return;
    }
    text.binds.push_back(std::move(bind));
  };
  for (const Value& value : args.rest()) {
    const Expression bind = expression_in(value);
    if (!sql::get<sql::node::Bind>(bind)) {
      argument_error(evaluator, "bindparams() takes bindparam() objects and names=values");
    }
    set(bind);
  }
  for (const auto& [name, value] : args.keywords()) {
    sql::node::Bind bind;
    Type type;
    for (const Expression& own : text.binds) {
      if (const auto* given = sql::get<sql::node::Bind>(own); given->name == name) {
        bind = *given;
        type = (*own).type;
      }
    }
    bind.name = name;
    bind.required = false;
    Host& host = expression_host(evaluator);
    if (bind.expanding) {
      std::vector<sql::Datum> data;
      for (const Value& item : evaluator.items(value)) {
        if (type.is_null()) type = plain_type(evaluator, item);
        data.push_back(to_datum(evaluator, host, item, type));
      }
      bind.value = std::move(data);
    } else {
      if (type.is_null()) type = plain_type(evaluator, value);
      bind.value = to_datum(evaluator, host, value, type);
    }
    set(sql::make(std::move(bind), type));
  }
  return wrap(evaluator, sql::make(std::move(text), (*self).type));
}

Value text_columns(Evaluator& evaluator, Arguments& args) {
  sql::node::TextSelect select;
  select.text = expression_in(args[0]);
  for (const Value& value : args.rest()) {
    if (Expression column = clause_element(evaluator, value)) {
      select.columns.push_back(column);
    } else {
      select.columns.push_back(sql::column(text_of(evaluator, value, "columns()")));
    }
  }
  for (const auto& [name, value] : args.keywords()) {
    select.columns.push_back(sql::column(name, type_argument(evaluator, value, "columns()")));
  }
  return wrap(evaluator, sql::make(std::move(select)));
}

Value name_of_expression(Evaluator& evaluator, Value self) {
  const Expression e = expression_in(self);
  if (const auto* c = sql::get<sql::node::Column>(e)) return evaluator.str(c->name);
  if (const auto* l = sql::get<sql::node::Label>(e)) return evaluator.str(l->name);
  if (const auto* f = sql::get<sql::node::Function>(e)) return evaluator.str(f->name);
  return Value::none();
}

bool is_of_primary_key(const Expression& expression) {
  const auto* column = sql::get<sql::node::Column>(expression);
  if (!column || !column->from) return false;
  return std::ranges::any_of(sql::columns_of(column->from), [&](const auto& one) {
    return one.name == column->name && one.primary_key;
  });
}

// A property that an attribute of the instance goes before.
void soft_property(Evaluator& evaluator, Class& cls, std::string_view name,
                   Value (*getter)(Evaluator&, Value)) {
  evaluator.define_property(
      cls, name,
      [name = std::string(name), getter](Evaluator& e, Value self) {
        if (const Value own = self.get<python::Instance>()->attributes.find(name)) return own;
        return getter(e, self);
      },
      [name = std::string(name)](Evaluator&, Value self, Value value) {
        self.get<python::Instance>()->attributes.set(name, value);
      });
}

void define_function_members(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "over(self, " + std::string(kOverParameters),
                   [](Evaluator& e, Arguments& args) {
                     return wrap(e, make_over(e, expression_in(args[0]), args));
                   });
  evaluator.define(cls, "filter(self, *criterion)", [](Evaluator& e, Arguments& args) {
    const Expression self = expression_in(args[0]);
    std::vector<Expression> criteria = conditions_of(e, args);
    if (criteria.empty()) return args[0];
    return wrap(e,
                sql::make(sql::node::Filter{self, sql::and_(std::move(criteria))}, (*self).type));
  });
  evaluator.define(cls, "within_group(self, *order_by)", [](Evaluator& e, Arguments& args) {
    const Expression self = expression_in(args[0]);
    return wrap(e,
                sql::make(sql::node::WithinGroup{self, order_items(e, args.rest())}, (*self).type));
  });
  evaluator.define(cls, "aggregate_order_by(self, *order_by)", [](Evaluator& e, Arguments& args) {
    return changed<sql::node::Function>(e, args[0],
                                        [&](auto& n) { n.order_by = order_items(e, args.rest()); });
  });
  evaluator.define(cls, "select(self)", [](Evaluator& e, Arguments& args) {
    sql::node::Select select;
    select.columns = {expression_in(args[0])};
    return wrap(e, sql::make(std::move(select)));
  });
  // unnest(...).table_valued("a", "b"), .column_valued("x"), .alias("t")
  evaluator.define(
      cls, "table_valued(self, *expr, name=None, with_ordinality=None, joins_implicitly=False)",
      [](Evaluator& e, Arguments& args) {
        sql::node::Alias alias;
        alias.element = expression_in(args[0]);
        if (present(args, "name")) alias.name = text_of(e, args["name"], "table_valued()");
        if (alias.name.empty()) alias.id = sql::next_id();
        for (const Value& value : args.rest()) {
          const Expression column = clause_element(e, value);
          alias.columns.push_back(
              {column_key(e, value), column ? (*column).type : Type{}, {}, false, {}});
        }
        if (present(args, "with_ordinality")) {
          alias.with_ordinality = true;
          const std::string ordinality =
              text_of(e, args["with_ordinality"], "table_valued(with_ordinality=)");
          alias.columns.push_back({ordinality, Type{}, {}, false, {}});
        }
        return wrap(e, sql::make(std::move(alias)));
      });
  evaluator.define(cls, "alias(self, name=None, joins_implicitly=False)",
                   [](Evaluator& e, Arguments& args) {
                     const Expression self = expression_in(args[0]);
                     std::string name;
                     read_text(e, args, "name", name);
                     sql::node::Alias alias;
                     alias.element = self;
                     alias.name = name;
                     if (name.empty()) alias.id = sql::next_id();
                     return wrap(e, sql::make(std::move(alias)));
                   });
  evaluator.define(cls, "column_valued(self, name=None, joins_implicitly=False)",
                   [](Evaluator& e, Arguments& args) {
                     const Expression self = expression_in(args[0]);
                     std::string name;
                     read_text(e, args, "name", name);
                     sql::node::Alias alias;
                     alias.element = self;
                     alias.name = name;
                     if (name.empty()) alias.id = sql::next_id();
                     sql::node::Column column;
                     column.from = sql::make(std::move(alias));
                     return wrap(e, sql::make(std::move(column), (*self).type));
                   });
}

}  // namespace

void define_column_members(Evaluator& evaluator, Class& cls, std::string_view name) {
  if (name == "ColumnElement") {
    soft_property(evaluator, cls, "name", name_of_expression);
    soft_property(evaluator, cls, "key", name_of_expression);
    soft_property(evaluator, cls, "type", [](Evaluator& e, Value self) {
      return from_type(e, (*expression_in(self)).type);
    });
    // Recipes for views copy the columns of a SELECT with them.
    soft_property(evaluator, cls, "primary_key", [](Evaluator&, Value self) {
      return Value::boolean(is_of_primary_key(expression_in(self)));
    });
    soft_property(evaluator, cls, "foreign_keys",
                  [](Evaluator& e, Value) { return Value(e.set()); });
  } else if (name == "ColumnClause") {
    soft_property(evaluator, cls, "table", [](Evaluator& e, Value self) {
      const auto* column = sql::get<sql::node::Column>(expression_in(self));
      return column ? from_expression(e, column->from) : Value::none();
    });
    evaluator.define(cls, "__init__(self, text, type_=None, is_literal=False)",
                     [](Evaluator& e, Arguments& args) {
                       init_column_clause(e, args[0].get<python::Instance>(),
                                          text_of(e, args["text"], "column()"),
                                          optional_type(e, args, "type_"));
                       return Value::none();
                     });
  } else if (name == "TextClause") {
    evaluator.define(cls, "bindparams(self, *binds, **names_to_values)", text_bindparams);
    evaluator.define(cls, "columns(self, *cols, **types)", text_columns);
    evaluator.define_property(cls, "text", [](Evaluator& e, Value self) {
      return e.str(sql::get<sql::node::Text>(expression_in(self))->sql);
    });
    evaluator.define(cls, "execution_options(self, **kw)",
                     [](Evaluator&, Arguments& args) { return args[0]; });
    evaluator.define(cls, "__init__(self, text, bind=None)", [](Evaluator& e, Arguments& args) {
      args[0].get<python::Instance>()->set_native(sql::text(text_of(e, args["text"], "text()")));
      return Value::none();
    });
  } else if (name == "FunctionElement") {
    define_function_members(evaluator, cls);
    // A class of the project: a function that is called what its `name` says.
    evaluator.define(cls, "__init__(self, *clauses)", [](Evaluator& e, Arguments& args) {
      sql::node::Function function;
      const Value own = e.find_attr(args[0], "name");
      function.name = own && own.is_str() ? std::string(own.as_str()) : e.type_of(args[0])->name;
      for (const Value& clause : args.rest()) function.arguments.push_back(element(e, clause, {}));
      args[0].get<python::Instance>()->set_native(sql::make(std::move(function)));
      return Value::none();
    });
  } else if (name == "FunctionFilter" || name == "WithinGroup") {
    evaluator.define(cls, "over(self, " + std::string(kOverParameters),
                     [](Evaluator& e, Arguments& args) {
                       return wrap(e, make_over(e, expression_in(args[0]), args));
                     });
  } else if (name == "BindParameter") {
    evaluator.define_property(cls, "value", [](Evaluator& e, Value self) -> Value {
      const auto* bind = sql::get<sql::node::Bind>(expression_in(self));
      const auto* datum = bind ? std::get_if<sql::Datum>(&bind->value) : nullptr;
      if (!datum) return Value::none();
      if (const auto* text = std::get_if<std::string>(datum)) return e.str(*text);
      if (const auto* number = std::get_if<std::int64_t>(datum)) return Value::integer(*number);
      if (const auto* flag = std::get_if<bool>(datum)) return Value::boolean(*flag);
      if (const auto* real = std::get_if<double>(datum)) return Value::floating(*real);
      return Value::none();
    });
  } else if (name == "BinaryExpression") {
    for (const bool left : {true, false}) {
      evaluator.define_property(cls, left ? "left" : "right", [left](Evaluator& e, Value self) {
        const auto* binary = sql::get<sql::node::Binary>(expression_in(self));
        return from_expression(e, left ? binary->left : binary->right);
      });
    }
  } else if (name == "Exists") {
    const auto on_select = [&evaluator, &cls](std::string_view signature, auto change) {
      evaluator.define(cls, signature, [change](Evaluator& e, Arguments& args) {
        const auto* exists = sql::get<sql::node::Exists>(expression_in(args[0]));
        const auto* inner = sql::get<sql::node::Select>(exists->select);
        if (!inner) e.type_error("this EXISTS holds no plain SELECT");
        sql::node::Select select = *inner;
        change(e, args, select);
        return wrap(e, sql::exists(sql::make(std::move(select))));
      });
    };
    on_select("where(self, *clauses)",
              [](Evaluator& e, Arguments& args, sql::node::Select& select) {
                for (Expression& c : conditions_of(e, args)) select.where.push_back(std::move(c));
              });
    on_select("select_from(self, *froms)",
              [](Evaluator& e, Arguments& args, sql::node::Select& select) {
                for (const Value& value : args.rest()) select.from.push_back(from_item(e, value));
              });
    on_select("correlate(self, *froms)",
              [](Evaluator& e, Arguments& args, sql::node::Select& select) {
                select.correlate.emplace();
                for (const Value& value : args.rest()) {
                  if (!value.is_none()) select.correlate->push_back(from_item(e, value));
                }
              });
    evaluator.define(cls, "select(self)", [](Evaluator& e, Arguments& args) {
      sql::node::Select select;
      select.columns = {expression_in(args[0])};
      return wrap(e, sql::make(std::move(select)));
    });
  } else if (name == "ScalarSelect") {
    const auto on_select = [&evaluator, &cls](std::string_view signature, auto change) {
      evaluator.define(cls, signature, [change](Evaluator& e, Arguments& args) {
        const Expression self = expression_in(args[0]);
        const auto* inner =
            sql::get<sql::node::Select>(sql::get<sql::node::ScalarSubquery>(self)->select);
        if (!inner) e.type_error("this subquery is no plain SELECT");
        sql::node::Select select = *inner;
        change(e, args, select);
        return wrap(
            e, sql::make(sql::node::ScalarSubquery{sql::make(std::move(select))}, (*self).type));
      });
    };
    on_select("where(self, crit)", [](Evaluator& e, Arguments& args, sql::node::Select& select) {
      select.where.push_back(condition(e, args["crit"]));
    });
    on_select("correlate(self, *froms)",
              [](Evaluator& e, Arguments& args, sql::node::Select& select) {
                select.correlate.emplace();
                for (const Value& value : args.rest()) {
                  if (!value.is_none()) select.correlate->push_back(from_item(e, value));
                }
              });
  } else if (name == "array") {
    evaluator.define(cls, "__init__(self, clauses, type_=None, **kw)",
                     [](Evaluator& e, Arguments& args) {
                       Type item = optional_type(e, args, "type_");
                       Type type;
                       if (!item.is_null()) {
                         type.name = "ARRAY";
                         type.arguments.push_back(std::move(item));
                       }
                       const std::vector<Value> clauses = e.items(args["clauses"]);
                       args[0].get<python::Instance>()->set_native(
                           sql::array(elements_of(e, clauses), std::move(type)));
                       return Value::none();
                     });
  } else if (name == "aggregate_order_by") {
    evaluator.define(cls, "__init__(self, target, *order_by)", [](Evaluator& e, Arguments& args) {
      const Expression target = element(e, args["target"]);
      args[0].get<python::Instance>()->set_native(sql::make(
          sql::node::AggregateOrderBy{target, order_items(e, args.rest())}, (*target).type));
      return Value::none();
    });
  }
}

Value find_element_function(Evaluator& evaluator, std::string_view name) {
  if (name == "func") {
    auto* made = evaluator.new_instance(function_generator(evaluator));
    made->set_native(FunctionNames{});
    return made;
  }
  if (name == "bindparam" || name == "outparam") {
    return evaluator.function(
        "bindparam(key, value=None, type_=None, unique=False, required=False, quote=None, "
        "callable_=None, expanding=False, isoutparam=False, literal_execute=False)",
        [](Evaluator& e, Arguments& args) { return wrap(e, make_bindparam(e, args)); });
  }
  if (name == "over") {
    return evaluator.function("over(element, " + std::string(kOverParameters),
                              [](Evaluator& e, Arguments& args) {
                                return wrap(e, make_over(e, element(e, args["element"]), args));
                              });
  }
  if (name == "nullsfirst") name = "nulls_first";
  if (name == "nullslast") name = "nulls_last";
  for (const FunctionSpec& spec : kFunctions) {
    if (spec.name != name) continue;
    return evaluator.function(spec.signature, [body = spec.body](Evaluator& e, Arguments& args) {
      return wrap(e, body(e, args));
    });
  }
  return {};
}

}  // namespace retort::modules
