#include "dialect/postgresql/canonical.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect_parts.h"
#include "dialect/postgresql/named_type.h"
#include "dialect/types.h"
#include "operations/operation.h"
#include "schema/derive.h"
#include "schema/naming.h"

namespace retort::dialect::postgresql {
namespace {

constexpr std::string_view kSavepoint = "retort_scratch";

// A transaction that is always rolled back, or a savepoint of one that is open.
class Undone {
 public:
  explicit Undone(database::Connection& connection)
      : connection_(connection), nested_(connection.in_transaction()) {
    if (nested_) {
      connection_.execute("SAVEPOINT " + std::string(kSavepoint));
    } else {
      connection_.begin();
    }
  }
  Undone(const Undone&) = delete;
  Undone& operator=(const Undone&) = delete;
  ~Undone() {
    try {
      if (nested_) {
        connection_.execute("ROLLBACK TO SAVEPOINT " + std::string(kSavepoint) +
                            "; RELEASE SAVEPOINT " + std::string(kSavepoint));
      } else {
        connection_.rollback();
      }
    } catch (const Error&) {
      // The session is gone, and the scratch schemas with it.
    }
  }

 private:
  database::Connection& connection_;
  bool nested_;
};

std::string scalar_text(database::Connection& connection, std::string_view sql) {
  auto found = connection.scalar(sql);
  const auto* text = found ? std::get_if<std::string>(&*found) : nullptr;
  const auto* number = found ? std::get_if<std::int64_t>(&*found) : nullptr;
  return text ? *text : number ? std::to_string(*number) : "";
}

// One statement of the copy and what it is a part of.
struct Step {
  std::string sql{};
  std::string of{};
};

class Copy final : private Catalog {
 public:
  Copy(const schema::MetaData& wanted, database::Connection& live) : live_(live), wanted_(wanted) {
    default_schema_ = scalar_text(live, "SELECT pg_catalog.current_schema()::text");
    prefix_ = "retort_scratch_" + scalar_text(live, "SELECT pg_catalog.pg_backend_pid()") + "_";
    context_.naming_convention = wanted.naming_convention;
    context_.memory = &memory_;
    context_.catalog = this;
    scratch_of("");
  }

  schema::MetaData make_and_read() {
    plan();
    make_schemas();
    run();
    schema::MetaData out;
    out.schema = wanted_.schema;
    out.naming_convention = wanted_.naming_convention;
    for (const schema::Definition& one : wanted_.definitions) {
      if (one.kind == schema::Definition::Kind::kExtension) out.definitions.push_back(one);
    }
    Scope scope;
    for (const auto& [real, scratch] : scratch_) scope.stands_for.emplace(scratch, real);
    for (const auto& [real, scratch] : scratch_) {
      scope.schema = scratch;
      append(out, read_schema(live_, scope));
    }
    return out;
  }

 private:
  database::Connection& connection() override { return live_; }

  // ---- names

  // The scratch schema of a schema.
  const std::string& scratch_of(const std::string& schema) {
    std::string name = schema == default_schema_ ? "" : schema;
    auto [found, added] = scratch_.try_emplace(name);
    if (added) found->second = prefix_ + std::to_string(scratch_.size());
    return found->second;
  }

  // As a name in DDL: the default schema's scratch comes first in the search_path.
  std::string mapped(const std::string& schema) {
    if (schema.empty() || schema == default_schema_) return "";
    return scratch_of(schema);
  }

  void map_type(sql::Type& type) {
    type.schema = mapped(type.schema);
    type.create_type = true;
    for (sql::Type& argument : type.arguments) map_type(argument);
    for (auto& [dialect, variant] : type.variants) map_type(variant);
  }

  // ---- statements

  void add(const operations::Operation& operation, const std::string& of) {
    try {
      for (sql::Statement& statement : find_dialect("postgresql").compile(operation, context_)) {
        steps_.push_back({std::move(statement.sql), of});
      }
    } catch (Error& error) {
      error.with_context(of);
      throw;
    }
  }

