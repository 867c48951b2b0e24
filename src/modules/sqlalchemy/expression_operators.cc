#include <array>

#include "base/text.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"
#include "sql/affinity.h"

// Python's operators and the methods of ColumnElement.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Value;
using sql::Affinity;
using sql::Expression;
using sql::Op;
using sql::Type;

namespace {

Expression self_of(Evaluator& evaluator, Arguments& args) {
  Expression e = clause_element(evaluator, args[0]);
  if (!e) {
    evaluator.raise("NotImplementedError", "retort can't know the SQL of " +
                                               evaluator.repr(args[0]) +
                                               ", an SQL construct of the project's own");
  }
  // A select used in an expression is its value.
  return sql::is_statement(e) ? sql::scalar_subquery(e) : e;
}

// x == y, where None and booleans have their own meaning.
Expression compare(Evaluator& evaluator, Op op, const Expression& left, Value value) {
  const auto* any = sql::get<sql::node::Unary>(left);
  const bool aggregate = any && (any->op == Op::kAny || any->op == Op::kAll);
  if (!aggregate && value.is_none()) {
    if (op == Op::kEq || op == Op::kIs) return sql::binary(Op::kIs, left, sql::null());
    if (op == Op::kNe || op == Op::kIsNot) return sql::binary(Op::kIsNot, left, sql::null());
    if (op != Op::kIsDistinctFrom && op != Op::kIsNotDistinctFrom) {
      argument_error(evaluator,
                     "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', "
                     "'is_not_distinct_from()' operators can be used with None/True/False");
    }
  }
  const Expression right = operand(evaluator, value, left, op);
  if (const auto* constant = sql::get<sql::node::Constant>(right);
      constant && *constant == sql::node::Constant::kNull && !aggregate) {
    if (op == Op::kEq) op = Op::kIs;
    if (op == Op::kNe) op = Op::kIsNot;
  }
  // x = ANY (array): the aggregate stands on the right.
  if (aggregate) return sql::binary(sql::mirror(op), right, left);
  return sql::binary(op, left, right);
}

using Method = std::function<Expression(Evaluator&, const Expression& self, Arguments&)>;

void method(Evaluator& evaluator, Class& cls, std::string_view signature, Method body) {
  evaluator.define(cls, signature, [body = std::move(body)](Evaluator& e, Arguments& args) {
    return wrap(e, body(e, self_of(e, args), args));
  });
}

std::optional<std::string> escape_of(Evaluator& evaluator, Arguments& args) {
  std::optional<std::string> escape;
  read_text(evaluator, args, "escape", escape);
  return escape;
}

// The pattern of startswith() and its like, with autoescape.
Expression pattern(Evaluator& evaluator, const Expression& left, Arguments& args, Op op,
                   std::optional<std::string>& escape) {
  Value other = args["other"];
  if (present(args, "autoescape") && evaluator.truthy(args["autoescape"])) {
    if (!escape) escape = "/";
    std::string text = text_of(evaluator, other, "the pattern");
    if (*escape != "%" && *escape != "_") text = replace_all(text, *escape, *escape + *escape);
    text = replace_all(text, "%", *escape + "%");
    text = replace_all(text, "_", *escape + "_");
    other = evaluator.str(text);
  }
  return operand(evaluator, other, left, op);
}

Expression in_of(Evaluator& evaluator, const Expression& left, Value values, bool negated) {
  if (Expression found = clause_element(evaluator, values)) {
    if (sql::get<sql::node::ScalarSubquery>(found)) {
      found = sql::get<sql::node::ScalarSubquery>(found)->select;
    }
    if (const auto* alias = sql::get<sql::node::Alias>(found); alias && sql::is_from(found)) {
      if (sql::is_statement(alias->element)) found = alias->element;
    }
    if (const auto* bind = sql::get<sql::node::Bind>(found)) {
      sql::node::Bind expanding = *bind;
      expanding.expanding = true;
      found =
          sql::make(std::move(expanding), (*found).type.is_null() ? (*left).type : (*found).type);
    }
    if (sql::is_from(found)) {
      sql::node::Select all;
      all.columns = {found};
      found = sql::make(std::move(all));
    }
    return sql::in(left, found, negated);
  }
  if (values.is_str() || !values.is_object()) {
    argument_error(evaluator,
                   "IN expression list, SELECT construct, or bound parameter object expected, "
                   "got " +
                       evaluator.repr(values) + ".");
  }
  const std::vector<Value> items = evaluator.items(values);
  bool plain = true;
  for (const Value& item : items) {
    if (clause_element(evaluator, item) || item.is_none()) plain = false;
  }
  if (!plain) {
    std::vector<Expression> clauses;
    for (const Value& item : items) clauses.push_back(operand(evaluator, item, left, Op::kIn));
    return sql::in(left, sql::make(sql::node::List{Op::kComma, std::move(clauses), true}), negated);
  }
  Host& host = expression_host(evaluator);
  if (const auto* tuple = sql::get<sql::node::Tuple>(left)) {
    std::vector<std::vector<sql::Datum>> rows;
    Type type{.name = "Tuple"};
    for (const Expression& clause : tuple->clauses) type.arguments.push_back((*clause).type);
    for (const Value& item : items) {
      std::vector<sql::Datum> row;
      const std::vector<Value> cells = evaluator.items(item);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        row.push_back(to_datum(evaluator, host, cells[i],
                               i < type.arguments.size() ? type.arguments[i] : Type{}));
      }
      rows.push_back(std::move(row));
    }
    sql::node::Bind bind;
    bind.name = "param";
    bind.unique = true;
    bind.expanding = true;
    bind.value = std::move(rows);
    return sql::in(left, sql::make(std::move(bind), std::move(type)), negated);
  }
  Type value_type;
  for (const Value& item : items) {
    if (value_type.is_null()) value_type = plain_type(evaluator, item);
  }
  const Expression like = sql::bind_like(left, Op::kIn, sql::Null{}, value_type);
  sql::node::Bind bind = *sql::get<sql::node::Bind>(like);
  std::vector<sql::Datum> data;
  for (const Value& item : items) data.push_back(to_datum(evaluator, host, item, (*like).type));
  bind.value = std::move(data);
  bind.expanding = true;
  return sql::in(left, sql::make(std::move(bind), (*like).type), negated);
}

