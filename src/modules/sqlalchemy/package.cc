#include "modules/sqlalchemy/package.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/database.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/type_table.h"
#include "modules/sqlalchemy/types.h"

namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

// SQLAlchemy's public names are found in many of its modules; each of these takes them from one
// place, when they are asked for.
Value find_public_name(Evaluator& evaluator, std::string_view name) {
  if (Value found = find_expression_item(evaluator, name)) return found;
  if (Value found = find_schema_item(evaluator, name)) return found;
  if (name == "TypeEngine" || name == "TypeDecorator" || name == "UserDefinedType" ||
      name == "SchemaType") {
    return type_class(evaluator, "", name);
  }
  if (name == "quoted_name") {
    // What needs quotes gets them anyway.
    return evaluator.function("quoted_name(value, quote)",
                              [](Evaluator&, Arguments& args) { return args["value"]; });
  }
  return find_type(evaluator, "", name);
}

std::string known_type_hint(std::string_view dialect, std::string_view name) {
  std::vector<std::string> names;
  for (const TypeSpec& spec : type_specs()) {
    if (spec.dialect == dialect) names.emplace_back(spec.name);
  }
  for (std::string_view common :
       {"Column", "ForeignKey", "ForeignKeyConstraint", "Index", "MetaData", "PrimaryKeyConstraint",
        "Table", "UniqueConstraint", "CheckConstraint", "text", "func", "select", "inspect"}) {
    if (dialect.empty()) names.emplace_back(common);
  }
  return did_you_mean(name, names);
}

[[noreturn]] void no_attribute(Evaluator& evaluator, std::string_view module,
                               std::string_view dialect, std::string_view name) {
  std::string hint = known_type_hint(dialect, name);
  evaluator.raise("AttributeError", "module '" + std::string(module) + "' has no attribute '" +
                                        std::string(name) + "'" +
                                        (hint.empty() ? "" : "; " + hint));
}

// The modules that a dialect is made of; each gives all its names.
constexpr auto kDialectParts =
    std::to_array<std::string_view>({"base", "types", "json", "array", "named_types", "ranges",
                                     "ext", "hstore", "enumerated", "reserved_words"});

bool is_dunder(std::string_view name) { return name.starts_with("__"); }

void public_module(Evaluator& evaluator, std::string name) {
  evaluator.bind_module(name, [](Evaluator&, Module& module) {
    module.on_missing = [](Evaluator& e, std::string_view wanted) {
      return find_public_name(e, wanted);
    };
  });
}

// postgresql.dialect(): one of no database, to compile for.
Value unbound_dialect(Evaluator& evaluator, std::string_view dialect) {
  return evaluator.function(
      "dialect(**kwargs)", [dialect = std::string(dialect)](Evaluator& e, Arguments&) {
        Value made = e.call(e.get_attr(e.import_module("types"), "SimpleNamespace"), {});
        made.get<Instance>()->attributes.set("name", e.str(dialect));
        return made;
      });
}

// Dialect modules: their types, and the SQL-standard ones they re-export.
Value find_dialect_name(Evaluator& evaluator, std::string_view dialect, std::string_view name) {
  if (Value found = find_type(evaluator, dialect, name)) return found;
  if (Class* cls = dialect_class(evaluator, dialect); cls->name == name) return Value(cls);
  static constexpr auto kItems =
      std::to_array<std::string_view>({"ExcludeConstraint", "CreateEnumType", "DropEnumType"});
  if (dialect == "postgresql" && std::ranges::find(kItems, name) != kItems.end()) {
    return find_schema_item(evaluator, name);
  }
  if (name == "dialect") return unbound_dialect(evaluator, dialect);
  std::string qualified = std::string(dialect) + "." + std::string(name);
  if (Value found = find_expression_item(evaluator, qualified)) return found;
  return {};
}

void dialect_module(Evaluator& evaluator, const std::string& module, const std::string& dialect) {
  evaluator.bind_module(module, [module, dialect](Evaluator&, Module& made) {
    made.on_missing = [module, dialect](Evaluator& e, std::string_view name) -> Value {
      if (Value found = find_dialect_name(e, dialect, name)) return found;
      if (is_dunder(name)) return {};
      const std::string part = module + "." + std::string(name);
      if (std::ranges::find(kDialectParts, name) != kDialectParts.end() &&
          e.has_native_module(part)) {
        return e.import_module(part);
      }
      no_attribute(e, module, dialect, name);
    };
  });
}

