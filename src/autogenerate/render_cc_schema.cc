#include "autogenerate/render_cc_schema.h"

#include <algorithm>
#include <array>
#include <limits>

#include "autogenerate/render_cc.h"
#include "autogenerate/render_schema.h"
#include "autogenerate/render_sql.h"
#include "base/text.h"
#include "schema/dump.h"
#include "sql/affinity.h"
#include "sql/node.h"

namespace retort::autogenerate {
namespace {

using Items = std::vector<CcText>;

constexpr std::size_t kWidth = 100;

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// The functions of retort/type.h that take nothing, or may.
constexpr auto kPlain = std::to_array<std::string_view>(
    {"SmallInteger", "Integer",     "BigInteger", "Boolean",  "String",  "Unicode", "Text",
     "UnicodeText",  "LargeBinary", "Date",       "Interval", "Numeric", "Float",   "Double",
     "JSON",         "Uuid",        "TEXT",       "INTEGER",  "BIGINT",  "REAL",    "BLOB"});
constexpr auto kSized =
    std::to_array<std::string_view>({"String", "Unicode", "LargeBinary", "CHAR", "VARCHAR"});
constexpr auto kTimed = std::to_array<std::string_view>({"Time", "DateTime", "TIMESTAMP"});
constexpr auto kPostgresql = std::to_array<std::string_view>(
    {"BYTEA", "CIDR", "CITEXT", "DATERANGE", "HSTORE", "INET", "INT4RANGE", "INT8RANGE", "INTERVAL",
     "JSONB", "MACADDR", "MONEY", "NUMRANGE", "OID", "TSQUERY", "TSRANGE", "TSTZRANGE",
     "TSVECTOR"});
constexpr auto kMysqlIntegers =
    std::to_array<std::string_view>({"TINYINT", "SMALLINT", "MEDIUMINT", "INTEGER", "BIGINT"});
constexpr auto kMysql = std::to_array<std::string_view>(
    {"TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "MEDIUMBLOB", "LONGBLOB", "YEAR"});

// What Python alone makes something of.
constexpr auto kPythonOptions =
    std::to_array<std::string_view>({"astext_type", "none_as_null", "as_uuid"});

// Another name of a type, for where it is the same in DDL.
constexpr auto kSynonyms =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"SMALLINT", "SmallInteger"},
                                                                  {"INTEGER", "INTEGER"},
                                                                  {"BIGINT", "BIGINT"},
                                                                  {"BOOLEAN", "Boolean"},
                                                                  {"VARCHAR", "String"},
                                                                  {"NVARCHAR", "Unicode"},
                                                                  {"TEXT", "TEXT"},
                                                                  {"NUMERIC", "Numeric"},
                                                                  {"FLOAT", "Float"},
                                                                  {"DOUBLE", "Double"},
                                                                  {"DOUBLE_PRECISION", "Double"},
                                                                  {"REAL", "REAL"},
                                                                  {"DATE", "Date"},
                                                                  {"TIME", "Time"},
                                                                  {"DATETIME", "DateTime"},
                                                                  {"TIMESTAMP", "DateTime"},
                                                                  {"JSON", "JSON"},
                                                                  {"UUID", "Uuid"},
                                                                  {"ARRAY", "ARRAY"},
                                                                  {"ENUM", "Enum"}});

std::string number(int value) { return std::to_string(value); }

CcText quoted(std::string_view text) { return cc_literal(text); }

// {"a", "b"} with options behind: Enum(...).
CcText enumeration(sql::Type& rest, const std::string& function) {
  Items arguments{cc_list(rest.values)};
  Items options;
  if (!rest.type_name.empty()) options.push_back(quoted(rest.type_name).behind(".name = "));
  if (!rest.schema.empty()) options.push_back(quoted(rest.schema).behind(".schema = "));
  if (!rest.native) options.emplace_back(".native = false");
  if (rest.create_constraint) options.emplace_back(".create_constraint = true");
  // The name is of the CHECK alone, where there is one.
  if (!rest.create_constraint) rest.type_name_final = false;
  rest.values.clear();
  rest.type_name.clear();
  rest.schema.clear();
  rest.native = true;
  rest.create_constraint = false;
  if (!options.empty()) arguments.emplace_back("{", std::move(options), "}");
  return {function + "(", std::move(arguments), ")"};
}

// The arguments of a type's function; what they say is taken out of `rest`.
CcOptional call_of(sql::Type& rest, const std::string& function) {
  const std::string name = rest.name;
  const bool postgresql = rest.dialect == "postgresql";
  const bool mysql = rest.dialect == "mysql";
  auto call = [&](Items arguments) { return CcText(function + "(", std::move(arguments), ")"); };
  if (name == "Enum" || (postgresql && name == "ENUM")) return enumeration(rest, function);
  if (mysql && name == "SET") {
    Items arguments{cc_list(rest.values)};
    rest.values.clear();
    return call(std::move(arguments));
  }
  if (rest.dialect.empty() && name == "ARRAY") return call({});
  if (rest.dialect.empty() && name == "UserDefined") {
    std::string sql = std::exchange(rest.sql, {});
    return call({quoted(sql)});
  }
  if (rest.length &&
      ((rest.dialect.empty() && contains(kSized, name)) || (postgresql && name == "BIT"))) {
    std::optional<int> length = std::exchange(rest.length, {});
    return call({number(*length)});
  }
  if (mysql && name == "DATETIME" && rest.precision) {
    std::optional<int> precision = std::exchange(rest.precision, {});
    return call({number(*precision)});
  }
  if (rest.dialect.empty() && rest.precision &&
      (name == "Numeric" || name == "Float" || (name == "DECIMAL" && rest.scale))) {
    Items arguments{number(*rest.precision)};
    rest.precision.reset();
    if (rest.scale && name != "Float") {
      arguments.emplace_back(number(*rest.scale));
      rest.scale.reset();
    }
    return call(std::move(arguments));
  }
  if (rest.dialect.empty() && contains(kTimed, name)) {
    bool timezone = std::exchange(rest.timezone, false);
    return timezone ? call({"{.timezone = true}"}) : call({});
  }
  if (mysql && contains(kMysqlIntegers, name)) {
    bool is_unsigned =
        std::erase(rest.options, std::pair<std::string, std::string>("unsigned", "true")) > 0;
    return is_unsigned ? call({"{.is_unsigned = true}"}) : call({});
  }
  if ((rest.dialect.empty() && contains(kPlain, name)) ||
      (postgresql && contains(kPostgresql, name)) || (mysql && contains(kMysql, name))) {
    return call({});
  }
  return {};
}

bool makes_something(const sql::Type& type) {
  bool enum_type = (type.name == "Enum" || type.name == "ENUM") && type.native && type.create_type;
  return enum_type || type.create_constraint || type.name == "DOMAIN" ||
         std::ranges::any_of(type.arguments, makes_something) ||
         std::ranges::any_of(type.variants,
                             [](const auto& one) { return makes_something(one.second); });
}

}  // namespace

