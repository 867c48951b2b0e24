#include <array>

#include "base/text.h"
#include "database/mariadb.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/connection_state.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"

// What op.get_bind() gives: Connection, its engine and its dialect.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::string_view kRegistry = "retort.sqlalchemy.connection";

Module& registry(Evaluator& evaluator) { return *evaluator.import_module(kRegistry).get<Module>(); }

ConnectionStatePtr state_of(Value self) {
  const auto* state = python::native<ConnectionStatePtr>(self);
  return state ? *state : nullptr;
}

Class* make_class(Evaluator& evaluator, std::string_view name, std::string_view module,
                  void (*fill)(Evaluator&, Class&)) {
  Module& classes = registry(evaluator);
  const std::string key = "class " + std::string(name);
  if (const Value made = classes.attributes.find(key)) return made.get<Class>();
  Class* cls = evaluator.define_class(std::string(name), std::string(module));
  classes.attributes.set(key, cls);
  fill(evaluator, *cls);
  return cls;
}

Value made_once(Evaluator& evaluator, std::string_view key, Class* cls,
                const ConnectionStatePtr& state) {
  Value& made = state->made[std::string(key)];
  if (!made) {
    Instance* instance = evaluator.new_instance(cls);
    instance->set_native<ConnectionStatePtr>(state);
    made = instance;
  }
  return made;
}

// ---- transactions

// begin() and begin_nested(). Within a step of a migration the outermost one is the step's own and
// not this object's to end.
struct TransactionState {
  ConnectionStatePtr connection;
  std::string savepoint;  // empty: the outermost
  bool active = true;
};

void run(Evaluator& evaluator, const ConnectionStatePtr& state, const std::string& sql) {
  guarded(evaluator, [&] {
    state->settle();
    if (state->host->offline()) {
      state->host->invoke(operations::Execute{sql::raw(sql)}, evaluator.place());
    } else {
      state->host->connection().execute(sql);
    }
  });
}

void end_transaction(Evaluator& evaluator, Value self, bool commit) {
  auto* transaction = python::native<TransactionState>(self);
  if (!transaction->active) return;
  transaction->active = false;
  if (transaction->savepoint.empty()) {
    guarded(evaluator, [&] {
      transaction->connection->settle();
      transaction->connection->host->end(!commit);
    });
    return;
  }
  run(evaluator, transaction->connection,
      (commit ? "RELEASE SAVEPOINT " : "ROLLBACK TO SAVEPOINT ") + transaction->savepoint);
}

