#include "modules/alembic/op.h"

#include <array>

#include "modules/alembic/directives.h"
#include "modules/alembic/environment.h"
#include "modules/alembic/operation_objects.h"
#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/project_modules.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"

// alembic.op: every directive as a function that reads its arguments and hands an operation to the
// host. Signatures are those of Alembic, so that a wrong keyword is an error with a suggestion.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

template <typename Read>
void directive(Evaluator& evaluator, Module& op, Host& host, const std::string& signature,
               Read read) {
  evaluator.define(op, signature, [&host, read](Evaluator& e, Arguments& args) {
    invoke(e, host, read(e, args));
    return Value::none();
  });
}

// What the columns of create_table() default to in statements on the table that it returns.
void keep_defaults(Evaluator& evaluator, std::span<const Value> given, Value table) {
  const Value columns = evaluator.get_attr(table, "c");
  for (const Value& one : given) {
    const ColumnItem* column = item<ColumnItem>(one);
    if (!column) continue;
    const Value own = evaluator.get_item(columns, evaluator.str(column->column.name));
    for (std::string_view name : {"default", "onupdate"}) {
      const Value value = one.get<Instance>()->attributes.find(name);
      if (value) own.get<Instance>()->attributes.set(name, value);
    }
  }
}

void define_tables(Evaluator& evaluator, Module& op, Host& host) {
  evaluator.define(op,
                   "create_table(table_name, *columns, if_not_exists=None, schema=None, "
                   "comment=None, prefixes=None, info=None, **kw)",
                   [&host](Evaluator& e, Arguments& args) {
                     operations::CreateTable create = read_create_table(e, args);
                     if (!args.result_used() && !has_listener(e)) {
                       invoke(e, host, std::move(create));
                       return Value::none();
                     }
                     Value made = make_table(e, create.table);
                     keep_defaults(e, args.rest(), made);
                     tell_created(e, "before_create", made);
                     invoke(e, host, std::move(create));
                     tell_created(e, "after_create", made);
                     return made;
                   });
  directive(evaluator, op, host, "drop_table(table_name, *, schema=None, if_exists=None, **kw)",
            read_drop_table);
  directive(evaluator, op, host, "rename_table(old_table_name, new_table_name, *, schema=None)",
            [](Evaluator& e, Arguments& args) {
              operations::RenameTable rename;
              rename.table = text_of(e, args["old_table_name"], "old_table_name");
              rename.new_name = text_of(e, args["new_table_name"], "new_table_name");
              read_text(e, args, "schema", rename.schema);
              return rename;
            });
  directive(evaluator, op, host,
            "create_table_comment(table_name, comment, *, existing_comment=None, schema=None)",
            read_table_comment);
  directive(evaluator, op, host,
            "drop_table_comment(table_name, *, existing_comment=None, schema=None)",
            read_table_comment);
}

void define_columns(Evaluator& evaluator, Module& op, Host& host) {
  directive(evaluator, op, host,
            "add_column(table_name, column, *, schema=None, if_not_exists=None, "
            "inline_references=None, inline_primary_key=None)",
            read_add_column);
  directive(evaluator, op, host,
            "drop_column(table_name, column_name, *, schema=None, if_exists=None, **kw)",
            read_drop_column);
  directive(evaluator, op, host,
            "alter_column(table_name, column_name, *, " + std::string(signature::kAlterColumn) +
                ", schema=None, **kw)",
            [&host](Evaluator& e, Arguments& args) { return read_alter_column(e, host, args); });
}

void define_indexes(Evaluator& evaluator, Module& op, Host& host) {
  directive(evaluator, op, host,
            "create_index(index_name, table_name, columns, *, schema=None, unique=False, "
            "if_not_exists=None, **kw)",
            read_create_index);
  directive(evaluator, op, host,
            "drop_index(index_name, table_name=None, *, schema=None, if_exists=None, **kw)",
            read_drop_index);
}

void define_constraints(Evaluator& evaluator, Module& op, Host& host) {
  directive(evaluator, op, host,
            "create_primary_key(constraint_name, table_name, columns, *, schema=None, **kw)",
            read_primary_key);
  directive(evaluator, op, host,
            "create_unique_constraint(constraint_name, table_name, columns, *, schema=None, "
            "deferrable=None, initially=None, **kw)",
            read_unique_constraint);
  directive(evaluator, op, host,
            "create_check_constraint(constraint_name, table_name, condition, *, schema=None, "
            "deferrable=None, initially=None, **kw)",
            read_check_constraint);
  directive(evaluator, op, host,
            "create_foreign_key(constraint_name, source_table, referent_table, local_cols, "
            "remote_cols, *, " +
                std::string(signature::kForeignKey) +
                ", source_schema=None, referent_schema=None, **dialect_kw)",
            read_foreign_key);
  directive(evaluator, op, host,
            "create_exclude_constraint(constraint_name, table_name, *elements, where=None, "
            "schema=None, deferrable=None, initially=None, using=None)",
            read_exclude_constraint);
  directive(evaluator, op, host,
            "drop_constraint(constraint_name, table_name, type_=None, *, schema=None, "
            "if_exists=None)",
            read_drop_constraint);
}

