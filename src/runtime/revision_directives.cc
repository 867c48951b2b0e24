#include "runtime/revision_directives.h"

#include <array>

#include "base/error.h"
#include "modules/alembic/schema_objects.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/types.h"
#include "sql/build.h"

namespace retort::runtime {

using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "_alembic_ops";

// Alembic's name of an operation's class, and the table it is about.
struct Shape {
  std::string_view cls;
  std::string table{};
  std::string schema{};
};

struct ShapeOf {
  Shape operator()(const operations::CreateTable& op) const {
    return {"CreateTableOp", op.table.name, op.table.schema};
  }
  Shape operator()(const operations::DropTable& op) const {
    return {"DropTableOp", op.table, op.schema};
  }
  Shape operator()(const operations::RenameTable& op) const {
    return {"RenameTableOp", op.table, op.schema};
  }
  Shape operator()(const operations::AddColumn& op) const {
    return {"AddColumnOp", op.table, op.schema};
  }
  Shape operator()(const operations::DropColumn& op) const {
    return {"DropColumnOp", op.table, op.schema};
  }
  Shape operator()(const operations::AlterColumn& op) const {
    return {"AlterColumnOp", op.table, op.schema};
  }
  Shape operator()(const operations::CreateIndex& op) const {
    return {"CreateIndexOp", op.table, op.schema};
  }
  Shape operator()(const operations::DropIndex& op) const {
    return {"DropIndexOp", op.table, op.schema};
  }
  Shape operator()(const operations::AddConstraint& op) const {
    static constexpr std::array<std::string_view, 5> kNames{
        "CreatePrimaryKeyOp", "CreateForeignKeyOp", "CreateUniqueConstraintOp",
        "CreateCheckConstraintOp", "AddConstraintOp"};
    return {kNames[op.constraint.index()], op.table, op.schema};
  }
  Shape operator()(const operations::DropConstraint& op) const {
    return {"DropConstraintOp", op.table, op.schema};
  }
  Shape operator()(const operations::SetTableComment& op) const {
    return {op.comment ? "CreateTableCommentOp" : "DropTableCommentOp", op.table, op.schema};
  }
  Shape operator()(const operations::BatchAlterTable& op) const {
    return {"ModifyTableOps", op.table, op.schema};
  }
  Shape operator()(const operations::Execute&) const { return {"ExecuteSQLOp"}; }
  template <typename Other>
  Shape operator()(const Other&) const {
    return {"MigrateOperation"};
  }
};

class Directives {
 public:
  explicit Directives(Evaluator& evaluator)
      : evaluator_(evaluator), module_(evaluator.import_module(kModule)), objects_(evaluator) {}

  Value script(const RevisionDraft& draft) {
    Instance* made = instance("MigrationScript");
    const auto set = [&](std::string_view name, Value value) { made->attributes.set(name, value); };
    set("rev_id", evaluator_.str(draft.rev_id));
    set("message", draft.message ? evaluator_.str(*draft.message) : Value::none());
    set("head", texts(draft.head));
    set("splice", Value::boolean(draft.splice));
    set("branch_label", draft.branch_labels.empty() ? Value::none() : texts(draft.branch_labels));
    set("depends_on", draft.depends_on.empty() ? Value::none() : texts(draft.depends_on));
    set("version_path",
        draft.version_path.empty() ? Value::none() : evaluator_.str(draft.version_path));
    set("imports", evaluator_.set());
    set("_upgrade_ops", containers("UpgradeOps", "upgrade_token", draft.upgrade));
    set("_downgrade_ops", containers("DowngradeOps", "downgrade_token", draft.downgrade));
    return made;
  }

  RevisionDraft read(Value script, RevisionDraft draft) {
    draft.rev_id = modules::text_of(evaluator_, attribute(script, "rev_id"), "script.rev_id");
    Value message = attribute(script, "message");
    draft.message.reset();
    if (!message.is_none()) draft.message = evaluator_.to_str(message);
    read_texts(script, "head", draft.head);
    draft.splice = evaluator_.truthy(attribute(script, "splice"));
    read_texts(script, "branch_label", draft.branch_labels);
    read_texts(script, "depends_on", draft.depends_on);
    Value path = attribute(script, "version_path");
    draft.version_path = path.is_none() ? "" : evaluator_.to_str(path);
    for (const Value& line : evaluator_.items(attribute(script, "imports"))) {
      draft.imports.push_back(evaluator_.to_str(line));
    }
    draft.upgrade = all_operations(script, "upgrade_ops_list", "upgrade_token");
    draft.downgrade = all_operations(script, "downgrade_ops_list", "downgrade_token");
    return draft;
  }

