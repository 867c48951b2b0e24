#pragma once

#include <string_view>

namespace retort::sql {

// Whether a dialect's name is one of those of MySQL and MariaDB.
constexpr bool is_mysql_like(std::string_view dialect) {
  return dialect == "mysql" || dialect == "mariadb";
}

}  // namespace retort::sql