std::string CcText::flat() const {
  std::string out = head;
  for (std::size_t i = 0; i < items.size(); ++i) out += (i > 0 ? ", " : "") + items[i].flat();
  return out + tail;
}

std::string CcText::str(std::size_t indent, std::size_t after) const {
  return str(indent, indent, after);
}

std::string CcText::str(std::size_t indent, std::size_t start, std::size_t after) const {
  std::string line = flat();
  bool fits = line.find('\n') == std::string::npos && start + line.size() + after <= kWidth;
  auto leaf = [](const CcText& one) { return one.items.empty(); };
  if (fits || items.empty() || (items.size() == 1 && leaf(items[0]))) return line;
  // Words before the first part that has parts of its own stay on the line of the call.
  std::size_t first = std::ranges::find_if_not(items, leaf) - items.begin();
  if (!head.ends_with('(') || first == items.size()) first = 0;
  std::string out = head;
  for (std::size_t i = 0; i < first; ++i) out += items[i].flat() + (i + 1 < first ? ", " : ",");
  if (first + 1 == items.size()) {
    std::string begun = out + (first > 0 ? " " : "");
    std::size_t column = start + begun.size();
    if (begun.find('\n') == std::string::npos && column + items[first].head.size() <= kWidth) {
      return begun + items[first].str(indent, column, tail.size() + after) + tail;
    }
  }
  constexpr std::size_t kDeeper = 4;
  for (std::size_t i = first; i < items.size(); ++i) {
    bool last = i + 1 == items.size();
    out += "\n" + std::string(indent + kDeeper, ' ') +
           items[i].str(indent + kDeeper, last ? tail.size() + after : 1) + (last ? "" : ",");
  }
  return out + tail;
}

