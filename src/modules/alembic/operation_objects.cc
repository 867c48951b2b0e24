#include "modules/alembic/operation_objects.h"

#include <array>

#include "base/error.h"
#include "modules/alembic/op.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/types.h"
#include "operations/reverse.h"
#include "sql/build.h"

namespace retort::modules {

using operations::Operation;
using python::Evaluator;
using python::Instance;
using python::NamedValue;
using python::Value;

namespace {

constexpr std::string_view kModule = "_alembic_ops";

// The table that an operation changes; nullptr for one that makes, drops or renames it, or that
// is about something else.
struct ChangedTable {
  std::string_view table{};
  std::string_view schema{};
  friend bool operator==(const ChangedTable&, const ChangedTable&) = default;
};

ChangedTable changed_table(const Operation& operation) {
  return std::visit(
      []<typename Op>(const Op& op) -> ChangedTable {
        using operations::BatchAlterTable, operations::DropTable, operations::RenameTable;
        if constexpr (requires { op.table.compare(op.schema); } && !std::is_same_v<Op, DropTable> &&
                      !std::is_same_v<Op, RenameTable> && !std::is_same_v<Op, BatchAlterTable>) {
          return {op.table, op.schema};
        } else {
          return {};
        }
      },
      operation);
}

}  // namespace

// Takes what directives do, instead of doing it.
struct OperationObjects::Recorder final : Host {
  explicit Recorder(Host& host) : host(host) {}

  const dialect::Dialect& dialect() const override { return host.dialect(); }
  bool offline() const override { return true; }
  database::Connection& connection() override { return host.connection(); }
  std::string url() const override { return host.url(); }
  void invoke(Operation operation, const Place&) override {
    recorded.push_back(std::move(operation));
  }
  void enter_autocommit() override {}
  void leave_autocommit() override {}
  schema::NamingConvention naming_convention() const override { return host.naming_convention(); }
  std::vector<std::string> x_arguments() const override { return host.x_arguments(); }
  std::string tag() const override { return host.tag(); }
  std::string version_table() const override { return host.version_table(); }
  std::string version_table_schema() const override { return host.version_table_schema(); }

  Host& host;
  std::vector<Operation> recorded{};
};

// What an object was made from, and as what it was written then.
struct OperationObjects::Origin {
  Operation operation{};
  std::optional<std::vector<Operation>> written{};  // nullopt: no directive says it
};

// Calls the constructor of an operation's class.
struct OperationObjects::Maker {
  Evaluator& evaluator;
  SchemaObjects& objects;
  OperationObjects& own;
  std::vector<NamedValue> keywords{};

