#pragma once

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.h"
#include "config/url.h"
#include "database/registry.h"

namespace retort {

// The database that the test was given, empty at first.
inline database::ConnectionPtr connect_live() {
  const char* url = std::getenv("POSTGRESQL_URL");
  if (url == nullptr) throw Error(code::kUrl, "POSTGRESQL_URL is not set");
  return database::connect(config::parse_url(url));
}

inline std::vector<std::vector<sql::Datum>> rows_of(database::Connection& connection,
                                                    std::string_view sql,
                                                    std::vector<sql::Datum> parameters = {}) {
  std::vector<std::vector<sql::Datum>> out;
  auto result = connection.query(sql, parameters);
  while (result->next()) {
    out.emplace_back();
    for (std::size_t i = 0; i < result->columns().size(); ++i) out.back().push_back(result->get(i));
  }
  return out;
}

template <typename Call>
Error error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return {"", ""};
}

}  // namespace retort