  void add_type(const sql::Type& given) {
    const sql::Type& type = variant_for(given, "postgresql");
    for (const sql::Type& argument : type.arguments) add_type(argument);
    if (!is_native_enum(type) && type.name != "DOMAIN") return;
    if (is_defined(type)) return;
    std::string name = named_type(type, grammar());
    if (std::ranges::find(memory_.types, name) != memory_.types.end()) return;
    add(operations::CreateType{type, false}, "type " + type.type_name);
  }

  bool has_table(const std::string& schema, const std::string& table) const {
    auto same = [&](const std::string& other) {
      auto plain = [&](const std::string& name) { return name == default_schema_ ? "" : name; };
      return plain(other) == plain(schema);
    };
    return std::ranges::any_of(wanted_.tables, [&](const schema::Table& one) {
      return one.name == table && same(one.schema);
    });
  }

  // Whether a definition makes it.
  bool is_defined(const sql::Type& type) const {
    return std::ranges::any_of(wanted_.definitions, [&](const schema::Definition& one) {
      return one.kind == schema::Definition::Kind::kDomain && one.name == type.type_name;
    });
  }

  void plan() {
    std::vector<schema::Table> tables = wanted_.tables;
    std::vector<std::pair<schema::Table*, schema::ForeignKey>> keys;
    for (sql::Type type : wanted_.enums) {
      map_type(type);
      add_type(type);
    }
    for (schema::Sequence sequence : wanted_.sequences) {
      sequence.schema = mapped(sequence.schema);
      add(operations::CreateSequence{sequence}, "sequence " + sequence.name);
    }
    // What tables may use comes before them, what uses them after.
    definitions(true);
    for (schema::Table& table : tables) {
      resolve_names(table);
      table.schema = mapped(table.schema);
      for (schema::Column& column : table.columns) {
        map_type(column.type);
        if (column.sequence) column.sequence->schema = mapped(column.sequence->schema);
        add_type(column.type);
      }
      for (schema::Index& index : table.indexes) {
        std::erase_if(index.options, [](const schema::Option& option) {
          return option.name == "postgresql_concurrently";
        });
      }
      // Keys come when all tables are there: they may go in a circle.
      for (schema::Constraint& constraint : table.constraints) {
        auto* key = std::get_if<schema::ForeignKey>(&constraint);
        if (!key) continue;
        // A table that is not wanted may be there all the same: excluded, or somebody else's.
        if (has_table(key->referred_schema, key->referred_table)) {
          key->referred_schema = mapped(key->referred_schema);
        }
        keys.emplace_back(&table, *key);
        keys.back().second.use_alter = false;
        key->use_alter = true;
      }
    }
    for (std::size_t i = 0; i < tables.size(); ++i) {
      add(operations::CreateTable{tables[i], false}, "table " + wanted_.tables[i].full_name());
    }
    for (auto& [table, key] : keys) {
      add(operations::AddConstraint{table->name, table->schema, std::move(key)},
          "table " + table->name);
    }
    definitions(false);
  }

  // Names by convention may tell the schema: they are made before the scratch takes its place.
  void resolve_names(schema::Table& table) const {
    std::vector<schema::Constraint> constraints = schema::all_constraints(table, nullptr);
    for (const schema::Constraint& one : table.constraints) {
      const auto* check = std::get_if<schema::Check>(&one);
      if (check && !check->column.empty()) constraints.push_back(one);
    }
    table.indexes = schema::all_indexes(table);
    table.constraints = std::move(constraints);
    for (schema::Constraint& one : table.constraints) {
      schema::Name name =
          schema::resolve_name(wanted_.naming_convention, one, table.schema, table.name);
      std::visit([&](auto& constraint) { constraint.name = name; }, one);
    }
    for (schema::Index& index : table.indexes) {
      index.name = schema::resolve_name(wanted_.naming_convention, index, table.schema, table.name);
    }
    for (schema::Column& column : table.columns) column.index = column.unique = false;
  }

