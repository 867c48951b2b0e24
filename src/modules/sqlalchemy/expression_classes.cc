#include <array>
#include <unordered_map>

#include "base/text.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/expression_build.h"

// The classes of the expression language, and the way from nodes to objects.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::string_view kRegistry = "retort.sqlalchemy.expression";

enum class Family { kBase, kColumn, kFrom, kSelect, kDml };

struct ClassSpec {
  std::string_view name;
  std::string_view base;
  Family family;
};

constexpr auto kClasses = std::to_array<ClassSpec>({
    {"ClauseElement", "", Family::kBase},
    {"Executable", "", Family::kBase},
    {"ColumnElement", "ClauseElement", Family::kColumn},
    {"ColumnClause", "ColumnElement", Family::kColumn},
    {"TextClause", "ClauseElement", Family::kColumn},
    {"BindParameter", "ColumnElement", Family::kColumn},
    {"Label", "ColumnElement", Family::kColumn},
    {"FunctionElement", "ColumnElement", Family::kColumn},
    {"Function", "FunctionElement", Family::kColumn},
    {"FunctionFilter", "ColumnElement", Family::kColumn},
    {"Over", "ColumnElement", Family::kColumn},
    {"WithinGroup", "ColumnElement", Family::kColumn},
    {"UnaryExpression", "ColumnElement", Family::kColumn},
    {"BinaryExpression", "ColumnElement", Family::kColumn},
    {"BooleanClauseList", "ColumnElement", Family::kColumn},
    {"ExpressionClauseList", "ColumnElement", Family::kColumn},
    {"ClauseList", "ColumnElement", Family::kColumn},
    {"Grouping", "ColumnElement", Family::kColumn},
    {"Case", "ColumnElement", Family::kColumn},
    {"Cast", "ColumnElement", Family::kColumn},
    {"TypeCoerce", "ColumnElement", Family::kColumn},
    {"Extract", "ColumnElement", Family::kColumn},
    {"Null", "ColumnElement", Family::kColumn},
    {"True_", "ColumnElement", Family::kColumn},
    {"False_", "ColumnElement", Family::kColumn},
    {"CollationClause", "ColumnElement", Family::kColumn},
    {"Tuple", "ColumnElement", Family::kColumn},
    {"array", "ColumnElement", Family::kColumn},
    {"aggregate_order_by", "ColumnElement", Family::kColumn},
    {"Slice", "ColumnElement", Family::kColumn},
    {"ScalarSelect", "ColumnElement", Family::kColumn},
    {"Exists", "UnaryExpression", Family::kColumn},
    {"FromClause", "ClauseElement", Family::kFrom},
    {"TableClause", "FromClause", Family::kFrom},
    {"Alias", "FromClause", Family::kFrom},
    {"Subquery", "Alias", Family::kFrom},
    {"Lateral", "Alias", Family::kFrom},
    {"TableValuedAlias", "Alias", Family::kFrom},
    {"CTE", "Alias", Family::kFrom},
    {"Join", "FromClause", Family::kFrom},
    {"FromGrouping", "FromClause", Family::kFrom},
    {"Values", "FromClause", Family::kFrom},
    {"SelectBase", "ClauseElement", Family::kSelect},
    {"Select", "SelectBase", Family::kSelect},
    {"CompoundSelect", "SelectBase", Family::kSelect},
    {"TextualSelect", "SelectBase", Family::kSelect},
    {"SelectStatementGrouping", "SelectBase", Family::kSelect},
    {"UpdateBase", "ClauseElement", Family::kDml},
    {"Insert", "UpdateBase", Family::kDml},
    {"Update", "UpdateBase", Family::kDml},
    {"Delete", "UpdateBase", Family::kDml},
});

