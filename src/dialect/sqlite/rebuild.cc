#include "dialect/sqlite/rebuild.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse_token.h"
#include "dialect/sqlite/rebuild_batch.h"
#include "dialect/sqlite/rebuild_scratch.h"

namespace retort::dialect::sqlite {
namespace {

using operations::BatchAlterTable;
using operations::Operation;

// Alembic's name, which is cut at 50 characters.
std::string temporary_name(const std::string& table) {
  std::string name = "_alembic_tmp_" + table;
  std::size_t end = 0;
  for (int characters = 0; end < name.size() && characters < 50; ++characters) {
    ++end;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
  }
  return name.substr(0, end);
}

// The settings and the queue in one: what was given beside a BatchAlterTable joins its queue.
BatchAlterTable batch_of(const std::vector<Operation>& changes, const std::string& schema,
                         const std::string& table) {
  BatchAlterTable out;
  std::vector<Operation> queue;
  for (const Operation& change : changes) {
    if (const auto* batch = std::get_if<BatchAlterTable>(&change)) {
      out = *batch;
      queue.insert(queue.end(), batch->operations.begin(), batch->operations.end());
    } else {
      queue.push_back(change);
    }
  }
  out.operations = std::move(queue);
  out.table = table;
  out.schema = schema;
  return out;
}

std::int64_t integer(database::Connection& connection, const std::string& sql) {
  auto value = connection.scalar(sql);
  const auto* number = value ? std::get_if<std::int64_t>(&*value) : nullptr;
  return number != nullptr ? *number : 0;
}

class Rebuild {
 public:
  Rebuild(BatchAlterTable settings, const CompileContext& context)
      : settings_(std::move(settings)),
        context_(context),
        connection_(context.catalog != nullptr ? &context.catalog->connection() : nullptr),
        prefix_(settings_.schema.empty() ? "" : quoted(settings_.schema) + ".") {}

  std::vector<sql::Statement> statements() {
    read();
    ColumnRenames renames = plan_renames(settings_.operations, *base_);
    std::vector<std::string> original;
    for (const ParsedColumn& column : base_->columns) original.push_back(column.name.text);
    if (!renames.steps.empty()) rename(renames);

    Batch batch(*base_, of_type("index"), original, settings_, context_);
    for (const Operation& change : settings_.operations) batch.apply(change);
    batch.finish();

    check_definition(batch);
    check_dependents(batch);
    bool verified = check_rows(batch, !renames.steps.empty());

    for (const sql::Statement& statement : batch.before()) out_.push_back(statement);
    for (const ColumnRenames::Step& step : renames.steps) {
      emit("ALTER TABLE " + name() + " RENAME COLUMN " + quoted(step.from) + " TO " +
           quoted(step.to));
    }
    std::string definition = batch.table_sql(std::string(base_->text(base_->name.span)));
    bool changed = definition != stored_text();
    if (settings_.recreate == operations::Recreate::kAlways || batch.needs_copy() ||
        (changed && !(verified && may_edit_in_place()))) {
      copy(batch);
    } else {
      if (changed) edit_in_place(definition);
      for (const std::string& index : batch.dropped_indexes()) {
        emit("DROP INDEX " + prefix_ + quoted(index));
      }
    }
    for (const sql::Statement& statement : batch.after()) out_.push_back(statement);
    if (batch.new_table_name()) {
      emit("ALTER TABLE " + name() + " RENAME TO " + quoted(*batch.new_table_name()));
    }
    return std::move(out_);
  }

 private:
  std::string name() const { return prefix_ + quoted(table_); }
  void emit(std::string sql) { out_.push_back({std::move(sql), {}}); }

  // Objects that belong to the table.
  std::vector<Object> of_type(std::string_view type) const {
    std::vector<Object> out;
    for (const Object& object : objects_) {
      if (object.type == type && same_name(object.table, table_)) out.push_back(object);
    }
    return out;
  }

  Object* table_object() {
    auto found = std::find_if(objects_.begin(), objects_.end(), [&](const Object& object) {
      return object.type == "table" && same_name(object.name, settings_.table);
    });
    return found == objects_.end() ? nullptr : &*found;
  }

