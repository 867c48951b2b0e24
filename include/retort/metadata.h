#pragma once

// All tables of an application: what autogenerate compares the database with.
//
//   MetaData metadata{{.naming_convention = naming::alembic}};
//   const Table& orgs = metadata.table("orgs",
//       Column("id", BigInteger(), primary_key),
//       Column("name", String(80), not_null, unique));

#include <retort/table.h>

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort {

struct MetaDataOptions {
  NamingConvention naming_convention{};
  std::string schema{};  // of the tables that name none
};

// Not safe to change from several threads; what only reads it is.
class MetaData {
 public:
  MetaData();
  explicit MetaData(MetaDataOptions options);
  MetaData(const MetaData&);
  MetaData(MetaData&&) noexcept;
  MetaData& operator=(const MetaData&);
  MetaData& operator=(MetaData&&) noexcept;
  ~MetaData();

  // Makes a table; the reference stays good. Throws Error(code::kOperation) when there is one of
  // that name already, and for columns without a name or with one name for two.
  template <typename... Items>
  const Table& table(std::string name, Items&&... items) {
    return add(Table(std::move(name), std::forward<Items>(items)...));
  }
  const Table& add(Table table);

  const std::deque<Table>& tables() const { return tables_; }
  // Null when there is none.
  const Table* find(std::string_view name, std::string_view schema = {}) const;
  const MetaDataOptions& options() const { return options_; }
  // The tables as text, one thing a line: for tests and for people. Throws Error(code::kOperation)
  // for a reference to a table or column that is not there.
  std::string dump() const;

 private:
  MetaDataOptions options_;
  std::deque<Table> tables_;
};

}  // namespace retort
