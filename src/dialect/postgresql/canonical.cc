#include "dialect/postgresql/canonical.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect_parts.h"
#include "dialect/postgresql/named_type.h"
#include "dialect/postgresql/plain_table.h"
#include "dialect/postgresql/refused_parts.h"
#include "dialect/postgresql/undone.h"
#include "dialect/types.h"
#include "operations/operation.h"
#include "schema/derive.h"
#include "schema/naming.h"
#include "sql/words.h"

namespace retort::dialect::postgresql {
namespace {

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

// What makes one table, and how many locks the server holds for it then.
struct Made {
  std::size_t table = 0;  // its place among the wanted ones
  std::vector<Step> steps{};
  std::size_t locks = 0;
};

// Thrown where the role may not make a schema.
struct NoScratchSchema {};

class Copy final : private Catalog {
 public:
  // `temporary`: the schema whose objects alone are made, as temporary ones ("" is the default
  // schema). What they use of other schemas is what the database has there.
  Copy(const schema::MetaData& wanted, database::Connection& live, bool ask_all,
       std::vector<std::string>* notes, std::optional<std::string> temporary)
      : live_(live),
        wanted_(wanted),
        notes_(notes),
        temporary_(std::move(temporary)),
        ask_all_(ask_all || !wanted.definitions.empty()) {
    default_schema_ = scalar_text(live, "SELECT pg_catalog.current_schema()::text");
    prefix_ = "retort_scratch_" + scalar_text(live, "SELECT pg_catalog.pg_backend_pid()") + "_";
    context_.naming_convention = wanted.naming_convention;
    context_.memory = &memory_;
    context_.catalog = this;
    if (temporary_) {
      scratch_.emplace(*temporary_, "pg_temp");
    } else {
      scratch_of("");
    }
  }

  // The schemas that anything wanted is in, the default one as "".
  std::set<std::string> schemas() const {
    std::set<std::string> out;
    for (const auto& one : wanted_.tables) out.insert(plain(one.schema));
    for (const auto& one : wanted_.enums) out.insert(plain(one.schema));
    for (const auto& one : wanted_.sequences) out.insert(plain(one.schema));
    for (const auto& one : wanted_.definitions) out.insert(plain(one.schema));
    return out;
  }

  schema::MetaData canonical() {
    plan();
    schema::MetaData out;
    out.schema = wanted_.schema;
    out.naming_convention = wanted_.naming_convention;
    for (const schema::Definition& one : wanted_.definitions) {
      if (one.kind == schema::Definition::Kind::kExtension && is_made_here(one.schema)) {
        out.definitions.push_back(one);
      }
    }
    if (made_.empty() && all_known_) {
      out.enums = enums_;
      std::ranges::sort(out.enums, {}, &sql::Type::type_name);
    } else {
      read_made(out);
    }
    complete(out);
    return out;
  }

 private:
  database::Connection& connection() override { return live_; }

  // ---- names

  std::string plain(const std::string& schema) const {
    return schema == default_schema_ ? "" : schema;
  }

  // Whether this copy makes what is in the schema.
  bool is_made_here(const std::string& schema) const {
    return !temporary_ || plain(schema) == *temporary_;
  }

  // The scratch schema of a schema.
  const std::string& scratch_of(const std::string& schema) {
    auto [found, added] = scratch_.try_emplace(plain(schema));
    if (added) found->second = prefix_ + std::to_string(scratch_.size());
    return found->second;
  }

