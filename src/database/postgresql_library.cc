#include "database/postgresql_library.h"

#include <dlfcn.h>

#include <string>

#include "base/error.h"

namespace retort::database {
namespace {

constexpr const char* kFile = "libpq.so.5";
constexpr const char* kInstall =
    "install PostgreSQL's client library: the package libpq5 (apt-get install libpq5)";

template <typename Function>
void find(void* library, const char* name, Function& function) {
  void* symbol = ::dlsym(library, name);
  if (symbol == nullptr) {
    throw Error(code::kDatabase, std::string(kFile) + " has no function " + name)
        .with_hint(kInstall);
  }
  function = reinterpret_cast<Function>(symbol);
}

Libpq load() {
  void* library = ::dlopen(kFile, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* why = ::dlerror();
    throw Error(code::kDatabase, "can't connect to PostgreSQL: " +
                                     std::string(why != nullptr ? why : "no libpq.so.5"))
        .with_hint(kInstall);
  }
  Libpq pq{};
  find(library, "PQconnectdbParams", pq.connect);
  find(library, "PQfinish", pq.finish);
  find(library, "PQgetCancel", pq.get_cancel);
  find(library, "PQcancel", pq.cancel);
  find(library, "PQfreeCancel", pq.free_cancel);
  find(library, "PQstatus", pq.status);
  find(library, "PQtransactionStatus", pq.transaction_status);
  find(library, "PQerrorMessage", pq.error_message);
  find(library, "PQbackendPID", pq.backend_pid);
  find(library, "PQparameterStatus", pq.parameter_status);
  find(library, "PQsendQuery", pq.send_query);
  find(library, "PQsetSingleRowMode", pq.set_single_row_mode);
  find(library, "PQgetResult", pq.get_result);
  find(library, "PQresultStatus", pq.result_status);
  find(library, "PQresultErrorMessage", pq.result_error_message);
  find(library, "PQresultErrorField", pq.result_error_field);
  find(library, "PQclear", pq.clear);
  find(library, "PQntuples", pq.rows);
  find(library, "PQnfields", pq.columns);
  find(library, "PQfname", pq.column_name);
  find(library, "PQftype", pq.column_type);
  find(library, "PQgetvalue", pq.value);
  find(library, "PQgetlength", pq.length);
  find(library, "PQgetisnull", pq.is_null);
  find(library, "PQcmdStatus", pq.command_status);
  find(library, "PQcmdTuples", pq.affected);
  find(library, "PQputCopyEnd", pq.put_copy_end);
  find(library, "PQgetCopyData", pq.get_copy_data);
  find(library, "PQescapeLiteral", pq.escape_literal);
  find(library, "PQunescapeBytea", pq.unescape_bytea);
  find(library, "PQfreemem", pq.free_memory);
  find(library, "PQsetNoticeReceiver", pq.set_notice_receiver);
  find(library, "PQconndefaults", pq.defaults);
  find(library, "PQconninfoFree", pq.free_options);
  return pq;
}

}  // namespace

const Libpq& libpq() {
  static const Libpq kLibrary = load();
  return kLibrary;
}

}  // namespace retort::database
