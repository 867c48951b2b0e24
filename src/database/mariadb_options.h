#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config/url.h"
#include "database/connection.h"

namespace retort::database {

// How a session is opened: what mysql_real_connect() and mysql_options() take, and what is set
// when it stands.
struct MariadbOptions {
  std::string host{};  // "": the client library's default
  std::string user{};
  std::string password{};
  std::string database{};
  std::string socket{};
  unsigned int port = 0;
  bool tcp = false;  // "localhost" as a host of TCP; else it means the unix socket

  std::vector<std::pair<int, std::string>> texts{};     // mariadb_option, a text
  std::vector<std::pair<int, unsigned int>> numbers{};  // mariadb_option, a number or 0 and 1
  std::vector<std::string> statements{};                // sent first
};

// Of a URL with the query options that PyMySQL, mysqlclient, Connector/Python and their
// asynchronous relatives take. What means something to Python alone (caches, pools, converters) is
// left out. The connection's character set is utf8mb4 whatever `charset` says: texts are UTF-8
// here. Throws Error(code::kUrl) for an option that is not known.
MariadbOptions mariadb_options(const config::Url& url, const ConnectionOptions& options);

}  // namespace retort::database
