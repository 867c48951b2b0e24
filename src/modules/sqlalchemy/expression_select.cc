#include <algorithm>
#include <array>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"

// select(), union() and the methods of SELECT statements.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Value;
using sql::Expression;
using sql::node::Compound;
using sql::node::Select;

namespace {

Expression bound_number(Evaluator& evaluator, Value value) {
  if (Expression given = clause_element(evaluator, value)) return given;
  if (value.is_none()) return {};
  return sql::literal(sql::Datum(evaluator.index(value)), sql::Type{.name = "Integer"});
}

void add_conditions(Evaluator& evaluator, std::span<const Value> values,
                    std::vector<Expression>& into) {
  for (const Value& value : values) into.push_back(condition(evaluator, value));
}

sql::node::ForUpdate read_lock(Evaluator& evaluator, Arguments& args) {
  sql::node::ForUpdate lock;
  read_flag(evaluator, args, "read", lock.read);
  read_flag(evaluator, args, "nowait", lock.nowait);
  read_flag(evaluator, args, "skip_locked", lock.skip_locked);
  read_flag(evaluator, args, "key_share", lock.key_share);
  if (present(args, "of")) {
    const Value of = args["of"];
    for (const Value& item : spread(evaluator, std::span(&of, 1))) {
      lock.of.push_back(clause_element(evaluator, item));
    }
  }
  return lock;
}

std::string prefix_text(Evaluator& evaluator, Value value) {
  if (const Expression given = clause_element(evaluator, value)) {
    return compile_for(evaluator, given, expression_host(evaluator).dialect().grammar(),
                       {.binds = sql::Binds::kLiteral})
        .sql;
  }
  return text_of(evaluator, value, "a prefix");
}

// A statement as part of UNION: SELECTs with ORDER BY or LIMIT in parentheses.
Expression compound_member(Evaluator& evaluator, Value value) {
  Expression e = clause_element(evaluator, value);
  if (!sql::is_statement(e)) {
    argument_error(evaluator,
                   "SELECT construct for inclusion in a UNION or other set construct "
                   "expected, got " +
                       evaluator.repr(value) + ".");
  }
  if (const auto* select = sql::get<Select>(e)) {
    if (select->limit || select->offset || select->fetch || !select->order_by.empty()) {
      return sql::make(sql::node::SelectGrouping{e});
    }
  } else if (sql::get<Compound>(e)) {
    return sql::make(sql::node::SelectGrouping{e});
  }
  return e;
}

struct SetOperation {
  std::string_view name;
  std::string_view keyword;
};
constexpr auto kSetOperations = std::to_array<SetOperation>({
    {"union", "UNION"},
    {"union_all", "UNION ALL"},
    {"intersect", "INTERSECT"},
    {"intersect_all", "INTERSECT ALL"},
    {"except_", "EXCEPT"},
    {"except_all", "EXCEPT ALL"},
});

// What SELECT and UNION share: the same member under another node.
template <typename T, typename Change>
Value change_either(Evaluator& evaluator, Value self, Change change) {
  static_cast<void>(sizeof(T));
  if (sql::get<Compound>(expression_in(self))) {
    return changed<Compound>(evaluator, self, [&](auto& n) { change(n); });
  }
  return changed<Select>(evaluator, self, [&](auto& n) { change(n); });
}

void define_base(Evaluator& evaluator, Class& cls) {
  for (const char* name : {"scalar_subquery", "as_scalar"}) {
    evaluator.define(cls, std::string(name) + "(self)", [](Evaluator& e, Arguments& args) {
      return wrap(e, sql::scalar_subquery(expression_in(args[0])));
    });
  }
  evaluator.define(cls, "label(self, name)", [](Evaluator& e, Arguments& args) {
    std::string name;
    read_text(e, args, "name", name);
    return wrap(e, sql::label(name, sql::scalar_subquery(expression_in(args[0]))));
  });
  for (const char* name : {"subquery", "alias"}) {
    evaluator.define(cls, std::string(name) + "(self, name=None, flat=False)",
                     [](Evaluator& e, Arguments& args) {
                       std::string alias;
                       read_text(e, args, "name", alias);
                       return wrap(e, sql::subquery(expression_in(args[0]), alias));
                     });
  }
  evaluator.define(cls, "lateral(self, name=None)", [](Evaluator& e, Arguments& args) {
    std::string name;
    read_text(e, args, "name", name);
    return wrap(e, sql::lateral(expression_in(args[0]), name));
  });
  evaluator.define(cls, "cte(self, name=None, recursive=False, nesting=False)",
                   [](Evaluator& e, Arguments& args) {
                     std::string name;
                     read_text(e, args, "name", name);
                     bool recursive = false;
                     read_flag(e, args, "recursive", recursive);
                     return wrap(e, sql::cte(expression_in(args[0]), name, recursive));
                   });
  evaluator.define(cls, "exists(self)", [](Evaluator& e, Arguments& args) {
    return wrap(e, sql::exists(expression_in(args[0])));
  });
  const auto columns = [](Evaluator& e, Value self) {
    return e.get_attr(wrap(e, sql::subquery(expression_in(self))), "c");
  };
  for (const char* name : {"c", "columns", "selected_columns", "exported_columns"}) {
    evaluator.define_property(cls, name, columns);
  }
  for (const SetOperation& operation : kSetOperations) {
    evaluator.define(cls, std::string(operation.name) + "(self, *other)",
                     [keyword = operation.keyword](Evaluator& e, Arguments& args) {
                       Compound compound;
                       compound.keyword = keyword;
                       compound.selects.push_back(compound_member(e, args[0]));
                       for (const Value& other : args.rest()) {
                         compound.selects.push_back(compound_member(e, other));
                       }
                       return wrap(e, sql::make(std::move(compound)));
                     });
  }
  evaluator.define(cls, "order_by(self, *clauses)", [](Evaluator& e, Arguments& args) {
    return change_either<Select>(e, args[0], [&](auto& n) {
      if (args.rest().size() == 1 && args.rest()[0].is_none()) {
        n.order_by.clear();
        return;
      }
      for (Expression& item : order_items(e, args.rest())) n.order_by.push_back(std::move(item));
    });
  });
  evaluator.define(cls, "group_by(self, *clauses)", [](Evaluator& e, Arguments& args) {
    return change_either<Select>(e, args[0], [&](auto& n) {
      for (Expression& item : order_items(e, args.rest())) n.group_by.push_back(std::move(item));
    });
  });
  evaluator.define(cls, "limit(self, limit)", [](Evaluator& e, Arguments& args) {
    return change_either<Select>(e, args[0],
                                 [&](auto& n) { n.limit = bound_number(e, args["limit"]); });
  });
  evaluator.define(cls, "offset(self, offset)", [](Evaluator& e, Arguments& args) {
    return change_either<Select>(e, args[0],
                                 [&](auto& n) { n.offset = bound_number(e, args["offset"]); });
  });
  evaluator.define(cls, "slice(self, start, stop)", [](Evaluator& e, Arguments& args) {
    const std::int64_t start = args["start"].is_none() ? 0 : e.index(args["start"]);
    return change_either<Select>(e, args[0], [&](auto& n) {
      if (!args["stop"].is_none()) {
        n.limit = bound_number(e, Value::integer(e.index(args["stop"]) - start));
      }
      if (start) n.offset = bound_number(e, Value::integer(start));
    });
  });
  evaluator.define(cls,
                   "with_for_update(self, nowait=False, read=False, of=None, "
                   "skip_locked=False, key_share=False)",
                   [](Evaluator& e, Arguments& args) {
                     return change_either<Select>(
                         e, args[0], [&](auto& n) { n.for_update = read_lock(e, args); });
                   });
  evaluator.define(cls, "add_cte(self, *ctes, nest_here=False)", [](Evaluator& e, Arguments& args) {
    return change_either<Select>(e, args[0], [&](auto& n) {
      for (const Value& cte : args.rest()) n.ctes.push_back(clause_element(e, cte));
    });
  });
  for (const char* name : {"execution_options", "options", "with_hint", "with_statement_hint",
                           "set_label_style", "apply_labels"}) {
    evaluator.define(cls, std::string(name) + "(self, *args, **kw)",
                     [](Evaluator&, Arguments& args) { return args[0]; });
  }
}

void add_join(Evaluator& evaluator, Arguments& args, Select& n, bool outer, bool from) {
  sql::node::SelectJoin join;
  if (from) join.left = from_item(evaluator, args["from_"]);
  // A relationship of a mapped class stands for its tables and conditions.
  if (Value steps = evaluator.find_attr(args["target"], "_orm_join"); steps && !from) {
    for (Value step : evaluator.items(evaluator.call(steps))) {
      const std::vector<Value> pair = evaluator.items(step);
      sql::node::SelectJoin one;
      one.right = from_item(evaluator, pair[0]);
      one.on = condition(evaluator, pair[1]);
      one.outer = outer;
      if (args.given("isouter")) read_flag(evaluator, args, "isouter", one.outer);
      n.joins.push_back(std::move(one));
    }
    return;
  }
  join.right = from_item(evaluator, args["target"]);
  if (present(args, "onclause")) join.on = condition(evaluator, args["onclause"]);
  join.outer = outer;
  if (args.given("isouter")) read_flag(evaluator, args, "isouter", join.outer);
  read_flag(evaluator, args, "full", join.full);
  n.joins.push_back(std::move(join));
}

void define_select(Evaluator& evaluator, Class& cls) {
  for (const char* name : {"where", "filter"}) {
    evaluator.define(cls, std::string(name) + "(self, *whereclause)",
                     [](Evaluator& e, Arguments& args) {
                       return changed<Select>(
                           e, args[0], [&](Select& n) { add_conditions(e, args.rest(), n.where); });
                     });
  }
  evaluator.define(cls, "filter_by(self, **kwargs)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0], [&](Select& n) {
      std::vector<Expression> froms = n.from;
      for (const Expression& column : n.columns) sql::collect_froms(column, froms);
      for (const sql::node::SelectJoin& join : n.joins) froms.insert(froms.begin(), join.right);
      for (const auto& [name, value] : args.keywords()) {
        Expression column;
        for (const Expression& from : froms) {
          if (!column) column = sql::column_of(from, name);
        }
        if (!column) argument_error(e, "Entity namespace has no property '" + name + "'");
        n.where.push_back(
            expression_in(e.call_method(wrap(e, column), "__eq__", std::array{value})));
      }
    });
  });
  evaluator.define(cls, "having(self, *having)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0],
                           [&](Select& n) { add_conditions(e, args.rest(), n.having); });
  });
  evaluator.define(cls, "select_from(self, *froms)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0], [&](Select& n) {
      for (const Value& from : args.rest()) n.from.push_back(from_item(e, from));
    });
  });
  evaluator.define(cls, "join(self, target, onclause=None, isouter=False, full=False)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Select>(e, args[0],
                                            [&](Select& n) { add_join(e, args, n, false, false); });
                   });
  evaluator.define(
      cls, "outerjoin(self, target, onclause=None, full=False)", [](Evaluator& e, Arguments& args) {
        return changed<Select>(e, args[0], [&](Select& n) { add_join(e, args, n, true, false); });
      });
  evaluator.define(cls, "join_from(self, from_, target, onclause=None, isouter=False, full=False)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Select>(e, args[0], [&](Select& n) {
                       const Expression left = from_item(e, args["from_"]);
                       bool known = false;
                       for (const Expression& from : n.from) known = known || from == left;
                       if (!known) n.from.push_back(left);
                       add_join(e, args, n, false, true);
                     });
                   });
  evaluator.define(cls, "distinct(self, *expr)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0], [&](Select& n) {
      n.distinct = true;
      for (Expression& item : order_items(e, args.rest())) {
        n.distinct_on.push_back(std::move(item));
      }
    });
  });
  for (const char* name : {"with_only_columns", "add_columns", "column"}) {
    const bool only = std::string_view(name) == "with_only_columns";
    evaluator.define(cls, std::string(name) + "(self, *columns, **kw)",
                     [only](Evaluator& e, Arguments& args) {
                       return changed<Select>(e, args[0], [&](Select& n) {
                         if (only) n.columns.clear();
                         for (const Value& column : args.rest()) add_columns(e, column, n.columns);
                       });
                     });
  }
  evaluator.define(cls, "correlate(self, *froms)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0], [&](Select& n) {
      if (!n.correlate) n.correlate.emplace();
      for (const Value& from : args.rest()) {
        if (!from.is_none()) n.correlate->push_back(from_item(e, from));
      }
    });
  });
  evaluator.define(cls, "correlate_except(self, *froms)", [](Evaluator& e, Arguments& args) {
    return changed<Select>(e, args[0], [&](Select& n) {
      if (!n.correlate_except) n.correlate_except.emplace();
      for (const Value& from : args.rest()) {
        if (!from.is_none()) n.correlate_except->push_back(from_item(e, from));
      }
    });
  });
  evaluator.define(cls, "prefix_with(self, *prefixes, dialect='*')",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Select>(e, args[0], [&](Select& n) {
                       for (const Value& p : args.rest()) n.prefixes.push_back(prefix_text(e, p));
                     });
                   });
  evaluator.define(cls, "suffix_with(self, *suffixes, dialect='*')",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Select>(e, args[0], [&](Select& n) {
                       for (const Value& s : args.rest()) n.suffixes.push_back(prefix_text(e, s));
                     });
                   });
  evaluator.define(cls, "fetch(self, count, with_ties=False, percent=False)",
                   [](Evaluator& e, Arguments& args) {
                     return changed<Select>(
                         e, args[0], [&](Select& n) { n.fetch = bound_number(e, args["count"]); });
                   });
  evaluator.define_property(cls, "froms", [](Evaluator& e, Value self) {
    const auto* select = sql::get<Select>(expression_in(self));
    std::vector<Expression> found = select->from;
    for (const Expression& column : select->columns) sql::collect_froms(column, found);
    std::vector<Value> out;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (std::find(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(i), found[i]) ==
          found.begin() + static_cast<std::ptrdiff_t>(i)) {
        out.push_back(wrap(e, found[i]));
      }
    }
    return e.list(std::move(out));
  });
}

