#include <algorithm>

#include "base/text.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect_parts.h"

namespace retort::dialect::postgresql {
namespace {

// The vectors of pg_index are unnested: the planner takes generate_series() for a thousand rows,
// and a query that seems so dear is compiled first (jit), which takes longer than running it.
std::string indexes_query(const std::string& with, int major) {
  return with +
         "SELECT x.indrelid, c.relname::text, x.indisunique, x.indisvalid, "
         "EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid AND "
         "k.conrelid = x.indrelid AND k.contype IN ('p', 'u', 'x')), "
         "m.amname::text, pg_catalog.pg_get_expr(x.indpred, x.indrelid), " +
         (major >= 15 ? "x.indnullsnotdistinct" : "false") +
         ", t.spcname::text, c.reloptions::text[]::text, x.indnkeyatts::integer, "
         "ARRAY(SELECT CASE WHEN u.key = 0 THEN pg_catalog.pg_get_indexdef(x.indexrelid, "
         "u.n::integer, true) ELSE (SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE "
         "a.attrelid = x.indrelid AND a.attnum = u.key) END FROM "
         "pg_catalog.unnest(x.indkey::pg_catalog.int2[]) WITH ORDINALITY u(key, n) ORDER BY "
         "u.n)::text, "
         "ARRAY(SELECT CASE WHEN u.key = 0 THEN 'e' ELSE 'c' END FROM "
         "pg_catalog.unnest(x.indkey::pg_catalog.int2[]) WITH ORDINALITY u(key, n) ORDER BY "
         "u.n)::text, "
         "ARRAY(SELECT o.opcname::text FROM pg_catalog.unnest(x.indclass::pg_catalog.oid[]) WITH "
         "ORDINALITY u(class, n) LEFT JOIN pg_catalog.pg_opclass o ON o.oid = u.class AND NOT "
         "o.opcdefault ORDER BY u.n)::text, "
         "ARRAY(SELECT u.option::text FROM pg_catalog.unnest(x.indoption::pg_catalog.int2[]) WITH "
         "ORDINALITY u(option, n) ORDER BY u.n)::text, "
         "ARRAY(SELECT CASE WHEN u.key <> 0 AND u.collat <> a.attcollation THEN "
         "o.collname::text END FROM ROWS FROM (pg_catalog.unnest(x.indkey::pg_catalog.int2[]), "
         "pg_catalog.unnest(x.indcollation::pg_catalog.oid[])) WITH ORDINALITY u(key, collat, n) "
         "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.key LEFT "
         "JOIN pg_catalog.pg_collation o ON o.oid = u.collat WHERE u.n <= x.indnkeyatts ORDER BY "
         "u.n)::text, "
         "pg_catalog.obj_description(x.indexrelid, 'pg_class') "
         "FROM scope s JOIN pg_catalog.pg_index x ON x.indrelid = s.oid AND NOT x.indisprimary "
         "JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid "
         "JOIN pg_catalog.pg_am m ON m.oid = c.relam "
         "LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace "
         "ORDER BY x.indrelid, c.relname COLLATE \"C\"";
}

IndexInfo info_of(const CatalogRows& rows) {
  IndexInfo out;
  out.name = rows.text(1);
  out.unique = rows.flag(2);
  out.valid = rows.flag(3);
  out.of_constraint = rows.flag(4);
  out.method = rows.text(5);
  out.where = rows.text(6);
  out.nulls_not_distinct = rows.flag(7);
  out.tablespace = rows.text(8);
  out.with = rows.settings(9);
  out.comment = rows.optional_text(16);
  auto keys = static_cast<std::size_t>(rows.number(10));
  std::vector<std::string> elements = rows.list(11);
  std::vector<std::string> kinds = rows.list(12);
  std::vector<std::string> classes = rows.list(13);
  std::vector<std::string> flags = rows.list(14);
  std::vector<std::string> collations = rows.list(15);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i >= keys) {
      out.include.push_back(elements[i]);
      continue;
    }
    // indoption: 1 DESC, 2 NULLS FIRST (src/include/catalog/pg_index.h).
    int option = i < flags.size() && !flags[i].empty() ? flags[i].front() - '0' : 0;
    IndexInfo::Element element;
    element.text = elements[i];
    element.is_expression = kinds[i] == "e";
    if (i < classes.size()) element.opclass = classes[i];
    if (i < collations.size()) element.collation = collations[i];
    element.descending = (option & 1) != 0;
    element.nulls_first = (option & 2) != 0;
    out.elements.push_back(std::move(element));
  }
  return out;
}

// The key as CREATE INDEX has it: column or (expression), collation, operator class, order.
std::string key_text(const IndexInfo::Element& element) {
  std::string text = element.is_expression ? element.text : grammar().quote(element.text);
  if (!element.collation.empty()) text += " COLLATE " + grammar().quote(element.collation);
  if (!element.opclass.empty()) text += " " + element.opclass;
  if (element.descending) text += " DESC";
  if (element.descending != element.nulls_first) {
    text += element.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  }
  return text;
}

}  // namespace

ByTable<IndexInfo> read_indexes(database::Connection& connection, const Scope& scope,
                                const std::string& with) {
  CatalogRows rows(connection, scope, indexes_query(with, server_major(connection)));
  ByTable<IndexInfo> out;
  while (rows.next()) out[rows.number(0)].push_back(info_of(rows));
  return out;
}

schema::Index index_of(const IndexInfo& info) {
  schema::Index out;
  out.name = {info.name, true};
  out.unique = info.unique;
  std::vector<std::pair<std::string, std::string>> classes;
  for (const IndexInfo::Element& element : info.elements) {
    schema::IndexKey key;
    bool ordered = element.descending || element.nulls_first || !element.collation.empty();
    if (!element.is_expression) key.column = element.text;
    if (!element.is_expression && !ordered) {
      if (!element.opclass.empty()) classes.emplace_back(element.text, element.opclass);
    } else if (!ordered && element.opclass.empty()) {
      key.expression = sql::raw(element.text);
    } else {
      key.expression = sql::raw(key_text(element));
    }
    out.keys.push_back(std::move(key));
  }
  schema::Options& options = out.options;
  if (info.method != "btree") options.push_back({"postgresql_using", info.method});
  if (!classes.empty()) options.push_back({"postgresql_ops", std::move(classes)});
  if (!info.with.empty()) options.push_back({"postgresql_with", info.with});
  if (!info.include.empty()) options.push_back({"postgresql_include", info.include});
  if (info.nulls_not_distinct) options.push_back({"postgresql_nulls_not_distinct", true});
  if (!info.tablespace.empty()) options.push_back({"postgresql_tablespace", info.tablespace});
  if (!info.where.empty()) options.push_back({"postgresql_where", sql::raw(info.where)});
  if (!info.valid) options.push_back({"postgresql_invalid", true});
  if (info.comment) options.push_back({"postgresql_comment", *info.comment});
  return out;
}

}  // namespace retort::dialect::postgresql