CcText CcText::behind(std::string_view word) const {
  CcText out = *this;
  out.head = std::string(word) + head;
  return out;
}

CcText cc_list(const std::vector<std::string>& names) {
  Items items;
  for (const std::string& name : names) items.push_back(quoted(name));
  return {"{", std::move(items), "}"};
}

CcText cc_name(const schema::Name& name) {
  if (name.empty()) return "{}";
  return name.final ? "f(" + cc_literal(name.text) + ")" : cc_literal(name.text);
}

std::optional<std::string> cc_action(std::string_view action) {
  constexpr auto kActions = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"", ""},
       {"CASCADE", "Action::cascade"},
       {"SET NULL", "Action::set_null"},
       {"SET DEFAULT", "Action::set_default"},
       {"RESTRICT", "Action::restrict"},
       {"NO ACTION", "Action::no_action"}});
  for (const auto& [sql, word] : kActions) {
    if (equal_ignoring_case(action, sql)) return std::string(word);
  }
  return {};
}

bool cc_deferral(const schema::Deferral& deferral, Items& out) {
  if (deferral.deferrable) {
    out.emplace_back(std::string(".deferrable = ") + (*deferral.deferrable ? "true" : "false"));
  }
  if (equal_ignoring_case(deferral.initially, "DEFERRED")) {
    out.emplace_back(".initially_deferred = true");
    return true;
  }
  return deferral.initially.empty();
}

CcOptional CcSchema::said(const sql::Type& given) const {
  sql::Type rest = given;
  std::erase_if(rest.options, [](const auto& one) { return contains(kPythonOptions, one.first); });
  std::string collation = std::exchange(rest.collation, {});
  std::vector<std::pair<std::string, sql::Type>> variants = std::exchange(rest.variants, {});
  std::string function = rest.name;
  if (rest.dialect == "postgresql" || rest.dialect == "mysql") {
    function = rest.dialect + "::" + function;
  } else if (!rest.dialect.empty()) {
    return {};
  }
  CcOptional out = call_of(rest, function);
  if (!out) return {};
  if (rest.name == "ARRAY") {
    if (rest.arguments.size() != 1) return {};
    CcOptional element = type(rest.arguments[0]);
    if (!element) return {};
    out->items.push_back(*element);
    rest.arguments.clear();
  }
  sql::Type nothing;
  nothing.name = rest.name;
  nothing.dialect = rest.dialect;
  if (rest != nothing) return {};
  if (!collation.empty()) out->tail += ".with_collation(" + cc_literal(collation) + ")";
  for (const auto& [dialect, variant] : variants) {
    CcOptional other = said(variant);
    if (!other) return {};
    out->tail += ".with_variant(" + other->flat() + ", " + cc_literal(dialect) + ")";
  }
  return out;
}

CcOptional CcSchema::type(const sql::Type& type) const {
  if (CcOptional out = said(type)) return out;
  std::string spelled = grammar_.type(type);
  if (type.variants.empty()) {
    for (const auto& [name, synonym] : kSynonyms) {
      if (type.name != name) continue;
      sql::Type other = type;
      other.name = synonym;
      other.dialect.clear();
      if (grammar_.type(other) != spelled) continue;
      if (CcOptional out = said(other)) return out;
    }
  }
  // Its spelling does where that is all there is to the type.
  if (spelled.empty() || makes_something(type) || sql::affinity(type) == sql::Affinity::kInteger) {
    return {};
  }
  return CcText("UserDefined(", {quoted(spelled)}, ")");
}

CcText CcSchema::text(const sql::Expression& expression) const {
  return {"text(", {quoted(without_binds(sql::compile_ddl(expression, grammar_)))}, ")"};
}

CcOptional CcSchema::server_default(const schema::ServerDefault& value) const {
  if (const auto* plain = std::get_if<std::string>(&value)) {
    return CcText("server_default(", {quoted(*plain)}, ")");
  }
  std::string sql = sql::compile_ddl(std::get<sql::Expression>(value), grammar_);
  if (grammar_.name() == "sqlite" && wants_parentheses(sql)) sql = "(" + sql + ")";
  return CcText("server_default(text(", {quoted(without_binds(sql))}, "))");
}