void fill_transaction(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "__enter__(self)", [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(cls, "__exit__(self, type_, value, traceback)",
                   [](Evaluator& e, Arguments& args) {
                     end_transaction(e, args[0], args["type_"].is_none());
                     return Value::boolean(false);
                   });
  evaluator.define(cls, "commit(self)", [](Evaluator& e, Arguments& args) {
    end_transaction(e, args[0], true);
    return Value::none();
  });
  for (const char* name : {"rollback", "close"}) {
    evaluator.define(cls, std::string(name) + "(self)", [](Evaluator& e, Arguments& args) {
      end_transaction(e, args[0], false);
      return Value::none();
    });
  }
  evaluator.define_property(cls, "is_active", [](Evaluator&, Value self) {
    return Value::boolean(python::native<TransactionState>(self)->active);
  });
}

Value make_transaction(Evaluator& evaluator, const ConnectionStatePtr& state, bool nested) {
  TransactionState transaction{state, {}, true};
  if (nested) {
    transaction.savepoint = "sa_savepoint_" + std::to_string(++state->savepoints);
    run(evaluator, state, "SAVEPOINT " + transaction.savepoint);
  } else {
    state->host->begin();
  }
  Instance* made =
      evaluator.new_instance(make_class(evaluator, nested ? "NestedTransaction" : "RootTransaction",
                                        "sqlalchemy.engine.base", fill_transaction));
  made->set_native(std::move(transaction));
  return made;
}

// ---- the dialect

Value version_info(Evaluator& evaluator, const ConnectionStatePtr& state) {
  if (state->host->offline()) return Value::none();
  std::vector<Value> parts;
  std::string number;
  const std::string version = state->host->connection().server_version() + ".";
  for (const char c : version) {
    if (std::isdigit(static_cast<unsigned char>(c))) {
      number += c;
    } else {
      if (!number.empty()) parts.push_back(Value::integer(std::atoll(number.c_str())));
      number.clear();
      if (c != '.') break;
    }
  }
  return evaluator.tuple(std::move(parts));
}

void fill_preparer(Evaluator& evaluator, Class& cls) {
  for (const char* name : {"quote", "quote_schema", "format_schema"}) {
    evaluator.define(cls, std::string(name) + "(self, ident, force=None)",
                     [](Evaluator& e, Arguments& args) {
                       return e.str(state_of(args[0])->host->dialect().grammar().quote(
                           text_of(e, args["ident"], "an identifier")));
                     });
  }
  evaluator.define(cls, "quote_identifier(self, value)", [](Evaluator& e, Arguments& args) {
    return e.str(state_of(args[0])->host->dialect().grammar().quote_always(
        text_of(e, args["value"], "an identifier")));
  });
  evaluator.define(cls, "format_table(self, table, use_schema=True, name=None)",
                   [](Evaluator& e, Arguments& args) {
                     return e.str(compile_for(e, clause_element(e, args["table"]),
                                              state_of(args[0])->host->dialect().grammar(), {})
                                      .sql);
                   });
  evaluator.define(cls, "format_column(self, column, **kw)", [](Evaluator& e, Arguments& args) {
    return e.str(state_of(args[0])->host->dialect().grammar().quote(column_key(e, args["column"])));
  });
}

std::string_view default_driver(std::string_view dialect) {
  if (dialect == "postgresql") return "psycopg2";
  return dialect == "sqlite" ? "pysqlite" : "mysqldb";
}

// The driver that the URL names: postgresql+asyncpg.
std::string driver_of(const Host& host) {
  const std::string url = host.url();
  const std::size_t plus = url.find('+');
  const std::size_t colon = url.find(':');
  if (plus != std::string::npos && colon != std::string::npos && plus < colon) {
    return url.substr(plus + 1, colon - plus - 1);
  }
  return std::string(default_driver(host.dialect().name()));
}

constexpr std::string_view kDefaultSchema = "_retort_default_schema";

Value default_schema_name(Evaluator& evaluator, Value self) {
  if (const Value given = self.get<Instance>()->attributes.find(kDefaultSchema)) return given;
  const ConnectionStatePtr state = state_of(self);
  const std::string_view name = state->host->dialect().name();
  if (name == "sqlite") return evaluator.str("main");
  if (state->host->offline()) return Value::none();
  const std::optional<sql::Datum> found = guarded(evaluator, [&] {
    return state->host->connection().scalar(name == "postgresql" ? "SELECT current_schema()"
                                                                 : "SELECT DATABASE()");
  });
  return found ? from_datum(evaluator, *found, {}, name) : Value::none();
}

void fill_dialect(Evaluator& evaluator, Class& cls) {
  const auto text = [&](std::string_view name, auto getter) {
    evaluator.define_property(cls, name, [getter](Evaluator& e, Value self) {
      return e.str(getter(*state_of(self)->host));
    });
  };
  text("name", [](const Host& host) {
    const std::string_view name = host.dialect().name();
    return std::string(name);
  });
  text("driver", [](const Host& host) { return driver_of(host); });
  text("paramstyle", [](const Host& host) {
    return std::string(host.dialect().name() == "sqlite" ? "qmark" : "pyformat");
  });
  // What env.py sets is beside a search_path that it sets as well, which is what counts here.
  evaluator.define_property(cls, "default_schema_name", default_schema_name,
                            [](Evaluator&, Value self, Value name) {
                              self.get<Instance>()->attributes.set(kDefaultSchema, name);
                            });
  evaluator.define_property(cls, "server_version_info", [](Evaluator& e, Value self) {
    return version_info(e, state_of(self));
  });
  evaluator.define_property(cls, "is_mariadb", [](Evaluator&, Value self) {
    const Host& host = *state_of(self)->host;
    if (host.dialect().name() == "mariadb") return Value::boolean(true);
    return Value::boolean(host.dialect().name() == "mysql" && !host.offline() &&
                          database::is_mariadb_server(state_of(self)->host->connection()));
  });
  evaluator.define_property(cls, "max_identifier_length", [](Evaluator&, Value self) {
    return Value::integer(static_cast<std::int64_t>(
        state_of(self)->host->dialect().grammar().traits().max_identifier));
  });
  evaluator.define_property(cls, "supports_native_boolean", [](Evaluator&, Value self) {
    return Value::boolean(state_of(self)->host->dialect().grammar().traits().boolean_type);
  });
  for (const auto& [name, only] :
       {std::pair{"supports_sequences", "postgresql"},
        std::pair{"supports_native_enum", "postgresql"},
        std::pair{"supports_comments", "postgresql"}, std::pair{"supports_alter", "postgresql"}}) {
    evaluator.define_property(cls, name, [name = std::string_view(name)](Evaluator&, Value self) {
      const std::string_view dialect = state_of(self)->host->dialect().name();
      if (dialect == "postgresql") return Value::boolean(true);
      if (dialect == "sqlite") return Value::boolean(false);
      return Value::boolean(name != "supports_sequences" || dialect == "mariadb");
    });
    static_cast<void>(only);
  }
  evaluator.define_property(cls, "identifier_preparer", [](Evaluator& e, Value self) {
    return made_once(e, "preparer",
                     make_class(e, "IdentifierPreparer", "sqlalchemy.sql.compiler", fill_preparer),
                     state_of(self));
  });
  evaluator.define(cls, "type_descriptor(self, typeobj)",
                   [](Evaluator&, Arguments& args) { return args["typeobj"]; });
  evaluator.define(cls, "has_table(self, connection, table_name, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     const Value inspector = inspector_object(e, *state_of(args[0])->host);
                     std::vector<python::NamedValue> keywords;
                     if (present(args, "schema")) keywords.push_back({"schema", args["schema"]});
                     return e.call_method(inspector, "has_table", std::array{args["table_name"]},
                                          keywords);
                   });
  evaluator.define(cls, "has_index(self, connection, table_name, index_name, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     const Value inspector = inspector_object(e, *state_of(args[0])->host);
                     std::vector<python::NamedValue> keywords;
                     if (present(args, "schema")) keywords.push_back({"schema", args["schema"]});
                     const Value indexes = e.call_method(inspector, "get_indexes",
                                                         std::array{args["table_name"]}, keywords);
                     for (const Value& index : e.items(indexes)) {
                       if (e.equal(e.get_item(index, e.str("name")), args["index_name"])) {
                         return Value::boolean(true);
                       }
                     }
                     return Value::boolean(false);
                   });
}