// x['key'], x[1], x[('a', 'b')] of JSON; x[1], x[1:2] of arrays.
Expression item_of(Evaluator& evaluator, const Expression& left, Value index) {
  Host& host = expression_host(evaluator);
  const Affinity affinity = sql::affinity((*left).type);
  sql::node::Binary binary;
  if (affinity == Affinity::kJson) {
    const bool path = !index.is_str() && (index.get<python::Tuple>() || index.get<python::List>());
    binary.op = path ? Op::kJsonPathGetitem : Op::kJsonGetitem;
    const Type index_type{.name = path             ? "JSONPathType"
                                  : index.is_str() ? "JSONIndexType"
                                                   : "JSONIntIndexType"};
    binary.left = sql::group(left, binary.op);
    if (const Expression given = clause_element(evaluator, index)) {
      binary.right = given;
    } else {
      Expression bind = sql::bind_like(left, binary.op, sql::Null{}, index_type);
      sql::node::Bind filled = *sql::get<sql::node::Bind>(bind);
      filled.value = to_datum(evaluator, host, index, index_type);
      binary.right = sql::make(std::move(filled), index_type);
    }
    return sql::make(std::move(binary), (*left).type);
  }
  if (affinity != Affinity::kArray && (*left).type.name != "HSTORE") {
    evaluator.raise("NotImplementedError",
                    "Operator 'getitem' is not supported on this expression");
  }
  binary.op = Op::kGetitem;
  binary.left = sql::group(left, Op::kGetitem);
  Type type = (*left).type;
  if (auto* slice = index.get<python::Slice>()) {
    const Type integer{.name = "Integer"};
    binary.right = sql::make(sql::node::Slice{element(evaluator, slice->lower, integer),
                                              element(evaluator, slice->upper, integer)});
  } else {
    if (!type.arguments.empty() && !(type.dimensions && *type.dimensions > 1)) {
      type = Type(type.arguments.front());
    }
    const Type index_type = plain_type(evaluator, index);
    Expression bind = sql::bind_like(left, Op::kJsonGetitem, sql::Null{}, index_type);
    sql::node::Bind filled = *sql::get<sql::node::Bind>(bind);
    filled.value = to_datum(evaluator, host, index, index_type);
    binary.right = sql::make(std::move(filled), index_type);
  }
  if ((*left).type.name == "HSTORE") type = Type{.name = "Text"};
  return sql::make(std::move(binary), std::move(type));
}