CcOptional CcSchema::option(const schema::Option& option) const {
  struct Visitor {
    const CcSchema& self;
    CcOptional operator()(bool value) const { return CcText(value ? "true" : "false"); }
    CcOptional operator()(std::int64_t value) const {
      if (value > std::numeric_limits<int>::max() || value < std::numeric_limits<int>::min()) {
        return {};
      }
      return CcText(std::to_string(value));
    }
    CcOptional operator()(const std::string& value) const { return quoted(value); }
    CcOptional operator()(const std::vector<std::string>& value) const {
      return cc_list(value).behind("std::vector<std::string>");
    }
    CcOptional operator()(const sql::Expression& value) const {
      if (!value) return {};
      return self.text(value);
    }
    CcOptional operator()(std::monostate) const { return {}; }
    CcOptional operator()(const std::vector<std::pair<std::string, std::string>>&) const {
      return {};
    }
  };
  CcOptional value = std::visit(Visitor{*this}, option.value);
  if (!value) return {};
  return CcText("DialectOption{", {quoted(option.name), *value}, "}");
}

bool CcSchema::options(const schema::Options& all, Items& out) const {
  for (const schema::Option& one : all) {
    if (schema::is_inspected_option(one.name)) continue;
    CcOptional text = option(one);
    if (!text) return false;
    out.push_back(std::move(*text));
  }
  return true;
}

namespace {

// A foreign key of one column, inside of it: References{"orgs.id", Action::cascade}.
CcOptional references(const schema::ForeignKey& key) {
  auto dotted = [](const std::string& text) { return text.find('.') != std::string::npos; };
  schema::ForeignKey rest = key;
  if (key.columns.size() != 1 || key.referred_columns.size() != 1 || dotted(key.referred_table) ||
      dotted(key.referred_columns[0]) || dotted(key.referred_schema)) {
    return {};
  }
  std::string target = key.referred_table + "." + key.referred_columns[0];
  if (!key.referred_schema.empty()) target = key.referred_schema + "." + target;
  std::optional<std::string> ondelete = cc_action(key.ondelete);
  std::optional<std::string> onupdate = cc_action(key.onupdate);
  if (!ondelete || !onupdate || !key.match.empty() || key.use_alter || !key.options.empty() ||
      key.deferral != schema::Deferral{}) {
    return {};
  }
  Items items{quoted(target).behind(".target = ")};
  if (!ondelete->empty()) items.emplace_back(".ondelete = " + *ondelete);
  if (!onupdate->empty()) items.emplace_back(".onupdate = " + *onupdate);
  if (!key.name.empty()) items.push_back(cc_name(key.name).behind(".name = "));
  if (items.size() == 1) items[0] = quoted(target);
  return CcText("References{", std::move(items), "}");
}

CcOptional identity(const schema::Identity& value) {
  schema::SequenceOptions rest = value.sequence;
  Items items;
  if (value.always) items.emplace_back(".always = true");
  if (rest.start) items.emplace_back(".start = " + std::to_string(*rest.start));
  if (rest.increment) items.emplace_back(".increment = " + std::to_string(*rest.increment));
  rest.start.reset();
  rest.increment.reset();
  if (value.on_null || rest != schema::SequenceOptions{}) return {};
  return CcText("Identity{", std::move(items), "}");
}

}  // namespace

CcOptional CcSchema::column(const schema::Column& column, bool in_key,
                            const std::vector<const schema::Constraint*>& inside) const {
  if (column.sequence || column.system ||
      column.autoincrement == schema::Autoincrement::kIgnoreForeignKey) {
    return {};
  }
  Items items{quoted(column.name)};
  CcOptional own_type = type(column.type);
  if (!own_type) return {};
  items.push_back(std::move(*own_type));
  bool key = column.primary_key && !in_key;
  if (key) items.emplace_back("primary_key");
  if (key && column.nullable) return {};
  if (!column.nullable && !key) items.emplace_back("not_null");
  if (column.nullable && (column.identity || in_key)) items.emplace_back("nullable");
  if (column.unique) items.emplace_back("unique");
  if (column.index) items.emplace_back("indexed");
  if (column.autoincrement == schema::Autoincrement::kTrue) items.emplace_back("autoincrement");
  if (column.autoincrement == schema::Autoincrement::kFalse) items.emplace_back("no_autoincrement");
  if (column.computed) {
    Items parts{text(column.computed->expression)};
    if (column.computed->persisted) {
      parts.emplace_back(*column.computed->persisted ? "true" : "false");
    }
    items.emplace_back("Computed{", std::move(parts), "}");
  } else if (column.identity) {
    CcOptional numbered = identity(*column.identity);
    if (!numbered) return {};
    items.push_back(std::move(*numbered));
  } else if (column.server_default) {
    CcOptional value = server_default(*column.server_default);
    if (!value) return {};
    items.push_back(std::move(*value));
  }
  for (const schema::Constraint* one : inside) {
    const auto* foreign = std::get_if<schema::ForeignKey>(one);
    CcOptional said_so = foreign ? references(*foreign) : constraint(*one);
    if (!said_so) return {};
    items.push_back(std::move(*said_so));
  }
  if (column.comment) items.emplace_back("Comment{", Items{quoted(*column.comment)}, "}");
  if (!options(column.options, items)) return {};
  return CcText("Column(", std::move(items), ")");
}

