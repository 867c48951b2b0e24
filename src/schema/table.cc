#include "schema/table.h"

#include <algorithm>

namespace retort::schema {

OptionValue::OptionValue() = default;
OptionValue::OptionValue(const OptionValue&) = default;
OptionValue::OptionValue(OptionValue&&) noexcept = default;
OptionValue& OptionValue::operator=(const OptionValue&) = default;
OptionValue& OptionValue::operator=(OptionValue&&) noexcept = default;
OptionValue::~OptionValue() = default;
bool operator==(const OptionValue& a, const OptionValue& b) {
  return static_cast<const OptionVariant&>(a) == static_cast<const OptionVariant&>(b);
}

Constraint::Constraint() = default;
Constraint::Constraint(const Constraint&) = default;
Constraint::Constraint(Constraint&&) noexcept = default;
Constraint& Constraint::operator=(const Constraint&) = default;
Constraint& Constraint::operator=(Constraint&&) noexcept = default;
Constraint::~Constraint() = default;
bool operator==(const Constraint& a, const Constraint& b) {
  return static_cast<const ConstraintVariant&>(a) == static_cast<const ConstraintVariant&>(b);
}

const Option* find_option(const Options& options, std::string_view name) {
  auto found = std::find_if(options.begin(), options.end(),
                            [&](const Option& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

const Name& name_of(const Constraint& constraint) {
  return std::visit([](const auto& one) -> const Name& { return one.name; }, constraint);
}

const Column* Table::column(std::string_view column_name) const {
  auto found = std::find_if(columns.begin(), columns.end(),
                            [&](const Column& one) { return one.name == column_name; });
  return found == columns.end() ? nullptr : &*found;
}

Column* Table::column(std::string_view column_name) {
  return const_cast<Column*>(std::as_const(*this).column(column_name));
}

const PrimaryKey* Table::primary_key() const {
  for (const Constraint& constraint : constraints) {
    if (const auto* key = std::get_if<PrimaryKey>(&constraint)) return key;
  }
  return nullptr;
}

const Table* MetaData::table(std::string_view schema_name, std::string_view table_name) const {
  auto found = std::find_if(tables.begin(), tables.end(), [&](const Table& one) {
    return one.name == table_name && one.schema == schema_name;
  });
  return found == tables.end() ? nullptr : &*found;
}

std::string_view keyword(Definition::Kind kind) {
  switch (kind) {
    case Definition::Kind::kView:
      return "VIEW";
    case Definition::Kind::kMaterializedView:
      return "MATERIALIZED VIEW";
    case Definition::Kind::kTrigger:
      return "TRIGGER";
    case Definition::Kind::kFunction:
      return "FUNCTION";
    case Definition::Kind::kExtension:
      return "EXTENSION";
    case Definition::Kind::kDomain:
      return "DOMAIN";
    case Definition::Kind::kType:
      return "TYPE";
    case Definition::Kind::kPolicy:
      return "POLICY";
  }
  return "";
}

}  // namespace retort::schema
