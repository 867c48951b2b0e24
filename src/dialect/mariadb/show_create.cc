#include "dialect/mariadb/show_create.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "dialect/mariadb/show_create_token.h"

namespace retort::dialect::mariadb {
namespace {

enum class Arguments : std::uint8_t { kNone, kLength, kWidth, kNumbers, kFraction, kValues };

struct Known {
  std::string_view text;  // as the server spells it
  std::string_view name;  // SQLAlchemy's class
  bool own;               // of its MySQL dialect
  Arguments arguments;
};

// SQLAlchemy's ischema_names. Sorted by text.
constexpr auto kKnown = std::to_array<Known>({
    {"bigint", "BIGINT", true, Arguments::kWidth},
    {"binary", "BINARY", false, Arguments::kLength},
    {"bit", "BIT", true, Arguments::kLength},
    {"blob", "BLOB", false, Arguments::kLength},
    {"boolean", "BOOLEAN", false, Arguments::kNone},
    {"char", "CHAR", true, Arguments::kLength},
    {"date", "DATE", false, Arguments::kNone},
    {"datetime", "DATETIME", true, Arguments::kFraction},
    {"decimal", "DECIMAL", true, Arguments::kNumbers},
    {"double", "DOUBLE", true, Arguments::kNumbers},
    {"enum", "ENUM", true, Arguments::kValues},
    {"fixed", "DECIMAL", true, Arguments::kNumbers},
    {"float", "FLOAT", true, Arguments::kNumbers},
    {"inet4", "INET4", true, Arguments::kNone},
    {"inet6", "INET6", true, Arguments::kNone},
    {"int", "INTEGER", true, Arguments::kWidth},
    {"integer", "INTEGER", true, Arguments::kWidth},
    {"json", "JSON", true, Arguments::kNone},
    {"longblob", "LONGBLOB", true, Arguments::kNone},
    {"longtext", "LONGTEXT", true, Arguments::kNone},
    {"mediumblob", "MEDIUMBLOB", true, Arguments::kNone},
    {"mediumint", "MEDIUMINT", true, Arguments::kWidth},
    {"mediumtext", "MEDIUMTEXT", true, Arguments::kNone},
    {"nchar", "NCHAR", true, Arguments::kLength},
    {"numeric", "NUMERIC", true, Arguments::kNumbers},
    {"nvarchar", "NVARCHAR", true, Arguments::kLength},
    {"set", "SET", true, Arguments::kValues},
    {"smallint", "SMALLINT", true, Arguments::kWidth},
    {"text", "TEXT", true, Arguments::kLength},
    {"time", "TIME", true, Arguments::kFraction},
    {"timestamp", "TIMESTAMP", true, Arguments::kFraction},
    {"tinyblob", "TINYBLOB", true, Arguments::kNone},
    {"tinyint", "TINYINT", true, Arguments::kWidth},
    {"tinytext", "TINYTEXT", true, Arguments::kNone},
    {"uuid", "UUID", false, Arguments::kNone},
    {"varbinary", "VARBINARY", false, Arguments::kLength},
    {"varchar", "VARCHAR", true, Arguments::kLength},
    {"year", "YEAR", true, Arguments::kWidth},
});

std::vector<std::string> values_of(std::string_view text) {
  ShowReader reader(text);
  std::vector<std::string> out;
  while (reader.at_string()) {
    out.push_back(reader.string());
    if (!reader.accept(',')) break;
  }
  return out;
}

void read_arguments(const std::string& text, Arguments kind, sql::Type& type) {
  std::vector<int> numbers;
  for (const std::string& part : split(text, ',')) {
    std::string_view digits = trim(part);
    int number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc()) numbers.push_back(number);
  }
  switch (kind) {
    case Arguments::kLength:
      if (!numbers.empty()) type.length = numbers[0];
      break;
    case Arguments::kWidth:
      type.options.emplace_back("display_width", std::string(trim(text)));
      break;
    case Arguments::kNumbers:
      if (!numbers.empty()) type.precision = numbers[0];
      if (numbers.size() > 1) type.scale = numbers[1];
      break;
    case Arguments::kFraction:
      if (!numbers.empty()) type.precision = numbers[0];
      break;
    case Arguments::kValues:
      type.values = values_of(text);
      // An empty text in the driver's answer could be that value, or none.
      if (type.name == "SET" && std::ranges::find(type.values, "") != type.values.end()) {
        type.options.emplace_back("retrieve_as_bitwise", "true");
      }
      break;
    case Arguments::kNone:
      break;
  }
}

// A type and the words that belong to it.
sql::Type type_at(ShowReader& reader) {
  std::string word = to_lower(reader.word());
  std::optional<std::string> arguments = reader.parenthesized();
  auto found = std::ranges::lower_bound(kKnown, std::string_view(word), {}, &Known::text);
  sql::Type type;
  bool known = found != kKnown.end() && found->text == word;
  if (known) {
    type.name = std::string(found->name);
    if (found->own) type.dialect = "mysql";
    if (arguments) read_arguments(*arguments, found->arguments, type);
  } else {
    type.name = "UserDefined";
    type.sql = to_upper(word) + (arguments ? "(" + *arguments + ")" : "");
  }
  if (reader.accept("unsigned")) type.options.emplace_back("unsigned", "true");
  if (reader.accept("zerofill")) type.options.emplace_back("zerofill", "true");
  if (reader.accept("character set")) type.options.emplace_back("charset", reader.word());
  if (reader.accept("collate")) type.collation = reader.word();
  return type;
}

class TableReader {
 public:
  TableReader(std::string_view text, std::string_view prefix)
      : reader_(text), prefix_(std::string(prefix) + "_") {}

