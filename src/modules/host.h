#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "database/connection.h"
#include "dialect/dialect.h"
#include "operations/operation.h"
#include "schema/table.h"

namespace retort::modules {

class EnvironmentHost;

// What evaluated files act on: the only way from a script to the world. The runtime implements it;
// tests record with it. Every call may throw Error.
//
// A host is a session with one database, or it stands for the session in use, which session()
// gives: what op.get_bind() returned stays with its session when env.py configures another one.
class Host {
 public:
  virtual ~Host() = default;

  virtual Host& session() { return *this; }
  // What env.py acts on; nullptr when there is no environment.
  virtual EnvironmentHost* environment() { return nullptr; }

  virtual const dialect::Dialect& dialect() const = 0;
  // --sql: there is no database, statements are printed.
  virtual bool offline() const = 0;
  // The connection a script gets from op.get_bind(); never called offline.
  virtual database::Connection& connection() = 0;
  // The database's URL, with its password, for bind.engine.url; empty where there is none.
  virtual std::string url() const = 0;

  // Transactions that evaluated files begin and end by their own connection. Within a step of a
  // migration the outermost one is the run's: it is not begun twice and ends with the step.
  virtual void begin() {}
  virtual void commit() {
    enter_autocommit();
    leave_autocommit();
  }
  virtual void rollback() {}
  // The end of what begin() began.
  virtual void end(bool failed) {
    if (failed) rollback();
  }

  // One directive of op or batch_op, at the place of its call.
  virtual void invoke(operations::Operation operation, const Place& place) = 0;
  // with context.autocommit_block(): what ran before is committed, what is inside runs in
  // autocommit, then a transaction is open again.
  virtual void enter_autocommit() = 0;
  virtual void leave_autocommit() = 0;
  // The naming convention of target_metadata; empty when there is none.
  virtual schema::NamingConvention naming_convention() const = 0;

  // -x arguments in order.
  virtual std::vector<std::string> x_arguments() const = 0;
  virtual std::string tag() const = 0;
  virtual std::string version_table() const = 0;
  virtual std::string version_table_schema() const = 0;
};

}  // namespace retort::modules
