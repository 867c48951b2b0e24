#include <algorithm>

#include "base/text.h"
#include "dialect/postgresql/inspect_parts.h"

namespace retort::dialect::postgresql {
namespace {

std::string constraints_query(const std::string& with, int major) {
  auto column_names = [](const std::string& numbers, const std::string& relation) {
    return "ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(" + numbers +
           ") WITH ORDINALITY u(n, i) JOIN pg_catalog.pg_attribute a ON a.attrelid = " + relation +
           " AND a.attnum = u.n ORDER BY u.i)::text";
  };
  return with + "SELECT k.conrelid, k.conname::text, k.contype::text, " +
         column_names("k.conkey", "k.conrelid") +
         ", k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, "
         "CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_constraintdef(k.oid, true) END, "
         "r.relname::text, n.nspname::text, pg_catalog.pg_table_is_visible(k.confrelid), " +
         "CASE WHEN k.contype = 'f' THEN " + column_names("k.confkey", "k.confrelid") + " END, " +
         "k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text, " +
         (major >= 15 ? "CASE WHEN k.confdelsetcols IS NOT NULL THEN " +
                            column_names("k.confdelsetcols", "k.conrelid") + " END"
                      : "NULL::text") +
         ", CASE WHEN x.indnkeyatts < x.indnatts THEN ARRAY(SELECT a.attname::text FROM "
         "pg_catalog.unnest(x.indkey) WITH ORDINALITY k2(n, i) JOIN pg_catalog.pg_attribute a ON "
         "a.attrelid = k.conrelid AND a.attnum = k2.n WHERE k2.i > x.indnkeyatts ORDER BY "
         "k2.i)::text END, " +
         (major >= 15 ? "x.indnullsnotdistinct" : "false") +
         ", pg_catalog.obj_description(k.oid, 'pg_constraint'), "
         // EXCLUDE: elements, operators, condition and method.
         "CASE WHEN k.contype = 'x' THEN ARRAY(SELECT pg_catalog.pg_get_indexdef(k.conindid, i, "
         "true) || CASE WHEN c.opcdefault THEN '' ELSE ' ' || c.opcname END FROM "
         "pg_catalog.generate_series(1, x.indnkeyatts::integer) i JOIN pg_catalog.pg_opclass c ON "
         "c.oid = x.indclass[i - 1] ORDER BY i)::text END, "
         "CASE WHEN k.contype = 'x' THEN ARRAY(SELECT o.oprname::text FROM "
         "pg_catalog.unnest(k.conexclop) WITH ORDINALITY e(n, i) JOIN pg_catalog.pg_operator o ON "
         "o.oid = e.n ORDER BY e.i)::text END, "
         "pg_catalog.pg_get_expr(x.indpred, x.indrelid), m.amname::text "
         "FROM scope s JOIN pg_catalog.pg_constraint k ON k.conrelid = s.oid "
         "LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.contype = 'f' "
         "LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace "
         "LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = k.conindid AND k.contype <> 'f' "
         "LEFT JOIN pg_catalog.pg_class xc ON xc.oid = x.indexrelid "
         "LEFT JOIN pg_catalog.pg_am m ON m.oid = xc.relam "
         "WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') "
         "ORDER BY k.conrelid, k.contype <> 'p', k.conname COLLATE \"C\"";
}

schema::Deferral deferral_of(const CatalogRows& rows) {
  schema::Deferral out;
  if (!rows.flag(4)) return out;
  out.deferrable = true;
  if (rows.flag(5)) out.initially = "DEFERRED";
  return out;
}

// "": NO ACTION, the default.
std::string action(const std::string& letter) {
  if (letter == "r") return "RESTRICT";
  if (letter == "c") return "CASCADE";
  if (letter == "n") return "SET NULL";
  if (letter == "d") return "SET DEFAULT";
  return "";
}

bool balanced(std::string_view text) {
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
  }
  return depth == 0;
}

// The condition of "CHECK ((a > 0)) NO INHERIT NOT VALID", without outer parentheses.
std::string condition_of(std::string_view definition) {
  for (std::string_view end : {" NOT VALID", " NO INHERIT"}) {
    if (definition.ends_with(end)) definition.remove_suffix(end.size());
  }
  if (definition.starts_with("CHECK (") && definition.ends_with(')')) {
    definition = definition.substr(7, definition.size() - 8);
  }
  while (definition.starts_with('(') && definition.ends_with(')') &&
         balanced(definition.substr(1, definition.size() - 2))) {
    definition = definition.substr(1, definition.size() - 2);
  }
  return std::string(definition);
}

schema::Options key_options(const CatalogRows& rows) {
  schema::Options out;
  if (auto include = rows.list(17); !include.empty()) {
    out.push_back({"postgresql_include", std::move(include)});
  }
  if (rows.flag(18)) out.push_back({"postgresql_nulls_not_distinct", true});
  return out;
}

schema::ForeignKey foreign_key_of(const CatalogRows& rows, const Scope& scope) {
  schema::ForeignKey out;
  out.columns = rows.list(3);
  out.referred_table = rows.text(9);
  std::string referred_schema = rows.text(10);
  // A table that the search_path shows is named without its schema; one of the schema that is read
  // has the same schema as its tables have.
  if (!rows.flag(11) || referred_schema == scope.shown_schema()) {
    out.referred_schema = referred_schema;
  }
  out.referred_columns = rows.list(12);
  out.onupdate = action(rows.text(13));
  out.ondelete = action(rows.text(14));
  if (auto columns = rows.list(16); !columns.empty()) {
    out.ondelete += " (" + join(columns, ", ") + ")";
  }
  if (rows.text(15) == "f") out.match = "FULL";
  return out;
}

schema::Exclude exclude_of(const CatalogRows& rows) {
  schema::Exclude out;
  std::vector<std::string> elements = rows.list(20);
  std::vector<std::string> operators = rows.list(21);
  for (std::size_t i = 0; i < elements.size() && i < operators.size(); ++i) {
    out.elements.push_back({sql::raw(elements[i]), operators[i]});
  }
  if (auto where = rows.optional_text(22)) out.where = sql::raw(*where);
  out.method = rows.text(23);
  return out;
}

template <typename T>
schema::Constraint finished(T constraint, const CatalogRows& rows) {
  constraint.name = {rows.text(1), true};
  constraint.deferral = deferral_of(rows);
  if (!rows.flag(6)) constraint.options.push_back({"postgresql_not_valid", true});
  if (auto comment = rows.optional_text(19)) {
    constraint.options.push_back({"postgresql_comment", *comment});
  }
  return constraint;
}

schema::Constraint constraint_of(const CatalogRows& rows, const Scope& scope) {
  std::string kind = rows.text(2);
  if (kind == "p") {
    return finished(schema::PrimaryKey{.columns = rows.list(3), .options = key_options(rows)},
                    rows);
  }
  if (kind == "u") {
    return finished(schema::Unique{.columns = rows.list(3), .options = key_options(rows)}, rows);
  }
  if (kind == "f") return finished(foreign_key_of(rows, scope), rows);
  if (kind == "x") return finished(exclude_of(rows), rows);
  schema::Check check;
  check.condition = sql::raw(condition_of(rows.text(8)));
  if (rows.flag(7)) check.options.push_back({"postgresql_no_inherit", true});
  return finished(std::move(check), rows);
}

}  // namespace

ByTable<schema::Constraint> read_constraints(database::Connection& connection, const Scope& scope,
                                             const std::string& with) {
  CatalogRows rows(connection, scope, constraints_query(with, server_major(connection)));
  ByTable<schema::Constraint> out;
  while (rows.next()) out[rows.number(0)].push_back(constraint_of(rows, scope));
  return out;
}

}  // namespace retort::dialect::postgresql
