#include "dialect/postgresql/ddl.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "dialect/options.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/types.h"
#include "schema/derive.h"

// CREATE TABLE and constraints in PostgreSQL's words.
namespace retort::dialect::postgresql {
namespace {

constexpr DdlTraits kTraits = {.engine = "PostgreSQL", .max_name = 63, .max_identifier = 63};

std::string serial(const sql::Type& type) {
  std::string_view name = sql_name(type);
  if (name == "BIGINT") return "BIGSERIAL";
  if (name == "SMALLINT") return "SMALLSERIAL";
  return "SERIAL";
}

// The major version of "15.4 (Debian 15.4-1)"; 0 when it can't be read.
int major_version(std::string_view version) {
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

std::string not_valid(const schema::Options& options) {
  return option_flag(options, "postgresql_not_valid").value_or(false) ? " NOT VALID" : "";
}

std::string no_inherit(const schema::Options& options) {
  return option_flag(options, "postgresql_no_inherit").value_or(false) ? " NO INHERIT" : "";
}

// A column that was read from a database with a sequence of its own (inspect.h).
bool is_serial(const schema::Column& column) {
  return schema::find_option(column.options, "postgresql_serial") != nullptr;
}

// SET NULL (a, "B"): the columns that it sets. What is inside the quotes is anybody's.
bool is_action(std::string_view text) {
  std::size_t open = text.find('(');
  auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ';
  };
  std::string_view words = text.substr(0, open);
  if (trim(words).empty() || !std::ranges::all_of(words, word)) return false;
  if (open == std::string_view::npos) return true;
  std::string_view columns = trim(text.substr(open));
  if (columns.size() < 3 || columns.back() != ')') return false;
  columns = columns.substr(1, columns.size() - 2);
  bool quoted = false;
  for (char c : columns) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c != '"' && c != ',' && c != '$' && !word(c)) return false;
  }
  return !quoted;
}

}  // namespace

Ddl::Ddl(const CompileContext& context) : DdlCompiler(grammar(), kTraits, context) {}

std::string Ddl::column_specification(const schema::Table& table, const schema::Column& column) {
  const sql::Type& type = variant_for(column.type, grammar_.name());
  std::string text = quote(column.name);
  bool sequence = column.sequence && !column.sequence->optional;
  bool numbered = column.primary_key && schema::autoincrement_column(table) == &column &&
                  !column.identity && !sequence && !column.client_default;
  if (numbered || is_serial(column)) {
    text += " " + serial(type);
  } else {
    text += " " + grammar_.type(type);
    if (column.server_default) text += " DEFAULT " + default_sql(*column.server_default);
  }
  if (column.computed) text += " " + computed(table, column);
  if (column.identity) {
    text += " " + identity(*column.identity);
    if (column.nullable) text += " NULL";
  } else if (!column.nullable) {
    text += " NOT NULL";
  }
  return text;
}

std::string Ddl::computed(const schema::Table& table, const schema::Column& column) {
  // Virtual columns, and the right to say neither, came with version 18.
  bool stored_only =
      context_.catalog && major_version(context_.catalog->connection().server_version()) < 18;
  if (!stored_only) return DdlCompiler::computed(table, column);
  if (column.computed->persisted == false) {
    throw Error(code::kOperation,
                "this PostgreSQL has no virtual generated columns (they came with "
                "version 18)")
        .with_hint("set persisted=True of Computed()");
  }
  return "GENERATED ALWAYS AS (" + expression(column.computed->expression) + ") STORED";
}

std::string Ddl::with_options(
    const std::vector<std::pair<std::string, std::string>>& options) const {
  std::string text;
  for (const auto& [name, value] : options) {
    std::string word = value == "True" || value == "False" ? to_lower(value) : value;
    text += (text.empty() ? "" : ", ") + name + (word == "None" ? "" : " = " + word);
  }
  return text;
}

