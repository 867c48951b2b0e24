#include "runtime/concurrent_index.h"

#include <array>
#include <vector>

#include "base/text.h"

namespace retort::runtime {

namespace {

// The words of a statement's beginning: names with their quotes and dots, up to the first other
// sign.
std::vector<std::string> words(std::string_view sql) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < sql.size()) {
    if (std::string_view(" \t\r\n").find(sql[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    std::size_t begin = at;
    while (at < sql.size() &&
           std::string_view(" \t\r\n(;").find(sql[at]) == std::string_view::npos) {
      if (sql[at] != '"') {
        ++at;
        continue;
      }
      at = sql.find('"', at + 1);
      at = at == std::string_view::npos ? sql.size() : at + 1;
    }
    if (at == begin) break;
    out.emplace_back(sql.substr(begin, at - begin));
  }
  return out;
}

std::string unquoted(const std::string& name) {
  if (name.size() < 2 || name.front() != '"') return to_lower(name);
  return replace_all(name.substr(1, name.size() - 2), "\"\"", "\"");
}

}  // namespace

std::optional<ConcurrentIndex> concurrent_index(std::string_view sql) {
  std::vector<std::string> all = words(sql);
  std::size_t at = 0;
  auto take = [&](std::string_view word) {
    if (at >= all.size() || !equal_ignoring_case(all[at], word)) return false;
    ++at;
    return true;
  };
  if (!take("CREATE")) return std::nullopt;
  take("UNIQUE");
  if (!take("INDEX") || !take("CONCURRENTLY")) return std::nullopt;
  if (take("IF") && !(take("NOT") && take("EXISTS"))) return std::nullopt;
  if (at >= all.size() || equal_ignoring_case(all[at], "ON")) return std::nullopt;
  ConcurrentIndex index;
  index.name = unquoted(all[at++]);
  if (!take("ON")) return std::nullopt;
  take("ONLY");
  if (at >= all.size()) return std::nullopt;
  index.table = all[at];
  return index;
}

bool drop_if_invalid(database::Connection& connection, const ConcurrentIndex& index) {
  std::array<sql::Datum, 2> parameters{index.name, index.table};
  auto found = connection.scalar(
      "SELECT i.indexrelid::pg_catalog.regclass::text FROM pg_catalog.pg_index i "
      "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
      "WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = pg_catalog.to_regclass($2) "
      "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p "
      "WHERE p.index_relid = i.indexrelid)",
      parameters);
  const auto* name = found ? std::get_if<std::string>(&*found) : nullptr;
  if (name == nullptr) return false;
  connection.execute("DROP INDEX CONCURRENTLY " + *name);
  return true;
}

}  // namespace retort::runtime
