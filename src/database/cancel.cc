#include "database/cancel.h"

#include <sqlite3.h>

#include "database/mariadb.h"
#include "database/postgresql_library.h"

namespace retort::database {
namespace {

// PQcancel() may be called from a handler (PostgreSQL 15, section 34.7), and so may
// sqlite3_interrupt(), as its own shell does.
void cancel_postgresql(void* cancel) {
  char message[256];
  libpq().cancel(static_cast<PgCancel*>(cancel), message, sizeof message);
}

void cancel_sqlite(void* handle) { sqlite3_interrupt(static_cast<sqlite3*>(handle)); }

void cancel_mariadb(void* cancel) { static_cast<MariadbCancel*>(cancel)->cancel(); }

}  // namespace

CancelOnInterrupt::CancelOnInterrupt(Connection& connection) {
  void* native = connection.native_handle();
  if (native == nullptr) return;
  if (connection.dialect_name() == "postgresql") {
    PgCancel* cancel = libpq().get_cancel(static_cast<PgConnection*>(native));
    if (cancel == nullptr) return;
    handle_ = std::shared_ptr<void>(
        cancel, [](void* one) { libpq().free_cancel(static_cast<PgCancel*>(one)); });
    action_ = std::make_unique<OnInterrupt>(cancel_postgresql, cancel);
  } else if (connection.dialect_name() == "sqlite") {
    action_ = std::make_unique<OnInterrupt>(cancel_sqlite, native);
  } else if (is_mysql_like(connection)) {
    std::shared_ptr<MariadbCancel> cancel = mariadb_cancel(connection);
    if (cancel == nullptr) return;
    action_ = std::make_unique<OnInterrupt>(cancel_mariadb, cancel.get());
    handle_ = std::move(cancel);
  }
}

}  // namespace retort::database