// JSON's as_string() and the like: the same item, read as a type.
Expression item_as(Evaluator& evaluator, const Expression& self, Type type,
                   std::string_view called) {
  const auto* binary = sql::get<sql::node::Binary>(self);
  if (!binary || (binary->op != Op::kJsonGetitem && binary->op != Op::kJsonPathGetitem)) {
    evaluator.raise("AttributeError", "JSON." + std::string(called) +
                                          "() can be called only on an item of a JSON expression");
  }
  return sql::make(*binary, std::move(type));
}

Expression astext(Evaluator& evaluator, const Expression& self) {
  const auto* binary = sql::get<sql::node::Binary>(self);
  if (!binary || (binary->op != Op::kJsonGetitem && binary->op != Op::kJsonPathGetitem)) {
    evaluator.raise("AttributeError",
                    "astext is there for an item of a JSON expression: column['key'].astext");
  }
  const sql::CustomOp op{binary->op == Op::kJsonGetitem ? "->>" : "#>>", 15, false, true};
  return sql::custom(op, binary->left, binary->right, Type{.name = "Text"});
}

// Operators of PostgreSQL's JSONB, ARRAY, HSTORE and ranges.
void define_postgresql(Evaluator& evaluator, Class& cls) {
  struct Special {
    std::string_view name;
    std::string_view op;
    bool takes_text;
  };
  static constexpr auto kSpecials = std::to_array<Special>({
      {"has_key", "?", true},
      {"has_any", "?|", false},
      {"has_all", "?&", false},
      {"contained_by", "<@", false},
      {"overlap", "&&", false},
      {"path_exists", "@?", true},
      {"path_match", "@@", true},
      {"delete_path", "#-", false},
      {"adjacent_to", "-|-", false},
      {"overlaps", "&&", false},
  });
  for (const Special& special : kSpecials) {
    method(evaluator, cls, std::string(special.name) + "(self, other)",
           [special](Evaluator& e, const Expression& self, Arguments& args) {
             const sql::CustomOp op{std::string(special.op), 5, true, true};
             Expression right = clause_element(e, args["other"]);
             if (!right && special.takes_text) right = operand(e, args["other"], self, Op::kCustom);
             if (!right) {
               Type type = special.name.starts_with("has_") ? Type{.name = "ARRAY"} : (*self).type;
               if (type.name == "ARRAY" && type.arguments.empty()) {
                 type.arguments.push_back(Type{.name = "Text"});
               }
               sql::node::Bind bind =
                   *sql::get<sql::node::Bind>(sql::bind_like(self, Op::kCustom, sql::Null{}, type));
               bind.value = to_datum(e, expression_host(e), args["other"], type);
               right = sql::make(std::move(bind), type);
             }
             return sql::custom(op, self, right);
           });
  }
}