Value make_select(Evaluator& evaluator, Arguments& args) {
  Select select;
  const std::span<const Value> rest = args.rest();
  // 1.x: select([columns], whereclause, from_obj)
  const bool legacy = !rest.empty() && rest[0].get<python::List>();
  if (legacy) {
    add_columns(evaluator, rest[0], select.columns);
    if (rest.size() > 1 && !rest[1].is_none()) {
      select.where.push_back(condition(evaluator, rest[1]));
    }
    if (rest.size() > 2) {
      for (const Value& from : spread(evaluator, rest.subspan(2, 1))) {
        select.from.push_back(from_item(evaluator, from));
      }
    }
  } else {
    for (const Value& value : rest) add_columns(evaluator, value, select.columns);
  }
  for (const auto& [name, value] : args.keywords()) {
    if (name == "columns") {
      add_columns(evaluator, value, select.columns);
    } else if (name == "whereclause") {
      if (!value.is_none()) select.where.push_back(condition(evaluator, value));
    } else if (name == "from_obj") {
      for (const Value& from : spread(evaluator, std::span(&value, 1))) {
        select.from.push_back(from_item(evaluator, from));
      }
    } else if (name == "order_by") {
      select.order_by = order_items(evaluator, std::span(&value, 1));
    } else if (name == "group_by") {
      select.group_by = order_items(evaluator, std::span(&value, 1));
    } else if (name == "limit") {
      select.limit = bound_number(evaluator, value);
    } else if (name == "offset") {
      select.offset = bound_number(evaluator, value);
    } else if (name == "distinct") {
      select.distinct = evaluator.truthy(value);
    } else if (name == "having") {
      select.having.push_back(condition(evaluator, value));
    } else {
      evaluator.type_error("select() got an unexpected keyword argument '" + name + "'");
    }
  }
  const Value made = wrap(evaluator, sql::make(std::move(select)));
  const bool mapped = std::any_of(rest.begin(), rest.end(), [&](Value value) {
    const Class* cls = value.get<Class>();
    return cls ? static_cast<bool>(cls->lookup("__mapper__"))
               : static_cast<bool>(value.get<python::Instance>() &&
                                   value.get<python::Instance>()->cls->lookup("_orm_entity"));
  });
  if (mapped) {
    made.get<python::Instance>()->attributes.set(kEntities,
                                                 evaluator.tuple({rest.begin(), rest.end()}));
  }
  return made;
}

}  // namespace

void define_select_members(Evaluator& evaluator, Class& cls, std::string_view name) {
  if (name == "SelectBase") {
    // As an operand it is its scalar value.
    define_operators(evaluator, cls);
    define_base(evaluator, cls);
  } else if (name == "Select") {
    define_select(evaluator, cls);
  }
}

Value find_select_function(Evaluator& evaluator, std::string_view name) {
  if (name == "select") return evaluator.function("select(*columns, **kw)", make_select);
  for (const SetOperation& operation : kSetOperations) {
    if (operation.name != name) continue;
    return evaluator.function(std::string(name) + "(*selects)",
                              [keyword = operation.keyword](Evaluator& e, Arguments& args) {
                                Compound compound;
                                compound.keyword = keyword;
                                for (const Value& select : spread(e, args.rest())) {
                                  compound.selects.push_back(compound_member(e, select));
                                }
                                return wrap(e, sql::make(std::move(compound)));
                              });
  }
  return {};
}

}  // namespace retort::modules
