#include "dialect/ddl.h"
#include "sql/build.h"
#include "sql/node.h"

// op.bulk_insert.
namespace retort::dialect {
namespace {

// SQLite takes at most 32766 parameters a statement and PostgreSQL 65535; rows beyond a few hundred
// gain nothing any more.
constexpr std::size_t kMaxParameters = 8000;
constexpr std::size_t kMaxRows = 500;

sql::Expression table_node(const schema::Table& table) {
  std::vector<sql::node::TableColumn> columns;
  for (const schema::Column& column : table.columns) {
    sql::node::TableColumn made;
    made.name = column.name;
    made.type = column.type;
    made.primary_key = column.primary_key;
    columns.push_back(std::move(made));
  }
  return sql::table(table.name, std::move(columns), table.schema);
}

}  // namespace

void DdlCompiler::on(const operations::BulkInsert& op) {
  sql::Expression table = table_node(op.table);
  auto assignments = [&](const auto& row) {
    std::vector<sql::node::Assignment> made;
    for (std::size_t i = 0; i < op.columns.size() && i < row.size(); ++i) {
      sql::node::Assignment assignment;
      assignment.column = op.columns[i];
      if (const auto* value = std::get_if<sql::Datum>(&row[i])) {
        const schema::Column* column = op.table.column(op.columns[i]);
        assignment.value = column && !column->type.is_null() ? sql::literal(*value, column->type)
                                                             : sql::literal(*value);
      } else {
        assignment.value = std::get<sql::Expression>(row[i]);
        if (!assignment.value) continue;
      }
      made.push_back(std::move(assignment));
    }
    return made;
  };
  auto write = [&](sql::node::Insert insert) {
    sql::Statement statement = sql::compile(sql::make(std::move(insert)), grammar_, context_.binds);
    emit(std::move(statement.sql), std::move(statement.parameters));
  };
  // --sql, and multiinsert=False: a statement a row.
  if (context_.binds != sql::Binds::kPositional || !op.multiinsert || op.columns.empty()) {
    for (const auto& row : op.rows) {
      sql::node::Insert insert;
      insert.table = table;
      insert.values = assignments(row);
      write(std::move(insert));
    }
    return;
  }
  std::size_t at_once = std::clamp<std::size_t>(kMaxParameters / op.columns.size(), 1, kMaxRows);
  for (std::size_t from = 0; from < op.rows.size(); from += at_once) {
    sql::node::Insert insert;
    insert.table = table;
    for (std::size_t i = from; i < op.rows.size() && i < from + at_once; ++i) {
      insert.rows.push_back(assignments(op.rows[i]));
    }
    write(std::move(insert));
  }
}

}  // namespace retort::dialect