 private:
  Instance* instance(std::string_view cls) {
    return evaluator_.new_instance(evaluator_.get_attr(module_, cls).get<python::Class>());
  }

  Value attribute(Value object, std::string_view name) { return evaluator_.get_attr(object, name); }

  Value texts(const std::vector<std::string>& all) {
    std::vector<Value> items;
    for (const std::string& text : all) items.push_back(evaluator_.str(text));
    return evaluator_.list(std::move(items));
  }

  void read_texts(Value script, std::string_view name, std::vector<std::string>& target) {
    Value value = attribute(script, name);
    target.clear();
    if (!value.is_none()) target = modules::texts_of(evaluator_, value, name);
  }

  // One container for each database.
  Value containers(std::string_view cls, std::string_view token,
                   const std::vector<DraftOperations>& all) {
    std::vector<Value> made;
    for (const DraftOperations& one : all) {
      Instance* container = instance(cls);
      std::vector<Value> items;
      for (const operations::Operation& operation : one.operations) {
        items.push_back(directive(operation));
      }
      container->attributes.set("ops", evaluator_.list(std::move(items)));
      container->attributes.set(token, evaluator_.str(one.token));
      made.emplace_back(container);
    }
    return evaluator_.list(std::move(made));
  }

  std::vector<DraftOperations> all_operations(Value script, std::string_view name,
                                              std::string_view token) {
    std::vector<DraftOperations> out;
    for (const Value& container : evaluator_.items(attribute(script, name))) {
      out.push_back({evaluator_.to_str(attribute(container, token)), operations(container)});
    }
    return out;
  }

  Value directive(const operations::Operation& operation) {
    const Shape shape = std::visit(ShapeOf(), operation);
    Instance* made = instance(shape.cls);
    made->set_native(operation);
    made->attributes.set("table_name", evaluator_.str(shape.table));
    made->attributes.set("schema",
                         shape.schema.empty() ? Value::none() : evaluator_.str(shape.schema));
    if (const auto* batch = std::get_if<operations::BatchAlterTable>(&operation)) {
      std::vector<Value> items;
      for (const operations::Operation& inner : batch->operations) {
        items.push_back(directive(inner));
      }
      made->attributes.set("ops", evaluator_.list(std::move(items)));
    } else if (const auto* create = std::get_if<operations::CreateTable>(&operation)) {
      std::vector<Value> columns;
      for (const schema::Column& column : create->table.columns) {
        columns.push_back(objects_.column(create->table, column));
      }
      made->attributes.set("columns", evaluator_.list(std::move(columns)));
    } else if (const auto* add = std::get_if<operations::AddColumn>(&operation)) {
      schema::Table table;
      table.name = add->table;
      table.schema = add->schema;
      made->attributes.set("column", objects_.column(table, add->column));
    } else if (const auto* drop = std::get_if<operations::DropColumn>(&operation)) {
      made->attributes.set("column_name", evaluator_.str(drop->column));
    } else if (const auto* alter = std::get_if<operations::AlterColumn>(&operation)) {
      made->attributes.set("column_name", evaluator_.str(alter->column));
    } else if (const auto* index = std::get_if<operations::CreateIndex>(&operation)) {
      made->attributes.set("index_name", evaluator_.str(index->index.name.text));
    } else if (const auto* dropped = std::get_if<operations::DropIndex>(&operation)) {
      made->attributes.set("index_name", evaluator_.str(dropped->name.text));
    } else if (const auto* constraint = std::get_if<operations::DropConstraint>(&operation)) {
      made->attributes.set("constraint_name", evaluator_.str(constraint->name.text));
    }
    return made;
  }