std::string_view class_name(const sql::Node& n) {
  struct Visitor {
    const sql::Node& n;
    std::string_view operator()(const sql::node::Text&) const { return "TextClause"; }
    std::string_view operator()(const sql::node::Bind&) const { return "BindParameter"; }
    std::string_view operator()(const sql::node::Column&) const { return "ColumnClause"; }
    std::string_view operator()(const sql::node::Label&) const { return "Label"; }
    std::string_view operator()(const sql::node::Function&) const { return "Function"; }
    std::string_view operator()(const sql::node::Filter&) const { return "FunctionFilter"; }
    std::string_view operator()(const sql::node::Over&) const { return "Over"; }
    std::string_view operator()(const sql::node::WithinGroup&) const { return "WithinGroup"; }
    std::string_view operator()(const sql::node::AggregateOrderBy&) const {
      return "aggregate_order_by";
    }
    std::string_view operator()(const sql::node::Unary&) const { return "UnaryExpression"; }
    std::string_view operator()(const sql::node::Binary&) const { return "BinaryExpression"; }
    std::string_view operator()(const sql::node::List& list) const {
      if (list.op == sql::Op::kAnd || list.op == sql::Op::kOr) return "BooleanClauseList";
      return list.op == sql::Op::kComma ? "ClauseList" : "ExpressionClauseList";
    }
    std::string_view operator()(const sql::node::Grouping&) const { return "Grouping"; }
    std::string_view operator()(const sql::node::AsBoolean&) const { return "UnaryExpression"; }
    std::string_view operator()(const sql::node::Case&) const { return "Case"; }
    std::string_view operator()(const sql::node::Cast&) const { return "Cast"; }
    std::string_view operator()(const sql::node::TypeCoerce&) const { return "TypeCoerce"; }
    std::string_view operator()(const sql::node::Extract&) const { return "Extract"; }
    std::string_view operator()(sql::node::Constant c) const {
      return c == sql::node::Constant::kTrue    ? "True_"
             : c == sql::node::Constant::kFalse ? "False_"
                                                : "Null";
    }
    std::string_view operator()(const sql::node::Collation&) const { return "CollationClause"; }
    std::string_view operator()(const sql::node::LabelReference&) const { return "ColumnElement"; }
    std::string_view operator()(const sql::node::Tuple&) const { return "Tuple"; }
    std::string_view operator()(const sql::node::Array&) const { return "array"; }
    std::string_view operator()(const sql::node::Slice&) const { return "Slice"; }
    std::string_view operator()(const sql::node::ScalarSubquery&) const { return "ScalarSelect"; }
    std::string_view operator()(const sql::node::Exists&) const { return "Exists"; }
    std::string_view operator()(const sql::node::Table&) const { return "TableClause"; }
    std::string_view operator()(const sql::node::Alias& a) const {
      if (a.lateral) return "Lateral";
      if (sql::is_statement(a.element)) return "Subquery";
      return sql::get<sql::node::Function>(a.element) ? "TableValuedAlias" : "Alias";
    }
    std::string_view operator()(const sql::node::Cte&) const { return "CTE"; }
    std::string_view operator()(const sql::node::Join&) const { return "Join"; }
    std::string_view operator()(const sql::node::FromGrouping&) const { return "FromGrouping"; }
    std::string_view operator()(const sql::node::FromText&) const { return "FromGrouping"; }
    std::string_view operator()(const sql::node::Values&) const { return "Values"; }
    std::string_view operator()(const sql::node::Select&) const { return "Select"; }
    std::string_view operator()(const sql::node::Compound&) const { return "CompoundSelect"; }
    std::string_view operator()(const sql::node::SelectGrouping&) const {
      return "SelectStatementGrouping";
    }
    std::string_view operator()(const sql::node::TextSelect&) const { return "TextualSelect"; }
    std::string_view operator()(const sql::node::Insert&) const { return "Insert"; }
    std::string_view operator()(const sql::node::Update&) const { return "Update"; }
    std::string_view operator()(const sql::node::Delete&) const { return "Delete"; }
  };
  return std::visit(Visitor{n}, n.kind);
}

void fill(Evaluator& evaluator, Class& cls, const ClassSpec& spec) {
  if (spec.name == "ClauseElement") return define_clause_element(evaluator, cls);
  switch (spec.family) {
    case Family::kBase:
      return;
    case Family::kColumn:
      if (spec.name == "ColumnElement") define_operators(evaluator, cls);
      return define_column_members(evaluator, cls, spec.name);
    case Family::kFrom:
      return define_from_members(evaluator, cls, spec.name);
    case Family::kSelect:
      return define_select_members(evaluator, cls, spec.name);
    case Family::kDml:
      return define_dml_members(evaluator, cls, spec.name);
  }
}

// Names that older versions and other modules have for the same classes.
constexpr auto kOldNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"BooleanClauseList", "BooleanClauseList"},
    {"FromClauseAlias", "Alias"},
    {"AliasedReturnsRows", "Alias"},
    {"ValuesBase", "UpdateBase"},
    {"ReturnsRows", "ClauseElement"},
    {"ColumnOperators", "ColumnElement"},
    {"SQLColumnExpression", "ColumnElement"},
    {"ColumnExpressionArgument", "ColumnElement"},
    {"GenericFunction", "Function"},
    {"NamedFromClause", "FromClause"},
    {"Selectable", "FromClause"},
    {"ClauseVisitor", "ClauseElement"},
});

// The Table objects by their nodes.
using TableObjects = std::unordered_map<const sql::Node*, Instance*>;