  Value operator()(const operations::CreateTable& op) {
    const schema::Table& table = op.table;
    std::vector<Value> items;
    for (const schema::Column& column : table.columns) {
      items.push_back(objects.column(table, column));
    }
    for (const schema::Constraint& constraint : table.constraints) {
      items.push_back(objects.constraint(table, constraint));
    }
    add_schema(table.schema);
    add_flag("if_not_exists", op.if_not_exists);
    if (table.comment) add("comment", evaluator.str(*table.comment));
    if (!table.prefixes.empty()) add("prefixes", texts(table.prefixes));
    add_options(table.options);
    return make("CreateTableOp", {text(table.name), evaluator.list(std::move(items))});
  }
  Value operator()(const operations::DropTable& op) {
    add_schema(op.schema);
    add_flag("if_exists", op.if_exists);
    add_reverse(op);
    python::Dict* options = evaluator.dict();
    for (const schema::Option& one : op.options) {
      options->set(evaluator, evaluator.str(one.name), option(one));
    }
    add("table_kw", options);
    return make("DropTableOp", {text(op.table)});
  }
  Value operator()(const operations::RenameTable& op) {
    add_schema(op.schema);
    return make("RenameTableOp", {text(op.table), text(op.new_name)});
  }
  Value operator()(const operations::AddColumn& op) {
    schema::Table table;
    table.name = op.table;
    table.schema = op.schema;
    table.columns = {op.column};
    table.constraints = op.constraints;
    Value column = objects.column(table, op.column);
    item<ColumnItem>(column)->constraints = op.constraints;
    add_schema(op.schema);
    add_flag("if_not_exists", op.if_not_exists);
    add_flag("inline_references", op.inline_references);
    add_flag("inline_primary_key", op.inline_primary_key);
    return make("AddColumnOp", {text(op.table), column});
  }
  Value operator()(const operations::DropColumn& op) {
    add_schema(op.schema);
    add_flag("if_exists", op.if_exists);
    add_reverse(op);
    add_options(op.options);
    return make("DropColumnOp", {text(op.table), text(op.column)});
  }
  Value operator()(const operations::AlterColumn& op) {
    add_schema(op.schema);
    if (op.new_name) add("modify_name", text(*op.new_name));
    if (op.type) add("modify_type", from_type(evaluator, *op.type));
    if (op.existing_type) add("existing_type", from_type(evaluator, *op.existing_type));
    add_optional("modify_nullable", op.nullable);
    add_optional("existing_nullable", op.existing_nullable);
    add_optional("autoincrement", op.autoincrement);
    add_optional("existing_autoincrement", op.existing_autoincrement);
    if (op.existing_comment) add("existing_comment", text(*op.existing_comment));
    if (op.comment) add("modify_comment", *op.comment ? text(**op.comment) : Value::none());
    if (op.server_default) {
      add("modify_server_default",
          *op.server_default ? server_default(**op.server_default) : Value::none());
    }
    if (op.computed) add("modify_server_default", generated("Computed", *op.computed));
    if (op.identity) add("modify_server_default", generated("Identity", *op.identity));
    if (op.existing_server_default) {
      add("existing_server_default", *op.existing_server_default
                                         ? server_default(**op.existing_server_default)
                                         : Value::none());
    }
    if (op.existing_identity) {
      add("existing_server_default", generated("Identity", *op.existing_identity));
    }
    add_options(op.options);
    return make("AlterColumnOp", {text(op.table), text(op.column)});
  }
  Value operator()(const operations::CreateIndex& op) {
    std::vector<Value> keys;
    for (const schema::IndexKey& key : op.index.keys) {
      keys.push_back(key.expression ? wrap(evaluator, key.expression) : text(key.column));
    }
    add_schema(op.schema);
    add("unique", Value::boolean(op.index.unique));
    add_flag("if_not_exists", op.if_not_exists);
    add_options(op.index.options);
    return make("CreateIndexOp",
                {name(op.index.name), text(op.table), evaluator.list(std::move(keys))});
  }
  Value operator()(const operations::DropIndex& op) {
    add_schema(op.schema);
    add_flag("if_exists", op.if_exists);
    add_reverse(op);
    add_options(op.options);
    return make("DropIndexOp", {name(op.name), op.table.empty() ? Value::none() : text(op.table)});
  }
  Value operator()(const operations::AddConstraint& op) {
    return std::visit([&](const auto& constraint) { return add_constraint(op, constraint); },
                      op.constraint);
  }
  Value operator()(const operations::DropConstraint& op) {
    add_schema(op.schema);
    add_flag("if_exists", op.if_exists);
    add_reverse(op);
    return make("DropConstraintOp",
                {name(op.name), text(op.table), op.type.empty() ? Value::none() : text(op.type)});
  }
  Value operator()(const operations::SetTableComment& op) {
    add_schema(op.schema);
    if (op.existing_comment) add("existing_comment", text(*op.existing_comment));
    if (!op.comment) return make("DropTableCommentOp", {text(op.table)});
    return make("CreateTableCommentOp", {text(op.table), text(*op.comment)});
  }
  Value operator()(const operations::Execute& op) {
    return make("ExecuteSQLOp", {wrap(evaluator, op.statement)});
  }
  Value operator()(const operations::BatchAlterTable& op) {
    add_schema(op.schema);
    std::vector<Value> inner;
    for (const Operation& one : op.operations) inner.push_back(own.object(one));
    return make("ModifyTableOps", {text(op.table), evaluator.list(std::move(inner))});
  }
  template <typename Other>
  Value operator()(const Other&) {
    return make("MigrateOperation", {});
  }

