#include "dialect/postgresql/plain_table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "base/text.h"
#include "dialect/options.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/named_type.h"
#include "dialect/types.h"
#include "schema/derive.h"

namespace retort::dialect::postgresql {
namespace {

constexpr std::size_t kLongestName = 63;

// Options of other engines are nothing here.
bool has_own_options(const schema::Options& options) {
  return std::ranges::any_of(
      options, [](const schema::Option& one) { return one.name.starts_with("postgresql"); });
}

// The name that the server gives to what belongs to these columns: t_a_b_key. Empty: a name that it
// would have to shorten.
std::string chosen_name(const std::string& table, const std::vector<std::string>& columns,
                        std::string_view label) {
  std::string name = table;
  for (const std::string& column : columns) name += "_" + column;
  name += "_" + std::string(label);
  return name.size() <= kLongestName ? name : "";
}

// ---- types

struct Spelled {
  std::string_view ddl;
  std::string_view text;  // as format_type() prints it
};
constexpr auto kTypes = std::to_array<Spelled>({
    {"BIGINT", "bigint"},
    {"BOOLEAN", "boolean"},
    {"BYTEA", "bytea"},
    {"DATE", "date"},
    {"DOUBLE PRECISION", "double precision"},
    {"FLOAT", "double precision"},
    {"INTEGER", "integer"},
    {"JSON", "json"},
    {"JSONB", "jsonb"},
    {"NUMERIC", "numeric"},
    {"SMALLINT", "smallint"},
    {"TEXT", "text"},
    {"TIME WITHOUT TIME ZONE", "time without time zone"},
    {"TIMESTAMP WITH TIME ZONE", "timestamp with time zone"},
    {"TIMESTAMP WITHOUT TIME ZONE", "timestamp without time zone"},
    {"UUID", "uuid"},
    {"VARCHAR", "character varying"},
});

std::optional<std::string> type_text(const sql::Type& given) {
  const sql::Type& type = variant_for(given, grammar().name());
  if (!type.collation.empty() || type.name == "DOMAIN" || type.name == "UserDefined") {
    return std::nullopt;
  }
  std::string ddl = grammar().type(type);
  std::string arguments;
  std::size_t open = ddl.find('(');
  if (open != std::string::npos) {
    bool two = ddl.starts_with("NUMERIC(") && ddl.find(", ") != std::string::npos;
    if ((!two && !ddl.starts_with("VARCHAR(")) || !ddl.ends_with(")")) return std::nullopt;
    arguments = replace_all(ddl.substr(open), ", ", ",");
    ddl.resize(open);
  }
  auto found = std::ranges::find(kTypes, ddl, &Spelled::ddl);
  if (found == kTypes.end()) return std::nullopt;
  return std::string(found->text) + arguments;
}

// ---- defaults

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 10 && (text.size() == 1 || text.front() != '0') &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The constant in quotes, nullopt where what is inside has a meaning of its own.
std::optional<std::string> in_quotes(std::string_view sql) {
  if (sql.size() < 2 || sql.front() != '\'' || sql.back() != '\'') return std::nullopt;
  std::string_view text = sql.substr(1, sql.size() - 2);
  if (text.find_first_of("'\\") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

// The default as the server prints it back.
std::optional<std::string> default_text(std::string_view sql, const std::string& type) {
  bool is_moment = type == "timestamp with time zone" || type == "timestamp without time zone";
  if (sql == "now()" || sql == "CURRENT_TIMESTAMP") {
    return is_moment ? std::optional(std::string(sql)) : std::nullopt;
  }
  std::optional<std::string> text = in_quotes(sql);
  if (type == "boolean") {
    std::string_view word = text ? std::string_view(*text) : sql;
    return word == "true" || word == "false" ? std::optional(std::string(word)) : std::nullopt;
  }
  if (type == "integer" || type == "bigint" || type == "smallint") {
    if (is_number(sql)) return std::string(sql);
    if (text && is_number(*text) && type == "integer") return text;
    return std::nullopt;
  }
  if (type.starts_with("numeric") && is_number(sql)) return std::string(sql);
  if (!text) return std::nullopt;
  if (type == "text" || type == "character varying") return std::string(sql) + "::" + type;
  if (type.starts_with("character varying(")) return std::string(sql) + "::character varying";
  if ((type == "json" || type == "jsonb") && (*text == "{}" || *text == "[]")) {
    return std::string(sql) + "::" + type;
  }
  return std::nullopt;
}

// ---- parts

std::optional<std::string> deferred(const schema::Deferral& deferral) {
  std::string word = to_upper(deferral.initially);
  return word.empty() || word == "DEFERRED" || word == "IMMEDIATE" ? std::optional(word)
                                                                   : std::nullopt;
}

std::optional<schema::Deferral> plain_deferral(const schema::Deferral& given) {
  std::optional<std::string> word = deferred(given);
  if (!word) return std::nullopt;
  schema::Deferral out;
  if (!given.deferrable.value_or(false) && *word != "DEFERRED") return out;
  out.deferrable = true;
  if (*word == "DEFERRED") out.initially = *word;
  return out;
}

// The name of a PRIMARY KEY or UNIQUE, and when it is checked.
template <typename Key>
bool complete_key(Key& key, const schema::Table& table, const std::vector<std::string>& in_name,
                  std::string_view label) {
  if (key.columns.empty() || has_own_options(key.options)) return false;
  if (key.name.empty()) key.name.text = chosen_name(table.name, in_name, label);
  if (key.name.empty() || key.name.text.size() > kLongestName) return false;
  key.name.final = true;
  key.options.clear();
  std::optional<schema::Deferral> deferral = plain_deferral(key.deferral);
  if (deferral) key.deferral = *deferral;
  return deferral.has_value();
}

class Plain {
 public:
  Plain(const schema::Table& table, const NamedTypes& named, Ddl& ddl)
      : table_(schema::with_primary_key(table)), named_(named), ddl_(ddl) {}

  std::optional<PlainTable> run() {
    if (has_own_options(table_.options) || !table_.prefixes.empty()) return std::nullopt;
    if (table_.comment && table_.comment->empty()) return std::nullopt;
    out_.name = table_.name;
    out_.schema = table_.schema;
    out_.comment = table_.comment;
    asked_.name = table_.name;
    numbered_ = schema::autoincrement_column(table_);
    bool known =
        std::ranges::all_of(table_.constraints, [&](const auto& one) { return constraint(one); }) &&
        std::ranges::all_of(table_.columns, [&](const auto& one) { return column(one); }) &&
        std::ranges::all_of(table_.indexes, [&](const auto& one) { return index(one); });
    if (!known) return std::nullopt;
    sort_parts(out_);
    PlainTable plain{std::move(out_), {}};
    if (asks_) plain.asked = std::move(asked_);
    return plain;
  }

 private:
  static bool has_short_name(const schema::Name& name) {
    return !name.empty() && name.text.size() <= kLongestName;
  }

  bool ask(const schema::Constraint& given) {
    asked_.constraints.push_back(given);
    asks_ = true;
    return true;
  }

  bool constraint(const schema::Constraint& given) {
    if (std::holds_alternative<schema::ForeignKey>(given)) return true;
    if (const auto* check = std::get_if<schema::Check>(&given)) {
      return has_short_name(check->name) && check->type_column.empty() && ask(given);
    }
    if (const auto* exclude = std::get_if<schema::Exclude>(&given)) {
      return has_short_name(exclude->name) && ask(given);
    }
    schema::Constraint made = given;
    const std::vector<std::string>* columns = nullptr;
    if (auto* key = std::get_if<schema::PrimaryKey>(&made)) {
      if (!complete_key(*key, table_, {}, "pkey")) return false;
      key->implicit = false;
      columns = &key->columns;
    } else if (auto* unique = std::get_if<schema::Unique>(&made)) {
      if (!complete_key(*unique, table_, unique->columns, "key")) return false;
      columns = &unique->columns;
    }
    // Of two keys over the same columns the server makes one.
    if (!columns || !keys_.insert(*columns).second) return false;
    out_.constraints.push_back(std::move(made));
    return true;
  }

  bool column(const schema::Column& given) {
    if (given.identity || given.sequence || given.system) return false;
    if (has_own_options(given.options) || ddl_.type_check(given)) return false;
    if (given.comment && given.comment->empty()) return false;
    const schema::PrimaryKey* key = table_.primary_key();
    schema::Column made;
    made.name = given.name;
    made.primary_key = key && std::ranges::find(key->columns, given.name) != key->columns.end();
    made.nullable = given.nullable && !made.primary_key;
    made.nullable_given = true;
    made.autoincrement = schema::Autoincrement::kFalse;
    made.comment = given.comment;
    if (!set_type(given, made)) return false;
    schema::Column& bare = asked_.columns.emplace_back();
    bare.name = given.name;
    bare.type = given.type;
    bare.autoincrement = schema::Autoincrement::kFalse;
    if (!set_default(given, made)) {
      bare.server_default = given.server_default;
      bare.computed = given.computed;
      asks_ = true;
    }
    out_.columns.push_back(std::move(made));
    return true;
  }

  bool set_type(const schema::Column& given, schema::Column& made) {
    const sql::Type& type = variant_for(given.type, grammar().name());
    if (is_native_enum(type)) {
      const sql::Type* found =
          type.schema.empty() ? named_.find(named_type(type, grammar())) : nullptr;
      if (found) made.type = *found;
      return found != nullptr;
    }
    std::optional<std::string> known = type_text(type);
    if (!known) return false;
    if (given.primary_key && &given == numbered_ && !given.client_default && !given.computed) {
      return set_serial(*known, made);
    }
    made.type = reflect_type(*known, {}, "");
    return true;
  }

  // False: the server has to tell.
  bool set_default(const schema::Column& given, schema::Column& made) {
    if (given.computed) return false;
    if (!given.server_default) return true;
    const sql::Type& type = variant_for(given.type, grammar().name());
    std::optional<std::string> known = is_native_enum(type) ? std::nullopt : type_text(type);
    if (!known) return false;
    std::optional<std::string> value =
        default_text(ddl_.default_sql(*given.server_default), *known);
    if (value) made.server_default = sql::raw(*value);
    return value.has_value();
  }

  bool set_serial(const std::string& type, schema::Column& made) {
    std::string sequence = chosen_name(table_.name, {made.name}, "seq");
    if (sequence.empty() || (type != "integer" && type != "bigint" && type != "smallint")) {
      return false;
    }
    if (sequence.find_first_of("\"'\\") != std::string::npos) return false;
    if (!is_lower_word(sequence)) sequence = "\"" + sequence + "\"";
    if (!table_.schema.empty()) sequence = grammar().quote(table_.schema) + "." + sequence;
    made.type = reflect_type(type, {}, "");
    made.autoincrement = schema::Autoincrement::kTrue;
    made.options.push_back({"postgresql_serial", "nextval('" + sequence + "'::regclass)"});
    return true;
  }

  // One that the server prints without quotes.
  static bool is_lower_word(const std::string& name) {
    return !(name.front() >= '0' && name.front() <= '9') && std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
  }

  bool index(const schema::Index& given) {
    if (!has_short_name(given.name) || given.keys.empty()) return false;
    schema::Index made;
    made.name = {given.name.text, true};
    made.unique = given.unique;
    for (const schema::IndexKey& key : given.keys) {
      if (key.column.empty() || key.expression || has_own_options(given.options)) {
        asked_.indexes.push_back(given);
        asks_ = true;
        return true;
      }
      made.keys.push_back({key.column, {}});
    }
    out_.indexes.push_back(std::move(made));
    return true;
  }

  schema::Table table_;
  const NamedTypes& named_;
  Ddl& ddl_;
  const schema::Column* numbered_ = nullptr;
  std::set<std::vector<std::string>> keys_;
  schema::Table out_;
  schema::Table asked_;
  bool asks_ = false;
};

// ON DELETE and ON UPDATE as they are read back; nullopt: not one of the words.
std::optional<std::string> plain_action(std::string_view given) {
  std::string word = to_upper(trim(given));
  if (word == "NO ACTION") return "";
  static constexpr auto kWords =
      std::to_array<std::string_view>({"", "CASCADE", "RESTRICT", "SET DEFAULT", "SET NULL"});
  return std::ranges::find(kWords, word) != kWords.end() ? std::optional(word) : std::nullopt;
}

}  // namespace

void PlainTable::complete(schema::Table&& answer) {
  for (schema::Column& told : answer.columns) {
    schema::Column* own = known.column(told.name);
    if (told.server_default) own->server_default = std::move(told.server_default);
    if (told.computed) own->computed = std::move(told.computed);
  }
  std::ranges::move(answer.constraints, std::back_inserter(known.constraints));
  std::ranges::move(answer.indexes, std::back_inserter(known.indexes));
  sort_parts(known);
}

std::optional<PlainTable> plain_table(const schema::Table& table, const NamedTypes& named,
                                      Ddl& ddl) {
  return Plain(table, named, ddl).run();
}

std::optional<schema::ForeignKey> plain_foreign_key(const schema::Table& table,
                                                    const schema::ForeignKey& key,
                                                    const schema::Table* referred) {
  schema::ForeignKey out;
  out.columns = key.columns;
  out.name = {key.name.text, true};
  if (key.name.empty()) out.name.text = chosen_name(table.name, key.columns, "fkey");
  out.referred_schema = referred ? referred->schema : key.referred_schema;
  out.referred_table = key.referred_table;
  out.referred_columns = key.referred_columns;
  if (out.referred_columns.empty()) out.referred_columns = key.columns;
  std::optional<std::string> onupdate = plain_action(key.onupdate);
  std::optional<std::string> ondelete = plain_action(key.ondelete);
  std::optional<schema::Deferral> deferral = plain_deferral(key.deferral);
  out.match = to_upper(trim(key.match));
  if (out.match == "SIMPLE") out.match.clear();
  bool known = onupdate && ondelete && deferral && !has_own_options(key.options) &&
               !out.name.empty() && out.name.text.size() <= kLongestName &&
               (out.match.empty() || out.match == "FULL") &&
               (referred || out.referred_schema.empty());
  if (!known) return std::nullopt;
  out.onupdate = *onupdate;
  out.ondelete = *ondelete;
  out.deferral = *deferral;
  return out;
}

void sort_parts(schema::Table& table) {
  std::ranges::stable_sort(table.constraints, [](const auto& a, const auto& b) {
    bool first_a = std::holds_alternative<schema::PrimaryKey>(a);
    bool first_b = std::holds_alternative<schema::PrimaryKey>(b);
    if (first_a != first_b) return first_a;
    return schema::name_of(a).text < schema::name_of(b).text;
  });
  std::ranges::stable_sort(table.indexes, {}, [](const auto& one) { return one.name.text; });
}

}  // namespace retort::dialect::postgresql