  schema::Table read() {
    if (!reader_.accept("create")) fail();
    reader_.accept("temporary");
    if (!reader_.accept("table")) fail();
    table_.name = reader_.name();
    if (!reader_.accept('(')) fail();
    do {
      if (reader_.at_name()) {
        read_column();
      } else {
        read_part();
      }
    } while (reader_.accept(','));
    if (!reader_.accept(')')) fail();
    read_options();
    finish();
    return std::move(table_);
  }

 private:
  [[noreturn]] void fail() {
    throw Error(code::kOperation,
                "SHOW CREATE TABLE gives a text that can't be read: table '" + table_.name + "'");
  }

  void read_column() {
    schema::Column column;
    column.name = reader_.name();
    column.type = type_at(reader_);
    column.nullable_given = true;
    // SQLAlchemy says so of integers only.
    static constexpr std::string_view kIntegers[] = {"BIGINT", "INTEGER", "MEDIUMINT", "SMALLINT",
                                                     "TINYINT"};
    if (std::ranges::find(kIntegers, column.type.name) != std::end(kIntegers)) {
      column.autoincrement = schema::Autoincrement::kFalse;
    }
    while (reader_.peek() != ',' && reader_.peek() != ')' && !reader_.at_end()) {
      read_attribute(column);
    }
    table_.columns.push_back(std::move(column));
  }

  void read_attribute(schema::Column& column) {
    if (reader_.accept("not null")) {
      column.nullable = false;
    } else if (reader_.accept("default")) {
      std::string text = reader_.expression();
      if (reader_.accept("on update")) text += " ON UPDATE " + reader_.expression();
      if (!equal_ignoring_case(text, "NULL")) column.server_default = sql::raw(std::move(text));
    } else if (reader_.accept("on update")) {
      column.server_default = sql::raw("NULL ON UPDATE " + reader_.expression());
    } else if (reader_.accept("generated always as") || reader_.accept("as")) {
      std::string text = "(" + reader_.parenthesized().value_or("") + ")";
      column.computed = schema::Computed{sql::raw(std::move(text)), std::nullopt};
      if (reader_.accept("virtual")) column.computed->persisted = false;
      if (reader_.accept("stored") || reader_.accept("persistent"))
        column.computed->persisted = true;
    } else if (reader_.accept("auto_increment")) {
      column.autoincrement = schema::Autoincrement::kTrue;
    } else if (reader_.accept("comment")) {
      column.comment = reader_.string();
    } else if (reader_.accept("check")) {
      std::string text = reader_.parenthesized().value_or("");
      if (text == "json_valid(`" + replace_all(column.name, "`", "``") + "`)") return;
      schema::Check check;
      check.condition = sql::raw(std::move(text));
      check.column = column.name;
      checks_.push_back(std::move(check));
    } else {
      reader_.skip();
    }
  }