  std::vector<operations::Operation> operations(Value holder) {
    std::vector<operations::Operation> out;
    for (const Value& item : evaluator_.items(attribute(holder, "ops"))) {
      auto* own = python::native<operations::Operation>(item);
      if (!own) {
        if (evaluator_.find_attr(item, "ops")) {
          for (operations::Operation& inner : operations(item)) out.push_back(std::move(inner));
          continue;
        }
        Value text = evaluator_.find_attr(item, "sqltext");
        if (!text || !text.is_str()) {
          throw Error(code::kScript,
                      "process_revision_directives() put in an operation that can't "
                      "be written: " +
                          evaluator_.repr(item))
              .with_hint("use ops.ExecuteSQLOp(\"...\"), or write the operation into the file");
        }
        out.emplace_back(operations::Execute{sql::raw(text.as_str())});
        continue;
      }
      operations::Operation operation = *own;
      if (auto* batch = std::get_if<operations::BatchAlterTable>(&operation)) {
        batch->operations = operations(item);
      }
      out.push_back(std::move(operation));
    }
    return out;
  }

  Evaluator& evaluator_;
  Value module_;
  modules::SchemaObjects objects_;
};

Value context_of(Evaluator& evaluator) {
  return evaluator.invoke(
      evaluator.get_attr(evaluator.import_module("alembic.context"), "get_context"));
}

std::optional<RevisionDraft> process(Evaluation& evaluation, Value function, RevisionDraft draft) {
  Evaluator& evaluator = evaluation.evaluator();
  Directives directives(evaluator);
  Value list = evaluator.list({directives.script(draft)});
  std::vector<Value> head;
  for (const std::string& id : draft.head) head.push_back(evaluator.str(id));
  evaluation.call(function,
                  std::array{context_of(evaluator), evaluator.tuple(std::move(head)), list});
  const std::vector<Value> left = evaluator.items(list);
  if (left.empty()) return std::nullopt;
  try {
    return directives.read(left.front(), std::move(draft));
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
}

struct ObjectOf {
  Evaluator& evaluator;
  modules::SchemaObjects objects;

  Value operator()(const sql::Type* type) { return modules::from_type(evaluator, *type); }
  Value operator()(const schema::ServerDefault* server_default) {
    schema::Column column;
    column.server_default = *server_default;
    return objects.default_text(column);
  }
  Value operator()(const schema::Column* column) { return objects.column({}, *column); }
  Value operator()(const schema::Table* table) { return objects.table(*table); }
  Value operator()(const schema::Index* index) { return objects.index({}, *index); }
  Value operator()(const schema::Constraint* constraint) {
    return objects.constraint({}, *constraint);
  }
};

std::optional<std::string> render_item(Evaluation& evaluation, Value function,
                                       const RenderSubject& subject,
                                       std::vector<std::string>& imports) {
  Evaluator& evaluator = evaluation.evaluator();
  ObjectOf object_of{evaluator, modules::SchemaObjects(evaluator)};
  Value context = evaluator.new_instance(
      evaluator.get_attr(evaluator.import_module(kModule), "AutogenContext").get<python::Class>());
  Value lines = evaluator.set();
  evaluator.set_attr(context, "imports", lines);
  evaluator.set_attr(context, "migration_context", context_of(evaluator));
  Value result = evaluation.call(
      function,
      std::array{evaluator.str(subject.kind), std::visit(object_of, subject.object), context});
  for (const Value& line : evaluator.items(lines)) imports.push_back(evaluator.to_str(line));
  // False leaves it to the own rendering.
  if (result.is_bool() && !result.as_bool()) return std::nullopt;
  if (result.is_none()) return "";
  return evaluator.to_str(result);
}

}  // namespace

void read_hooks(const modules::Configuration& configuration, Evaluation& evaluation,
                RevisionHooks& hooks) {
  if (configuration.process_revision_directives) {
    hooks.process = [&evaluation,
                     function = configuration.process_revision_directives](RevisionDraft draft) {
      return process(evaluation, function, std::move(draft));
    };
  }
  if (configuration.render_item) {
    hooks.render_item = [&evaluation, function = configuration.render_item](
                            const RenderSubject& subject, std::vector<std::string>& imports) {
      return render_item(evaluation, function, subject, imports);
    };
  }
}

}  // namespace retort::runtime
