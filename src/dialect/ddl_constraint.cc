#include <algorithm>

#include "base/error.h"
#include "dialect/ddl.h"

// Constraints and indexes.
namespace retort::dialect {

std::optional<std::string> DdlCompiler::constraint(const schema::Table& table,
                                                   const schema::Constraint& constraint) {
  struct Visitor {
    DdlCompiler& self;
    const schema::Table& table;
    std::optional<std::string> operator()(const schema::PrimaryKey& one) {
      return self.primary_key(table, one);
    }
    std::optional<std::string> operator()(const schema::ForeignKey& one) {
      return self.foreign_key(table, one);
    }
    std::optional<std::string> operator()(const schema::Unique& one) {
      return self.unique(table, one);
    }
    std::optional<std::string> operator()(const schema::Check& one) {
      return self.check(table, one);
    }
    std::optional<std::string> operator()(const schema::Exclude& one) {
      return self.exclude(table, one);
    }
  };
  return std::visit(Visitor{*this, table}, constraint);
}

std::string DdlCompiler::preamble(const schema::Table& table,
                                  const schema::Constraint& constraint) const {
  std::string name = name_of(table, constraint);
  return name.empty() ? "" : "CONSTRAINT " + name + " ";
}

std::optional<std::string> DdlCompiler::primary_key(const schema::Table& table,
                                                    const schema::PrimaryKey& key) {
  if (key.columns.empty()) return std::nullopt;
  return preamble(table, key) + "PRIMARY KEY (" + quote_list(key.columns) + ")" +
         deferral(key.deferral);
}

std::optional<std::string> DdlCompiler::foreign_key(const schema::Table& table,
                                                    const schema::ForeignKey& key) {
  return preamble(table, key) + "FOREIGN KEY(" + quote_list(key.columns) + ") " + references(key);
}

std::string DdlCompiler::references(const schema::ForeignKey& key) {
  // ForeignKey("other") means the column of the same name there.
  const std::vector<std::string>& columns =
      key.referred_columns.empty() ? key.columns : key.referred_columns;
  std::string text =
      "REFERENCES " + referred_table(key) + " (" + quote_list(columns) + ")" + match(key);
  if (!key.ondelete.empty()) text += on_delete(key);
  if (!key.onupdate.empty()) text += " ON UPDATE " + phrase(key.onupdate);
  return text + deferral(key.deferral);
}

std::string DdlCompiler::referred_table(const schema::ForeignKey& key) const {
  return table_name(key.referred_schema, key.referred_table);
}

std::string DdlCompiler::match(const schema::ForeignKey& key) const {
  return key.match.empty() ? "" : " MATCH " + phrase(key.match);
}

std::string DdlCompiler::on_delete(const schema::ForeignKey& key) const {
  return " ON DELETE " + phrase(key.ondelete);
}

std::string DdlCompiler::phrase(std::string_view text) const {
  auto word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ';
  };
  if (text.empty() || !std::ranges::all_of(text, word)) {
    throw Error(code::kOperation, "Unexpected SQL phrase: '" + std::string(text) + "'")
        .with_hint("only keywords can stand here, such as CASCADE, SET NULL, DEFERRED");
  }
  return std::string(text);
}

std::string DdlCompiler::deferral(const schema::Deferral& deferral) const {
  std::string text;
  if (deferral.deferrable) text += *deferral.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
  if (!deferral.initially.empty()) text += " INITIALLY " + phrase(deferral.initially);
  return text;
}

std::optional<std::string> DdlCompiler::unique(const schema::Table& table,
                                               const schema::Unique& unique) {
  if (unique.columns.empty()) return std::nullopt;
  return preamble(table, unique) + "UNIQUE (" + quote_list(unique.columns) + ")" +
         deferral(unique.deferral);
}

std::optional<std::string> DdlCompiler::check(const schema::Table& table,
                                              const schema::Check& check) {
  return preamble(table, check) + "CHECK (" + expression(check.condition) + ")" +
         deferral(check.deferral);
}

std::optional<std::string> DdlCompiler::exclude(const schema::Table& table,
                                                const schema::Exclude&) {
  throw Error(code::kOperation, std::string(traits_.engine) +
                                    " has no EXCLUDE constraints (table '" + table.full_name() +
                                    "')")
      .with_hint("make it only where op.get_context().dialect.name is 'postgresql'");
}

std::string DdlCompiler::index_key(const schema::Index&, const schema::IndexKey& key) {
  return key.expression ? expression(key.expression) : quote(key.column);
}

std::string DdlCompiler::create_index(const schema::Table& table, const schema::Index& index,
                                      bool if_not_exists) {
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " +
                     (if_not_exists ? "IF NOT EXISTS " : "") + name_of(table, index) + " ON " +
                     table_name(table.schema, table.name) + " (";
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    text += (i == 0 ? "" : ", ") + index_key(index, index.keys[i]);
  }
  return text + ")";
}

}  // namespace retort::dialect