  // A key or a constraint.
  void read_part() {
    if (reader_.accept("primary key")) {
      schema::PrimaryKey key;
      for (const schema::IndexKey& one : read_keys(nullptr)) key.columns.push_back(one.column);
      primary_key_ = std::move(key);
      skip_part();
    } else if (reader_.accept("constraint")) {
      read_constraint();
    } else if (reader_.accept("check")) {
      schema::Check check;
      check.condition = sql::raw(reader_.parenthesized().value_or(""));
      checks_.push_back(std::move(check));
    } else {
      read_index();
    }
  }

  void read_index() {
    schema::Index index;
    std::string kind;
    if (reader_.accept("unique")) {
      index.unique = true;
    } else {
      for (std::string_view word : {"FULLTEXT", "SPATIAL", "VECTOR"}) {
        if (reader_.accept(word)) kind = word;
      }
    }
    if (!reader_.accept("key")) return skip_part();  // PERIOD FOR SYSTEM_TIME
    index.name = {reader_.name(), true};
    std::vector<std::pair<std::string, std::string>> lengths;
    index.keys = read_keys(&lengths);
    if (!lengths.empty()) index.options.push_back({prefix_ + "length", std::move(lengths)});
    if (!kind.empty()) index.options.push_back({prefix_ + "prefix", kind});
    while (reader_.peek() != ',' && reader_.peek() != ')' && !reader_.at_end()) {
      if (reader_.accept("with parser")) {
        index.options.push_back({prefix_ + "with_parser", reader_.name()});
      } else {
        reader_.skip();
      }
    }
    table_.indexes.push_back(std::move(index));
  }

  std::vector<schema::IndexKey> read_keys(
      std::vector<std::pair<std::string, std::string>>* lengths) {
    std::vector<schema::IndexKey> out;
    if (!reader_.accept('(')) fail();
    do {
      schema::IndexKey key;
      if (!reader_.at_name()) {
        key.expression = sql::raw("(" + reader_.parenthesized().value_or("") + ")");
      } else {
        key.column = reader_.name();
        if (auto length = reader_.parenthesized(); length && lengths != nullptr) {
          lengths->emplace_back(key.column, *length);
        }
      }
      reader_.accept("asc");
      if (reader_.accept("desc")) {
        std::string text = key.column.empty() ? std::string()
                                              : "`" + replace_all(key.column, "`", "``") + "` DESC";
        if (!text.empty()) key.expression = sql::raw(std::move(text));
      }
      out.push_back(std::move(key));
    } while (reader_.accept(','));
    if (!reader_.accept(')')) fail();
    return out;
  }

  void read_constraint() {
    schema::Name name{reader_.name(), true};
    if (reader_.accept("check")) {
      schema::Check check;
      check.name = std::move(name);
      check.condition = sql::raw(reader_.parenthesized().value_or(""));
      checks_.push_back(std::move(check));
      return skip_part();
    }
    if (!reader_.accept("foreign key")) return skip_part();
    schema::ForeignKey key;
    key.name = std::move(name);
    for (const schema::IndexKey& one : read_keys(nullptr)) key.columns.push_back(one.column);
    if (!reader_.accept("references")) fail();
    key.referred_table = reader_.name();
    if (reader_.accept('.')) {
      key.referred_schema = std::move(key.referred_table);
      key.referred_table = reader_.name();
    }
    for (const schema::IndexKey& one : read_keys(nullptr)) {
      key.referred_columns.push_back(one.column);
    }
    if (reader_.accept("on delete")) key.ondelete = read_action();
    if (reader_.accept("on update")) key.onupdate = read_action();
    keys_.push_back(std::move(key));
    skip_part();
  }