TableObjects& table_objects(Evaluator& evaluator) {
  Module& registry = expression_registry(evaluator);
  if (const Value made = registry.attributes.find("tables")) {
    return *python::native<TableObjects>(made);
  }
  Instance* holder = evaluator.new_instance(evaluator.builtin_class("object"));
  registry.attributes.set("tables", holder);
  return holder->set_native(TableObjects{});
}

// The Column objects that expressions name before they are in a table, by their nodes. The
// expression keeps the node.
struct FreeColumn {
  sql::Expression expression{};
  Instance* object = nullptr;
};
using FreeColumns = std::unordered_map<const sql::node::Column*, FreeColumn>;

constexpr std::string_view kFreeColumns = "free_columns";

void remember_free_column(Evaluator& evaluator, Value value, const sql::Expression& expression) {
  const auto* column = sql::get<sql::node::Column>(expression);
  if (!column || column->from) return;
  Instance* object = value.get<Instance>();
  if (object->cls == expression_class(evaluator, "ColumnClause")) return;
  Module& registry = expression_registry(evaluator);
  if (!registry.attributes.find(kFreeColumns)) {
    Instance* holder = evaluator.new_instance(evaluator.builtin_class("object"));
    registry.attributes.set(kFreeColumns, holder);
    holder->set_native(FreeColumns{});
  }
  auto& known = *python::native<FreeColumns>(registry.attributes.find(kFreeColumns));
  if (known.try_emplace(column, expression, object).second) object->stay();
}

}  // namespace

Value table_object(Evaluator& evaluator, const sql::Expression& table) {
  const TableObjects& known = table_objects(evaluator);
  const auto found = known.find(table.node().get());
  return found == known.end() ? Value() : Value(found->second);
}

Value free_column(Evaluator& evaluator, const sql::node::Column& column) {
  const Value known = expression_registry(evaluator).attributes.find(kFreeColumns);
  if (!known) return {};
  const auto& columns = *python::native<FreeColumns>(known);
  const auto found = columns.find(&column);
  return found == columns.end() ? Value() : Value(found->second.object);
}

Module& expression_registry(Evaluator& evaluator) {
  return *evaluator.import_module(kRegistry).get<Module>();
}

Host& expression_host(Evaluator& evaluator) {
  return **python::native<Host*>(expression_registry(evaluator).attributes.find("host"));
}

Class* expression_class(Evaluator& evaluator, std::string_view name) {
  Module& registry = expression_registry(evaluator);
  const std::string key = "class " + std::string(name);
  if (Value made = registry.attributes.find(key)) return made.get<Class>();
  for (const ClassSpec& spec : kClasses) {
    if (spec.name != name) continue;
    std::vector<Class*> bases;
    if (!spec.base.empty()) bases.push_back(expression_class(evaluator, spec.base));
    Class* cls = evaluator.define_class(std::string(spec.name), std::string(kExpressionModule),
                                        std::move(bases));
    registry.attributes.set(key, cls);
    fill(evaluator, *cls, spec);
    return cls;
  }
  return nullptr;
}

sql::Expression expression_in(Value value) {
  const auto* found = python::native<sql::Expression>(value);
  return found ? *found : sql::Expression();
}

sql::Expression clause_element(Evaluator& evaluator, Value value) {
  if (sql::Expression found = expression_in(value)) {
    remember_free_column(evaluator, value, found);
    return found;
  }
  if (auto* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "an SQL expression");
  }
  if (!value.is_object() || value.is_str()) return {};
  if (Value method = evaluator.find_attr(value, "__clause_element__")) {
    return clause_element(evaluator, evaluator.call(method));
  }
  return {};
}

Value wrap(Evaluator& evaluator, sql::Expression expression) {
  Instance* made = evaluator.new_instance(expression_class(evaluator, class_name(*expression)));
  made->set_native(std::move(expression));
  return made;
}

void carry_entities(Value from, Value to) {
  const Value entities = from.get<Instance>()->attributes.find(kEntities);
  if (entities) to.get<Instance>()->attributes.set(kEntities, entities);
}

Value from_expression(Evaluator& evaluator, const sql::Expression& expression) {
  if (!expression) return Value::none();
  if (const Value table = table_object(evaluator, expression)) return table;
  return wrap(evaluator, expression);
}

sql::Expression to_expression(Evaluator& evaluator, Value value) {
  return element(evaluator, value);
}

sql::Expression to_sql_text(Evaluator& evaluator, Value value) {
  if (value.is_str()) return sql::text(value.as_str());
  return element(evaluator, value);
}

