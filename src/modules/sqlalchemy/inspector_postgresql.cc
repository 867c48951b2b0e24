#include <algorithm>
#include <array>

#include "dialect/has_table.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/inspector_values.h"
#include "modules/sqlalchemy/types.h"

// sa.inspect(bind) of a PostgreSQL database, in the shapes of SQLAlchemy's PGInspector.
namespace retort::modules {

namespace pg = dialect::postgresql;
using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Value;
using schema::find_option;

namespace {

Value optional_text(Evaluator& evaluator, const std::optional<std::string>& text) {
  return text ? evaluator.str(*text) : Value::none();
}

std::string sql_of(const sql::Expression& expression) {
  return sql::compile_ddl(expression, pg::grammar());
}

std::vector<std::string> list_option(const schema::Options& options, std::string_view name) {
  const schema::Option* option = find_option(options, name);
  const auto* list = option ? std::get_if<std::vector<std::string>>(&option->value) : nullptr;
  return list ? *list : std::vector<std::string>();
}

Value text_option(Evaluator& evaluator, const schema::Options& options, std::string_view name) {
  const schema::Option* option = find_option(options, name);
  const auto* text = option ? std::get_if<std::string>(&option->value) : nullptr;
  return text ? evaluator.str(*text) : Value::none();
}

Value pairs_value(Evaluator& evaluator,
                  const std::vector<std::pair<std::string, std::string>>& pairs) {
  DictBuilder dict(evaluator);
  for (const auto& [name, value] : pairs) dict.set(name, evaluator.str(value));
  return dict;
}

Value identity_value(Evaluator& evaluator, const schema::Identity& identity) {
  DictBuilder dict(evaluator);
  dict.flag("always", identity.always);
  const schema::SequenceOptions& options = identity.sequence;
  auto number = [&](std::string_view name, const std::optional<std::int64_t>& value) {
    if (value) dict.set(name, Value::integer(*value));
  };
  number("start", options.start);
  number("increment", options.increment);
  number("minvalue", options.min_value);
  number("maxvalue", options.max_value);
  number("cache", options.cache);
  dict.flag("cycle", options.cycle.value_or(false));
  return dict;
}

// A default that reads a sequence has the schema's name where it is asked for by name.
std::string in_schema(const std::string& value, const std::string& schema) {
  static constexpr std::string_view kCall = "nextval('";
  std::size_t at = value.find(kCall);
  if (schema.empty() || at == std::string::npos) return value;
  std::size_t begin = at + kCall.size();
  std::string_view name = std::string_view(value).substr(begin, value.find('\'', begin) - begin);
  if (name.find('.') != std::string_view::npos) return value;
  return value.substr(0, begin) + "\"" + schema + "\"." + value.substr(begin);
}

Value column_value(Evaluator& evaluator, const schema::Column& column, const std::string& schema) {
  bool is_domain = column.type.name == "DOMAIN";
  std::optional<std::string> value;
  if (const schema::Option* serial = find_option(column.options, "postgresql_serial")) {
    value = std::get<std::string>(serial->value);
  } else if (column.server_default) {
    value = sql_of(std::get<sql::Expression>(*column.server_default));
  } else if (is_domain && !column.type.option("default_sql").empty()) {
    value = std::string(column.type.option("default_sql"));
  }
  DictBuilder dict(evaluator);
  dict.text("name", column.name);
  dict.set("type", from_type(evaluator, column.type));
  dict.flag("nullable",
            column.nullable && !(is_domain && column.type.option("not_null") == "true"));
  dict.set("default", value ? evaluator.str(in_schema(*value, schema)) : Value::none());
  dict.flag("autoincrement", column.autoincrement == schema::Autoincrement::kTrue ||
                                 (value && value->find("nextval('") != std::string::npos));
  dict.set("comment", optional_text(evaluator, column.comment));
  if (column.computed) {
    DictBuilder computed(evaluator);
    computed.text("sqltext", sql_of(column.computed->expression));
    computed.flag("persisted", column.computed->persisted.value_or(false));
    dict.set("computed", computed);
  }
  if (column.identity) dict.set("identity", identity_value(evaluator, *column.identity));
  return dict;
}

Value key_options(Evaluator& evaluator, const schema::Options& options, bool unique) {
  DictBuilder dict(evaluator);
  dict.set("postgresql_include", texts(evaluator, list_option(options, "postgresql_include")));
  if (unique) {
    dict.flag("postgresql_nulls_not_distinct",
              find_option(options, "postgresql_nulls_not_distinct") != nullptr);
  }
  return dict;
}

Value primary_key_value(Evaluator& evaluator, const schema::Table& table) {
  DictBuilder dict(evaluator);
  const schema::PrimaryKey* key = table.primary_key();
  if (!key) {
    dict.set("constrained_columns", evaluator.list());
    dict.set("name", Value::none());
    return dict;
  }
  dict.set("constrained_columns", texts(evaluator, key->columns));
  dict.text("name", key->name.text);
  dict.set("comment", text_option(evaluator, key->options, "postgresql_comment"));
  dict.set("dialect_options", key_options(evaluator, key->options, false));
  return dict;
}

Value unique_value(Evaluator& evaluator, const schema::Unique& unique) {
  DictBuilder dict(evaluator);
  dict.set("column_names", texts(evaluator, unique.columns));
  dict.text("name", unique.name.text);
  dict.set("comment", text_option(evaluator, unique.options, "postgresql_comment"));
  dict.set("dialect_options", key_options(evaluator, unique.options, true));
  return dict;
}

Value check_value(Evaluator& evaluator, const schema::Check& check) {
  DictBuilder dict(evaluator);
  dict.text("name", check.name.text);
  dict.text("sqltext", sql_of(check.condition));
  dict.set("comment", text_option(evaluator, check.options, "postgresql_comment"));
  DictBuilder options(evaluator);
  if (find_option(check.options, "postgresql_not_valid")) options.flag("not_valid", true);
  if (find_option(check.options, "postgresql_no_inherit")) options.flag("no_inherit", true);
  if (!options.empty()) dict.set("dialect_options", options);
  return dict;
}

Value foreign_key_value(Evaluator& evaluator, const schema::ForeignKey& key) {
  DictBuilder options(evaluator);
  if (!key.onupdate.empty()) options.text("onupdate", key.onupdate);
  if (!key.ondelete.empty()) options.text("ondelete", key.ondelete);
  if (!key.deferral.initially.empty()) options.text("initially", key.deferral.initially);
  if (key.deferral.deferrable) options.flag("deferrable", *key.deferral.deferrable);
  if (!key.match.empty()) options.text("match", key.match);
  DictBuilder dict(evaluator);
  dict.text("name", key.name.text);
  dict.set("constrained_columns", texts(evaluator, key.columns));
  dict.text("referred_schema", key.referred_schema);
  dict.text("referred_table", key.referred_table);
  dict.set("referred_columns", texts(evaluator, key.referred_columns));
  dict.set("options", options);
  dict.set("comment", text_option(evaluator, key.options, "postgresql_comment"));
  return dict;
}

Value index_value(Evaluator& evaluator, const pg::IndexInfo& index) {
  std::vector<Value> columns;
  std::vector<std::string> elements;
  bool has_expression = false;
  DictBuilder classes(evaluator);
  DictBuilder sorting(evaluator);
  for (const pg::IndexInfo::Element& element : index.elements) {
    has_expression = has_expression || element.is_expression;
    columns.push_back(element.is_expression ? Value::none() : evaluator.str(element.text));
    elements.push_back(element.text);
    if (!element.opclass.empty()) classes.set(element.text, evaluator.str(element.opclass));
    std::vector<Value> words;
    if (element.descending) {
      words.push_back(evaluator.str("desc"));
      if (!element.nulls_first) words.push_back(evaluator.str("nulls_last"));
    } else if (element.nulls_first) {
      words.push_back(evaluator.str("nulls_first"));
    }
    if (!words.empty()) sorting.set(element.text, evaluator.tuple(std::move(words)));
  }
  DictBuilder dict(evaluator);
  dict.text("name", index.name);
  dict.flag("unique", index.unique);
  dict.set("column_names", evaluator.list(std::move(columns)));
  if (has_expression) dict.set("expressions", texts(evaluator, elements));
  if (!sorting.empty()) dict.set("column_sorting", sorting);
  if (index.of_constraint) dict.text("duplicates_constraint", index.name);
  DictBuilder options(evaluator);
  if (!classes.empty()) options.set("postgresql_ops", classes);
  if (!index.with.empty()) options.set("postgresql_with", pairs_value(evaluator, index.with));
  if (index.method != "btree") options.text("postgresql_using", index.method);
  if (!index.where.empty()) options.text("postgresql_where", index.where);
  options.set("postgresql_include", texts(evaluator, index.include));
  if (index.nulls_not_distinct) options.flag("postgresql_nulls_not_distinct", true);
  if (!index.valid) options.flag("postgresql_invalid", true);
  dict.set("dialect_options", options);
  return dict;
}

Value table_options_value(Evaluator& evaluator, const schema::Options& options) {
  DictBuilder dict(evaluator);
  for (const schema::Option& option : options) {
    if (option.name == "postgresql_with") {
      dict.set(option.name,
               pairs_value(evaluator, std::get<std::vector<std::pair<std::string, std::string>>>(
                                          option.value)));
    } else if (option.name == "postgresql_inherits") {
      std::vector<Value> parents;
      for (const std::string& name : std::get<std::vector<std::string>>(option.value)) {
        parents.push_back(evaluator.str(name));
      }
      dict.set(option.name, evaluator.tuple(std::move(parents)));
    } else if (option.name == "postgresql_using" || option.name == "postgresql_tablespace") {
      dict.set(option.name, evaluator.str(std::get<std::string>(option.value)));
    }
  }
  return dict;
}

Value enum_value(Evaluator& evaluator, const sql::Type& type, const std::string& shown_schema) {
  DictBuilder dict(evaluator);
  dict.text("name", type.type_name);
  dict.text("schema", type.schema.empty() ? shown_schema : type.schema);
  dict.flag("visible", type.schema.empty() || type.schema == shown_schema);
  dict.set("labels", texts(evaluator, type.values));
  return dict;
}

Value domain_value(Evaluator& evaluator, const sql::Type& type, const std::string& shown_schema) {
  DictBuilder dict(evaluator);
  dict.text("name", type.type_name);
  dict.text("schema", type.schema.empty() ? shown_schema : type.schema);
  dict.flag("visible", type.schema.empty() || type.schema == shown_schema);
  dict.text("type", pg::grammar().type(type.arguments.front()));
  dict.flag("nullable", type.option("not_null") != "true");
  dict.text("default", type.option("default_sql"));
  std::vector<Value> constraints;
  if (!type.option("check").empty()) {
    DictBuilder constraint(evaluator);
    constraint.text("name", type.option("constraint_name"));
    constraint.text("check", type.option("check"));
    constraints.push_back(constraint);
  }
  dict.set("constraints", evaluator.list(std::move(constraints)));
  dict.text("collation", type.collation);
  return dict;
}

// Defines methods over one table, which is read each time.
class Definer {
 public:
  Definer(Evaluator& evaluator, Class& cls, database::Connection& connection)
      : evaluator_(evaluator), cls_(cls), connection_(connection) {}