void define_arithmetic(Evaluator& evaluator, Class& cls) {
  struct Arithmetic {
    std::string_view name;
    Op op;
  };
  static constexpr auto kArithmetic = std::to_array<Arithmetic>({
      {"add", Op::kAdd},
      {"sub", Op::kSub},
      {"mul", Op::kMul},
      {"truediv", Op::kTruediv},
      {"floordiv", Op::kFloordiv},
      {"mod", Op::kMod},
  });
  for (const Arithmetic& a : kArithmetic) {
    const std::string name(a.name);
    method(evaluator, cls, "__" + name + "__(self, other)",
           [op = a.op](Evaluator& e, const Expression& self, Arguments& args) {
             return sql::binary(op, self, operand(e, args["other"], self, op));
           });
    method(evaluator, cls, "__r" + name + "__(self, other)",
           [op = a.op](Evaluator& e, const Expression& self, Arguments& args) {
             return sql::binary(op, operand(e, args["other"], self, op), self);
           });
  }
  struct Bitwise {
    std::string_view names[2];
    Op op;
  };
  static constexpr auto kBitwise = std::to_array<Bitwise>({
      {{"bitwise_xor", ""}, Op::kBitXor},
      {{"bitwise_or", ""}, Op::kBitOr},
      {{"bitwise_and", ""}, Op::kBitAnd},
      {{"bitwise_lshift", ""}, Op::kShiftLeft},
      {{"bitwise_rshift", ""}, Op::kShiftRight},
  });
  for (const Bitwise& b : kBitwise) {
    method(evaluator, cls, std::string(b.names[0]) + "(self, other)",
           [op = b.op](Evaluator& e, const Expression& self, Arguments& args) {
             return sql::binary(op, self, operand(e, args["other"], self, op));
           });
  }
  for (const auto& [name, text] : {std::pair{"lshift", "<<"}, std::pair{"rshift", ">>"}}) {
    method(evaluator, cls, "__" + std::string(name) + "__(self, other)",
           [op = std::string(text)](Evaluator& e, const Expression& self, Arguments& args) {
             return sql::custom({op, 7}, self, operand(e, args["other"], self, Op::kCustom));
           });
  }
  method(evaluator, cls, "__neg__(self)",
         [](Evaluator&, const Expression& self, Arguments&) { return sql::negative(self); });
  method(evaluator, cls, "bitwise_not(self)",
         [](Evaluator&, const Expression& self, Arguments&) { return sql::bitwise_not(self); });
  method(evaluator, cls, "__invert__(self)",
         [](Evaluator&, const Expression& self, Arguments&) { return sql::not_(self); });
  method(evaluator, cls, "__and__(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::and_({self, condition(e, args["other"])});
         });
  method(evaluator, cls, "__or__(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::or_({self, condition(e, args["other"])});
         });
  method(evaluator, cls, "__rand__(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::and_({condition(e, args["other"]), self});
         });
  method(evaluator, cls, "__ror__(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::or_({condition(e, args["other"]), self});
         });
  method(evaluator, cls, "__pow__(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::function("pow", {self, operand(e, args["other"], self, Op::kMul)});
         });
}