std::string Ddl::table_suffix(const schema::Table& table) {
  const schema::Options& options = table.options;
  std::string text;
  std::vector<std::string> parents = option_list(options, "postgresql_inherits");
  if (!parents.empty()) text += "\n INHERITS (" + quote_list(parents) + ")";
  auto clause = [&](std::string_view word, std::string_view option) {
    std::string value = option_text(options, option);
    if (!value.empty()) text += "\n " + std::string(word) + " " + value;
  };
  clause("PARTITION BY", "postgresql_partition_by");
  clause("USING", "postgresql_using");
  if (const auto* with = option_map(options, "postgresql_with"); with && !with->empty()) {
    text += "\n WITH (" + with_options(*with) + ")";
  }
  if (auto oids = option_flag(options, "postgresql_with_oids")) {
    text += *oids ? "\n WITH OIDS" : "\n WITHOUT OIDS";
  }
  if (std::string commit = option_text(options, "postgresql_on_commit"); !commit.empty()) {
    text += "\n ON COMMIT " + to_upper(replace_all(commit, "_", " "));
  }
  if (std::string space = option_text(options, "postgresql_tablespace"); !space.empty()) {
    text += "\n TABLESPACE " + quote(space);
  }
  return text;
}

std::string Ddl::include(const schema::Options& options) const {
  std::vector<std::string> columns = option_list(options, "postgresql_include");
  return columns.empty() ? "" : " INCLUDE (" + quote_list(columns) + ")";
}

std::optional<std::string> Ddl::primary_key(const schema::Table& table,
                                            const schema::PrimaryKey& key) {
  if (key.columns.empty()) return std::nullopt;
  return preamble(table, key) + "PRIMARY KEY (" + quote_list(key.columns) + ")" +
         include(key.options) + deferral(key.deferral);
}

std::optional<std::string> Ddl::unique(const schema::Table& table, const schema::Unique& unique) {
  if (unique.columns.empty()) return std::nullopt;
  std::string nulls;
  if (auto same = option_flag(unique.options, "postgresql_nulls_not_distinct")) {
    nulls = *same ? "NULLS NOT DISTINCT " : "NULLS DISTINCT ";
  }
  return preamble(table, unique) + "UNIQUE " + nulls + "(" + quote_list(unique.columns) + ")" +
         include(unique.options) + deferral(unique.deferral);
}

std::optional<std::string> Ddl::check(const schema::Table& table, const schema::Check& check) {
  return *DdlCompiler::check(table, check) + no_inherit(check.options) + not_valid(check.options);
}

std::optional<std::string> Ddl::foreign_key(const schema::Table& table,
                                            const schema::ForeignKey& key) {
  return *DdlCompiler::foreign_key(table, key) + not_valid(key.options);
}

std::string Ddl::on_delete(const schema::ForeignKey& key) const {
  if (is_action(key.ondelete)) return " ON DELETE " + key.ondelete;
  return " ON DELETE " + phrase(key.ondelete);
}

std::optional<std::string> Ddl::exclude(const schema::Table& table,
                                        const schema::Exclude& exclude) {
  std::string elements;
  const auto* ops = option_map(exclude.options, "ops");
  for (const schema::Exclude::Element& element : exclude.elements) {
    std::string key = expression(element.expression);
    std::string written = key;
    if (ops) {
      auto found = std::ranges::find(*ops, key, &std::pair<std::string, std::string>::first);
      if (found != ops->end()) written += " " + found->second;
    }
    elements += (elements.empty() ? "" : ", ") + written + " WITH " + element.op;
  }
  std::string text = preamble(table, exclude) + "EXCLUDE USING " +
                     to_lower(phrase(exclude.method)) + " (" + elements + ")";
  if (exclude.where) text += " WHERE (" + expression(exclude.where) + ")";
  return text + deferral(exclude.deferral);
}

}  // namespace retort::dialect::postgresql