  template <typename Get>
  void table_method(std::string_view name, Get get) {
    define(name, "table_name, ", [get, &connection = connection_](Evaluator& e, Arguments& args) {
      std::string table = text_of(e, args["table_name"], "table_name");
      std::string schema = schema_argument(e, args);
      need_table(e, connection, table, schema);
      return get(e, pg::inspect_table(connection, table, schema));
    });
  }

  template <typename T>
  void constraint_method(std::string_view name, Value (*make)(Evaluator&, const T&)) {
    table_method(name, [make](Evaluator& e, const schema::Table& table) {
      std::vector<Value> found;
      for (const schema::Constraint& constraint : table.constraints) {
        if (const T* own = std::get_if<T>(&constraint)) found.push_back(make(e, *own));
      }
      return e.list(std::move(found));
    });
  }

  void names_method(std::string_view name, pg::Kind kind) {
    define(name, "", [kind, &connection = connection_](Evaluator& e, Arguments& args) {
      return texts(e, pg::names(connection, kind, schema_argument(e, args)));
    });
  }

  template <typename Call>
  void define(std::string_view name, std::string_view parameters, Call call) {
    evaluator_.define(
        cls_, std::string(name) + "(self, " + std::string(parameters) + "schema=None, **kw)", call);
  }

  static void need_table(Evaluator& evaluator, database::Connection& connection,
                         const std::string& table, const std::string& schema) {
    if (dialect::has_table(connection, schema, table)) return;
    evaluator.raise(exception_class(evaluator, "NoSuchTableError"),
                    schema.empty() ? table : schema + "." + table);
  }

