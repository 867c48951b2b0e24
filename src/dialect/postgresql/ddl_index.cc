#include <algorithm>

#include "base/text.h"
#include "dialect/options.h"
#include "dialect/postgresql/ddl.h"
#include "schema/naming.h"
#include "sql/build.h"
#include "sql/node.h"

// CREATE INDEX and DROP INDEX.
namespace retort::dialect::postgresql {

std::string Ddl::index_key(const schema::Index& index, const schema::IndexKey& key) {
  std::string name = key.column;
  std::string text =
      key.expression ? expression(sql::group(key.expression, sql::Op::kNone)) : quote(key.column);
  if (const auto* label = sql::get<sql::node::Label>(key.expression)) name = label->name;
  if (const auto* column = sql::get<sql::node::Column>(key.expression)) name = column->name;
  if (const auto* written = sql::get<sql::node::Text>(key.expression)) name = written->sql;
  if (const auto* ops = option_map(index.options, "postgresql_ops")) {
    auto found = std::ranges::find(*ops, name, &std::pair<std::string, std::string>::first);
    if (found != ops->end() && !name.empty()) text += " " + found->second;
  }
  return text;
}

std::string Ddl::create_index(const schema::Table& table, const schema::Index& index,
                              bool if_not_exists) {
  const schema::Options& options = index.options;
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX ";
  if (option_flag(options, "postgresql_concurrently").value_or(false)) text += "CONCURRENTLY ";
  if (if_not_exists) text += "IF NOT EXISTS ";
  text += name_of(table, index) + " ON " + table_name(table.schema, table.name) + " ";
  if (std::string method = option_text(options, "postgresql_using");
      !method.empty() && method != "0") {
    text += "USING " + to_lower(phrase(method)) + " ";
  }
  text += "(";
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    text += (i == 0 ? "" : ", ") + index_key(index, index.keys[i]);
  }
  text += ")" + include(options);
  if (auto same = option_flag(options, "postgresql_nulls_not_distinct")) {
    text += *same ? " NULLS NOT DISTINCT" : " NULLS DISTINCT";
  }
  if (const auto* with = option_map(options, "postgresql_with"); with && !with->empty()) {
    text += " WITH (" + with_options(*with) + ")";
  }
  if (std::string space = option_text(options, "postgresql_tablespace"); !space.empty()) {
    text += " TABLESPACE " + quote(space);
  }
  if (std::string where = option_sql(options, "postgresql_where", grammar_); !where.empty()) {
    text += " WHERE " + where;
  }
  return text;
}

void Ddl::on(const operations::DropIndex& op) {
  bool concurrently = option_flag(op.options, "postgresql_concurrently").value_or(false);
  emit(std::string("DROP INDEX ") + (concurrently ? "CONCURRENTLY " : "") +
       (op.if_exists ? "IF EXISTS " : "") + (op.schema.empty() ? "" : quote(op.schema) + ".") +
       drop_name(op));
}

}  // namespace retort::dialect::postgresql
