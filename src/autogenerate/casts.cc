#include "autogenerate/casts.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace retort::autogenerate {
namespace {

enum class Family { kOther, kText, kNumber, kBoolean, kDate, kTimestamp, kTime, kJson, kNetwork };

struct Word {
  std::string_view start;
  Family family;
};
// By the first word of a type as DDL; the longer of two that begin alike first.
constexpr auto kWords = std::to_array<Word>({{"VARCHAR", Family::kText},
                                             {"CHARACTER", Family::kText},
                                             {"CHAR", Family::kText},
                                             {"TEXT", Family::kText},
                                             {"SMALLINT", Family::kNumber},
                                             {"INTEGER", Family::kNumber},
                                             {"BIGINT", Family::kNumber},
                                             {"NUMERIC", Family::kNumber},
                                             {"DECIMAL", Family::kNumber},
                                             {"REAL", Family::kNumber},
                                             {"FLOAT", Family::kNumber},
                                             {"DOUBLE PRECISION", Family::kNumber},
                                             {"BOOLEAN", Family::kBoolean},
                                             {"DATE", Family::kDate},
                                             {"TIMESTAMP", Family::kTimestamp},
                                             {"TIME", Family::kTime},
                                             {"JSON", Family::kJson},
                                             {"INET", Family::kNetwork},
                                             {"CIDR", Family::kNetwork}});

Family family_of(const std::string& ddl) {
  if (ddl.ends_with("]")) return Family::kOther;
  std::string word = ddl.substr(0, ddl.find_first_of("( "));
  for (const Word& one : kWords) {
    if (word == one.start || ddl == one.start) return one.family;
    if (one.family == Family::kJson && word == "JSONB") return one.family;
  }
  return Family::kOther;
}

std::string element_of(const std::string& ddl) { return ddl.substr(0, ddl.find('[')); }

// Whether there is an assignment cast
// (https://www.postgresql.org/docs/current/sql-createcast.html).
bool casts_by_itself(const std::string& from, const std::string& to) {
  if (from == to) return true;
  if (from.ends_with("]") && to.ends_with("]")) {
    return casts_by_itself(element_of(from), element_of(to));
  }
  Family have = family_of(from);
  Family want = family_of(to);
  if (want == Family::kText) return !from.ends_with("]");
  bool same_word = from.substr(0, from.find('(')) == to.substr(0, to.find('('));
  if (have == Family::kOther || want == Family::kOther) return same_word;
  if (have == want) return true;
  bool moment = have == Family::kTimestamp && (want == Family::kDate || want == Family::kTime);
  return moment || (have == Family::kDate && want == Family::kTimestamp);
}

// Between integers and booleans there is a cast to be asked for; else a value goes by its text.
std::string cast(const std::string& column, const std::string& from, const std::string& to) {
  Family have = family_of(from);
  Family want = family_of(to);
  bool direct = have == Family::kText || (from == "INTEGER" && want == Family::kBoolean) ||
                (have == Family::kBoolean && to == "INTEGER");
  if (have == Family::kBoolean && want == Family::kNumber && !direct) {
    return column + "::integer::" + to;
  }
  if (direct) return column + "::" + to;
  if (have == Family::kNumber && want == Family::kBoolean) return column + " <> 0";
  return column + (from.ends_with("]") ? "::text[]::" : "::text::") + to;
}

operations::AlterColumn of_default(const operations::AlterColumn& op) {
  operations::AlterColumn out;
  out.table = op.table;
  out.schema = op.schema;
  out.column = op.column;
  return out;
}

void complete(const operations::AlterColumn& given, const sql::Grammar& grammar,
              std::vector<operations::Operation>& out) {
  std::string from = given.existing_type ? grammar.type(*given.existing_type) : "";
  std::string to = given.type ? grammar.type(*given.type) : "";
  bool told = schema::find_option(given.options, "postgresql_using") != nullptr;
  if (from.empty() || to.empty() || told || casts_by_itself(from, to)) {
    out.emplace_back(given);
    return;
  }
  operations::AlterColumn alter = given;
  alter.options.push_back({"postgresql_using", cast(grammar.quote(given.column), from, to)});
  const auto& old_default = given.existing_server_default;
  if (!old_default || !*old_default) {
    out.emplace_back(std::move(alter));
    return;
  }
  operations::AlterColumn before = of_default(given);
  before.existing_type = given.existing_type;
  before.existing_nullable = given.existing_nullable;
  before.existing_server_default = old_default;
  before.server_default.emplace(std::nullopt);
  operations::AlterColumn after = of_default(given);
  after.existing_type = given.type;
  after.existing_nullable = given.nullable ? given.nullable : given.existing_nullable;
  after.server_default = given.server_default ? given.server_default : old_default;
  alter.server_default.reset();
  alter.existing_server_default.reset();
  out.emplace_back(std::move(before));
  out.emplace_back(std::move(alter));
  if (*after.server_default) out.emplace_back(std::move(after));
}

}  // namespace

void complete_casts(std::vector<operations::Operation>& operations,
                    const dialect::Dialect& dialect) {
  if (dialect.name() != "postgresql") return;
  std::vector<operations::Operation> out;
  for (operations::Operation& operation : operations) {
    if (auto* batch = std::get_if<operations::BatchAlterTable>(&operation)) {
      complete_casts(batch->operations, dialect);
    }
    if (const auto* alter = std::get_if<operations::AlterColumn>(&operation)) {
      complete(*alter, dialect.grammar(), out);
    } else {
      out.push_back(std::move(operation));
    }
  }
  operations = std::move(out);
}

}  // namespace retort::autogenerate
