#include "base/text.h"
#include "dialect/postgresql/inspect_parts.h"

namespace retort::dialect::postgresql {
namespace {

// The column's sequence is its own, and all of its settings are those of SERIAL.
constexpr std::string_view kIsSerial =
    "d.deptype = 'a' AND q.seqincrement = 1 AND q.seqstart = 1 AND q.seqmin = 1 AND q.seqcache = 1 "
    "AND NOT q.seqcycle AND pg_catalog.pg_get_expr(f.adbin, f.adrelid) = 'nextval(' || "
    "pg_catalog.quote_literal(q.seqrelid::pg_catalog.regclass::text) || '::regclass)'";

std::string columns_query(const std::string& with) {
  return with +
         "SELECT a.attrelid, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), "
         "a.attnotnull, pg_catalog.pg_get_expr(f.adbin, f.adrelid), a.attgenerated::text, "
         "a.attidentity::text, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, "
         "q.seqcycle, " +
         std::string(kIsSerial) +
         ", CASE WHEN a.attcollation <> t.typcollation THEN o.collname::text END, "
         "pg_catalog.col_description(a.attrelid, a.attnum), a.attnum "
         "FROM scope s JOIN pg_catalog.pg_attribute a ON a.attrelid = s.oid AND a.attnum > 0 AND "
         "NOT a.attisdropped JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
         "LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum "
         "LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation "
         "LEFT JOIN (pg_catalog.pg_depend d JOIN pg_catalog.pg_sequence q ON q.seqrelid = d.objid "
         "AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = "
         "'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')) "
         "ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum "
         "ORDER BY a.attrelid, a.attnum";
}

schema::Identity identity_of(const CatalogRows& rows) {
  schema::Identity out;
  out.always = rows.text(6) == "a";
  out.sequence.start = rows.optional_number(7);
  out.sequence.increment = rows.optional_number(8);
  out.sequence.min_value = rows.optional_number(9);
  out.sequence.max_value = rows.optional_number(10);
  out.sequence.cache = rows.optional_number(11);
  out.sequence.cycle = rows.flag(12);
  return out;
}

schema::Column column_of(const CatalogRows& rows, const NamedTypes& types) {
  schema::Column out;
  out.name = rows.text(1);
  out.type = reflect_type(rows.text(2), types, rows.text(14));
  out.nullable = !rows.flag(3);
  out.nullable_given = true;
  out.autoincrement = schema::Autoincrement::kFalse;
  out.comment = rows.optional_text(15);
  std::optional<std::string> value = rows.optional_text(4);
  if (std::string generated = rows.text(5); !generated.empty()) {
    out.computed = schema::Computed{sql::raw(value.value_or("")), generated == "s"};
  } else if (!rows.text(6).empty()) {
    out.identity = identity_of(rows);
    out.autoincrement = schema::Autoincrement::kTrue;
  } else if (value && rows.flag(13)) {
    out.options.push_back({"postgresql_serial", *value});
    out.autoincrement = schema::Autoincrement::kTrue;
  } else if (value) {
    out.server_default = sql::raw(*value);
  }
  return out;
}

}  // namespace

ByTable<schema::Column> read_columns(database::Connection& connection, const Scope& scope,
                                     const std::string& with, const NamedTypes& types) {
  CatalogRows rows(connection, scope, columns_query(with));
  ByTable<schema::Column> out;
  Oid table = 0;
  std::int64_t last = 0;
  while (rows.next()) {
    // A column can own several sequences.
    if (rows.number(0) == table && rows.number(16) == last) continue;
    table = rows.number(0);
    last = rows.number(16);
    out[table].push_back(column_of(rows, types));
  }
  return out;
}

}  // namespace retort::dialect::postgresql
