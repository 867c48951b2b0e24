#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "database/mariadb_library.h"

namespace retort::database {

// The error of a refused statement: the server's message with its number behind it in parentheses,
// SQLSTATE, the place in the statement where the server tells it, and a hint. `place` translates an
// offset of the text that was sent, `sent`, to one of `statement`, which is what is shown.
Error mariadb_error(const Libmariadb& api, MariadbHandle* handle, std::string_view sent,
                    std::string_view statement,
                    const std::function<std::size_t(std::size_t)>& place);

// The error of a connection that could not be made. `where` is the URL without its password.
Error mariadb_connect_error(const Libmariadb& api, MariadbHandle* handle, std::string_view where);

// The server's number and its text in the message of such an error: 1060 and "Duplicate column name
// 'a'" of "Duplicate column name 'a' (1060)". nullopt for an error of something else.
struct MariadbErrorText {
  int number = 0;
  std::string_view text{};
};
std::optional<MariadbErrorText> mariadb_error_text(const Error& error);

}  // namespace retort::database