  // As a name in DDL: the default schema's scratch comes first in the search_path.
  std::string mapped(const std::string& schema) {
    if (temporary_) return is_made_here(schema) ? "" : schema.empty() ? default_schema_ : schema;
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

  void add(std::vector<Step>& steps, const operations::Operation& operation,
           const std::string& of) {
    try {
      for (sql::Statement& statement : find_dialect("postgresql").compile(operation, context_)) {
        steps.push_back({with_made_types(std::move(statement.sql)), of});
      }
    } catch (Error& error) {
      error.with_context(of);
      throw;
    }
  }

  // Expressions are text: casts to types of other schemas ('a'::other.mood) are to those that are
  // made here.
  std::string with_made_types(std::string sql) const {
    for (const auto& [real, scratch] : scratch_) {
      if (real.empty() || sql.find(real) == std::string::npos) continue;
      std::string made_in = temporary_ ? "" : scratch + ".";
      for (const std::string& type : memory_.types) {
        if (!type.starts_with(made_in)) continue;
        std::string name = grammar().quote(real) + "." + type.substr(made_in.size());
        for (std::size_t at = sql.find(name); at != std::string::npos;
             at = sql.find(name, at + 1)) {
          std::size_t end = at + name.size();
          bool ends = end == sql.size() ||
                      (std::isalnum(static_cast<unsigned char>(sql[end])) == 0 && sql[end] != '_');
          if (ends) sql.replace(at, name.size(), type);
        }
      }
    }
    return sql;
  }

  // `given` has its schema mapped.
  void add_type(const sql::Type& given) {
    const sql::Type& type = variant_for(given, "postgresql");
    if (temporary_ && !type.schema.empty()) return;
    for (const sql::Type& argument : type.arguments) add_type(argument);
    if (!is_native_enum(type) && type.name != "DOMAIN") return;
    std::string name = named_type(type, grammar());
    if (std::ranges::find(memory_.types, name) != memory_.types.end()) return;
    if (is_defined(type)) {
      // CREATE TABLE is not to make it, too.
      memory_.types.push_back(std::move(name));
      return;
    }
    if (is_native_enum(type) && type.schema.empty() && temporary_.value_or("").empty()) {
      sql::Type made{.name = "ENUM", .dialect = "postgresql", .values = type.values};
      made.type_name = type.type_name;
      made.type_name_final = true;
      named_.add(made);
      enums_.push_back(std::move(made));
    } else {
      all_known_ = false;
    }
    add(steps_, operations::CreateType{type, false}, "type " + type.type_name);
  }

  // Whether a definition makes it.
  bool is_defined(const sql::Type& type) const {
    return std::ranges::any_of(wanted_.definitions, [&](const schema::Definition& one) {
      return one.kind == schema::Definition::Kind::kDomain && one.name == type.type_name;
    });
  }

  void plan() {
    for (sql::Type type : wanted_.enums) {
      map_type(type);
      add_type(type);
    }
    for (schema::Sequence sequence : wanted_.sequences) {
      if (!is_made_here(sequence.schema)) continue;
      sequence.schema = mapped(sequence.schema);
      add(steps_, operations::CreateSequence{sequence}, "sequence " + sequence.name);
      all_known_ = false;
    }
    // What tables may use comes before them, what uses them after.
    definitions(true);
    for (const schema::Table& one : wanted_.tables) {
      tables_.push_back(one);
      schema::Table& table = tables_.back();
      resolve_names(table);
      if (table.schema == default_schema_) table.schema.clear();
      by_name_.emplace(std::pair{table.schema, table.name}, tables_.size() - 1);
      if (!is_made_here(table.schema)) continue;
      for (const schema::Column& column : table.columns) {
        sql::Type type = column.type;
        map_type(type);
        add_type(type);
      }
    }
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (is_made_here(tables_[i].schema)) split_keys(i);
    }
    Ddl ddl(context_);
    std::vector<std::optional<PlainTable>> plain;
    for (const schema::Table& table : tables_) plain.push_back(plain_table(table, named_, ddl));
    keep_distinct(plain);
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (!is_made_here(tables_[i].schema)) continue;
      if (!plain[i] || ask_all_ || needed_.contains(i)) {
        make_table(i);
      } else if (plain[i]->asked) {
        make_asked(i, std::move(*plain[i]));
      } else {
        plain_.push_back(std::move(plain[i]->known));
      }
    }
    // Keys come when all tables are there: they may go in a circle.
    for (const auto& [i, key] : asked_keys_) {
      add(after_, operations::AddConstraint{tables_[i].name, mapped(tables_[i].schema), key},
          "table " + tables_[i].name);
    }
    definitions(false);
  }

