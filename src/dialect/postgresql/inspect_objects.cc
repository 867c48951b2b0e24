#include <cstdint>
#include <limits>

#include "base/text.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect_parts.h"
#include "dialect/postgresql/named_type.h"

// What a schema holds beside tables: sequences, and what is known by the statement that makes it.
namespace retort::dialect::postgresql {
namespace {

using schema::Definition;

std::string joined(std::string_view what) {
  return " FROM pg_catalog." + std::string(what) + " JOIN pg_catalog.pg_namespace n ON n.oid = ";
}

// A name as a definition writes it: with the schema that was asked for.
std::string qualified(const Scope& scope, const std::string& name) {
  std::string quoted = grammar().quote(name);
  std::string schema = scope.shown_schema();
  return schema.empty() ? quoted : grammar().quote(schema) + "." + quoted;
}

class Reader {
 public:
  Reader(database::Connection& connection, const Scope& scope)
      : connection_(connection), scope_(scope) {}

  std::vector<Definition> run() {
    extensions();
    domains();
    composite_types();
    functions();
    views();
    triggers();
    policies();
    return std::move(out_);
  }

 private:
  void add(Definition::Kind kind, std::string name, std::string sql, std::string table = "") {
    out_.push_back(
        {kind, scope_.shown_schema(), std::move(name), std::move(table), std::move(sql)});
  }

  // Extensions are the database's and not a schema's.
  void extensions() {
    CatalogRows rows(connection_, scope_,
                     "SELECT extname::text FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' "
                     "ORDER BY extname COLLATE \"C\"");
    while (rows.next()) {
      std::string name = rows.text(0);
      out_.push_back({Definition::Kind::kExtension, "", name, "",
                      "CREATE EXTENSION " + grammar().quote(name)});
    }
  }

  void domains() {
    for (const sql::Type& type : read_domains(connection_, scope_)) {
      add(Definition::Kind::kDomain, type.type_name, create_domain(type, grammar()));
    }
  }

  void composite_types() {
    CatalogRows rows(
        connection_, scope_,
        "SELECT t.typname::text, pg_catalog.string_agg(pg_catalog.quote_ident(a.attname) || ' ' || "
        "pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)" +
            joined("pg_type t") +
            "t.typnamespace JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' "
            "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT "
            "a.attisdropped WHERE " +
            in_schema(scope_, "pg_catalog.pg_type_is_visible(t.oid)") + " AND " +
            of_no_extension("pg_type", "t.oid") + " GROUP BY t.oid, t.typname ORDER BY t.oid");
    while (rows.next()) {
      add(Definition::Kind::kType, rows.text(0),
          "CREATE TYPE " + qualified(scope_, rows.text(0)) + " AS (" + rows.text(1) + ")");
    }
  }

  void functions() {
    CatalogRows rows(
        connection_, scope_,
        "SELECT p.proname::text, pg_catalog.pg_get_function_identity_arguments(p.oid), "
        "pg_catalog.pg_get_functiondef(p.oid), n.nspname::text, p.prokind::text" +
            joined("pg_proc p") + "p.pronamespace WHERE p.prokind IN ('f', 'p', 'w') AND " +
            in_schema(scope_, "pg_catalog.pg_function_is_visible(p.oid)") + " AND " +
            of_no_extension("pg_proc", "p.oid") + " ORDER BY p.oid");
    while (rows.next()) {
      std::string sql(trim(rows.text(2)));
      // It is always written with its schema.
      if (scope_.schema.empty()) {
        std::string prefix = " " + grammar().quote(rows.text(3)) + ".";
        std::size_t at = sql.find(prefix);
        if (at != std::string::npos && at < sql.find('(')) sql.replace(at, prefix.size(), " ");
      }
      add(Definition::Kind::kFunction, rows.text(0) + "(" + rows.text(1) + ")", std::move(sql));
    }
  }

  void views() {
    CatalogRows rows(connection_, scope_,
                     "SELECT c.relname::text, c.relkind::text, pg_catalog.pg_get_viewdef(c.oid), "
                     "pg_catalog.array_to_string(c.reloptions, ', ')" +
                         joined("pg_class c") +
                         "c.relnamespace WHERE c.relkind IN ('v', 'm') AND " + in_scope(scope_) +
                         " ORDER BY c.oid");
    while (rows.next()) {
      bool materialized = rows.text(1) == "m";
      std::string body(trim(rows.text(2)));
      if (body.ends_with(';')) body.pop_back();
      std::string options = rows.text(3);
      add(materialized ? Definition::Kind::kMaterializedView : Definition::Kind::kView,
          rows.text(0),
          std::string("CREATE ") + (materialized ? "MATERIALIZED VIEW " : "VIEW ") +
              qualified(scope_, rows.text(0)) + (options.empty() ? "" : " WITH (" + options + ")") +
              " AS " + body);
    }
  }

