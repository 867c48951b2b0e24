#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/table.h"

// A table that names what the database doesn't have yet: a type, a function or an operator class of
// an extension, a schema. All but those parts can be made to learn their canonical form.
namespace retort::dialect::postgresql {

struct RefusedParts {
  struct OfColumn {
    std::string name{};
    std::optional<sql::Type> type{};
    std::optional<schema::ServerDefault> server_default{};
    std::optional<schema::Computed> computed{};
  };
  std::vector<OfColumn> columns{};
  std::vector<schema::Constraint> constraints{};  // CHECK and EXCLUDE
  std::vector<schema::Index> indexes{};
  std::vector<std::string> reasons{};  // the server's, each once

  // As they are written, into the table that was read back.
  void put_back(schema::Table& table) const;
};

// Whether an SQLSTATE says that a thing is not in the database or not for this role, and not that
// the table is wrong.
bool is_missing_thing(std::string_view sqlstate);

// Takes out of `table` what the server refuses for that reason; a refused type becomes TEXT.
// `refusal` makes a table, undoes it, and says why it could not be made.
RefusedParts take_refused(
    schema::Table& table,
    const std::function<std::optional<std::string>(const schema::Table&)>& refusal);

}  // namespace retort::dialect::postgresql
