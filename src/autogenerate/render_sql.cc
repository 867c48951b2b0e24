#include "autogenerate/render_sql.h"

#include "autogenerate/render.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::autogenerate {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

struct Copy final : dialect::Catalog {
  database::ConnectionPtr scratch;
  database::Connection& connection() override { return *scratch; }
};

// The definitions of an SQLite database in memory.
database::ConnectionPtr copy_of(database::Connection& live) {
  database::ConnectionPtr scratch = database::open_sqlite(":memory:");
  for (const std::string& schema : dialect::sqlite::inspect_schemas(live)) {
    bool is_main = schema == "main";
    if (schema == "temp") continue;
    if (!is_main) scratch->execute("ATTACH ':memory:' AS " + dialect::sqlite::quoted(schema));
    for (const dialect::sqlite::Object& object : dialect::sqlite::objects(live, schema)) {
      if (is_main) scratch->execute(object.sql);
    }
  }
  return scratch;
}

class Statements {
 public:
  Statements(database::Connection& live, const schema::NamingConvention& convention)
      : dialect_(dialect::find_dialect(live.dialect_name())) {
    context_.naming_convention = convention;
    context_.binds = sql::Binds::kLiteral;
    context_.memory = &memory_;
    if (live.dialect_name() != "sqlite") return;
    copy_.scratch = copy_of(live);
    context_.catalog = &copy_;
  }

  std::vector<std::vector<std::string>> of(const std::vector<operations::Operation>& operations) {
    std::vector<std::vector<std::string>> out;
    for (const operations::Operation& operation : operations) {
      std::vector<std::string>& into = out.emplace_back();
      for (sql::Statement& statement : dialect_.compile(operation, context_)) {
        if (copy_.scratch) copy_.scratch->execute(statement.sql);
        into.push_back(std::move(statement.sql));
      }
    }
    return out;
  }

 private:
  const dialect::Dialect& dialect_;
  Copy copy_;
  dialect::RunMemory memory_;
  dialect::CompileContext context_;
};

}  // namespace

std::vector<std::vector<std::string>> statements_of(
    const std::vector<operations::Operation>& operations, database::Connection& live,
    const schema::NamingConvention& convention) {
  return Statements(live, convention).of(operations);
}

BothWays statements_of(const std::vector<operations::Operation>& upgrade,
                       const std::vector<operations::Operation>& downgrade,
                       database::Connection& live, const schema::NamingConvention& convention) {
  Statements statements(live, convention);
  BothWays out;
  out.upgrade = statements.of(upgrade);
  out.downgrade = statements.of(downgrade);
  return out;
}

std::string render_sql(const std::vector<operations::Operation>& operations,
                       const std::vector<std::vector<std::string>>& statements,
                       bool mark_destructive) {
  std::string out;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    std::string destroyed = destroyed_by(operations[i]);
    if (mark_destructive && !destroyed.empty()) out += "-- destroys data: " + destroyed + "\n";
    for (const std::string& statement : statements[i]) {
      out += statement + (statement.ends_with(';') ? "\n\n" : ";\n\n");
    }
  }
  return out;
}

std::string without_binds(const std::string& sql) {
  std::string out;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    bool begins = sql[i] == ':' && i + 1 < sql.size() && is_word(sql[i + 1]);
    bool inside = i > 0 && (is_word(sql[i - 1]) || sql[i - 1] == ':' || sql[i - 1] == '\\');
    if (begins && !inside) {
      std::size_t end = i + 1;
      while (end < sql.size() && is_word(sql[end])) ++end;
      if (end == sql.size() || sql[end] != ':') out += '\\';
    }
    out += sql[i];
  }
  return out;
}

}  // namespace retort::autogenerate
