#include "dialect/inspector.h"

#include <algorithm>
#include <array>

#include "database/mariadb.h"
#include "modules/arguments.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/inspector_values.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"
#include "sql/grammar.h"

// sa.inspect(bind): the live schema in the shapes of SQLAlchemy's Inspector
// (https://docs.sqlalchemy.org/en/20/core/reflection.html), and reflection into Table objects.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Dict;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

Value texts(Evaluator& evaluator, const std::vector<std::string>& all) {
  std::vector<Value> items;
  for (const std::string& text : all) items.push_back(evaluator.str(text));
  return evaluator.list(std::move(items));
}

std::string schema_argument(Evaluator& evaluator, const Arguments& args) {
  std::string schema;
  read_text(evaluator, args, "schema", schema);
  return schema;
}

namespace {

constexpr std::string_view kModule = "retort.sqlalchemy.inspector";

struct InspectedSession {
  const Host* session = nullptr;
  std::shared_ptr<dialect::Inspector> inspector{};
};

dialect::Inspector& inspector_in(Evaluator& evaluator) {
  auto* module = evaluator.import_module(kModule).get<Module>();
  return *python::native<InspectedSession>(module->attributes.find("inspector"))->inspector;
}

schema::Table table_argument(Evaluator& evaluator, const Arguments& args) {
  std::string name = text_of(evaluator, args["table_name"], "table_name");
  std::string schema = schema_argument(evaluator, args);
  dialect::Inspector& inspector = inspector_in(evaluator);
  if (!inspector.has_table(name, schema)) {
    evaluator.raise(exception_class(evaluator, "NoSuchTableError"), name);
  }
  return inspector.table(name, schema);
}

std::string default_text(const schema::ServerDefault& value, const sql::Grammar& grammar) {
  if (const auto* text = std::get_if<std::string>(&value))
    return grammar.literal(sql::Datum(*text));
  return sql::compile_ddl(std::get<sql::Expression>(value), grammar);
}

Value column_value(Evaluator& evaluator, const schema::Table& table, const schema::Column& column,
                   const sql::Grammar& grammar) {
  DictBuilder dict(evaluator);
  dict.text("name", column.name);
  dict.set("type", from_type(evaluator, column.type));
  dict.flag("nullable", column.nullable);
  dict.set("default", column.server_default
                          ? evaluator.str(default_text(*column.server_default, grammar))
                          : Value::none());
  std::int64_t position = 0;
  if (const schema::PrimaryKey* key = table.primary_key()) {
    auto found = std::ranges::find(key->columns, column.name);
    if (found != key->columns.end()) position = found - key->columns.begin() + 1;
  }
  dict.set("primary_key", Value::integer(position));
  if (column.computed) {
    DictBuilder computed(evaluator);
    computed.text("sqltext", sql::compile_ddl(column.computed->expression, grammar));
    computed.flag("persisted", column.computed->persisted.value_or(false));
    dict.set("computed", computed);
  }
  return dict;
}

Value name_value(Evaluator& evaluator, const schema::Name& name) {
  return name.empty() ? Value::none() : evaluator.str(name.text);
}

Value foreign_key_value(Evaluator& evaluator, const schema::ForeignKey& key) {
  DictBuilder options(evaluator);
  if (!key.ondelete.empty()) options.text("ondelete", key.ondelete);
  if (!key.onupdate.empty()) options.text("onupdate", key.onupdate);
  if (key.deferral.deferrable) options.flag("deferrable", *key.deferral.deferrable);
  if (!key.deferral.initially.empty()) options.text("initially", key.deferral.initially);
  DictBuilder dict(evaluator);
  dict.set("name", name_value(evaluator, key.name));
  dict.set("constrained_columns", texts(evaluator, key.columns));
  dict.text("referred_schema", key.referred_schema);
  dict.text("referred_table", key.referred_table);
  dict.set("referred_columns", texts(evaluator, key.referred_columns));
  dict.set("options", options);
  return dict;
}

Value index_value(Evaluator& evaluator, const schema::Index& index, const sql::Grammar& grammar) {
  std::vector<Value> names;
  std::vector<Value> expressions;
  bool has_expression = false;
  for (const schema::IndexKey& key : index.keys) {
    if (key.expression) {
      has_expression = true;
      names.push_back(Value::none());
      expressions.push_back(evaluator.str(sql::compile_ddl(key.expression, grammar)));
    } else {
      names.push_back(evaluator.str(key.column));
      expressions.push_back(names.back());
    }
  }
  DictBuilder dict(evaluator);
  dict.text("name", index.name.text);
  dict.set("column_names", evaluator.list(std::move(names)));
  dict.set("unique", Value::integer(index.unique ? 1 : 0));
  dict.set("dialect_options", evaluator.dict());
  if (has_expression) dict.set("expressions", evaluator.list(std::move(expressions)));
  return dict;
}

template <typename T, typename Make>
Value constraint_values(Evaluator& evaluator, const schema::Table& table, Make make) {
  std::vector<Value> found;
  for (const schema::Constraint& constraint : table.constraints) {
    if (const T* own = std::get_if<T>(&constraint)) found.push_back(make(*own));
  }
  return evaluator.list(std::move(found));
}

constexpr std::string_view kTableSignature = "(self, table_name, schema=None, **kw)";

constexpr auto table_method = define_table_method;

void define_tables(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "get_table_names(self, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     return texts(e, inspector_in(e).table_names(schema_argument(e, args)));
                   });
  evaluator.define(cls, "get_view_names(self, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     return texts(e, inspector_in(e).view_names(schema_argument(e, args)));
                   });
  for (std::string_view none : {"get_sequence_names", "get_materialized_view_names",
                                "get_temp_table_names", "get_temp_view_names"}) {
    evaluator.define(cls, std::string(none) + "(self, schema=None, **kw)",
                     [](Evaluator& e, Arguments&) { return e.list(); });
  }
  evaluator.define(cls, "get_schema_names(self, **kw)", [](Evaluator& e, Arguments&) {
    return texts(e, inspector_in(e).schema_names());
  });
  evaluator.define(cls, "has_table(self, table_name, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     return Value::boolean(inspector_in(e).has_table(
                         text_of(e, args["table_name"], "table_name"), schema_argument(e, args)));
                   });
  evaluator.define(cls, "has_index(self, table_name, index_name, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     std::string name = text_of(e, args["table_name"], "table_name");
                     std::string schema = schema_argument(e, args);
                     std::string index = text_of(e, args["index_name"], "index_name");
                     if (!inspector_in(e).has_table(name, schema)) return Value::boolean(false);
                     schema::Table table = inspector_in(e).table(name, schema);
                     return Value::boolean(std::ranges::any_of(
                         table.indexes, [&](const auto& own) { return own.name.text == index; }));
                   });
  evaluator.define(cls, "get_view_definition(self, view_name, schema=None, **kw)",
                   [](Evaluator& e, Arguments& args) {
                     return e.str(inspector_in(e).view_definition(
                         text_of(e, args["view_name"], "view_name"), schema_argument(e, args)));
                   });
  evaluator.define(cls, "clear_cache(self)", [](Evaluator&, Arguments&) { return Value::none(); });
}