  void read() {
    table_ = settings_.table;
    if (connection_ != nullptr) objects_ = objects(*connection_, settings_.schema);
    if (settings_.copy_from) {
      take_copy_from();
    } else if (connection_ == nullptr) {
      throw Error(code::kOperation,
                  "table " + table_ + " has to be rebuilt, and its definition can't be read here")
          .with_hint("give the whole table to batch_alter_table(copy_from=...)");
    }
    Object* object = table_object();
    if (object == nullptr) throw missing();
    if (equal_ignoring_case(std::string_view(object->sql).substr(0, 14), "CREATE VIRTUAL")) {
      throw Error(code::kOperation, "table " + table_ + " is a virtual table: it can't be altered")
          .with_hint("drop and create it again");
    }
    table_ = object->name;
    base_ = parse_table(object->sql);
  }

  Error missing() const {
    std::vector<std::string> known;
    for (const Object& object : objects_) {
      if (object.type == "table") known.push_back(object.name);
      if (object.type == "view" && same_name(object.name, table_)) {
        return Error(code::kOperation, table_ + " is a view: it can't be altered")
            .with_hint("drop and create it again");
      }
    }
    return Error(code::kOperation, "no such table: " + prefix_ + table_)
        .with_hint(did_you_mean(table_, known));
  }

  // The given definition takes the place of the stored one; what the database has beyond it
  // (triggers, further indexes) stays.
  void take_copy_from() {
    schema::Table table = *settings_.copy_from;
    table.name = table_;
    table.schema = settings_.schema;
    CompileContext context;
    context.naming_convention = context_.naming_convention;
    Object* stored = table_object();
    for (const sql::Statement& statement :
         find_dialect("sqlite").compile(operations::CreateTable{table, false}, context)) {
      std::string text(trim(statement.sql));
      if (equal_ignoring_case(text.substr(0, 12), "CREATE TABLE")) {
        if (stored != nullptr) {
          stored->sql = text;
        } else {
          objects_.push_back({"table", table_, table_, text});
        }
        continue;
      }
      ParsedIndex index = parse_index(text);
      std::erase_if(objects_, [&](const Object& object) {
        return object.type == "index" && same_name(object.name, index.name.text);
      });
      // As sqlite_schema keeps it: without the schema.
      std::string bare = "CREATE " + std::string(index.unique ? "UNIQUE " : "") + "INDEX " +
                         text.substr(index.name.span.begin);
      objects_.push_back({"index", index.name.text, table_, bare});
    }
  }

  // The texts as they are after the renames, which SQLite makes in a scratch copy.
  void rename(const ColumnRenames& renames) {
    Scratch scratch(objects_);
    for (const ColumnRenames::Step& step : renames.steps) {
      try {
        scratch.execute("ALTER TABLE " + quoted(table_) + " RENAME COLUMN " + quoted(step.from) +
                        " TO " + quoted(step.to));
      } catch (const Error& error) {
        throw Error(code::kOperation, "column " + step.from + " of " + table_ +
                                          " can't be renamed to " + step.to + ": " +
                                          error.message());
      }
    }
    objects_ = scratch.objects();
    base_ = parse_table(table_object()->sql);
  }

  std::string stored_text() { return table_object()->sql; }

  // The new definition made in memory: what SQLite has against it is said before anything is done.
  void check_definition(const Batch& batch) const {
    Scratch scratch({});
    try {
      scratch.execute(batch.table_sql(quoted(table_)));
    } catch (const Error& error) {
      Error out(code::kOperation,
                "the changed definition of table " + table_ + " is not valid: " + error.message());
      if (error.place()) out.with_place(error.place());
      throw out.with_statement(error.statement(), error.sqlstate());
    }
  }

  // Views and triggers that a dropped column would break.
  void check_dependents(const Batch& batch) {
    bool any = std::any_of(objects_.begin(), objects_.end(), [](const Object& object) {
      return object.type == "view" || object.type == "trigger";
    });
    if (batch.dropped_columns().empty() || !any) return;
    if (Scratch(objects_).broken()) return;  // already so
    std::vector<Object> after = objects_;
    for (Object& object : after) {
      if (object.type == "table" && same_name(object.name, table_)) {
        object.sql = batch.table_sql(quoted(table_));
      }
    }
    std::erase_if(after, [](const Object& object) { return object.type == "index"; });
    auto broken = Scratch(after).broken();
    if (!broken) return;
    throw Error(code::kOperation, "column " + join(batch.dropped_columns(), ", ") +
                                      " can't be dropped from " + table_ + ": " + *broken)
        .with_hint("drop or replace what uses the column first");
  }