Value next_value(Evaluator& evaluator, const schema::Sequence& sequence) {
  const sql::Grammar& grammar = expression_host(evaluator).dialect().grammar();
  std::string name = grammar.quote(sequence.name);
  if (!sequence.schema.empty()) name = grammar.quote(sequence.schema) + "." + name;
  const bool postgresql = grammar.name() == "postgresql";
  return wrap(evaluator, sql::make(sql::node::Text{
                             postgresql ? "nextval(" + grammar.literal(sql::Datum(name)) + ")"
                                        : "nextval(" + name + ")",
                             false,
                             {}}));
}

Value inline_literal(Evaluator& evaluator, Host& host, Value value, const sql::Type& type) {
  const sql::Type actual = type.is_null() ? plain_type(evaluator, value) : type;
  sql::node::Bind bind;
  bind.name = "param";
  bind.unique = true;
  bind.literal_execute = true;
  bind.value = to_datum(evaluator, host, value, actual);
  return wrap(evaluator, sql::make(std::move(bind), actual));
}

void init_column_clause(Evaluator&, Instance* self, std::string_view name, const sql::Type& type) {
  self->set_native(sql::column(std::string(name), type));
}

void init_table_clause(Evaluator& evaluator, Instance* self, const schema::Table& table,
                       std::span<const Value> columns) {
  sql::node::Table node;
  node.name = table.name;
  node.schema = table.schema;
  for (const schema::Column& column : table.columns) {
    sql::node::TableColumn own{column.name, column.type, {}, column.primary_key, {}};
    for (const schema::Constraint& constraint : table.constraints) {
      if (const auto* primary = std::get_if<schema::PrimaryKey>(&constraint)) {
        for (const std::string& name : primary->columns) {
          if (name == column.name) own.primary_key = true;
        }
      }
      const auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (!key) continue;
      for (std::size_t i = 0; i < key->columns.size(); ++i) {
        if (key->columns[i] != column.name || i >= key->referred_columns.size()) continue;
        own.references.push_back((key->referred_schema.empty() ? "" : key->referred_schema + ".") +
                                 key->referred_table + "." + key->referred_columns[i]);
      }
    }
    node.columns.push_back(std::move(own));
  }
  std::vector<std::pair<std::string, Value>> members;
  for (const Value& value : columns) {
    auto* instance = value.get<Instance>();
    const auto* column = sql::get<sql::node::Column>(expression_in(value));
    if (!instance || !column) continue;
    std::string key = column->name;
    if (const Value given = instance->attributes.find("key"); given && given.is_str()) {
      key = given.as_str();
    }
    for (sql::node::TableColumn& own : node.columns) {
      if (own.name == column->name && key != own.name) own.key = key;
    }
    members.emplace_back(std::move(key), value);
  }
  const sql::Expression expression = sql::make(std::move(node));
  for (const auto& [key, value] : members) {
    auto* instance = value.get<Instance>();
    const sql::Expression old = expression_in(value);
    instance->set_native(
        sql::column(sql::get<sql::node::Column>(old)->name, (*old).type, expression));
  }
  self->set_native(expression);
  table_objects(evaluator)[expression.node().get()] = self;
  self->stay();
  self->attributes.set("_retort_columns", column_collection(evaluator, std::move(members)));
}

void argument_error(Evaluator& evaluator, std::string message) {
  evaluator.raise(exception_class(evaluator, "ArgumentError"), std::move(message));
}

sql::Compiled compile_for(Evaluator& evaluator, const sql::Expression& expression,
                          const sql::Grammar& grammar, const sql::CompileOptions& options) {
  try {
    return sql::compile(expression, grammar, options);
  } catch (const Error& error) {
    evaluator.raise(exception_class(evaluator, "CompileError"), error.message());
  }
}

Value find_expression_item(Evaluator& evaluator, std::string_view name) {
  Module& registry = expression_registry(evaluator);
  const std::string key = "item " + std::string(name);
  if (Value made = registry.attributes.find(key)) return made;
  Value found;
  for (auto* find : {find_element_function, find_from_function, find_select_function,
                     find_dml_function, find_dialect_function}) {
    if (!found) found = find(evaluator, name);
  }
  if (!found) {
    for (const auto& [old, current] : kOldNames) {
      if (old == name && !current.empty()) found = Value(expression_class(evaluator, current));
    }
  }
  if (!found) {
    if (Class* cls = expression_class(evaluator, name)) found = Value(cls);
  }
  if (found) registry.attributes.set(key, found);
  return found;
}

void bind_expressions(Evaluator& evaluator, Host& host) {
  evaluator.bind_module(std::string(kRegistry), [&host](Evaluator& e, Module& registry) {
    Instance* holder = e.new_instance(e.builtin_class("object"));
    holder->set_native<Host*>(&host);
    registry.attributes.set("host", holder);
  });
}

}  // namespace retort::modules
