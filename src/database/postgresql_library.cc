#include "database/postgresql_library.h"

#include "database/client_library.h"

namespace retort::database {
namespace {

constexpr const char* kFile = "libpq.so.5";
constexpr const char* kInstall =
    "install PostgreSQL's client library: the package libpq5 (apt-get install libpq5)";

Libpq load() {
  const ClientLibrary library(kFile, "PostgreSQL", kInstall);
  Libpq pq{};
  library.find("PQconnectdbParams", pq.connect);
  library.find("PQfinish", pq.finish);
  library.find("PQgetCancel", pq.get_cancel);
  library.find("PQcancel", pq.cancel);
  library.find("PQfreeCancel", pq.free_cancel);
  library.find("PQstatus", pq.status);
  library.find("PQtransactionStatus", pq.transaction_status);
  library.find("PQerrorMessage", pq.error_message);
  library.find("PQbackendPID", pq.backend_pid);
  library.find("PQparameterStatus", pq.parameter_status);
  library.find("PQsendQuery", pq.send_query);
  library.find("PQsetSingleRowMode", pq.set_single_row_mode);
  library.find("PQgetResult", pq.get_result);
  library.find("PQresultStatus", pq.result_status);
  library.find("PQresultErrorMessage", pq.result_error_message);
  library.find("PQresultErrorField", pq.result_error_field);
  library.find("PQclear", pq.clear);
  library.find("PQntuples", pq.rows);
  library.find("PQnfields", pq.columns);
  library.find("PQfname", pq.column_name);
  library.find("PQftype", pq.column_type);
  library.find("PQgetvalue", pq.value);
  library.find("PQgetlength", pq.length);
  library.find("PQgetisnull", pq.is_null);
  library.find("PQcmdStatus", pq.command_status);
  library.find("PQcmdTuples", pq.affected);
  library.find("PQputCopyEnd", pq.put_copy_end);
  library.find("PQgetCopyData", pq.get_copy_data);
  library.find("PQescapeLiteral", pq.escape_literal);
  library.find("PQunescapeBytea", pq.unescape_bytea);
  library.find("PQfreemem", pq.free_memory);
  library.find("PQsetNoticeReceiver", pq.set_notice_receiver);
  library.find("PQconndefaults", pq.defaults);
  library.find("PQconninfoFree", pq.free_options);
  return pq;
}

}  // namespace

const Libpq& libpq() {
  static const Libpq kLibrary = load();
  return kLibrary;
}

}  // namespace retort::database