  std::string read_action() {
    if (reader_.accept("set null")) return "SET NULL";
    if (reader_.accept("set default")) return "SET DEFAULT";
    if (reader_.accept("no action")) return "";
    return to_upper(reader_.word());
  }

  void skip_part() {
    int depth = 0;
    while (!reader_.at_end()) {
      char c = reader_.peek();
      if (depth == 0 && (c == ',' || c == ')')) return;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      reader_.skip();
    }
  }

  void read_options() {
    while (!reader_.at_end()) {
      if (reader_.accept("partition by")) {
        std::string text;
        while (!reader_.at_end() && reader_.peek() != '(') text += reader_.word() + " ";
        if (auto inside = reader_.parenthesized()) text += "(" + *inside + ")";
        table_.options.push_back({prefix_ + "partition_by", text});
        return;
      }
      std::string name = to_lower(reader_.word());
      if (name.empty()) {
        reader_.skip();
        continue;
      }
      if (name == "default" || name == "data" || name == "index") {
        name += "_" + to_lower(reader_.word());
      }
      if (!reader_.accept('=')) continue;
      std::string value = reader_.at_string() ? reader_.string() : reader_.word();
      if (name == "comment") {
        table_.comment = value;
      } else if (name != "auto_increment" && name != "data_directory" &&
                 name != "index_directory") {
        table_.options.push_back({prefix_ + name, value});
      }
    }
  }

  void finish() {
    if (primary_key_) {
      for (const std::string& name : primary_key_->columns) {
        if (schema::Column* column = table_.column(name)) column->primary_key = true;
      }
      table_.constraints.emplace_back(std::move(*primary_key_));
    }
    for (schema::ForeignKey& key : keys_) table_.constraints.emplace_back(std::move(key));
    for (schema::Check& check : checks_) table_.constraints.emplace_back(std::move(check));
  }

  ShowReader reader_;
  std::string prefix_;
  schema::Table table_;
  std::optional<schema::PrimaryKey> primary_key_;
  std::vector<schema::ForeignKey> keys_;
  std::vector<schema::Check> checks_;
};

}  // namespace

schema::Table read_show_create(std::string_view text, std::string_view prefix) {
  return TableReader(text, prefix).read();
}

schema::Sequence read_show_sequence(std::string_view text) {
  ShowReader reader(text);
  schema::Sequence out;
  if (!reader.accept("create sequence")) {
    throw Error(code::kOperation, "SHOW CREATE SEQUENCE gives a text that can't be read");
  }
  out.name = reader.name();
  auto number = [&](std::optional<std::int64_t>& into, std::string_view usual) {
    std::string digits = reader.accept('-') ? "-" : "";
    digits += reader.word();
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits != usual) into = value;
  };
  while (!reader.at_end()) {
    if (reader.accept("start with")) {
      number(out.options.start, "1");
    } else if (reader.accept("minvalue")) {
      number(out.options.min_value, "1");
    } else if (reader.accept("maxvalue")) {
      number(out.options.max_value, "9223372036854775806");
    } else if (reader.accept("increment by")) {
      number(out.options.increment, "1");
    } else if (reader.accept("cache")) {
      number(out.options.cache, "1000");
    } else if (reader.accept("cycle")) {
      out.options.cycle = true;
    } else {
      reader.skip();
    }
  }
  return out;
}

sql::Type read_type(std::string_view text) {
  ShowReader reader(text);
  return type_at(reader);
}

}  // namespace retort::dialect::mariadb