  // What the rows must not contradict. False when that couldn't be asked.
  bool check_rows(const Batch& batch, bool renamed) {
    if (connection_ == nullptr) return false;
    if (!batch.before().empty()) return false;  // those may change the rows
    for (const std::string& column : batch.must_not_be_null()) {
      std::int64_t rows = integer(
          *connection_, "SELECT count(*) FROM " + name() + " WHERE " + quoted(column) + " IS NULL");
      if (rows == 0) continue;
      throw Error(code::kOperation, "column " + column + " of " + table_ +
                                        " can't be made NOT NULL: it is NULL in " +
                                        std::to_string(rows) + (rows == 1 ? " row" : " rows"))
          .with_hint("give those rows a value first (UPDATE " + name() + " SET ...)");
    }
    check_row_numbers(batch);
    for (const Batch::Column& column : batch.columns()) {
      if (!column.added() || !needs_value(column)) continue;
      std::int64_t rows = integer(*connection_, "SELECT count(*) FROM " + name());
      if (rows == 0) continue;
      throw Error(code::kOperation, "column " + column.name + " of " + table_ +
                                        " can't be added as NOT NULL without a default: the table "
                                        "has " +
                                        std::to_string(rows) + (rows == 1 ? " row" : " rows"))
          .with_hint("give it a server_default, or add it nullable and fill it first");
    }
    bool in_place = !renamed && !batch.needs_copy();
    for (const std::string& check : batch.new_checks()) {
      if (!in_place) return false;  // it may be about columns that aren't there yet
      std::int64_t rows =
          integer(*connection_, "SELECT count(*) FROM " + name() + " WHERE NOT (" + check + ")");
      if (rows == 0) continue;
      throw Error(code::kOperation, "CHECK (" + check + ") can't be added to " + table_ + ": " +
                                        std::to_string(rows) +
                                        (rows == 1 ? " row contradicts" : " rows contradict") +
                                        " it");
    }
    return true;
  }

  // NULL in a column that becomes the INTEGER PRIMARY KEY would turn into a number.
  void check_row_numbers(const Batch& batch) {
    ParsedTable made = parse_table(batch.table_sql("t"));
    const ParsedColumn* key = made.rowid_column();
    const ParsedColumn* old_key = base_->rowid_column();
    if (key == nullptr || (old_key != nullptr && same_name(old_key->name.text, key->name.text))) {
      return;
    }
    for (const Batch::Column& column : batch.columns()) {
      if (column.name != key->name.text || column.added()) continue;
      std::int64_t rows = integer(*connection_, "SELECT count(*) FROM " + name() + " WHERE " +
                                                    quoted(column.original) + " IS NULL");
      if (rows == 0) continue;
      throw Error(code::kOperation, "column " + column.original + " of " + table_ +
                                        " can't become the key: it is NULL in " +
                                        std::to_string(rows) + (rows == 1 ? " row" : " rows"))
          .with_hint("give those rows a value first");
    }
  }

  static bool needs_value(const Batch::Column& column) {
    ItemEdit edit(column.item.text, false);
    const ParsedColumn& parsed = edit.column();
    return parsed.clause(ClauseKind::kNotNull) != nullptr &&
           parsed.clause(ClauseKind::kDefault) == nullptr &&
           parsed.clause(ClauseKind::kGenerated) == nullptr &&
           parsed.clause(ClauseKind::kPrimaryKey) == nullptr;
  }

  // Whether the stored definition may be edited where it stands (https://sqlite.org/
  // lang_altertable.html section 7): a file, so that this is the database itself and not a scratch
  // copy, inside the transaction that the rows were looked at in.
  bool may_edit_in_place() const {
    if (connection_ == nullptr || settings_.copy_from || !connection_->in_transaction()) {
      return false;
    }
    sql::Datum schema = settings_.schema.empty() ? std::string("main") : settings_.schema;
    auto file = connection_->scalar(
        "SELECT file FROM pragma_database_list WHERE name = ? COLLATE NOCASE", {&schema, 1});
    const auto* text = file ? std::get_if<std::string>(&*file) : nullptr;
    return text != nullptr && !text->empty();
  }