void define_data(Evaluator& evaluator, Module& op, Host& host) {
  directive(evaluator, op, host, "execute(sqltext, *, execution_options=None)", read_execute);
  directive(evaluator, op, host, "bulk_insert(table, rows, *, multiinsert=True)",
            [&host](Evaluator& e, Arguments& args) { return read_bulk_insert(e, host, args); });
  evaluator.define(op, "inline_literal(value, type_=None)", [&host](Evaluator& e, Arguments& args) {
    sql::Type type;
    if (present(args, "type_")) {
      type = to_type(e, host, args["type_"], "inline_literal()");
    }
    return inline_literal(e, host, args["value"], type);
  });
}

// ---- custom operations: Operations.register_operation and implementation_for

constexpr std::string_view kImplementations = "_retort_implementations";

// Evaluates what registers operations in the project's modules: env.py imports them for that, and
// scripts name only op.
void find_registrations(Evaluator& evaluator) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"register_operation(", "implementation_for("});
  evaluate_statements_with(evaluator, kWords);
}

Value find_implementation(Evaluator& evaluator, Module& op, Value operation) {
  auto* table = op.attributes.find(kImplementations).get<python::Dict>();
  for (Class* base : evaluator.type_of(operation)->mro) {
    if (Value implementation = table->find(evaluator, base)) return implementation;
  }
  return {};
}

Value invoke_custom(Evaluator& evaluator, Module& op, Value operation) {
  Value implementation = find_implementation(evaluator, op, operation);
  if (!implementation) {
    find_registrations(evaluator);
    implementation = find_implementation(evaluator, op, operation);
  }
  if (implementation) return evaluator.call(implementation, std::array{Value(&op), operation});
  evaluator.raise("NotImplementedError",
                  "no implementation is registered for operation " + evaluator.repr(operation));
}

Value register_operation(Evaluator& evaluator, Module& op, Arguments& args) {
  std::string name = text_of(evaluator, args["name"], "name");
  std::string source =
      present(args, "sourcename") ? text_of(evaluator, args["sourcename"], "sourcename") : name;
  return evaluator.function("register(op_cls)", [&op, name, source](Evaluator& e, Arguments& a) {
    Value cls = a[0];
    op.attributes.set(name, e.function(name + "(*args, **kw)", [&op, cls, source](Evaluator& ev,
                                                                                  Arguments& call) {
      std::vector<Value> values{Value(&op)};
      values.insert(values.end(), call.rest().begin(), call.rest().end());
      std::vector<python::NamedValue> keywords;
      for (const auto& [key, value] : call.keywords()) keywords.push_back({key, value});
      return ev.call_method(cls, source, values, keywords);
    }));
    return cls;
  });
}

Value implementation_for(Evaluator& evaluator, Module& op, Arguments& args) {
  Value cls = args["op_cls"];
  return evaluator.function("register(fn)", [&op, cls](Evaluator& e, Arguments& a) {
    op.attributes.find(kImplementations).get<python::Dict>()->set(e, cls, a[0]);
    return a[0];
  });
}

void define_custom(Evaluator& evaluator, Module& op) {
  op.attributes.set(kImplementations, evaluator.dict());
  evaluator.define(op, "invoke(operation)", [&op](Evaluator& e, Arguments& args) {
    return invoke_custom(e, op, args["operation"]);
  });
  evaluator.define(
      op, "register_operation(name, sourcename=None)",
      [&op](Evaluator& e, Arguments& args) { return register_operation(e, op, args); });
  evaluator.define(
      op, "implementation_for(op_cls, replace=False)",
      [&op](Evaluator& e, Arguments& args) { return implementation_for(e, op, args); });
}

// Directives that add-ons register when env.py imports them: scripts name only op.
Value find_addon_directive(Evaluator& evaluator, Module& op, std::string_view name) {
  struct Row {
    std::string_view directive, module, registers;
  };
  static constexpr Row kRows[] = {
      {"sync_enum_values", "alembic_postgresql_enum", "SyncEnumValuesOp"},
      {"create_entity", "alembic_utils.replaceable_entity", "CreateOp"},
      {"drop_entity", "alembic_utils.replaceable_entity", "DropOp"},
      {"replace_entity", "alembic_utils.replaceable_entity", "ReplaceOp"},
  };
  for (const Row& row : kRows) {
    if (row.directive != name) continue;
    evaluator.get_attr(evaluator.import_module(row.module), row.registers);
    return op.attributes.find(name);
  }
  return {};
}