 private:
  Value add_constraint(const operations::AddConstraint& op, const schema::PrimaryKey& key) {
    return key_constraint("CreatePrimaryKeyOp", op, key);
  }
  Value add_constraint(const operations::AddConstraint& op, const schema::Unique& unique) {
    add_deferral(unique.deferral);
    return key_constraint("CreateUniqueConstraintOp", op, unique);
  }
  Value add_constraint(const operations::AddConstraint& op, const schema::Check& check) {
    add_schema(op.schema);
    add_deferral(check.deferral);
    add_options(check.options);
    return make("CreateCheckConstraintOp",
                {name(check.name), text(op.table), wrap(evaluator, check.condition)});
  }
  Value add_constraint(const operations::AddConstraint& op, const schema::ForeignKey& key) {
    if (!op.schema.empty()) add("source_schema", text(op.schema));
    if (!key.referred_schema.empty()) add("referent_schema", text(key.referred_schema));
    if (!key.onupdate.empty()) add("onupdate", text(key.onupdate));
    if (!key.ondelete.empty()) add("ondelete", text(key.ondelete));
    if (!key.match.empty()) add("match", text(key.match));
    add_flag("use_alter", key.use_alter);
    add_deferral(key.deferral);
    add_options(key.options);
    return make("CreateForeignKeyOp", {name(key.name), text(op.table), text(key.referred_table),
                                       texts(key.columns), texts(key.referred_columns)});
  }
  Value add_constraint(const operations::AddConstraint&, const schema::Exclude&) {
    return make("AddConstraintOp", {});
  }
  template <typename Key>
  Value key_constraint(std::string_view cls, const operations::AddConstraint& op, const Key& key) {
    add_schema(op.schema);
    add_options(key.options);
    return make(cls, {name(key.name), text(op.table), texts(key.columns)});
  }

  Value make(std::string_view cls, std::vector<Value> values) {
    return evaluator.call(evaluator.get_attr(evaluator.import_module(kModule), cls), values,
                          keywords);
  }

  void add(std::string_view key, Value value) { keywords.push_back({key, value}); }
  void add_flag(std::string_view key, bool flag) {
    if (flag) add(key, Value::boolean(true));
  }
  void add_optional(std::string_view key, std::optional<bool> flag) {
    if (flag) add(key, Value::boolean(*flag));
  }
  void add_schema(const std::string& schema) {
    if (!schema.empty()) add("schema", text(schema));
  }
  void add_deferral(const schema::Deferral& deferral) {
    add_optional("deferrable", deferral.deferrable);
    if (!deferral.initially.empty()) add("initially", text(deferral.initially));
  }
  void add_options(const schema::Options& options) {
    for (const schema::Option& one : options) add(one.name, option(one));
  }
  template <typename Drop>
  void add_reverse(const Drop& op) {
    if (op.dropped) add("_reverse", own.object(operations::reverse(op)));
  }