void define_comparisons(Evaluator& evaluator, Class& cls) {
  struct Comparison {
    std::string_view name;
    Op op;
  };
  static constexpr auto kComparisons = std::to_array<Comparison>({
      {"__eq__", Op::kEq},
      {"__ne__", Op::kNe},
      {"__lt__", Op::kLt},
      {"__le__", Op::kLe},
      {"__gt__", Op::kGt},
      {"__ge__", Op::kGe},
      {"is_", Op::kIs},
      {"is_not", Op::kIsNot},
      {"isnot", Op::kIsNot},
      {"is_distinct_from", Op::kIsDistinctFrom},
      {"is_not_distinct_from", Op::kIsNotDistinctFrom},
      {"isnot_distinct_from", Op::kIsNotDistinctFrom},
  });
  for (const Comparison& c : kComparisons) {
    method(evaluator, cls, std::string(c.name) + "(self, other)",
           [op = c.op](Evaluator& e, const Expression& self, Arguments& args) {
             return compare(e, op, self, args["other"]);
           });
  }
  struct Pattern {
    std::string_view name;
    Op op;
    bool autoescape;
  };
  static constexpr auto kPatterns = std::to_array<Pattern>({
      {"like", Op::kLike, false},
      {"not_like", Op::kNotLike, false},
      {"notlike", Op::kNotLike, false},
      {"ilike", Op::kIlike, false},
      {"not_ilike", Op::kNotIlike, false},
      {"notilike", Op::kNotIlike, false},
      {"startswith", Op::kStartswith, true},
      {"endswith", Op::kEndswith, true},
      {"istartswith", Op::kIstartswith, true},
      {"iendswith", Op::kIendswith, true},
      {"icontains", Op::kIcontains, true},
  });
  for (const Pattern& p : kPatterns) {
    method(evaluator, cls,
           std::string(p.name) + "(self, other, escape=None" +
               (p.autoescape ? ", autoescape=False)" : ")"),
           [op = p.op](Evaluator& e, const Expression& self, Arguments& args) {
             std::optional<std::string> escape = escape_of(e, args);
             const Expression right = pattern(e, self, args, op, escape);
             return sql::like(op, self, right, escape);
           });
  }
  method(evaluator, cls, "contains(self, other, escape=None, autoescape=False, **kw)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           const Affinity affinity = sql::affinity((*self).type);
           if (affinity == Affinity::kJson || affinity == Affinity::kArray ||
               (*self).type.name == "HSTORE" || (*self).type.name.ends_with("RANGE")) {
             Expression right = clause_element(e, args["other"]);
             if (!right) {
               sql::node::Bind bind = *sql::get<sql::node::Bind>(
                   sql::bind_like(self, Op::kCustom, sql::Null{}, (*self).type));
               bind.value = to_datum(e, expression_host(e), args["other"], (*self).type);
               right = sql::make(std::move(bind), (*self).type);
             }
             return sql::custom({"@>", 5, true, true}, self, right);
           }
           std::optional<std::string> escape = escape_of(e, args);
           const Expression right = pattern(e, self, args, Op::kContains, escape);
           return sql::like(Op::kContains, self, right, escape);
         });
  for (const auto& [name, negated] :
       {std::pair{"in_", false}, std::pair{"not_in", true}, std::pair{"notin_", true}}) {
    method(evaluator, cls, std::string(name) + "(self, other)",
           [negated = negated](Evaluator& e, const Expression& self, Arguments& args) {
             return in_of(e, self, args["other"], negated);
           });
  }
  method(evaluator, cls, "between(self, cleft, cright, symmetric=False)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           bool symmetric = false;
           read_flag(e, args, "symmetric", symmetric);
           return sql::between(self, operand(e, args["cleft"], self, Op::kAnd),
                               operand(e, args["cright"], self, Op::kAnd), symmetric);
         });
  method(evaluator, cls, "match(self, other, **kwargs)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::binary(Op::kMatch, self, operand(e, args["other"], self, Op::kMatch));
         });
  method(evaluator, cls, "regexp_match(self, pattern, flags=None)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           std::optional<std::string> flags;
           read_text(e, args, "flags", flags);
           return sql::regexp_match(self, operand(e, args["pattern"], self, Op::kComma), flags);
         });
  method(evaluator, cls, "regexp_replace(self, pattern, replacement, flags=None)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           std::optional<std::string> flags;
           read_text(e, args, "flags", flags);
           return sql::regexp_replace(self, operand(e, args["pattern"], self, Op::kComma),
                                      operand(e, args["replacement"], self, Op::kComma), flags);
         });
}

}  // namespace

