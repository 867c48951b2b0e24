#include "snippet_value.h"

#include <stdexcept>

#include "sql/build.h"
#include "sql/node.h"

namespace retort::tests {

namespace ast = python::ast;

void unknown(const std::string& what) { throw std::runtime_error("snippet: " + what); }

const Value* Call::find(const std::string& key) const {
  auto found = keywords.find(key);
  return found == keywords.end() ? nullptr : &found->second;
}
Value Call::at(std::size_t position, const std::string& key) const {
  if (const Value* value = find(key)) return *value;
  return position < args.size() ? args[position] : Value{};
}
bool Call::given(const std::string& key) const { return keywords.contains(key); }
bool Call::flag(const std::string& key, bool otherwise) const {
  const Value* value = find(key);
  return value && value->get<bool>() ? *value->get<bool>() : otherwise;
}
std::string Call::text(const std::string& key) const {
  const Value* value = find(key);
  return value && !value->none() ? text_of(*value) : "";
}
schema::Name Call::name_at(std::size_t position, const std::string& key) const {
  Value value = at(position, key);
  if (value.none()) return {};
  if (const auto* name = value.get<schema::Name>()) return *name;
  return {text_of(value), false};
}

schema::Options Call::options() const {
  schema::Options made;
  for (const std::string& key : order) {
    bool dialect = false;
    for (const char* prefix : {"postgresql_", "mysql_", "mariadb_", "sqlite_"}) {
      dialect = dialect || key.starts_with(prefix);
    }
    if (!dialect) continue;
    schema::Option option;
    option.name = key;
    const Value& value = keywords.at(key);
    if (const auto* flag = value.get<bool>()) option.value = *flag;
    if (const auto* number = value.get<std::int64_t>()) option.value = *number;
    if (const auto* text = value.get<std::string>()) option.value = *text;
    if (const auto* expression = value.get<sql::Expression>()) option.value = *expression;
    if (value.get<List>()) option.value = texts_of(value);
    if (const auto* dict = value.get<Dict>()) {
      std::vector<std::pair<std::string, std::string>> pairs;
      for (const auto& [name, one] : *dict) {
        pairs.emplace_back(name,
                           one.get<bool>() ? (*one.get<bool>() ? "True" : "False") : text_of(one));
      }
      option.value = pairs;
    }
    made.push_back(std::move(option));
  }
  return made;
}

std::string text_of(const Value& value) {
  if (const auto* text = value.get<std::string>()) return *text;
  if (const auto* name = value.get<schema::Name>()) return name->text;
  if (const auto* number = value.get<std::int64_t>()) return std::to_string(*number);
  unknown("a string was expected");
}

std::vector<std::string> texts_of(const Value& value) {
  if (const auto* list = value.get<List>()) return names_of(*list);
  return {text_of(value)};
}

std::vector<std::string> names_of(const List& values) {
  std::vector<std::string> names;
  for (const Value& value : values) names.push_back(text_of(value));
  return names;
}

sql::Expression expression_of(const Value& value) {
  if (const auto* expression = value.get<sql::Expression>()) return *expression;
  if (value.none()) return sql::null();
  if (const auto* flag = value.get<bool>()) return *flag ? sql::true_() : sql::false_();
  if (const auto* number = value.get<std::int64_t>()) return sql::literal(*number);
  return sql::literal(text_of(value));
}

sql::Expression sql_of(const Value& value) {
  if (const auto* text = value.get<std::string>()) return sql::raw(*text);
  return expression_of(value);
}

std::optional<schema::ServerDefault> default_of(const Value& value) {
  if (value.none()) return std::nullopt;
  if (const auto* text = value.get<std::string>()) return *text;
  return expression_of(value);
}

schema::IndexKey key_of(const Value& value) {
  if (const auto* text = value.get<std::string>()) return {*text, {}};
  sql::Expression expression = expression_of(value);
  if (const auto* column = sql::get<sql::node::Column>(expression); column && !column->literal) {
    return {column->name, {}};
  }
  return {{}, expression};
}

namespace {

// "sa.func.now" of an attribute chain; empty when it does not begin with a name.
std::string path_of(const ast::Expr* expression) {
  if (expression->kind == ast::ExprKind::kName) {
    return std::string(ast::as<ast::Name>(expression).id);
  }
  if (expression->kind != ast::ExprKind::kAttribute) return {};
  const auto& attribute = ast::as<ast::Attribute>(expression);
  std::string before = path_of(attribute.value);
  return before.empty() ? "" : before + "." + std::string(attribute.attr);
}

Value constant(const ast::Constant& constant) {
  switch (constant.constant) {
    case ast::ConstantKind::kNone:
      return {};
    case ast::ConstantKind::kTrue:
      return {true};
    case ast::ConstantKind::kFalse:
      return {false};
    case ast::ConstantKind::kInteger:
      return {constant.integer};
    case ast::ConstantKind::kFloat:
      return {constant.number};
    case ast::ConstantKind::kString:
      return {std::string(constant.text)};
    default:
      unknown("a constant");
  }
}

Value compare(const ast::Compare& compare) {
  sql::Expression left = expression_of(evaluate(compare.left));
  Value right = evaluate(compare.comparators[0]);
  sql::Op op = compare.ops[0] == ast::CompareOp::kGt ? sql::Op::kGt : sql::Op::kEq;
  sql::Expression other =
      right.get<sql::Expression>() ? *right.get<sql::Expression>() : expression_of(right);
  return {sql::binary(op, left, other)};
}

// A method of an expression.
Value method(const sql::Expression& self, std::string_view name, const Call& call) {
  if (name == "desc") return {sql::ordering(sql::Op::kDesc, self)};
  if (name == "nulls_last") return {sql::ordering(sql::Op::kNullsLast, self)};
  if (name == "is_") return {sql::binary(sql::Op::kIs, self, sql::null())};
  if (name == "between") {
    return {sql::between(self, expression_of(call.args[0]), expression_of(call.args[1]))};
  }
  if (name == "in_") {
    std::vector<sql::Datum> values;
    for (const Value& value : *call.args[0].get<List>()) values.emplace_back(text_of(value));
    return {sql::in(self, std::move(values))};
  }
  unknown("method " + std::string(name));
}

Value call_value(const ast::Call& node) {
  Call call = read_call(&node);
  if (call.name.empty()) {
    const auto& attribute = ast::as<ast::Attribute>(node.function);
    Value self = evaluate(attribute.value);
    if (const auto* type = self.get<sql::Type>()) {  // with_variant(type, dialect...)
      sql::Type made = *type;
      for (std::size_t i = 1; i < call.args.size(); ++i) {
        made.variants.emplace_back(text_of(call.args[i]), *call.args[0].get<sql::Type>());
      }
      return {made};
    }
    if (attribute.attr == "bindparams") {
      sql::Expression text = expression_of(self);
      sql::node::Text made = *sql::get<sql::node::Text>(text);
      for (const auto& [name, value] : call.keywords) {
        made.binds.push_back(sql::bind(name, value.get<std::int64_t>()
                                                 ? sql::Datum(*value.get<std::int64_t>())
                                                 : sql::Datum(text_of(value))));
      }
      return {sql::make(std::move(made))};
    }
    return method(expression_of(self), attribute.attr, call);
  }
  if (is_type(call.name)) return {make_type(call)};
  return make_item(call);
}

}  // namespace

Call read_call(const ast::Expr* expression) {
  if (expression->kind != ast::ExprKind::kCall) unknown("a call was expected");
  const auto& node = ast::as<ast::Call>(expression);
  Call call;
  call.name = path_of(node.function);
  for (const ast::Expr* argument : node.args) call.args.push_back(evaluate(argument));
  for (const ast::Keyword& keyword : node.keywords) {
    call.keywords[std::string(keyword.name)] = evaluate(keyword.value);
    call.order.emplace_back(keyword.name);
  }
  return call;
}

Value evaluate(const ast::Expr* expression) {
  switch (expression->kind) {
    case ast::ExprKind::kConstant:
      return constant(ast::as<ast::Constant>(expression));
    case ast::ExprKind::kList:
    case ast::ExprKind::kTuple: {
      List list;
      for (const ast::Expr* one : ast::as<ast::Sequence>(expression).elements) {
        list.push_back(evaluate(one));
      }
      return {std::move(list)};
    }
    case ast::ExprKind::kDict: {
      const auto& dict = ast::as<ast::Dict>(expression);
      Dict made;
      for (std::size_t i = 0; i < dict.keys.size(); ++i) {
        made.emplace_back(text_of(evaluate(dict.keys[i])), evaluate(dict.values[i]));
      }
      return {std::move(made)};
    }
    case ast::ExprKind::kUnary: {
      Value value = evaluate(ast::as<ast::Unary>(expression).operand);
      return {-*value.get<std::int64_t>()};
    }
    case ast::ExprKind::kBinary: {
      const auto& binary = ast::as<ast::Binary>(expression);
      return {sql::binary(sql::Op::kAdd, expression_of(evaluate(binary.left)),
                          expression_of(evaluate(binary.right)))};
    }
    case ast::ExprKind::kCompare:
      return compare(ast::as<ast::Compare>(expression));
    case ast::ExprKind::kCall:
      return call_value(ast::as<ast::Call>(expression));
    default:
      unknown("an expression");
  }
}

}  // namespace retort::tests