void define_table_parts(Evaluator& evaluator, Class& cls, const sql::Grammar& grammar) {
  table_method(evaluator, cls, "get_columns", [&grammar](Evaluator& e, const schema::Table& table) {
    std::vector<Value> columns;
    for (const schema::Column& column : table.columns) {
      columns.push_back(column_value(e, table, column, grammar));
    }
    return e.list(std::move(columns));
  });
  table_method(evaluator, cls, "get_pk_constraint", [](Evaluator& e, const schema::Table& table) {
    const schema::PrimaryKey* key = table.primary_key();
    DictBuilder dict(e);
    dict.set("constrained_columns", texts(e, key ? key->columns : std::vector<std::string>()));
    dict.set("name", key ? name_value(e, key->name) : Value::none());
    return Value(dict);
  });
  table_method(evaluator, cls, "get_foreign_keys", [](Evaluator& e, const schema::Table& table) {
    return constraint_values<schema::ForeignKey>(
        e, table, [&](const schema::ForeignKey& key) { return foreign_key_value(e, key); });
  });
  table_method(evaluator, cls, "get_unique_constraints",
               [](Evaluator& e, const schema::Table& table) {
                 return constraint_values<schema::Unique>(e, table, [&](const schema::Unique& own) {
                   DictBuilder dict(e);
                   dict.set("name", name_value(e, own.name));
                   dict.set("column_names", texts(e, own.columns));
                   return Value(dict);
                 });
               });
  table_method(evaluator, cls, "get_check_constraints",
               [&grammar](Evaluator& e, const schema::Table& table) {
                 return constraint_values<schema::Check>(e, table, [&](const schema::Check& own) {
                   DictBuilder dict(e);
                   dict.text("sqltext", sql::compile_ddl(own.condition, grammar));
                   dict.set("name", name_value(e, own.name));
                   return Value(dict);
                 });
               });
  table_method(evaluator, cls, "get_indexes", [&grammar](Evaluator& e, const schema::Table& table) {
    std::vector<schema::Index> indexes = table.indexes;
    std::ranges::sort(indexes, {}, [](const schema::Index& index) { return index.name.text; });
    std::vector<Value> values;
    for (const schema::Index& index : indexes) values.push_back(index_value(e, index, grammar));
    return e.list(std::move(values));
  });
  table_method(evaluator, cls, "get_table_comment", [](Evaluator& e, const schema::Table& table) {
    if (schema_host(e).dialect().name() == "sqlite") e.raise("NotImplementedError", "");
    DictBuilder dict(e);
    dict.text("text", table.comment.value_or(""));
    return Value(dict);
  });
  table_method(evaluator, cls, "get_table_options",
               [](Evaluator& e, const schema::Table&) { return Value(e.dict()); });
}