CcOptional CcSchema::constraint(const schema::Constraint& constraint) const {
  struct Visitor {
    const CcSchema& self;

    CcOptional operator()(const schema::PrimaryKey& key) const {
      if (key.deferral != schema::Deferral{} || !key.options.empty()) return {};
      return CcText("PrimaryKey{", {cc_name(key.name), cc_list(key.columns)}, "}");
    }
    CcOptional operator()(const schema::ForeignKey& key) const {
      std::optional<std::string> ondelete = cc_action(key.ondelete);
      std::optional<std::string> onupdate = cc_action(key.onupdate);
      if (!ondelete || !onupdate || !key.match.empty() || key.use_alter || !key.options.empty()) {
        return {};
      }
      Items items;
      if (!key.name.empty()) items.push_back(cc_name(key.name).behind(".name = "));
      items.push_back(cc_list(key.columns).behind(".columns = "));
      items.push_back(quoted(key.referred_table).behind(".table = "));
      items.push_back(cc_list(key.referred_columns).behind(".referred = "));
      if (!key.referred_schema.empty()) {
        items.push_back(quoted(key.referred_schema).behind(".schema = "));
      }
      if (!ondelete->empty()) items.emplace_back(".ondelete = " + *ondelete);
      if (!onupdate->empty()) items.emplace_back(".onupdate = " + *onupdate);
      if (!cc_deferral(key.deferral, items)) return {};
      return CcText("ForeignKey{", std::move(items), "}");
    }
    CcOptional operator()(const schema::Unique& unique) const {
      Items deferral;
      if (!cc_deferral(unique.deferral, deferral) || !unique.options.empty()) return {};
      if (deferral.empty()) {
        return CcText("Unique{", {cc_name(unique.name), cc_list(unique.columns)}, "}");
      }
      Items items{cc_name(unique.name).behind(".name = "),
                  cc_list(unique.columns).behind(".columns = ")};
      std::ranges::move(deferral, std::back_inserter(items));
      return CcText("Unique{", std::move(items), "}");
    }
    CcOptional operator()(const schema::Check& check) const {
      if (check.deferral != schema::Deferral{}) return {};
      Items ignored;
      if (!self.options(check.options, ignored) || !ignored.empty()) return {};
      return CcText("Check{", {cc_name(check.name), self.text(check.condition)}, "}");
    }
    CcOptional operator()(const schema::Exclude& exclude) const {
      if (exclude.deferral != schema::Deferral{} || !exclude.options.empty()) return {};
      Items elements;
      for (const schema::Exclude::Element& one : exclude.elements) {
        const auto* name = sql::get<sql::node::Column>(one.expression);
        CcText key = name && !name->literal ? CcText("column(", {quoted(name->name)}, ")")
                                            : self.text(one.expression);
        elements.emplace_back("{", Items{std::move(key), quoted(one.op)}, "}");
      }
      Items items{cc_name(exclude.name).behind(".name = "),
                  CcText(".elements = {", std::move(elements), "}"),
                  quoted(exclude.method).behind(".method = ")};
      if (exclude.where) items.push_back(self.text(exclude.where).behind(".where = "));
      return CcText("Exclude{", std::move(items), "}");
    }
  };
  return std::visit(Visitor{*this}, constraint);
}

