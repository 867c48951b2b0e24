#include <algorithm>
#include <optional>

#include "dialect/postgresql/ddl.h"
#include "dialect/postgresql/named_type.h"

// The values of enum types, and what is dropped by more than its name.
namespace retort::dialect::postgresql {
namespace {

using Values = std::vector<std::string>;

// Whether `to` has all values of `from`, in their order.
bool only_adds(const Values& from, const Values& to) {
  auto at = to.begin();
  for (const std::string& value : from) {
    at = std::find(at, to.end(), value);
    if (at == to.end()) return false;
    ++at;
  }
  return true;
}

}  // namespace

// https://www.postgresql.org/docs/15/sql-altertype.html. ADD VALUE works inside a transaction, but
// the new value can be used only after it. A value can't be dropped, so the type is made anew.
void Ddl::on(const operations::AlterEnum& op) {
  std::string name = named_type(op.to, grammar_);
  if (only_adds(op.from.values, op.to.values)) {
    for (std::size_t i = 0; i < op.to.values.size(); ++i) {
      const std::string& value = op.to.values[i];
      if (std::ranges::find(op.from.values, value) != op.from.values.end()) continue;
      std::string place;
      if (i > 0) {
        // Those before it are there by now.
        place = " AFTER " + grammar_.literal(op.to.values[i - 1]);
        bool last = std::ranges::none_of(op.to.values.begin() + static_cast<std::ptrdiff_t>(i),
                                         op.to.values.end(), [&](const std::string& later) {
                                           return std::ranges::find(op.from.values, later) !=
                                                  op.from.values.end();
                                         });
        if (last) place.clear();
      } else if (!op.from.values.empty()) {
        place = " BEFORE " + grammar_.literal(op.from.values[0]);
      }
      emit("ALTER TYPE " + name + " ADD VALUE " + grammar_.literal(value) + place);
    }
    return;
  }
  std::string old_name = quote(op.to.type_name + "__old");
  emit("ALTER TYPE " + name + " RENAME TO " + old_name);
  emit(create_enum(op.to, grammar_));
  for (const operations::AlterEnum::Use& use : op.uses) {
    std::string alter = alter_table(use.schema, use.table) + "ALTER COLUMN " + quote(use.column);
    std::string type = name + (use.array ? "[]" : "");
    if (use.server_default) emit(alter + " DROP DEFAULT");
    emit(alter + " TYPE " + type + " USING " + quote(use.column) + "::text" +
         (use.array ? "[]" : "") + "::" + type);
    if (use.server_default) emit(alter + " SET DEFAULT " + default_sql(*use.server_default));
  }
  std::string qualified = op.to.schema.empty() ? old_name : quote(op.to.schema) + "." + old_name;
  emit("DROP TYPE " + qualified);
}

void Ddl::on(const operations::DropDefinition& op) {
  using Kind = schema::Definition::Kind;
  const schema::Definition& one = op.definition;
  std::string name = one.name;
  std::string arguments;
  if (std::size_t open = name.find('('); one.kind == Kind::kFunction && open != std::string::npos) {
    arguments = name.substr(open);
    name.resize(open);
  }
  std::string text = "DROP " + std::string(schema::keyword(one.kind)) + " ";
  if (one.kind == Kind::kTrigger || one.kind == Kind::kPolicy) {
    text += quote(name) + " ON " + table_name(one.schema, one.table);
  } else if (one.kind == Kind::kExtension) {
    text += quote(name);
  } else {
    text += table_name(one.schema, name) + arguments;
  }
  emit(std::move(text));
}

}  // namespace retort::dialect::postgresql