// An exception of SQLAlchemy's: scripts that can do without an answer catch it.
void need_database(Evaluator& evaluator, const Host& host) {
  if (!host.offline()) return;
  evaluator.raise(exception_class(evaluator, "NoInspectionAvailable"),
                  "this reads the schema of the database, and with --sql there is none; "
                  "context.is_offline_mode() tells");
}

// The inspector reads the session that was asked for last: a run moves from one database to the
// next and doesn't come back.
void inspect_session(Evaluator& evaluator, Module& module, Host& host) {
  Host* session = &host.session();
  const Value holder = module.attributes.find("inspector");
  if (holder && python::native<InspectedSession>(holder)->session == session) return;
  Instance* made = evaluator.new_instance(evaluator.builtin_class("object"));
  made->set_native(InspectedSession{session, dialect::make_inspector(session->connection())});
  module.attributes.set("inspector", made);
}

}  // namespace

void define_table_method(Evaluator& evaluator, Class& cls, std::string_view name,
                         std::function<Value(Evaluator&, const schema::Table&)> get) {
  evaluator.define(cls, std::string(name) + std::string(kTableSignature),
                   [get = std::move(get)](Evaluator& e, Arguments& args) {
                     return get(e, table_argument(e, args));
                   });
}

Class* inspector_class(Evaluator& evaluator, Host& host) {
  if (!evaluator.has_native_module(kModule)) {
    evaluator.bind_module(std::string(kModule), [&host](Evaluator& e, Module& module) {
      Class* cls = e.define_class("Inspector", "sqlalchemy.engine.reflection");
      define_tables(e, *cls);
      define_table_parts(e, *cls, host.dialect().grammar());
      if (host.dialect().name() == "postgresql" && !host.offline()) {
        define_postgresql_inspector(e, *cls, host.connection());
      }
      if (!host.offline() && database::is_mysql_like(host.connection())) {
        define_mariadb_inspector(e, *cls, host.dialect().grammar(), host.connection());
      }
      // As it was made before inspect(): Inspector(bind), Inspector.from_engine(bind).
      const auto of_bind = [](Evaluator& ev, Arguments& args) {
        return ev.call(ev.get_attr(ev.import_module("sqlalchemy"), "inspect"),
                       std::array{args["bind"]});
      };
      e.define_class_method(*cls, "from_engine(cls, bind)", of_bind);
      e.define(*cls, "__init__(self, bind)", [of_bind](Evaluator& ev, Arguments& args) {
        of_bind(ev, args);
        return Value::none();
      });
      e.define_property(*cls, "default_schema_name", [](Evaluator& ev, Value) {
        return ev.str(inspector_in(ev).default_schema());
      });
      auto bind = [&host](Evaluator& ev, Value) { return connection_object(ev, host); };
      e.define_property(*cls, "bind", bind);
      e.define_property(*cls, "engine", bind);
      e.define_property(*cls, "dialect",
                        [&host](Evaluator& ev, Value) { return dialect_object(ev, host); });
      module.attributes.set("object", e.new_instance(cls));
    });
  }
  return evaluator.type_of(evaluator.get_attr(evaluator.import_module(kModule), "object"));
}

Value inspector_object(Evaluator& evaluator, Host& host) {
  need_database(evaluator, host);
  static_cast<void>(inspector_class(evaluator, host));
  auto* module = evaluator.import_module(kModule).get<Module>();
  inspect_session(evaluator, *module, host);
  return evaluator.get_attr(module, "object");
}

std::vector<Value> reflect_table(Evaluator& evaluator, const std::string& schema,
                                 const std::string& name) {
  inspector_object(evaluator, schema_host(evaluator));
  dialect::Inspector& inspector = inspector_in(evaluator);
  if (!inspector.has_table(name, schema)) {
    evaluator.raise(exception_class(evaluator, "NoSuchTableError"), name);
  }
  schema::Table table = inspector.table(name, schema);
  std::vector<Value> items;
  const sql::Grammar& grammar = schema_host(evaluator).dialect().grammar();
  Value text = evaluator.get_attr(evaluator.import_module("sqlalchemy"), "text");
  for (const schema::Column& column : table.columns) {
    items.push_back(make_column(evaluator, column));
    if (!column.server_default) continue;
    Value written = evaluator.str(default_text(*column.server_default, grammar));
    items.back().get<Instance>()->attributes.set(kServerDefault,
                                                 evaluator.call(text, std::array{written}));
  }
  auto hold = [&](std::string_view cls, auto reflected) {
    Instance* instance = evaluator.new_instance(schema_class(evaluator, cls));
    set_item(evaluator, instance, std::move(reflected));
    items.push_back(instance);
  };
  for (const schema::Constraint& constraint : table.constraints) {
    hold("Constraint", ConstraintItem{constraint});
  }
  for (const schema::Index& index : table.indexes) hold("Index", IndexItem{index});
  return items;
}

std::vector<std::string> reflected_table_names(Evaluator& evaluator, const std::string& schema) {
  inspector_object(evaluator, schema_host(evaluator));
  return inspector_in(evaluator).table_names(schema);
}

}  // namespace retort::modules
