#include "dialect/postgresql/undone.h"

#include "base/error.h"

namespace retort::dialect::postgresql {

Undone::Undone(database::Connection& connection)
    : connection_(connection), nested_(connection.in_transaction()) {
  if (nested_) {
    connection_.execute("SAVEPOINT retort_undone");
  } else {
    connection_.begin();
  }
}

Undone::~Undone() {
  try {
    if (nested_) {
      connection_.execute("ROLLBACK TO SAVEPOINT retort_undone; RELEASE SAVEPOINT retort_undone");
    } else {
      connection_.rollback();
    }
  } catch (const Error&) {
    // The session is gone, and what it has not committed with it.
  }
}

}  // namespace retort::dialect::postgresql
