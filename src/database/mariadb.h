#pragma once

#include <functional>
#include <memory>

#include "config/url.h"
#include "database/connection.h"

struct st_mysql;

namespace retort::database {

// Connects to a MySQL or MariaDB server with MariaDB Connector/C, which is loaded now. What the
// dialect is called, "mysql" or "mariadb", is the URL's word.
//
// Parameters (?) are written into the statement as literals, as PyMySQL and mysqlclient do. query()
// and execute() take several statements; query() gives the result of the first one, as those do.
// Rows are streamed; the rest of an open result is read into memory when the next statement runs.
//
// A transaction is a time without autocommit, as in Python's drivers: a DDL statement commits, and
// what follows it is the next transaction, which commit() or rollback() ends.
//
// Throws Error(code::kUrl) for options that are not known, Error(code::kDatabase) when there is no
// client library or no connection.
ConnectionPtr open_mariadb(const config::Url& url, const ConnectionOptions& options = {});

// Another session, opened as this one was.
ConnectionPtr open_beside(Connection& connection);

// Whether it is a session with MySQL or MariaDB.
bool is_mysql_like(const Connection& connection);

// Whether the server is a MariaDB; false for MySQL and for other engines.
bool is_mariadb_server(Connection& connection);

// What ends the statement that runs on the connection, by a second one (KILL QUERY). `cancel` may
// be called from a signal handler. Null where that is not possible: the connection is somebody
// else's.
class MariadbCancel {
 public:
  virtual ~MariadbCancel() = default;
  virtual void cancel() = 0;
};
std::shared_ptr<MariadbCancel> mariadb_cancel(Connection& connection);

}  // namespace retort::database