// ---- the engine: sqlalchemy_engine.py

Value engine_of(Evaluator& evaluator, const ConnectionStatePtr& state, Value connection) {
  Value& engine = state->made["engine"];
  if (!engine) {
    engine = evaluator.call(
        evaluator.get_attr(evaluator.import_module("sqlalchemy.engine"), "_engine_of"),
        std::array{connection, evaluator.str(state->host->url())});
  }
  return engine;
}

// ---- the connection

// Parameters of execute(): a mapping or a list, or in 1.x's way further mappings or keywords.
Value gather_parameters(Evaluator& evaluator, Arguments& args) {
  if (!args.keywords().empty()) {
    python::Dict* dict = evaluator.dict();
    for (const auto& [name, value] : args.keywords()) {
      // execute(statement, parameters={...}); other names are the parameters of 1.x themselves.
      if (name == "parameters" && (value.is_none() || value.is_object())) return value;
      if (name != "execution_options") dict->set(evaluator, evaluator.str(name), value);
    }
    if (dict->size() > 0) return dict;
  }
  const std::span<const Value> rest = args.rest();
  if (rest.empty()) return {};
  if (rest.size() == 1 || !rest[1].get<python::Dict>()) return rest[0];
  return evaluator.list({rest.begin(), rest.end()});
}