  void definitions(bool before_tables) {
    using Kind = schema::Definition::Kind;
    for (const schema::Definition& one : wanted_.definitions) {
      if (one.kind == Kind::kExtension) continue;
      bool before = one.kind == Kind::kDomain || one.kind == Kind::kType ||
                    (one.kind == Kind::kFunction && !names_a_table(one.sql));
      if (before == before_tables) {
        mapped(one.schema);
        steps_.push_back({in_scratch(one.sql), one.name});
      }
    }
  }

  // Whether a function speaks of a table: RETURNS SETOF t needs it to be there.
  bool names_a_table(const std::string& sql) const {
    return std::ranges::any_of(wanted_.tables, [&](const schema::Table& table) {
      return sql.find(table.name) != std::string::npos;
    });
  }

  // A definition is text: in it the schemas' names become those of the scratch, and the default
  // schema's goes.
  std::string in_scratch(const std::string& sql) const {
    std::string out;
    std::size_t at = 0;
    while (at < sql.size()) {
      bool begins = at == 0 || !(std::isalnum(static_cast<unsigned char>(sql[at - 1])) != 0 ||
                                 sql[at - 1] == '_' || sql[at - 1] == '.' || sql[at - 1] == '"');
      bool replaced = false;
      for (const auto& [real, scratch] : scratch_) {
        std::string prefix = grammar().quote(real.empty() ? default_schema_ : real) + ".";
        if (!begins || sql.compare(at, prefix.size(), prefix) != 0) continue;
        if (!real.empty()) out += scratch + ".";
        at += prefix.size();
        replaced = true;
        break;
      }
      if (!replaced) out += sql[at++];
    }
    return out;
  }

  // ---- the database

  void make_schemas() {
    std::string sql;
    for (const auto& [real, scratch] : scratch_) sql += "CREATE SCHEMA " + scratch + "; ";
    std::string path = scalar_text(live_, "SELECT pg_catalog.current_setting('search_path')");
    sql += "SET LOCAL search_path TO " + scratch_.at("") + (path.empty() ? "" : ", " + path) +
           "; SET LOCAL check_function_bodies TO off; SET LOCAL client_min_messages TO error";
    try {
      live_.execute(sql);
    } catch (const Error& error) {
      if (error.sqlstate() != "42501") throw;
      throw Error(code::kOperation,
                  "the schemas can't be compared: this role may not make a scratch schema in the "
                  "database")
          .with_hint("GRANT CREATE ON DATABASE to the role; the scratch schema is never committed");
    }
  }

  // All at once, and where that fails one by one, to see which it is.
  void run() {
    std::string all;
    for (const Step& step : steps_) all += step.sql + ";\n";
    live_.execute("SAVEPOINT retort_copy");
    try {
      live_.execute(all);
      return;
    } catch (const Error&) {
      live_.execute("ROLLBACK TO SAVEPOINT retort_copy");
    }
    for (const Step& step : steps_) {
      try {
        live_.execute(step.sql);
      } catch (Error& error) {
        error.with_context(step.of);
        throw;
      }
    }
  }

  static void append(schema::MetaData& out, schema::MetaData&& part) {
    auto move_all = [](auto& to, auto& from) { std::ranges::move(from, std::back_inserter(to)); };
    move_all(out.tables, part.tables);
    move_all(out.enums, part.enums);
    move_all(out.sequences, part.sequences);
    for (schema::Definition& one : part.definitions) {
      if (one.kind != schema::Definition::Kind::kExtension) {
        out.definitions.push_back(std::move(one));
      }
    }
  }

  database::Connection& live_;
  const schema::MetaData& wanted_;
  std::string default_schema_;
  std::string prefix_;
  std::map<std::string, std::string> scratch_;  // by the real name; "" is the default schema
  RunMemory memory_;
  CompileContext context_;
  std::vector<Step> steps_;
};

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live) {
  Undone transaction(live);
  return Copy(wanted, live).make_and_read();
}

}  // namespace retort::dialect::postgresql
