#include "database/mariadb_library.h"

#include <dlfcn.h>

#include <string>

#include "base/error.h"

namespace retort::database {
namespace {

constexpr const char* kFile = "libmariadb.so.3";
constexpr const char* kInstall =
    "install MariaDB's client library: the package libmariadb3 (apt-get install libmariadb3)";

template <typename Function>
void find(void* library, const char* name, Function& function) {
  void* symbol = ::dlsym(library, name);
  if (symbol == nullptr) {
    throw Error(code::kDatabase, std::string(kFile) + " has no function " + name)
        .with_hint(kInstall);
  }
  function = reinterpret_cast<Function>(symbol);
}

Libmariadb load() {
  void* library = ::dlopen(kFile, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    throw Error(code::kDatabase, "can't connect to MySQL or MariaDB: " +
                                     std::string(why != nullptr ? why : "no libmariadb.so.3"))
        .with_hint(kInstall);
  }
  Libmariadb api{};
  find(library, "mysql_init", api.init);
  find(library, "mysql_options", api.option);
  find(library, "mysql_real_connect", api.connect);
  find(library, "mysql_close", api.close);
  find(library, "mysql_real_query", api.query);
  find(library, "mysql_use_result", api.use_result);
  find(library, "mysql_next_result", api.next_result);
  find(library, "mysql_field_count", api.field_count);
  find(library, "mysql_num_fields", api.columns);
  find(library, "mysql_fetch_fields", api.fields);
  find(library, "mysql_fetch_row", api.fetch_row);
  find(library, "mysql_fetch_lengths", api.fetch_lengths);
  find(library, "mysql_free_result", api.free_result);
  find(library, "mysql_affected_rows", api.affected_rows);
  find(library, "mysql_insert_id", api.insert_id);
  find(library, "mysql_errno", api.error_number);
  find(library, "mysql_error", api.error);
  find(library, "mysql_sqlstate", api.sqlstate);
  find(library, "mysql_real_escape_string", api.escape);
  find(library, "mysql_get_server_info", api.server_version);
  find(library, "mysql_thread_id", api.thread_id);
  find(library, "mariadb_get_infov", api.info);
  find(library, "mysql_character_set_name", api.charset);
  return api;
}

}  // namespace

const Libmariadb& libmariadb() {
  static const Libmariadb kLibrary = load();
  return kLibrary;
}

}  // namespace retort::database
