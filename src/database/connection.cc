#include "database/connection.h"

namespace retort::database {

std::optional<sql::Datum> Connection::scalar(std::string_view sql, Parameters parameters) {
  std::unique_ptr<Result> result = query(sql, parameters);
  if (!result->next()) return std::nullopt;
  return result->get(0);
}

}  // namespace retort::database
