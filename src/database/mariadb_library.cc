#include "database/mariadb_library.h"

#include "database/client_library.h"

namespace retort::database {
namespace {

constexpr const char* kFile = "libmariadb.so.3";
constexpr const char* kInstall =
    "install MariaDB's client library: the package libmariadb3 (apt-get install libmariadb3)";

Libmariadb load() {
  const ClientLibrary library(kFile, "MySQL or MariaDB", kInstall);
  Libmariadb api{};
  library.find("mysql_init", api.init);
  library.find("mysql_options", api.option);
  library.find("mysql_real_connect", api.connect);
  library.find("mysql_close", api.close);
  library.find("mysql_real_query", api.query);
  library.find("mysql_use_result", api.use_result);
  library.find("mysql_next_result", api.next_result);
  library.find("mysql_field_count", api.field_count);
  library.find("mysql_num_fields", api.columns);
  library.find("mysql_fetch_fields", api.fields);
  library.find("mysql_fetch_row", api.fetch_row);
  library.find("mysql_fetch_lengths", api.fetch_lengths);
  library.find("mysql_free_result", api.free_result);
  library.find("mysql_affected_rows", api.affected_rows);
  library.find("mysql_insert_id", api.insert_id);
  library.find("mysql_errno", api.error_number);
  library.find("mysql_error", api.error);
  library.find("mysql_sqlstate", api.sqlstate);
  library.find("mysql_real_escape_string", api.escape);
  library.find("mysql_get_server_info", api.server_version);
  library.find("mysql_thread_id", api.thread_id);
  library.find("mariadb_get_infov", api.info);
  library.find("mysql_character_set_name", api.charset);
  return api;
}

}  // namespace

const Libmariadb& libmariadb() {
  static const Libmariadb kLibrary = load();
  return kLibrary;
}

}  // namespace retort::database
