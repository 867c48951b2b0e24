#include "dialect/mariadb/ddl.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "database/mariadb.h"
#include "dialect/mariadb/grammar.h"
#include "dialect/options.h"
#include "dialect/types.h"
#include "schema/derive.h"
#include "sql/node.h"

// CREATE TABLE and CREATE INDEX in the words of MySQL and MariaDB.
namespace retort::dialect::mariadb {
namespace {

constexpr DdlTraits kMysql = {
    .engine = "MySQL",
    .native_boolean = false,
    .inline_comments = true,
    .rename_qualified = true,
    .sequences = false,
    .max_name = 64,
    .max_identifier = 255,
};
constexpr DdlTraits kMariadb = {
    .engine = "MariaDB",
    .native_boolean = false,
    .inline_comments = true,
    .rename_qualified = true,
    .max_name = 64,
    .max_identifier = 255,
};

bool has(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// "ON UPDATE" anywhere: part of the default to MySQL.
bool has_on_update(const std::string& upper) {
  for (std::size_t at = upper.find("ON "); at != std::string::npos;
       at = upper.find("ON ", at + 1)) {
    std::size_t next = upper.find_first_not_of(' ', at + 2);
    if (next != std::string::npos && upper.compare(next, 6, "UPDATE") == 0) return true;
  }
  return false;
}

// now(6), CURRENT_TIMESTAMP(3): the only functions that stand without parentheses around them.
bool is_precise_now(const std::string& upper) {
  for (std::string_view name : {"NOW(", "CURRENT_TIMESTAMP("}) {
    if (!upper.starts_with(name)) continue;
    std::size_t end = upper.find_first_not_of("0123456789", name.size());
    return end != std::string::npos && end > name.size() && upper[end] == ')';
  }
  return false;
}

// A default that is an expression goes in parentheses (MySQL 8.0.13, MariaDB 10.2.1).
std::string in_parentheses(const std::string& text) {
  std::size_t first = text.find_first_not_of(" \t\n\r\f\v");
  if (first == std::string::npos) return text;
  if (text[first] == '\'' || text[first] == '"' || text[first] == '(') return text;
  std::string upper = to_upper(text);
  if (has_on_update(upper) || is_precise_now(upper)) return text;
  std::string_view line(text);
  line = line.substr(0, line.find('\n'));
  return std::ranges::all_of(line, is_word) ? text : "(" + text + ")";
}

// Options whose value is a string literal.
constexpr auto kStrings = std::to_array<std::string_view>({"COMMENT", "PASSWORD", "CONNECTION"});
constexpr auto kSpaced =
    std::to_array<std::string_view>({"DATA_DIRECTORY", "INDEX_DIRECTORY", "DEFAULT_CHARACTER_SET",
                                     "CHARACTER_SET", "DEFAULT_CHARSET", "DEFAULT_COLLATE"});
constexpr auto kJoinedBySpace = std::to_array<std::string_view>(
    {"TABLESPACE", "DEFAULT CHARACTER SET", "CHARACTER SET", "COLLATE"});
constexpr auto kPartition = std::to_array<std::string_view>(
    {"PARTITION_BY", "PARTITIONS", "SUBPARTITION_BY", "SUBPARTITIONS"});
constexpr auto kCharsets = std::to_array<std::string_view>(
    {"DEFAULT_CHARSET", "DEFAULT_CHARACTER_SET", "CHARSET", "CHARACTER_SET"});

// An expression as the key of an index stands in parentheses of its own.
bool needs_parentheses(const sql::Expression& expression) {
  if (const auto* unary = sql::get<sql::node::Unary>(expression)) {
    return unary->modifier != sql::Op::kDesc && unary->modifier != sql::Op::kAsc;
  }
  return sql::get<sql::node::Binary>(expression) || sql::get<sql::node::Function>(expression);
}

}  // namespace

Ddl::Ddl(const sql::Grammar& grammar, const CompileContext& context)
    : Ddl(grammar, context,
          context.catalog != nullptr ? database::is_mariadb_server(context.catalog->connection())
                                     : grammar.name() == "mariadb") {}

Ddl::Ddl(const sql::Grammar& grammar, const CompileContext& context, bool mariadb)
    : DdlCompiler(grammar, mariadb ? kMariadb : kMysql, context), mariadb_(mariadb) {}

std::string Ddl::own(std::string_view name) const {
  return std::string(grammar_.name()) + "_" + std::string(name);
}

std::string Ddl::own_or_mysql(const schema::Options& options, std::string_view name) const {
  std::string value = option_text(options, own(name));
  return value.empty() ? option_text(options, "mysql_" + std::string(name)) : value;
}

std::string Ddl::column_specification(const schema::Table& table, const schema::Column& column) {
  const sql::Type& type = variant_for(column.type, grammar_.name());
  std::string text = quote(column.name) + " " + grammar_.type(type);
  if (column.computed) text += " " + computed(table, column);
  // MariaDB has no NOT NULL on generated columns.
  bool forced = is_mariadb() && column.computed && !column.nullable_given;
  if (!column.nullable && !forced) {
    text += " NOT NULL";
  } else if (column.nullable && type.name == "TIMESTAMP") {
    // Without it the first TIMESTAMP of a table is NOT NULL by itself.
    text += " NULL";
  }
  if (column.comment) text += " COMMENT " + text_literal(*column.comment);
  bool sequence = is_mariadb() && column.sequence && !column.sequence->optional;
  if (schema::autoincrement_column(table) == &column && !column.server_default &&
      !column.computed && !(sequence && context_.catalog)) {
    text += " AUTO_INCREMENT";
  } else if (column.server_default) {
    text += " DEFAULT " + in_parentheses(default_sql(*column.server_default));
  }
  return text;
}

std::string Ddl::table_suffix(const schema::Table& table) {
  std::string prefix = std::string(grammar_.name()) + "_";
  std::vector<std::pair<std::string, std::string>> options;
  for (const schema::Option& option : table.options) {
    if (!option.name.starts_with(prefix)) continue;
    std::string name = to_upper(option.name.substr(prefix.size()));
    options.emplace_back(name, option_text(table.options, option.name));
  }
  if (table.comment) options.emplace_back("COMMENT", *table.comment);

  // The character set comes before the collation, what is partitioned before its parts; the rest
  // keeps its order.
  auto waits = [&](const std::string& name) {
    if (name == "COLLATE") {
      return std::ranges::any_of(options,
                                 [](const auto& one) { return has(kCharsets, one.first); });
    }
    return false;
  };
  auto rank = [&](const std::pair<std::string, std::string>& one) {
    auto found = std::ranges::find(kPartition, one.first);
    if (found != kPartition.end()) return 2 + static_cast<int>(found - kPartition.begin());
    return waits(one.first) ? 1 : 0;
  };
  std::ranges::stable_sort(options, {}, rank);

  std::string text;
  for (auto [name, value] : options) {
    if (has(kStrings, name)) value = text_literal(value);
    bool partition = has(kPartition, name);
    if (partition || has(kSpaced, name)) name = replace_all(name, "_", " ");
    bool space = partition || has(kJoinedBySpace, name);
    text += (text.empty() ? "" : " ") + name + (space ? " " : "=") + value;
  }
  return text;
}

std::string Ddl::identity_options(const schema::SequenceOptions& options) const {
  return replace_all(DdlCompiler::identity_options(options), "NO CYCLE", "NOCYCLE");
}

std::optional<std::string> Ddl::primary_key(const schema::Table& table,
                                            const schema::PrimaryKey& key) {
  std::optional<std::string> text = DdlCompiler::primary_key(table, key);
  std::string method = own_or_mysql(key.options, "using");
  if (text && !method.empty()) *text += " USING " + quote(method);
  return text;
}

std::string Ddl::match(const schema::ForeignKey& key) const {
  if (key.match.empty()) return {};
  throw Error(code::kOperation,
              "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE "
              "clauses to be ignored.")
      .with_hint("leave match= out of the foreign key");
}

std::string Ddl::index_key(const schema::Index& index, const schema::IndexKey& key) {
  std::string text = key.expression ? expression(key.expression) : quote(key.column);
  if (key.expression && needs_parentheses(key.expression)) text = "(" + text + ")";
  // One length for all keys, or a length by column name or by what is written.
  const auto* lengths = option_map(index.options, own("length"));
  if (!lengths) {
    std::string length = option_text(index.options, own("length"));
    return length.empty() ? text : text + "(" + length + ")";
  }
  for (const std::string& name : {key.column, text}) {
    auto found = std::ranges::find(*lengths, name, &std::pair<std::string, std::string>::first);
    if (!name.empty() && found != lengths->end()) return text + "(" + found->second + ")";
  }
  return text;
}

std::string Ddl::create_index(const schema::Table& table, const schema::Index& index,
                              bool if_not_exists) {
  std::string kind = option_text(index.options, own("prefix"));
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") +
                     (kind.empty() ? "" : kind + " ") + "INDEX " +
                     (if_not_exists ? "IF NOT EXISTS " : "") + name_of(table, index) + " ON " +
                     table_name(table.schema, table.name) + " (";
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    text += (i == 0 ? "" : ", ") + index_key(index, index.keys[i]);
  }
  text += ")";
  if (std::string parser = own_or_mysql(index.options, "with_parser"); !parser.empty()) {
    text += " WITH PARSER " + parser;
  }
  if (std::string method = own_or_mysql(index.options, "using"); !method.empty()) {
    text += " USING " + quote(method);
  }
  return text;
}

}  // namespace retort::dialect::mariadb