 private:
  Evaluator& evaluator_;
  Class& cls_;
  database::Connection& connection_;
};

std::string shown_schema(database::Connection& connection) {
  auto found = connection.scalar("SELECT pg_catalog.current_schema()::text");
  const auto* text = found ? std::get_if<std::string>(&*found) : nullptr;
  return text ? *text : "";
}

}  // namespace

void define_postgresql_inspector(Evaluator& evaluator, Class& cls,
                                 database::Connection& connection) {
  Definer definer(evaluator, cls, connection);
  definer.table_method("get_columns", [](Evaluator& e, const schema::Table& table) {
    std::vector<Value> columns;
    for (const schema::Column& column : table.columns) {
      columns.push_back(column_value(e, column, table.schema));
    }
    return e.list(std::move(columns));
  });
  definer.table_method("get_pk_constraint", primary_key_value);
  definer.constraint_method("get_foreign_keys", foreign_key_value);
  definer.constraint_method("get_unique_constraints", unique_value);
  definer.constraint_method("get_check_constraints", check_value);
  definer.table_method("get_table_comment", [](Evaluator& e, const schema::Table& table) {
    DictBuilder dict(e);
    dict.set("text", optional_text(e, table.comment));
    return Value(dict);
  });
  definer.table_method("get_table_options", [](Evaluator& e, const schema::Table& table) {
    return table_options_value(e, table.options);
  });
  definer.define("get_indexes", "table_name, ", [&connection](Evaluator& e, Arguments& args) {
    std::string table = text_of(e, args["table_name"], "table_name");
    std::string schema = schema_argument(e, args);
    Definer::need_table(e, connection, table, schema);
    std::vector<Value> values;
    for (const pg::IndexInfo& index : pg::inspect_indexes(connection, table, schema)) {
      values.push_back(index_value(e, index));
    }
    return e.list(std::move(values));
  });
  definer.names_method("get_sequence_names", pg::Kind::kSequence);
  definer.names_method("get_materialized_view_names", pg::Kind::kMaterializedView);
  definer.names_method("get_temp_table_names", pg::Kind::kTemporaryTable);
  definer.names_method("get_temp_view_names", pg::Kind::kTemporaryView);
  definer.define("has_sequence", "sequence_name, ", [&connection](Evaluator& e, Arguments& args) {
    std::vector<std::string> all =
        pg::names(connection, pg::Kind::kSequence, schema_argument(e, args));
    std::string name = text_of(e, args["sequence_name"], "sequence_name");
    return Value::boolean(std::ranges::find(all, name) != all.end());
  });
  definer.define("has_type", "type_name, ", [&connection](Evaluator& e, Arguments& args) {
    std::string name = text_of(e, args["type_name"], "type_name");
    std::string schema = schema_argument(e, args);
    std::array<sql::Datum, 2> parameters{name, schema};
    return Value::boolean(
        connection
            .scalar("SELECT 1 FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = "
                    "t.typnamespace WHERE t.typname = $1 AND CASE WHEN $2 = '' THEN "
                    "pg_catalog.pg_type_is_visible(t.oid) ELSE n.nspname = $2 END",
                    parameters)
            .has_value());
  });
  definer.define("get_enums", "", [&connection](Evaluator& e, Arguments& args) {
    std::string shown = shown_schema(connection);
    std::vector<Value> values;
    for (const sql::Type& type : pg::inspect_enums(connection, schema_argument(e, args))) {
      values.push_back(enum_value(e, type, shown));
    }
    return e.list(std::move(values));
  });
  definer.define("get_domains", "", [&connection](Evaluator& e, Arguments& args) {
    std::string shown = shown_schema(connection);
    std::vector<Value> values;
    for (const sql::Type& type : pg::inspect_domains(connection, schema_argument(e, args))) {
      values.push_back(domain_value(e, type, shown));
    }
    return e.list(std::move(values));
  });
}

}  // namespace retort::modules