void fill_connection(Evaluator& evaluator, Class& cls) {
  evaluator.define(
      cls, "execute(self, statement, *parameters, **kw)", [](Evaluator& e, Arguments& args) {
        return execute(e, state_of(args[0]), args["statement"], gather_parameters(e, args));
      });
  evaluator.define(cls, "exec_driver_sql(self, statement, parameters=None, execution_options=None)",
                   [](Evaluator& e, Arguments& args) {
                     return execute_driver_sql(e, state_of(args[0]),
                                               text_of(e, args["statement"], "exec_driver_sql()"),
                                               args["parameters"]);
                   });
  for (const char* name : {"scalar", "scalars"}) {
    evaluator.define(cls, std::string(name) + "(self, statement, *parameters, **kw)",
                     [name = std::string(name)](Evaluator& e, Arguments& args) {
                       const Value result = execute(e, state_of(args[0]), args["statement"],
                                                    gather_parameters(e, args));
                       return e.call_method(result, name);
                     });
  }
  evaluator.define(cls, "begin(self)", [](Evaluator& e, Arguments& args) {
    return make_transaction(e, state_of(args[0]), false);
  });
  evaluator.define(cls, "begin_nested(self)", [](Evaluator& e, Arguments& args) {
    return make_transaction(e, state_of(args[0]), true);
  });
  evaluator.define(cls, "commit(self)", [](Evaluator& e, Arguments& args) {
    const ConnectionStatePtr state = state_of(args[0]);
    guarded(e, [&] {
      state->settle();
      state->host->commit();
    });
    return Value::none();
  });
  evaluator.define(cls, "rollback(self)", [](Evaluator& e, Arguments& args) {
    const ConnectionStatePtr state = state_of(args[0]);
    guarded(e, [&] {
      state->settle();
      state->host->rollback();
    });
    return Value::none();
  });
  for (const char* name : {"in_transaction", "in_nested_transaction"}) {
    const bool nested = std::string_view(name) == "in_nested_transaction";
    evaluator.define(cls, std::string(name) + "(self)", [nested](Evaluator&, Arguments& args) {
      const ConnectionStatePtr state = state_of(args[0]);
      if (nested || state->host->offline()) return Value::boolean(false);
      return Value::boolean(state->host->connection().in_transaction());
    });
  }
  // The driver's own connection, as far as there is one.
  evaluator.define_property(cls, "connection", [](Evaluator& e, Value self) {
    return e.call(e.get_attr(e.import_module("_dbapi"), "raw_connection"), std::array{self});
  });
  evaluator.define(cls, "get_transaction(self)",
                   [](Evaluator&, Arguments&) { return Value::none(); });
  evaluator.define(cls, "get_isolation_level(self)",
                   [](Evaluator& e, Arguments&) { return e.str("SERIALIZABLE"); });
  for (const char* name : {"dialect", "engine"}) {
    const bool dialect = std::string_view(name) == "dialect";
    evaluator.define_property(cls, name, [dialect](Evaluator& e, Value self) {
      const ConnectionStatePtr state = state_of(self);
      if (dialect) return dialect_object(e, *state->host);
      return engine_of(e, state, self);
    });
  }
  evaluator.define_property(
      cls, "closed", [](Evaluator&, Value self) { return Value::boolean(state_of(self)->closed); });
  evaluator.define_property(cls, "invalidated",
                            [](Evaluator&, Value) { return Value::boolean(false); });
  evaluator.define_property(cls, "info", [](Evaluator& e, Value self) -> Value {
    Instance* instance = self.get<Instance>();
    if (const Value made = instance->attributes.find("_info")) return made;
    const Value made = e.dict();
    instance->attributes.set("_info", made);
    return made;
  });
  // Closing is left to the run.
  for (const char* name : {"close", "detach", "invalidate"}) {
    evaluator.define(cls, std::string(name) + "(self)",
                     [](Evaluator&, Arguments&) { return Value::none(); });
  }
  evaluator.define(cls, "connect(self, **kw)", [](Evaluator&, Arguments& args) { return args[0]; });
  // What only asks for rows, as a query of the ORM does, isn't printed with --sql.
  evaluator.define(cls, "_require_answers(self)", [](Evaluator& e, Arguments& args) {
    if (state_of(args[0])->host->offline()) refuse_to_answer(e);
    return Value::none();
  });
  evaluator.define(cls, "execution_options(self, **kw)", [](Evaluator& e, Arguments& args) {
    for (const auto& [name, value] : args.keywords()) {
      if (name == "isolation_level" && value.is_str() &&
          equal_ignoring_case(value.as_str(), "AUTOCOMMIT")) {
        const ConnectionStatePtr state = state_of(args[0]);
        guarded(e, [&] {
          state->settle();
          state->host->enter_autocommit();
        });
      }
    }
    return args[0];
  });
  evaluator.define(cls, "get_execution_options(self)",
                   [](Evaluator& e, Arguments&) { return Value(e.dict()); });
  evaluator.define(cls, "run_callable(self, callable_, *args, **kwargs)",
                   [](Evaluator& e, Arguments& args) {
                     std::vector<Value> all{args[0]};
                     for (const Value& value : args.rest()) all.push_back(value);
                     return e.call(args["callable_"], all);
                   });
  // AsyncConnection.run_sync() of projects that share helpers.
  evaluator.define(cls, "run_sync(self, fn, *args, **kwargs)", [](Evaluator& e, Arguments& args) {
    std::vector<Value> all{args[0]};
    for (const Value& value : args.rest()) all.push_back(value);
    return e.call(args["fn"], all);
  });
  evaluator.define(cls, "__enter__(self)", [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(cls, "__exit__(self, type_, value, traceback)",
                   [](Evaluator&, Arguments&) { return Value::boolean(false); });
}

ConnectionStatePtr state_of_session(Evaluator& evaluator, Host& session) {
  Module& objects = registry(evaluator);
  const std::string key = "session " + std::to_string(reinterpret_cast<std::uintptr_t>(&session));
  if (const Value made = objects.attributes.find(key)) return state_of(made);
  auto state = std::make_shared<ConnectionState>();
  state->host = &session;
  Instance* holder = evaluator.new_instance(evaluator.builtin_class("object"));
  holder->set_native<ConnectionStatePtr>(state);
  objects.attributes.set(key, holder);
  return state;
}

// A type may ask for the dialect before env.py configures a session: it is what the host takes it
// for.
Host& session_or(Host& host) {
  try {
    return host.session();
  } catch (const Error&) {
    return host;
  }
}

}  // namespace

ConnectionStatePtr connection_state(Evaluator& evaluator, Host& host) {
  return state_of_session(evaluator, host.session());
}

Value connection_object(Evaluator& evaluator, Host& host) {
  return made_once(evaluator, "connection",
                   make_class(evaluator, "Connection", "sqlalchemy.engine.base", fill_connection),
                   connection_state(evaluator, host));
}

Value connection_of(Evaluator& evaluator, Host& host, Value engine) {
  connection_state(evaluator, host)->made["engine"] = engine;
  return connection_object(evaluator, host);
}

Host* session_of(Value connection) {
  const ConnectionStatePtr state = state_of(connection);
  return state ? state->host : nullptr;
}

python::Class* dialect_class(Evaluator& evaluator, std::string_view name) {
  struct Named {
    std::string_view dialect;
    const char* cls;
    const char* module;
  };
  static constexpr Named kClasses[] = {
      {"postgresql", "PGDialect", "sqlalchemy.dialects.postgresql.base"},
      {"mysql", "MySQLDialect", "sqlalchemy.dialects.mysql.base"},
      {"mariadb", "MariaDBDialect", "sqlalchemy.dialects.mysql.mariadb"},
      {"sqlite", "SQLiteDialect", "sqlalchemy.dialects.sqlite.base"},
      {"mssql", "MSDialect", "sqlalchemy.dialects.mssql.base"},
      {"oracle", "OracleDialect", "sqlalchemy.dialects.oracle.base"},
  };
  Class* base = make_class(evaluator, "Dialect", "sqlalchemy.engine.default", fill_dialect);
  for (const Named& one : kClasses) {
    if (one.dialect != name) continue;
    if (name == "mariadb") base = dialect_class(evaluator, "mysql");
    const Value known = evaluator.import_module(kRegistry).get<Module>()->attributes.find(one.cls);
    if (known) return known.get<Class>();
    Class* cls = evaluator.define_class(one.cls, one.module, {base});
    evaluator.import_module(kRegistry).get<Module>()->attributes.set(one.cls, cls);
    return cls;
  }
  return base;
}

Value dialect_object(Evaluator& evaluator, Host& host) {
  return made_once(evaluator, "dialect", dialect_class(evaluator, host.dialect().name()),
                   state_of_session(evaluator, session_or(host)));
}

void bind_connections(Evaluator& evaluator, Host& host) {
  evaluator.bind_module(std::string(kRegistry), [](Evaluator&, Module&) {});
  evaluator.bind_module("_connection", [&host](Evaluator& e, Module& module) {
    module.attributes.set("Connection",
                          make_class(e, "Connection", "sqlalchemy.engine.base", fill_connection));
    module.attributes.set("Dialect",
                          make_class(e, "Dialect", "sqlalchemy.engine.default", fill_dialect));
    module.on_missing = [&host](Evaluator& ev, std::string_view name) -> Value {
      if (name != "Inspector") return {};
      return inspector_class(ev, host);
    };
  });
}

}  // namespace retort::modules