  // The table's foreign keys: those whose canonical form is known, and those that the server is
  // asked for, whose tables have to be there then.
  void split_keys(std::size_t i) {
    schema::Table& table = tables_[i];
    for (schema::Constraint& one : table.constraints) {
      auto* key = std::get_if<schema::ForeignKey>(&one);
      if (!key) continue;
      // A table that is not wanted may be there all the same: excluded, or somebody else's.
      std::string schema = key->referred_schema == default_schema_ ? "" : key->referred_schema;
      auto found = by_name_.find({schema, key->referred_table});
      const schema::Table* referred = found == by_name_.end() ? nullptr : &tables_[found->second];
      auto known = ask_all_ ? std::nullopt : plain_foreign_key(table, *key, referred);
      if (known) {
        if (key->name.empty()) known->name.text = numbered(table.schema, known->name.text);
        known_keys_[i].push_back(std::move(*known));
      } else if (temporary_ &&
                 !(referred && temporary_->empty() && is_made_here(referred->schema))) {
        // "constraints on temporary tables may reference only temporary tables"
        known_keys_[i].push_back(*key);
        note("foreign key " + (key->name.empty() ? "" : "'" + key->name.text + "' ") + "of table " +
             table.full_name() + " refers to " + key->referred_table +
             ", which temporary tables can't; it is compared as it is written");
      } else {
        needed_.insert(i);
        if (referred) needed_.insert(found->second);
        asked_keys_.emplace_back(i, *key);
        asked_keys_.back().second.use_alter = false;
        if (referred) asked_keys_.back().second.referred_schema = mapped(schema);
      }
      // CREATE TABLE leaves it out.
      key->use_alter = true;
    }
  }

  void note(std::string text) {
    if (notes_) notes_->push_back(std::move(text));
  }

  // A name that the server chooses, with a number where it is taken.
  std::string numbered(const std::string& schema, const std::string& name) {
    std::string out = name;
    for (int n = 1; !key_names_.emplace(schema, out).second; ++n) out = name + std::to_string(n);
    return out;
  }

  // Names of tables, keys, indexes and sequences are one family in a schema: where two of them
  // meet, the server has to say what it makes of it.
  void keep_distinct(std::vector<std::optional<PlainTable>>& plain) const {
    std::map<std::pair<std::string, std::string>, int> uses;
    auto names = [](const schema::Table& table) {
      std::vector<std::string> out;
      for (const auto& one : table.constraints) out.push_back(schema::name_of(one).text);
      for (const auto& one : table.indexes) out.push_back(one.name.text);
      for (const auto& one : table.columns) {
        if (!one.options.empty()) out.push_back(table.name + "_" + one.name + "_seq");
      }
      return out;
    };
    for (const schema::Table& table : tables_) ++uses[{table.schema, table.name}];
    const auto all_names = [&](const PlainTable& table) {
      std::vector<std::string> all = names(table.known);
      if (table.asked) std::ranges::move(names(*table.asked), std::back_inserter(all));
      return all;
    };
    for (const auto& table : plain) {
      if (!table) continue;
      for (const std::string& name : all_names(*table)) ++uses[{table->known.schema, name}];
    }
    for (auto& table : plain) {
      if (!table) continue;
      std::vector<std::string> own = all_names(*table);
      own.push_back(table->known.name);
      if (std::ranges::any_of(
              own, [&](const auto& name) { return uses.at({table->known.schema, name}) > 1; })) {
        table.reset();
      }
    }
  }

  // A table as it is made in the scratch schemas.
  schema::Table in_scratch(schema::Table table) {
    table.schema = mapped(table.schema);
    if (temporary_) std::erase(table.prefixes, "UNLOGGED");  // temporary tables are
    for (schema::Column& column : table.columns) {
      map_type(column.type);
      if (column.sequence) column.sequence->schema = mapped(column.sequence->schema);
    }
    return table;
  }

  std::vector<Step> steps_of(const schema::Table& table, std::size_t i) {
    std::vector<Step> out;
    add(out, operations::CreateTable{table, false}, "table " + wanted_.tables[i].full_name());
    return out;
  }

  void make_table(std::size_t i) { make(i, in_scratch(tables_[i])); }

  // A table of which a part is known: the rest is made.
  void make_asked(std::size_t i, PlainTable&& table) {
    table.asked->schema = table.known.schema;
    make(i, in_scratch(*table.asked));
    partly_known_.emplace(i, std::move(table));
  }