Value find_in_package(Evaluator& evaluator, Host& host, std::string_view name) {
  if (Value found = find_public_name(evaluator, name)) return found;
  if (name == "inspect") {
    return evaluator.function(
        "inspect(subject, raiseerr=True)", [&host](Evaluator& e, Arguments& args) {
          if (auto* unknown = args[0].get<python::Unknown>()) {
            e.refuse_unknown(*unknown, "inspect()");
          }
          if (const Class* cls = args[0].get<Class>()) {
            if (Value mapper = cls->lookup("__mapper__")) return mapper;
          }
          if (const Instance* object = args[0].get<Instance>();
              object && object->cls->lookup("__mapper__")) {
            Value session = e.import_module("_orm_session");
            return e.call(e.get_attr(session, "inspect_object"), std::array{args[0]});
          }
          Value connection = args[0];
          if (Value connect = e.find_attr(connection, "_connection")) {
            connection = e.call(connect);  // of an engine
          }
          Host* session = session_of(connection);
          return inspector_object(e, session ? *session : host);
        });
  }
  if (name == "__version__") return evaluator.str("2.1.9");
  static constexpr auto kOfEngine = std::to_array<std::string_view>({"create_engine",
                                                                     "create_mock_engine",
                                                                     "engine_from_config",
                                                                     "make_url",
                                                                     "URL",
                                                                     "Engine",
                                                                     "Connection",
                                                                     "Inspector",
                                                                     "Dialect",
                                                                     "Row",
                                                                     "NullPool",
                                                                     "QueuePool",
                                                                     "StaticPool",
                                                                     "SingletonThreadPool",
                                                                     "AssertionPool",
                                                                     "Pool",
                                                                     "AsyncAdaptedQueuePool",
                                                                     "Row",
                                                                     "RowMapping",
                                                                     "Result",
                                                                     "CursorResult",
                                                                     "ScalarResult",
                                                                     "MappingResult"});
  if (std::find(kOfEngine.begin(), kOfEngine.end(), name) != kOfEngine.end()) {
    return evaluator.get_attr(evaluator.import_module("sqlalchemy.engine"), name);
  }
  return {};
}

}  // namespace

void bind_sqlalchemy(Evaluator& evaluator, Host& host) {
  bind_exceptions(evaluator);
  bind_types(evaluator, host);
  bind_schema_items(evaluator, host);
  bind_expressions(evaluator, host);
  bind_connections(evaluator, host);
  bind_database(evaluator, host);

  for (std::string_view name :
       {"sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.sql", "sqlalchemy.sql.expression",
        "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.schema", "sqlalchemy.sql.elements",
        "sqlalchemy.sql.type_api", "sqlalchemy.sql.selectable", "sqlalchemy.sql.ddl",
        "sqlalchemy.sql.dml", "sqlalchemy.sql.base", "sqlalchemy.sql.operators",
        "sqlalchemy.testing.schema"}) {
    public_module(evaluator, std::string(name));
  }
  // Every SQL function is a name of its module, too: functions.now().
  evaluator.bind_module("sqlalchemy.sql.functions", [](Evaluator&, Module& module) {
    module.on_missing = [](Evaluator& e, std::string_view wanted) -> Value {
      if (Value found = find_public_name(e, wanted)) return found;
      if (is_dunder(wanted)) return {};
      return e.get_attr(find_public_name(e, "func"), wanted);
    };
  });
  for (std::string_view dialect : {"postgresql", "mysql", "sqlite", "mssql", "oracle"}) {
    std::string module = "sqlalchemy.dialects." + std::string(dialect);
    dialect_module(evaluator, module, std::string(dialect));
    for (std::string_view part : kDialectParts) {
      dialect_module(evaluator, module + "." + std::string(part), std::string(dialect));
    }
  }
  dialect_module(evaluator, "sqlalchemy.dialects.mariadb", "mysql");
  evaluator.bind_module("sqlalchemy.dialects", [](Evaluator&, Module& module) {
    module.on_missing = [](Evaluator& e, std::string_view name) -> Value {
      if (is_dunder(name)) return {};
      return e.import_module("sqlalchemy.dialects." + std::string(name));
    };
  });
  evaluator.bind_module("sqlalchemy", [&host](Evaluator&, Module& module) {
    module.on_missing = [&host](Evaluator& e, std::string_view name) -> Value {
      if (Value found = find_in_package(e, host, name)) return found;
      static constexpr auto kSubmodules =
          std::to_array<std::string_view>({"types", "schema", "sql", "exc", "dialects", "orm",
                                           "ext", "engine", "event", "util", "inspection", "pool"});
      for (std::string_view submodule : kSubmodules) {
        if (submodule == name) return e.import_module("sqlalchemy." + std::string(name));
      }
      if (is_dunder(name)) return {};
      no_attribute(e, "sqlalchemy", "", name);
    };
  });
}

}  // namespace retort::modules