void define_operators(Evaluator& evaluator, Class& cls) {
  define_comparisons(evaluator, cls);
  define_arithmetic(evaluator, cls);
  define_postgresql(evaluator, cls);
  // Expressions are dict keys by identity: `==` makes SQL.
  evaluator.define(cls, "__hash__(self)", [](Evaluator&, Arguments& args) {
    return Value::integer(static_cast<std::int64_t>(args[0].object()->serial));
  });
  evaluator.define(cls, "__bool__(self)", [](Evaluator& e, Arguments& args) {
    const Expression self = expression_in(args[0]);
    if (const auto* binary = sql::get<sql::node::Binary>(self)) {
      if (binary->op == Op::kEq) return Value::boolean(binary->left == binary->right);
      if (binary->op == Op::kNe) return Value::boolean(!(binary->left == binary->right));
    }
    e.type_error("Boolean value of this clause is not defined");
  });
  method(evaluator, cls, "__getitem__(self, index)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return item_of(e, self, args["index"]);
         });
  method(evaluator, cls, "concat(self, other)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::binary(Op::kConcat, self, operand(e, args["other"], self, Op::kConcat));
         });
  method(evaluator, cls, "label(self, name)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           std::string name;
           if (present(args, "name")) name = text_of(e, args["name"], "the name of a label");
           return sql::label(std::move(name), self);
         });
  method(evaluator, cls, "cast(self, type_)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::cast(self, to_type(e, expression_host(e), args["type_"], "cast()"));
         });
  method(evaluator, cls, "collate(self, collation, **kw)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           return sql::collate(self, text_of(e, args["collation"], "a collation"));
         });
  for (const auto& [name, op] :
       {std::pair{"desc", Op::kDesc}, std::pair{"asc", Op::kAsc},
        std::pair{"nulls_first", Op::kNullsFirst}, std::pair{"nullsfirst", Op::kNullsFirst},
        std::pair{"nulls_last", Op::kNullsLast}, std::pair{"nullslast", Op::kNullsLast}}) {
    method(evaluator, cls, std::string(name) + "(self)",
           [op = op](Evaluator&, const Expression& self, Arguments&) {
             return sql::ordering(op, self);
           });
  }
  method(evaluator, cls, "distinct(self)",
         [](Evaluator&, const Expression& self, Arguments&) { return sql::distinct(self); });
  for (const auto& [name, op] : {std::pair{"any_", Op::kAny}, std::pair{"all_", Op::kAll}}) {
    method(evaluator, cls, std::string(name) + "(self)",
           [op = op](Evaluator&, const Expression& self, Arguments&) {
             return sql::any_or_all(op, self);
           });
  }
  for (const auto& [name, op] : {std::pair{"any", Op::kAny}, std::pair{"all", Op::kAll}}) {
    // ARRAY's legacy form: value = ANY (array).
    method(evaluator, cls, std::string(name) + "(self, other, operator=None)",
           [op = op](Evaluator& e, const Expression& self, Arguments& args) {
             const Expression aggregate = sql::any_or_all(op, self);
             return compare(e, Op::kEq, aggregate, args["other"]);
           });
  }
  evaluator.define(
      cls,
      "op(self, opstring, precedence=0, is_comparison=False, return_type=None, python_impl=None)",
      [](Evaluator& e, Arguments& args) {
        sql::CustomOp op;
        op.text = text_of(e, args["opstring"], "op()");
        std::optional<int> precedence;
        read_int(e, args, "precedence", precedence);
        op.precedence = precedence.value_or(0);
        read_flag(e, args, "is_comparison", op.comparison);
        Type type;
        if (present(args, "return_type")) {
          type = to_type(e, expression_host(e), args["return_type"], "op()");
        }
        const Expression self = self_of(e, args);
        return Value(e.function("op(other)", [op, type, self](Evaluator& ev, Arguments& call) {
          return wrap(ev, sql::custom(op, self, operand(ev, call[0], self, Op::kCustom), type));
        }));
      });
  evaluator.define(
      cls, "bool_op(self, opstring, precedence=0, python_impl=None)",
      [](Evaluator& e, Arguments& args) {
        const sql::CustomOp op{text_of(e, args["opstring"], "bool_op()"), 0, true, false};
        const Expression self = self_of(e, args);
        return Value(e.function("op(other)", [op, self](Evaluator& ev, Arguments& call) {
          return wrap(ev, sql::custom(op, self, operand(ev, call[0], self, Op::kCustom)));
        }));
      });
  evaluator.define_property(cls, "astext", [](Evaluator& e, Value self) {
    return wrap(e, astext(e, expression_in(self)));
  });
  for (const auto& [name, type] :
       {std::pair{"as_string", "Unicode"}, std::pair{"as_integer", "Integer"},
        std::pair{"as_float", "Float"}, std::pair{"as_boolean", "Boolean"}}) {
    method(evaluator, cls, std::string(name) + "(self)",
           [name = std::string_view(name), type = std::string(type)](
               Evaluator& e, const Expression& self, Arguments&) {
             return item_as(e, self, Type{.name = type}, name);
           });
  }
  method(evaluator, cls, "as_numeric(self, precision, scale, asdecimal=True)",
         [](Evaluator& e, const Expression& self, Arguments& args) {
           Type type{.name = "Numeric"};
           read_int(e, args, "precision", type.precision);
           read_int(e, args, "scale", type.scale);
           return item_as(e, self, std::move(type), "as_numeric");
         });
  method(evaluator, cls, "as_json(self)",
         [](Evaluator&, const Expression& self, Arguments&) { return self; });
}

}  // namespace retort::modules