  void make(std::size_t i, const schema::Table& table) {
    Made& made = made_.emplace_back(i, steps_of(table, i));
    // Itself, its TOAST table with an index, a sequence.
    made.locks = 4 + table.constraints.size() + table.indexes.size();
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
      if (one.kind == Kind::kExtension || !is_made_here(one.schema)) continue;
      bool before = one.kind == Kind::kDomain || one.kind == Kind::kType ||
                    (one.kind == Kind::kFunction && !names_a_table(one.sql));
      if (before == before_tables) {
        mapped(one.schema);
        (before ? steps_ : after_).push_back({in_scratch(one.sql), one.name});
      }
    }
  }

  // Whether a function speaks of a table outside of a body that is a string, which nobody looks
  // into when the function is made: RETURNS SETOF t needs it to be there.
  bool names_a_table(const std::string& sql) const {
    std::string text = to_lower(sql);
    for (std::string_view body : {"as $", "as '"}) text = text.substr(0, text.find(body));
    return std::ranges::any_of(wanted_.tables, [&](const schema::Table& table) {
      return sql::has_word(text, table.name);
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
    std::string path = scalar_text(live_, "SELECT pg_catalog.current_setting('search_path')");
    std::string sql;
    if (temporary_) {
      grant_ = "GRANT CREATE ON DATABASE " +
               scalar_text(live_,
                           "SELECT pg_catalog.quote_ident(pg_catalog.current_database()) || ' TO ' "
                           "|| pg_catalog.quote_ident(current_user)") +
               "; nothing that is made there is ever committed";
      // The first temporary table makes the session's temporary schema.
      sql = "CREATE TEMPORARY TABLE " + prefix_ + "1 (); DROP TABLE " + prefix_ + "1; ";
    } else {
      for (const auto& [real, scratch] : scratch_) sql += "CREATE SCHEMA " + scratch + "; ";
    }
    sql += "SET LOCAL search_path TO " + (temporary_ ? "pg_temp" : scratch_.at("")) +
           (path.empty() ? "" : ", " + path) +
           "; SET LOCAL check_function_bodies TO off; SET LOCAL client_min_messages TO error";
    try {
      live_.execute(sql);
    } catch (Error& error) {
      if (error.sqlstate() == "25006") {
        throw Error(code::kOperation,
                    "the schemas can't be compared: the connection may only read, and the wanted "
                    "schema has to be made in a scratch place, which is then rolled back")
            .with_hint(
                "connect to the primary server, as a role without "
                "default_transaction_read_only");
      }
      if (error.sqlstate() != "42501") throw;
      if (!temporary_) throw NoScratchSchema();
      throw Error(code::kOperation,
                  "the schemas can't be compared: this role may make neither a schema nor a "
                  "temporary table in the database, and the wanted schema has to be made in a "
                  "scratch place, which is then rolled back")
          .with_hint(grant_);
    }
    if (temporary_) {
      scratch_[*temporary_] = scalar_text(
          live_,
          "SELECT nspname::text FROM pg_catalog.pg_namespace WHERE oid = pg_my_temp_schema()");
    }
  }

  // Extensions that are wanted and not there yet, for the types and functions that the rest uses;
  // where the role may.
  void make_extensions() {
    for (const schema::Definition& one : wanted_.definitions) {
      if (one.kind != schema::Definition::Kind::kExtension) continue;
      if (!scalar_text(live_,
                       "SELECT 1 FROM pg_catalog.pg_extension WHERE extname = " + literal(one.name))
               .empty()) {
        continue;
      }
      live_.execute("SAVEPOINT retort_extension");
      try {
        live_.execute(one.sql);
      } catch (const Error& error) {
        if (error.sqlstate().starts_with("08") || error.sqlstate().starts_with("57")) throw;
        live_.execute("ROLLBACK TO SAVEPOINT retort_extension");
      }
    }
  }

  // Reads what the server makes of what is not known.
  void read_made(schema::MetaData& out) {
    Undone transaction(live_);
    make_schemas();
    make_extensions();
    run_definitions(steps_);
    // A table that is made has a lock for itself and each of its parts until the transaction, or
    // its savepoint, is undone, and the server has only so many.
    constexpr std::size_t kMostLocks = 1000;
    bool in_parts = asked_keys_.empty() && wanted_.definitions.empty();
    std::size_t at = 0;
    do {
      std::size_t begin = at;
      for (std::size_t locks = 0; at < made_.size() && (!in_parts || locks < kMostLocks); ++at) {
        locks += made_[at].locks;
      }
      bool first = out.tables.empty();
      live_.execute("SAVEPOINT retort_part");
      run(std::span(made_).subspan(begin, at - begin));
      run_definitions(after_);
      read(out, first);
      live_.execute("ROLLBACK TO SAVEPOINT retort_part");
    } while (at < made_.size());
  }

  // A temporary schema holds no materialised views, and functions in it are not found by name.
  void run_definitions(const std::vector<Step>& steps) {
    try {
      run(steps);
    } catch (Error& error) {
      if (!temporary_ || !is_about_statement(error.sqlstate())) throw;
      error.with_hint((error.hint().empty() ? "" : error.hint() + "\n") +
                      "this role may not make a scratch schema, and a temporary one does not hold "
                      "everything: " +
                      grant_);
      throw;
    }
  }

  // All at once; false when that fails, and then nothing is made.
  bool run_together(const std::vector<Step>& steps) {
    if (steps.empty()) return true;
    std::string all;
    for (const Step& step : steps) all += step.sql + ";\n";
    live_.execute("SAVEPOINT retort_copy");
    try {
      live_.execute(all);
      return true;
    } catch (const Error&) {
      live_.execute("ROLLBACK TO SAVEPOINT retort_copy");
      return false;
    }
  }

  // One by one, to see which it is that fails.
  void run_apart(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      try {
        live_.execute(step.sql);
      } catch (Error& error) {
        error.with_context(step.of);
        throw;
      }
    }
  }

  void run(const std::vector<Step>& steps) {
    if (!run_together(steps)) run_apart(steps);
  }

  void run(std::span<const Made> tables) {
    std::vector<Step> all;
    for (const Made& made : tables) std::ranges::copy(made.steps, std::back_inserter(all));
    if (run_together(all)) return;
    for (const Made& made : tables) {
      live_.execute("SAVEPOINT retort_table");
      try {
        run_apart(made.steps);
      } catch (const Error& error) {
        if (!notes_ || !is_about_statement(error.sqlstate())) throw;
        live_.execute("ROLLBACK TO SAVEPOINT retort_table");
        run_without_refused(made.table);
      }
    }
  }

  // What the server refuses is compared as it is written: the migration may make what it needs.
  void run_without_refused(std::size_t i) {
    partly_known_.erase(i);
    schema::Table table = in_scratch(tables_[i]);
    RefusedParts& refused = refused_[i];
    refused = take_refused(table, [&](const schema::Table& probe) -> std::optional<std::string> {
      std::optional<std::string> reason;
      live_.execute("SAVEPOINT retort_probe");
      try {
        run_apart(steps_of(probe, i));
      } catch (const Error& error) {
        if (!is_about_statement(error.sqlstate())) throw;
        reason = error.message();
        if (error.sqlstate() == "42704" && !error.hint().empty()) {
          *reason += " (" + error.hint() + ")";
        }
      }
      live_.execute("ROLLBACK TO SAVEPOINT retort_probe");
      return reason;
    });
    for (RefusedParts::OfColumn& column : refused.columns) {
      if (column.type) column.type = tables_[i].column(column.name)->type;
    }
    run(steps_of(table, i));
    for (const std::string& reason : refused.reasons) {
      notes_->push_back(reason + "; what uses it is compared as it is written");
    }
  }

  void read(schema::MetaData& out, bool first) {
    Scope scope;
    for (const auto& [real, scratch] : scratch_) scope.stands_for.emplace(scratch, real);
    scope.temporary = temporary_.has_value();
    if (temporary_) {
      scope.stands_for.emplace("pg_temp", *temporary_);
      if (!temporary_->empty()) scope.replaced = qualified_names();
    }
    for (const auto& [real, scratch] : scratch_) {
      scope.schema = scratch;
      schema::MetaData part = read_schema(live_, scope);
      if (!first) part.enums.clear(), part.sequences.clear(), part.definitions.clear();
      append(out, std::move(part));
    }
  }

  // The types and sequences of the temporary schema as they are named from outside of theirs.
  std::vector<std::pair<std::string, std::string>> qualified_names() const {
    std::string schema = grammar().quote(*temporary_) + ".";
    std::vector<std::pair<std::string, std::string>> out;
    for (const std::string& name : memory_.types)
      out.emplace_back("::" + name, "::" + schema + name);
    for (const schema::Sequence& one : wanted_.sequences) {
      if (!is_made_here(one.schema)) continue;
      std::string name = grammar().quote(one.name) + "'::regclass";
      out.emplace_back("'" + name, "'" + schema + name);
    }
    return out;
  }

  // The tables that were not made, and the keys.
  void complete(schema::MetaData& out) {
    std::ranges::move(plain_, std::back_inserter(out.tables));
    std::ranges::sort(out.tables, [](const schema::Table& a, const schema::Table& b) {
      return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
    });
    for (schema::Table& table : out.tables) {
      auto wanted = by_name_.find({table.schema, table.name});
      if (wanted == by_name_.end()) continue;
      if (auto known = partly_known_.find(wanted->second); known != partly_known_.end()) {
        known->second.complete(std::move(table));
        table = std::move(known->second.known);
      } else if (temporary_ && std::ranges::find(tables_[wanted->second].prefixes, "UNLOGGED") !=
                                   tables_[wanted->second].prefixes.end()) {
        table.prefixes = {"UNLOGGED"};
        table.options.push_back({"postgresql_unlogged", true});
      }
      // CREATE TABLE has no word for it.
      for (const schema::Option& option : tables_[wanted->second].options) {
        if (option.name.ends_with("_row_security")) table.options.push_back(option);
      }
      std::ranges::move(known_keys_[wanted->second], std::back_inserter(table.constraints));
      if (auto found = refused_.find(wanted->second); found != refused_.end()) {
        found->second.put_back(table);
      }
      sort_parts(table);
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
  std::vector<std::string>* notes_;
  std::optional<std::string> temporary_;
  std::string grant_;  // what to do about a right that is missing
  std::string default_schema_;
  std::string prefix_;
  std::map<std::string, std::string> scratch_;  // by the real name; "" is the default schema
  RunMemory memory_;
  CompileContext context_;
  std::vector<Step> steps_;  // before all tables
  std::vector<Made> made_;
  std::vector<Step> after_;  // and after them
  std::vector<sql::Type> enums_;
  NamedTypes named_;
  bool all_known_ = true;  // but for tables
  bool ask_all_;

  std::vector<schema::Table> tables_;  // the wanted ones, their default schema as ""
  std::map<std::pair<std::string, std::string>, std::size_t> by_name_;
  std::map<std::size_t, std::vector<schema::ForeignKey>> known_keys_;
  std::set<std::pair<std::string, std::string>> key_names_;
  std::vector<std::pair<std::size_t, schema::ForeignKey>> asked_keys_;
  std::set<std::size_t> needed_;  // by asked keys
  std::vector<schema::Table> plain_;
  std::map<std::size_t, PlainTable> partly_known_;
  std::map<std::size_t, RefusedParts> refused_;
};

// With temporary tables, one schema after another.
schema::MetaData canonical_by_temporary(const schema::MetaData& wanted, database::Connection& live,
                                        bool ask_all, std::vector<std::string>* notes) {
  schema::MetaData out;
  for (const std::string& schema : Copy(wanted, live, ask_all, nullptr, "").schemas()) {
    schema::MetaData part = Copy(wanted, live, ask_all, notes, schema).canonical();
    std::ranges::move(part.tables, std::back_inserter(out.tables));
    std::ranges::move(part.enums, std::back_inserter(out.enums));
    std::ranges::move(part.sequences, std::back_inserter(out.sequences));
    std::ranges::move(part.definitions, std::back_inserter(out.definitions));
  }
  out.schema = wanted.schema;
  out.naming_convention = wanted.naming_convention;
  return out;
}

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live, bool ask_all,
                           std::vector<std::string>* notes) {
  try {
    return Copy(wanted, live, ask_all, notes, std::nullopt).canonical();
  } catch (const NoScratchSchema&) {
    return canonical_by_temporary(wanted, live, ask_all, notes);
  }
}

}  // namespace retort::dialect::postgresql
