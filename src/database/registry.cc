#include "database/registry.h"

#include <cmath>

#include "base/error.h"
#include "database/mariadb.h"
#include "database/postgresql.h"
#include "database/sqlite.h"

namespace retort::database {
namespace {

ConnectionPtr connect_sqlite(const config::Url& url, ConnectionOptions options) {
  config::SqliteFile file = config::sqlite_file(url);
  if (!options.busy_timeout && file.timeout) {
    options.busy_timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(std::lround(*file.timeout * 1000)));
  }
  return open_sqlite(file.name, file.uri, options);
}

ConnectionPtr connect_postgresql(const config::Url& url, ConnectionOptions options) {
  return open_postgresql(url, options);
}

ConnectionPtr connect_mariadb(const config::Url& url, ConnectionOptions options) {
  return open_mariadb(url, options);
}

struct Driver {
  config::Backend backend;
  ConnectionPtr (*connect)(const config::Url&, ConnectionOptions);
};

constexpr Driver kDrivers[] = {
    {config::Backend::kSqlite, connect_sqlite},
    {config::Backend::kPostgresql, connect_postgresql},
    {config::Backend::kMysql, connect_mariadb},
    {config::Backend::kMariadb, connect_mariadb},
};

}  // namespace

ConnectionPtr connect(const config::Url& url, const ConnectionOptions& options) {
  for (const Driver& driver : kDrivers) {
    if (driver.backend == url.backend) return driver.connect(url, options);
  }
  std::string known;
  for (const Driver& driver : kDrivers) {
    known += (known.empty() ? "" : ", ") + std::string(config::backend_name(driver.backend));
  }
  throw Error(code::kUrl, "there is no driver for " +
                              std::string(config::backend_name(url.backend)) + " databases")
      .with_hint("this build connects to: " + known);
}

}  // namespace retort::database