void define_op(Evaluator& evaluator, Module& op, Host& host) {
  op.on_missing = [&op, &host](Evaluator& e, std::string_view name) -> Value {
    // What Alembic's op hands its calls on to, as scripts reach for it:
    // op._proxy.migration_context.
    if (name == "_proxy") return Value(&op);
    if (name == "migration_context") return context_object(e, host);
    if (const Value found = find_addon_directive(e, op, name)) return found;
    find_registrations(e);
    return op.attributes.find(name);
  };
  define_directives(evaluator, op, host);
  define_custom(evaluator, op);
  evaluator.define(op,
                   "batch_alter_table(table_name, schema=None, recreate='auto', "
                   "partial_reordering=None, copy_from=None, table_args=(), table_kwargs={}, "
                   "reflect_args=(), reflect_kwargs={}, naming_convention=None)",
                   [&host](Evaluator& e, Arguments& args) { return make_batch(e, host, args); });
  evaluator.define(op, "f(name)", [](Evaluator& e, Arguments& args) {
    return e.call(Value(schema_class(e, "conv")), std::array{args["name"]});
  });
  evaluator.define(op, "get_bind()", [&host](Evaluator& e, Arguments&) {
    try {
      host.session();
    } catch (const Error& error) {  // before context.configure(); helpers ask and go on without
      e.raise("NameError", error.message() + " " + error.hint());
    }
    return connection_object(e, host);
  });
  evaluator.define(op, "get_context()",
                   [&host](Evaluator& e, Arguments&) { return context_object(e, host); });
  // Asynchronous code runs as plain calls, so its result is there when the call returns.
  evaluator.define(
      op, "run_async(async_function, *args, **kw_args)", [&host](Evaluator& e, Arguments& args) {
        std::vector<Value> values{connection_object(e, host)};
        values.insert(values.end(), args.rest().begin(), args.rest().end());
        std::vector<python::NamedValue> keywords;
        for (const auto& [key, value] : args.keywords()) {
          keywords.push_back({key, value});
        }
        Value result = e.call(args["async_function"], values, keywords);
        return e.call(e.get_attr(e.import_module("asyncio"), "run"), std::array{result});
      });
}

void define_operations(Evaluator& evaluator, Module& module) {
  Value op = evaluator.import_module("alembic.op");
  Class* operations = evaluator.define_class("Operations", "alembic.operations");
  for (std::string_view name : {"register_operation", "implementation_for"}) {
    operations->attributes.set(name,
                               evaluator.make<python::StaticMethod>(evaluator.get_attr(op, name)));
  }
  module.attributes.set("Operations", operations);
  module.attributes.set("BatchOperations",
                        evaluator.define_class("BatchOperations", "alembic.operations"));
  module.attributes.set(
      "MigrateOperation",
      evaluator.get_attr(evaluator.import_module("_alembic_ops"), "MigrateOperation"));
  module.attributes.set("AbstractOperations", operations);
  module.on_missing = [](Evaluator& e, std::string_view name) -> Value {
    if (name != "ops" && name != "MigrationScript") return {};
    const Value ops = e.import_module("alembic.operations.ops");
    return name == "ops" ? ops : e.get_attr(ops, name);
  };
}

}  // namespace

void define_directives(Evaluator& evaluator, Module& op, Host& host) {
  define_tables(evaluator, op, host);
  define_columns(evaluator, op, host);
  define_indexes(evaluator, op, host);
  define_constraints(evaluator, op, host);
  define_data(evaluator, op, host);
}

void bind_alembic(Evaluator& evaluator, Host& host) {
  bind_migration_context(evaluator, host);
  evaluator.bind_module("alembic.op",
                        [&host](Evaluator& e, Module& op) { define_op(e, op, host); });
  bind_environment(evaluator, host);
  evaluator.bind_module("alembic.operations", define_operations);
  evaluator.bind_module("alembic.operations.ops", [&host](Evaluator& e, Module& module) {
    Value operations = e.import_module("alembic.operations");
    module.attributes.set("MigrateOperation", e.get_attr(operations, "MigrateOperation"));
    define_operation_objects(e, module, host);
    module.on_missing = [](Evaluator& ev, std::string_view name) {
      return ev.find_attr(ev.import_module("_alembic_ops"), name);
    };
  });
  evaluator.bind_module("alembic", [](Evaluator& e, Module& alembic) {
    alembic.attributes.set("__version__", e.str("1.20.1"));
    for (std::string_view name : {"op", "context", "operations"}) {
      alembic.attributes.set(name, e.import_module("alembic." + std::string(name)));
    }
    alembic.on_missing = [](Evaluator& ev, std::string_view name) -> Value {
      const std::string submodule = "alembic." + std::string(name);
      return ev.has_native_module(submodule) ? ev.import_module(submodule) : Value();
    };
  });
}

}  // namespace retort::modules