  void triggers() {
    CatalogRows rows(connection_, scope_,
                     "SELECT g.tgname::text, c.relname::text, pg_catalog.pg_get_triggerdef(g.oid, "
                     "true) FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = "
                     "g.tgrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT "
                     "g.tgisinternal AND " +
                         in_scope(scope_) +
                         " ORDER BY c.relname COLLATE \"C\", g.tgname COLLATE "
                         "\"C\"");
    while (rows.next()) add(Definition::Kind::kTrigger, rows.text(0), rows.text(2), rows.text(1));
  }

  void policies() {
    CatalogRows rows(
        connection_, scope_,
        "SELECT p.polname::text, c.relname::text, p.polpermissive, CASE p.polcmd WHEN 'r' THEN "
        "'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' END, "
        "CASE WHEN p.polroles <> '{0}' THEN ARRAY(SELECT pg_catalog.quote_ident(r.rolname) FROM "
        "pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY 1)::text END, "
        "pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, "
        "p.polrelid) FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " +
            in_scope(scope_) + " ORDER BY c.relname COLLATE \"C\", p.polname COLLATE \"C\"");
    while (rows.next()) {
      std::string sql = "CREATE POLICY " + grammar().quote(rows.text(0)) + " ON " +
                        qualified(scope_, rows.text(1));
      if (!rows.flag(2)) sql += " AS RESTRICTIVE";
      if (auto command = rows.optional_text(3)) sql += " FOR " + *command;
      if (auto roles = rows.list(4); !roles.empty()) sql += " TO " + join(roles, ", ");
      if (auto condition = rows.optional_text(5)) sql += " USING (" + *condition + ")";
      if (auto condition = rows.optional_text(6)) sql += " WITH CHECK (" + *condition + ")";
      add(Definition::Kind::kPolicy, rows.text(0), std::move(sql), rows.text(1));
    }
  }

  database::Connection& connection_;
  const Scope& scope_;
  std::vector<Definition> out_;
};

std::int64_t largest(const std::string& type) {
  if (type == "smallint") return std::numeric_limits<std::int16_t>::max();
  if (type == "integer") return std::numeric_limits<std::int32_t>::max();
  return std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::vector<schema::Sequence> read_sequences(database::Connection& connection, const Scope& scope) {
  CatalogRows rows(connection, scope,
                   "SELECT c.relname::text, pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, "
                   "q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle "
                   "FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid "
                   "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT EXISTS "
                   "(SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = "
                   "'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype "
                   "IN ('a', 'i') AND d.refobjsubid > 0) AND " +
                       in_scope(scope) + " ORDER BY c.relname COLLATE \"C\"");
  std::vector<schema::Sequence> out;
  while (rows.next()) {
    schema::Sequence sequence;
    sequence.name = rows.text(0);
    sequence.schema = scope.shown_schema();
    std::string type = rows.text(1);
    if (type != "bigint") sequence.data_type = type;
    bool up = rows.number(3) > 0;
    std::int64_t low = up ? 1 : -largest(type) - 1;
    std::int64_t high = up ? largest(type) : -1;
    // What differs from the defaults alone, as people write it.
    auto set = [](std::optional<std::int64_t>& option, std::int64_t value, std::int64_t otherwise) {
      if (value != otherwise) option = value;
    };
    set(sequence.options.start, rows.number(2), up ? rows.number(4) : rows.number(5));
    set(sequence.options.increment, rows.number(3), 1);
    set(sequence.options.min_value, rows.number(4), low);
    set(sequence.options.max_value, rows.number(5), high);
    set(sequence.options.cache, rows.number(6), 1);
    if (rows.flag(7)) sequence.options.cycle = true;
    out.push_back(std::move(sequence));
  }
  return out;
}

std::vector<schema::Definition> read_definitions(database::Connection& connection,
                                                 const Scope& scope) {
  return Reader(connection, scope).run();
}

}  // namespace retort::dialect::postgresql