  Value text(const std::string& value) { return evaluator.str(value); }
  Value texts(const std::vector<std::string>& all) {
    std::vector<Value> items;
    for (const std::string& one : all) items.push_back(text(one));
    return evaluator.list(std::move(items));
  }
  Value name(const schema::Name& value) {
    if (value.empty()) return Value::none();
    if (!value.final) return text(value.text);
    return evaluator.call(Value(schema_class(evaluator, "conv")), std::array{text(value.text)});
  }
  Value server_default(const schema::ServerDefault& value) {
    if (const auto* plain = std::get_if<std::string>(&value)) return text(*plain);
    return wrap(evaluator, std::get<sql::Expression>(value));
  }
  template <typename T>
  Value generated(std::string_view cls, const std::optional<T>& value) {
    if (!value) return Value::none();
    Instance* made = evaluator.new_instance(schema_class(evaluator, cls));
    made->set_native(*value);
    return made;
  }
  Value option(const schema::Option& one) {
    struct Visitor {
      Maker& maker;
      Value operator()(std::monostate) { return Value::none(); }
      Value operator()(bool flag) { return Value::boolean(flag); }
      Value operator()(std::int64_t number) { return Value::integer(number); }
      Value operator()(const std::string& plain) { return maker.text(plain); }
      Value operator()(const std::vector<std::string>& all) { return maker.texts(all); }
      Value operator()(const std::vector<std::pair<std::string, std::string>>& pairs) {
        python::Dict* dict = maker.evaluator.dict();
        for (const auto& [key, value] : pairs) {
          dict->set(maker.evaluator, maker.text(key), maker.text(value));
        }
        return dict;
      }
      Value operator()(const sql::Expression& expression) {
        return wrap(maker.evaluator, expression);
      }
    };
    return std::visit(Visitor{*this}, one.value);
  }
};

OperationObjects::OperationObjects(Evaluator& evaluator, Host& host)
    : evaluator_(evaluator), objects_(evaluator), recorder_(std::make_shared<Recorder>(host)) {
  auto* op = evaluator.make<python::Module>("alembic.op");
  define_directives(evaluator, *op, *recorder_);
  op_ = op;
}

Value OperationObjects::list(std::span<const Operation> operations) {
  std::vector<Value> made;
  while (!operations.empty()) {
    const ChangedTable table = changed_table(operations.front());
    if (table.table.empty()) {
      made.push_back(object(operations.front()));
      operations = operations.subspan(1);
      continue;
    }
    std::vector<Value> inner;
    while (!operations.empty() && changed_table(operations.front()) == table) {
      inner.push_back(object(operations.front()));
      operations = operations.subspan(1);
    }
    const Value cls = evaluator_.get_attr(evaluator_.import_module(kModule), "ModifyTableOps");
    const std::array values{evaluator_.str(table.table), evaluator_.list(std::move(inner))};
    const Value schema = table.schema.empty() ? Value::none() : evaluator_.str(table.schema);
    made.push_back(evaluator_.call(cls, values, std::array{NamedValue{"schema", schema}}));
  }
  return evaluator_.list(std::move(made));
}

Value OperationObjects::object(const Operation& operation) {
  Value made = std::visit(Maker{evaluator_, objects_, *this}, operation);
  Origin origin{operation, {}};
  if (evaluator_.find_attr(made, "_write")) {
    try {
      origin.written = written(made);
    } catch (const python::Raised&) {
      // It says more than a directive takes: left alone, it is what it is.
    }
  }
  made.get<Instance>()->set_native(std::move(origin));
  return made;
}

std::vector<Operation> OperationObjects::written(Value object) {
  recorder_->recorded.clear();
  evaluator_.call_method(object, "_write", std::array{op_});
  return std::move(recorder_->recorded);
}

std::vector<Operation> OperationObjects::read(std::span<const Value> objects) {
  std::vector<Operation> out;
  for (const Value& one : objects) {
    for (Operation& operation : read_one(one)) out.push_back(std::move(operation));
  }
  return out;
}

std::vector<Operation> OperationObjects::read_one(Value object) {
  const Origin* origin = python::native<Origin>(object);
  if (const Value inner = evaluator_.find_attr(object, "ops")) {
    std::vector<Operation> operations = read(evaluator_.items(inner));
    if (!origin) return operations;
    auto batch = std::get<operations::BatchAlterTable>(origin->operation);
    // One that makes the table anew is an operation by itself.
    if (operations.empty() && batch.operations.empty()) return {batch};
    if (operations.empty()) return {};
    batch.operations = std::move(operations);
    return {batch};
  }
  if (std::optional<operations::OwnOperation> own = rendered(object)) return {std::move(*own)};
  if (origin && !origin->written) return {origin->operation};
  if (!evaluator_.find_attr(object, "_write")) {
    throw Error(code::kScript,
                "env.py put in an operation that can't be written: " + evaluator_.repr(object))
        .with_hint(
            "use the operations of alembic.operations.ops, ops.ExecuteSQLOp(\"...\") for any "
            "other statement, or register a renderer: "
            "@alembic.autogenerate.renderers.dispatch_for(...)");
  }
  std::vector<Operation> now = written(object);
  if (origin && now == *origin->written) return {origin->operation};
  return now;
}

std::optional<operations::OwnOperation> OperationObjects::rendered(Value object) {
  const Value render =
      evaluator_.get_attr(evaluator_.import_module("alembic.autogenerate"), "_render");
  const Value found = evaluator_.call(render, std::array{object});
  if (found.is_none()) return std::nullopt;
  const std::vector<Value> parts = evaluator_.items(found);
  operations::OwnOperation out;
  out.name = evaluator_.type_of(object)->name;
  out.text = evaluator_.to_str(parts[0]);
  for (const Value& line : evaluator_.items(parts[1])) {
    out.imports.push_back(evaluator_.to_str(line));
  }
  return out;
}

namespace {

Value operation_of(Evaluator& evaluator, OperationObjects& objects, Value value) {
  if (const TableItem* table = item<TableItem>(value)) {
    resolve_foreign_keys(evaluator, value);
    return objects.object(operations::CreateTable{table->table});
  }
  const Value owner = evaluator.find_attr(value, "table");
  const TableItem* table = owner ? item<TableItem>(owner) : nullptr;
  const std::string name = table ? table->table.name : "";
  const std::string schema = table ? table->table.schema : "";
  if (const ConstraintItem* constraint = item<ConstraintItem>(value)) {
    return objects.object(operations::AddConstraint{name, schema, constraint->constraint});
  }
  if (const IndexItem* index = item<IndexItem>(value)) {
    return objects.object(operations::CreateIndex{name, schema, index->index});
  }
  evaluator.type_error("a Table, a constraint or an Index was expected, not " +
                       evaluator.repr(value));
}

Value item_of(Evaluator& evaluator, OperationObjects& objects, Value object) {
  SchemaObjects items(evaluator);
  for (const Operation& operation : objects.read(std::array{object})) {
    schema::Table table;
    if (const auto* create = std::get_if<operations::CreateTable>(&operation)) {
      return items.table(create->table);
    }
    if (const auto* add = std::get_if<operations::AddConstraint>(&operation)) {
      table.name = add->table;
      table.schema = add->schema;
      return items.constraint(table, add->constraint);
    }
    if (const auto* create = std::get_if<operations::CreateIndex>(&operation)) {
      table.name = create->table;
      table.schema = create->schema;
      return items.index(table, create->index);
    }
  }
  return Value::none();
}

Value reversed(Evaluator& evaluator, OperationObjects& objects, Value object) {
  const Value known = evaluator.find_attr(object, "_reverse");
  if (known && !known.is_none()) return known;
  const std::vector<Operation> own = objects.read(std::array{object});
  try {
    if (own.size() == 1) return objects.object(operations::reverse(own[0]));
  } catch (const Error& error) {
    evaluator.value_error("operation is not reversible; " + std::string(error.what()));
  }
  evaluator.raise("NotImplementedError", evaluator.repr(object) + " can't be reversed");
}

}  // namespace

void define_operation_objects(Evaluator& evaluator, python::Module& ops, Host& host) {
  const auto define = [&](std::string_view signature, auto function) {
    evaluator.define(ops, signature, [function, &host](Evaluator& e, python::Arguments& args) {
      OperationObjects objects(e, host);
      return function(e, objects, args[0]);
    });
  };
  define("_reversed(operation)", reversed);
  define("_from_item(item)", operation_of);
  define("_to_item(operation)", item_of);
}

}  // namespace retort::modules