CcOptional CcSchema::index(const schema::Index& index) const {
  Items parts;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.expression) {
      parts.push_back(quoted(key.column));
      continue;
    }
    const auto* label = sql::get<sql::node::Label>(key.expression);
    std::string sql = sql::compile_ddl(label ? label->element : key.expression, grammar_);
    if (grammar_.name() == "postgresql" && is_operation(label ? label->element : key.expression)) {
      sql = "(" + sql + ")";
    }
    parts.emplace_back("text(", Items{quoted(without_binds(sql))}, ")");
  }
  Items items;
  if (!index.name.empty()) items.push_back(cc_name(index.name).behind(".name = "));
  items.emplace_back(".parts = {", std::move(parts), "}");
  if (index.unique) items.emplace_back(".unique = true");
  const std::string own_where = std::string(grammar_.name()) + "_where";
  CcOptional where;
  CcOptional method;
  CcOptional include;
  bool concurrently = false;
  for (const schema::Option& option : index.options) {
    if (schema::is_inspected_option(option.name)) continue;
    if (option.name == "postgresql_where" || option.name == "sqlite_where") {
      const auto* condition = std::get_if<sql::Expression>(&option.value);
      if (!condition) return {};
      if (*condition && (option.name == own_where || !where)) where = text(*condition);
    } else if (const auto* name = std::get_if<std::string>(&option.value);
               name && option.name == "postgresql_using") {
      method = quoted(*name);
    } else if (const auto* names = std::get_if<std::vector<std::string>>(&option.value);
               names && option.name == "postgresql_include") {
      include = cc_list(*names);
    } else if (const auto* on = std::get_if<bool>(&option.value);
               on && option.name == "postgresql_concurrently") {
      concurrently = *on;
    } else {
      return {};
    }
  }
  // A condition that another engine alone is told would here be one too.
  if (where && !schema::find_option(index.options, own_where)) return {};
  if (where) items.push_back(where->behind(".where = "));
  if (method) items.push_back(method->behind(".method = "));
  if (include) items.push_back(include->behind(".include = "));
  if (concurrently) items.emplace_back(".concurrently = true");
  return CcText("Index{", std::move(items), "}");
}

namespace {

// Whether the columns' own `primary_key` says all there is to the key.
bool is_plain_key(const schema::Table& table, const schema::PrimaryKey& key) {
  if (!key.name.empty() || key.deferral != schema::Deferral{} || !key.options.empty()) return false;
  std::vector<std::string> marked;
  for (const schema::Column& column : table.columns) {
    if (std::ranges::find(key.columns, column.name) == key.columns.end()) continue;
    if (column.nullable) return false;
    if (key.columns.size() > 1 && column.autoincrement == schema::Autoincrement::kTrue)
      return false;
    marked.push_back(column.name);
  }
  return marked == key.columns;
}

}  // namespace

CcOptional CcSchema::table(const schema::Table& table) const {
  if (!table.prefixes.empty()) return {};
  Items items{quoted(table.name)};
  const schema::PrimaryKey* key = table.primary_key();
  bool plain = key && is_plain_key(table, *key);
  for (const schema::Column& one : table.columns) {
    schema::Column column = one;
    bool of_key = key && std::ranges::find(key->columns, column.name) != key->columns.end();
    if (key) column.primary_key = of_key;
    std::vector<const schema::Constraint*> inside;
    for (const schema::Constraint& constraint : table.constraints) {
      const auto* check = std::get_if<schema::Check>(&constraint);
      if (check && check->column == column.name && check->type_column.empty()) {
        inside.push_back(&constraint);
      }
    }
    CcOptional text = this->column(column, of_key && !plain, inside);
    if (!text) return {};
    items.push_back(std::move(*text));
  }
  for (const schema::Constraint& one : table.constraints) {
    const auto* check = std::get_if<schema::Check>(&one);
    if (check && (!check->column.empty() || !check->type_column.empty())) continue;
    if (std::holds_alternative<schema::PrimaryKey>(one) && (plain || key->columns.empty()))
      continue;
    CcOptional text = constraint(one);
    if (!text) return {};
    items.push_back(std::move(*text));
  }
  for (const schema::Index& one : table.indexes) {
    CcOptional text = index(one);
    if (!text) return {};
    items.push_back(std::move(*text));
  }
  if (!table.schema.empty()) items.emplace_back("Schema{", Items{quoted(table.schema)}, "}");
  if (table.comment) items.emplace_back("Comment{", Items{quoted(*table.comment)}, "}");
  if (!options(table.options, items)) return {};
  return CcText("Table(", std::move(items), ")");
}

}  // namespace retort::autogenerate