  void edit_in_place(const std::string& definition) {
    emit("PRAGMA writable_schema=ON");
    emit("UPDATE " + prefix_ + "sqlite_schema SET sql = " + string_literal(definition) +
         " WHERE type = 'table' AND name = " + string_literal(table_));
    emit("PRAGMA writable_schema=RESET");
    // Any change of the schema tells other connections to read it again.
    std::string view = prefix_ + quoted(temporary_name(table_));
    emit("CREATE VIEW " + view + " AS SELECT 1");
    emit("DROP VIEW " + view);
  }

  // Rows of other tables that the DROP TABLE would touch (https://sqlite.org/foreignkeys.html
  // section 5), which is so when foreign keys are enforced.
  void check_foreign_keys() {
    if (connection_ == nullptr || integer(*connection_, "PRAGMA foreign_keys") == 0) return;
    for (const Object& object : objects_) {
      if (object.type != "table" || object.sql.find('(') == std::string::npos ||
          equal_ignoring_case(std::string_view(object.sql).substr(0, 14), "CREATE VIRTUAL")) {
        continue;
      }
      for (const schema::Constraint& constraint : table_of(parse_table(object.sql)).constraints) {
        const auto* key = std::get_if<schema::ForeignKey>(&constraint);
        if (key == nullptr || !same_name(key->referred_table, table_)) continue;
        std::vector<std::string> conditions;
        for (const std::string& column : key->columns) {
          conditions.push_back(quoted(column) + " IS NOT NULL");
        }
        if (integer(*connection_, "SELECT EXISTS (SELECT 1 FROM " + prefix_ + quoted(object.name) +
                                      " WHERE " + join(conditions, " AND ") + ")") == 0) {
          continue;
        }
        throw Error(code::kOperation,
                    "table " + table_ +
                        " can't be rebuilt while foreign keys are enforced: rows "
                        "of " +
                        object.name + " refer to it" +
                        (key->ondelete == "CASCADE" ? " and would be deleted" : ""))
            .with_hint("run PRAGMA foreign_keys=OFF before the transaction begins");
      }
    }
  }

  bool has_dependents() {
    if (connection_ == nullptr) return true;  // not known
    for (const Object& object : objects_) {
      if (object.type == "view" || object.type == "trigger") return true;
    }
    return integer(*connection_, "SELECT count(*) FROM temp.sqlite_schema") > 0;
  }

  void copy(const Batch& batch) {
    check_foreign_keys();
    std::string temporary = temporary_name(table_);
    std::string target = prefix_ + quoted(temporary);
    for (const Object& object : objects_) {
      if (object.type != "table" || !same_name(object.name, temporary)) continue;
      emit("DROP TABLE " + target + " /* left by a run that failed */");
    }
    std::string definition = batch.table_sql(target);
    emit(definition);
    ParsedTable made = parse_table(definition);
    fill(batch, target, made);
    if (base_->autoincrement() && made.autoincrement() && !settings_.copy_from) {
      std::string sequence = prefix_ + "sqlite_sequence";
      emit("DELETE FROM " + sequence + " WHERE name = " + string_literal(temporary));
      emit("INSERT INTO " + sequence + " (name, seq) SELECT " + string_literal(temporary) +
           ", seq FROM " + sequence + " WHERE name = " + string_literal(table_));
    }
    std::vector<std::string> temp_triggers = temporary_triggers();
    emit("DROP TABLE " + name());
    // Views and triggers that name the table don't resolve until it is back.
    bool quiet = has_dependents() && (connection_ == nullptr ||
                                      integer(*connection_, "PRAGMA legacy_alter_table") == 0);
    if (quiet) emit("PRAGMA legacy_alter_table=ON");
    emit("ALTER TABLE " + target + " RENAME TO " + quoted(table_));
    if (quiet) emit("PRAGMA legacy_alter_table=OFF");
    for (const Object& index : batch.indexes()) {
      ParsedIndex parsed = parse_index(index.sql);
      emit("CREATE " + std::string(parsed.unique ? "UNIQUE " : "") + "INDEX " + prefix_ +
           index.sql.substr(parsed.name.span.begin));
    }
    for (const Object& trigger : of_type("trigger")) {
      ParsedTrigger parsed = parse_trigger(trigger.sql);
      emit("CREATE TRIGGER " + prefix_ + trigger.sql.substr(parsed.name.span.begin));
    }
    for (std::string& trigger : temp_triggers) emit(std::move(trigger));
  }

