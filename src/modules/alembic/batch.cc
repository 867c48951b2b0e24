#include <array>

#include "modules/alembic/directives.h"
#include "modules/alembic/op.h"
#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"

// batch_op: the directives of one table, queued and applied together at the end of the block.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "alembic.operations";

operations::BatchAlterTable& batch_in(Arguments& args) {
  return *python::native<operations::BatchAlterTable>(args[0]);
}

// A directive of batch_op: `read` leaves the table out, the batch knows it.
template <typename Read>
void queued(Evaluator& evaluator, Class& cls, const std::string& signature, Read read) {
  evaluator.define(cls, signature, [read](Evaluator& e, Arguments& args) {
    operations::BatchAlterTable& batch = batch_in(args);
    auto operation = read(e, args);
    operation.table = batch.table;
    operation.schema = batch.schema;
    batch.operations.push_back(std::move(operation));
    return Value::none();
  });
}

void define_batch(Evaluator& evaluator, Class& cls, Host& host) {
  queued(evaluator, cls,
         "add_column(self, column, *, insert_before=None, insert_after=None, if_not_exists=None, "
         "inline_references=None, inline_primary_key=None)",
         read_add_column);
  queued(evaluator, cls, "drop_column(self, column_name, *, if_exists=None, **kw)",
         read_drop_column);
  queued(evaluator, cls,
         "alter_column(self, column_name, *, " + std::string(signature::kAlterColumn) +
             ", insert_before=None, insert_after=None, **kw)",
         [&host](Evaluator& e, Arguments& args) { return read_alter_column(e, host, args); });
  queued(evaluator, cls,
         "create_index(self, index_name, columns, *, unique=False, if_not_exists=None, **kw)",
         read_create_index);
  queued(evaluator, cls, "drop_index(self, index_name, *, if_exists=None, **kw)", read_drop_index);
  queued(evaluator, cls, "create_primary_key(self, constraint_name, columns, **kw)",
         read_primary_key);
  queued(evaluator, cls,
         "create_unique_constraint(self, constraint_name, columns, *, deferrable=None, "
         "initially=None, **kw)",
         read_unique_constraint);
  queued(evaluator, cls,
         "create_check_constraint(self, constraint_name, condition, *, deferrable=None, "
         "initially=None, **kw)",
         read_check_constraint);
  queued(evaluator, cls,
         "create_foreign_key(self, constraint_name, referent_table, local_cols, remote_cols, *, "
         "referent_schema=None, " +
             std::string(signature::kForeignKey) + ", **dialect_kw)",
         read_foreign_key);
  queued(evaluator, cls,
         "create_exclude_constraint(self, constraint_name, *elements, where=None, "
         "deferrable=None, initially=None, using=None)",
         read_exclude_constraint);
  queued(evaluator, cls, "drop_constraint(self, constraint_name, type_=None, *, if_exists=None)",
         read_drop_constraint);
  queued(evaluator, cls, "create_table_comment(self, comment, *, existing_comment=None)",
         read_table_comment);
  queued(evaluator, cls, "drop_table_comment(self, *, existing_comment=None)", read_table_comment);
  evaluator.define(cls, "execute(self, sqltext, *, execution_options=None)",
                   [&host](Evaluator& e, Arguments& args) {
                     // At once, as in Alembic: the changes of the batch wait for its end.
                     invoke(e, host, read_execute(e, args));
                     return Value::none();
                   });
  evaluator.define(cls, "f(self, name)", [](Evaluator& e, Arguments& args) {
    return e.call(Value(schema_class(e, "conv")), std::array{args["name"]});
  });
  evaluator.define(cls, "get_bind(self)",
                   [&host](Evaluator& e, Arguments&) { return connection_object(e, host); });
  evaluator.define(cls, "get_context(self)",
                   [&host](Evaluator& e, Arguments&) { return context_object(e, host); });
  evaluator.define(cls, "__enter__(self)", [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(cls, "__exit__(self, exc_type, exc, traceback)",
                   [&host](Evaluator& e, Arguments& args) {
                     if (args["exc_type"].is_none()) {
                       invoke(e, host, std::move(batch_in(args)));
                     }
                     return Value::boolean(false);
                   });
}

operations::Recreate recreate_of(Evaluator& evaluator, Value value) {
  if (!value || value.is_none()) return operations::Recreate::kAuto;
  std::string text = text_of(evaluator, value, "recreate");
  if (text == "auto") return operations::Recreate::kAuto;
  if (text == "always") return operations::Recreate::kAlways;
  if (text == "never") return operations::Recreate::kNever;
  evaluator.value_error("recreate may be one of 'auto', 'always', or 'never'.");
}

schema::Table read_items(Evaluator& evaluator, const Arguments& args, std::string_view name) {
  schema::Table table;
  std::vector<Value> values = evaluator.items(args[name]);
  add_items(evaluator, table, values, name);
  return table;
}

schema::Options read_table_kwargs(Evaluator& evaluator, const Arguments& args) {
  auto* dict = args["table_kwargs"].get<python::Dict>();
  if (!dict) evaluator.type_error("table_kwargs must be a dict");
  std::vector<std::pair<std::string, Value>> keywords;
  for (const auto& entry : dict->entries()) {
    if (!entry.key) continue;
    keywords.emplace_back(text_of(evaluator, entry.key, "table_kwargs"), entry.value);
  }
  return to_options(evaluator, keywords, "table_kwargs", args.signature());
}

}  // namespace

Value make_batch(Evaluator& evaluator, Host& host, const Arguments& args) {
  operations::BatchAlterTable batch;
  batch.table = text_of(evaluator, args["table_name"], "table_name");
  read_text(evaluator, args, "schema", batch.schema);
  batch.recreate = recreate_of(evaluator, args["recreate"]);
  if (present(args, "copy_from")) {
    const TableItem* table = item<TableItem>(args["copy_from"]);
    if (!table) evaluator.type_error("copy_from must be a Table");
    batch.copy_from = table->table;
  }
  if (present(args, "table_args")) {
    schema::Table table = read_items(evaluator, args, "table_args");
    batch.table_constraints = std::move(table.constraints);
    batch.table_indexes = std::move(table.indexes);
  }
  if (present(args, "reflect_args")) {
    schema::Table table = read_items(evaluator, args, "reflect_args");
    batch.reflect_columns = std::move(table.columns);
    batch.reflect_constraints = std::move(table.constraints);
  }
  if (present(args, "table_kwargs")) batch.table_options = read_table_kwargs(evaluator, args);
  if (present(args, "naming_convention")) {
    batch.naming_convention = to_naming_convention(evaluator, args["naming_convention"]);
  }
  if (present(args, "partial_reordering")) {
    for (Value order : evaluator.items(args["partial_reordering"])) {
      batch.partial_reordering.push_back(texts_of(evaluator, order, "partial_reordering"));
    }
  }
  Value module = evaluator.import_module(kModule);
  Class* cls = evaluator.get_attr(module, "BatchOperations").get<Class>();
  if (!cls->attributes.find("add_column")) define_batch(evaluator, *cls, host);
  Instance* instance = evaluator.new_instance(cls);
  instance->set_native(std::move(batch));
  return instance;
}

}  // namespace retort::modules
