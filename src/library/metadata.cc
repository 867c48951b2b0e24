#include <retort/error.h>
#include <retort/metadata.h>

#include "library/datum.h"
#include "library/schema.h"
#include "library/tree.h"
#include "schema/dump.h"
#include "sql/build.h"
#include "sql/grammar.h"

namespace retort {

ServerDefault server_default(const Operand& value) {
  if (value.expression().is_set()) return {.expression = value.expression()};
  // Numbers stand as they are, as in server_default=sa.text("0"); texts are quoted by the dialect.
  switch (value.value().kind()) {
    case Value::Kind::kNull:
      return {.expression = null()};
    case Value::Kind::kBool:
      return {.expression = value.value().as<bool>() ? true_() : false_()};
    case Value::Kind::kInteger:
    case Value::Kind::kDouble:
    case Value::Kind::kDecimal:
      return {.expression = text(value.value().str())};
    case Value::Kind::kBlob:
      return {.expression = literal(value.value())};
    default:
      return {.text = value.value().str()};
  }
}

DialectOption::DialectOption(std::string option, int number)
    : name(std::move(option)), value(std::int64_t{number}) {}
DialectOption::DialectOption(Text text, const std::string& option)
    : name(option), value(std::move(text.text)) {}
DialectOption::DialectOption(std::string option, std::vector<std::string> list)
    : name(std::move(option)), value(std::move(list)) {}
DialectOption::DialectOption(std::string option, Pairs pairs)
    : name(std::move(option)), value(std::move(pairs)) {}
DialectOption::DialectOption(std::string option, Expression expression)
    : name(std::move(option)), value(std::move(expression)) {}
DialectOption::DialectOption(Flag flag, const std::string& option) : name(option), value(flag.on) {}
DialectOption::DialectOption(const DialectOption&) = default;
DialectOption::DialectOption(DialectOption&&) noexcept = default;
DialectOption& DialectOption::operator=(const DialectOption&) = default;
DialectOption& DialectOption::operator=(DialectOption&&) noexcept = default;
DialectOption::~DialectOption() = default;

Column::Column() = default;
Column::Column(const Column&) = default;
Column::Column(Column&&) noexcept = default;
Column& Column::operator=(const Column&) = default;
Column& Column::operator=(Column&&) noexcept = default;
Column::~Column() = default;

void Column::add(Type column_type) { type = std::move(column_type); }
void Column::add(Comment remark) { comment = std::move(remark.text); }
void Column::add(ServerDefault value) { default_value = std::move(value); }
void Column::add(Computed value) { computed = std::move(value); }
void Column::add(Identity value) { identity = value; }
void Column::add(References key) { references.push_back(std::move(key)); }
void Column::add(Check check) { checks.push_back(std::move(check)); }
void Column::add(DialectOption option) { options.push_back(std::move(option)); }

Table::Table() = default;
Table::Table(const Table&) = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(const Table&) = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

void Table::add(Column item) { columns.push_back(std::move(item)); }
void Table::add(PrimaryKey item) { constraints.emplace_back(std::move(item)); }
void Table::add(ForeignKey item) { constraints.emplace_back(std::move(item)); }
void Table::add(Unique item) { constraints.emplace_back(std::move(item)); }
void Table::add(Check item) { constraints.emplace_back(std::move(item)); }
void Table::add(Exclude item) { constraints.emplace_back(std::move(item)); }
void Table::add(Index item) { indexes.push_back(std::move(item)); }
void Table::add(Comment item) { comment = std::move(item.text); }
void Table::add(Schema item) { schema = std::move(item.name); }
void Table::add(DialectOption item) { options.push_back(std::move(item)); }

MetaData::MetaData() = default;
MetaData::MetaData(MetaDataOptions options) : options_(std::move(options)) {}
MetaData::MetaData(const MetaData&) = default;
MetaData::MetaData(MetaData&&) noexcept = default;
MetaData& MetaData::operator=(const MetaData&) = default;
MetaData& MetaData::operator=(MetaData&&) noexcept = default;
MetaData::~MetaData() = default;

const Column* Table::column(std::string_view column_name) const {
  for (const Column& each : columns) {
    if (each.name == column_name) return &each;
  }
  return nullptr;
}

Expression Table::expression() const {
  std::vector<sql::node::TableColumn> own;
  for (const Column& each : columns) {
    sql::node::TableColumn column;
    column.name = each.name;
    if (each.type.is_known()) column.type = *each.type.implementation();
    column.primary_key = each.is_primary_key;
    for (const References& references : each.references) {
      column.references.push_back(references.target);
    }
    own.push_back(std::move(column));
  }
  return library::wrap(sql::table(name, std::move(own), schema));
}

namespace {

void require_names(const Table& table) {
  if (table.name.empty()) throw Error(code::kOperation, "a table has no name");
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& name = table.columns[i].name;
    if (name.empty()) {
      throw Error(code::kOperation, "a column of table '" + table.name + "' has no name");
    }
    if (table.column(name) != &table.columns[i]) {
      throw Error(code::kOperation, "table '" + table.name + "' has two columns '" + name + "'");
    }
  }
}

}  // namespace

const Table& MetaData::add(Table table) {
  require_names(table);
  if (find(table.name, table.schema) != nullptr) {
    throw Error(code::kOperation,
                "Table '" + table.name + "' is already defined for this MetaData");
  }
  tables_.push_back(std::move(table));
  return tables_.back();
}

const Table* MetaData::find(std::string_view name, std::string_view schema) const {
  auto effective = [&](std::string_view given) {
    return given.empty() ? std::string_view(options_.schema) : given;
  };
  for (const Table& table : tables_) {
    if (table.name == name && effective(table.schema) == effective(schema)) return &table;
  }
  return nullptr;
}

std::string MetaData::dump() const { return schema::dump(library::to_metadata(*this)); }

}  // namespace retort