  // Triggers of the session on this table go with it, too.
  std::vector<std::string> temporary_triggers() {
    std::vector<std::string> out;
    if (connection_ == nullptr) return out;
    for (const Object& object : objects(*connection_, "temp", table_)) {
      if (object.type != "trigger") continue;
      ParsedTrigger parsed = parse_trigger(object.sql);
      out.push_back("CREATE TEMP TRIGGER " + object.sql.substr(parsed.name.span.begin));
    }
    return out;
  }

  void fill(const Batch& batch, const std::string& target, const ParsedTable& made) {
    std::vector<std::string> into;
    std::vector<std::string> from;
    if (std::string rowid = rowid_name(made); !rowid.empty()) {
      into.push_back(rowid);
      from.push_back(rowid);
    }
    for (const Batch::Column& column : batch.columns()) {
      const ParsedColumn* parsed = made.column(column.name);
      if (column.added() || parsed == nullptr ||
          parsed->clause(ClauseKind::kGenerated) != nullptr) {
        continue;
      }
      into.push_back(quoted(column.name));
      from.push_back(column.cast.empty()
                         ? quoted(column.name)
                         : "CAST(" + quoted(column.name) + " AS " + column.cast + ")");
    }
    if (into.empty()) return;
    // ON CONFLICT IGNORE and REPLACE would lose rows without a word.
    emit((has_conflict_clauses(made) ? "INSERT OR ABORT INTO " : "INSERT INTO ") + target + " (" +
         join(into, ", ") + ") SELECT " + join(from, ", ") + " FROM " + name() +
         (has_indexes() ? " NOT INDEXED" : ""));
  }

  static bool has_conflict_clauses(const ParsedTable& made) {
    auto has = [](const ParsedClause& clause) { return !clause.conflict.empty(); };
    return std::any_of(made.clauses.begin(), made.clauses.end(), has) ||
           std::any_of(made.columns.begin(), made.columns.end(), [&](const ParsedColumn& column) {
             return std::any_of(column.clauses.begin(), column.clauses.end(), has);
           });
  }

  // SQLite reads a narrow copy from an index that covers it, in the order of the index; rows are to
  // come in the order of the table, which keeps their numbers and is the fastest to write.
  bool has_indexes() const {
    if (!of_type("index").empty()) return true;
    const ParsedClause* key = base_->primary_key();
    if (key != nullptr && base_->rowid_column() == nullptr) return true;
    auto is_unique = [](const ParsedClause& clause) { return clause.kind == ClauseKind::kUnique; };
    return std::any_of(base_->clauses.begin(), base_->clauses.end(), is_unique) ||
           std::any_of(base_->columns.begin(), base_->columns.end(), [&](const auto& column) {
             return column.clause(ClauseKind::kUnique) != nullptr;
           });
  }

  // The name to copy row numbers by; empty when they come with a key, there are none, or they are
  // 1, 2, 3 and so come by themselves.
  std::string rowid_name(const ParsedTable& made) {
    if (base_->without_rowid || made.without_rowid || made.rowid_column() != nullptr) return "";
    std::string found;
    for (const char* name : {"rowid", "_rowid_", "oid"}) {
      if (base_->column(name) == nullptr && made.column(name) == nullptr) {
        found = name;
        break;
      }
    }
    if (found.empty() || connection_ == nullptr || settings_.copy_from) return "";
    auto ask = [&](const std::string& what) {
      return integer(*connection_, "SELECT " + what + " FROM " + name());
    };
    bool counted = ask("min(" + found + ")") == 1 && ask("max(" + found + ")") == ask("count(*)");
    return counted ? "" : found;
  }

  BatchAlterTable settings_;
  const CompileContext& context_;
  database::Connection* connection_;
  std::string prefix_;  // of the schema
  std::string table_;
  std::vector<Object> objects_;  // after the renames
  std::optional<ParsedTable> base_;
  std::vector<sql::Statement> out_;
};

}  // namespace

std::vector<sql::Statement> rebuild(const std::vector<Operation>& changes,
                                    const std::string& schema, const std::string& table,
                                    const CompileContext& context) {
  return Rebuild(batch_of(changes, schema, table), context).statements();
}

}  // namespace retort::dialect::sqlite
