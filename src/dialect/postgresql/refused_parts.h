#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/table.h"

// A table that names what the database doesn't have yet (a type, a function or an operator class of
// an extension, a schema), or says something that the server can't take, such as a default of no
// value. All but those parts can be made to learn their canonical form.
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

// Whether an SQLSTATE is about what a statement says, and not about the session or the server.
bool is_about_statement(std::string_view sqlstate);

// Takes out of `table` what the server refuses; a refused type becomes TEXT.
// `refusal` makes a table, undoes it, and says why it could not be made.
RefusedParts take_refused(
    schema::Table& table,
    const std::function<std::optional<std::string>(const schema::Table&)>& refusal);

}  // namespace retort::dialect::postgresql
