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

// What evaluated files act on: the only way from a script to the world. The runtime implements it;
// tests record with it. Every call may throw Error.
class Host {
 public:
  virtual ~Host() = default;

  virtual const dialect::Dialect& dialect() const = 0;
  // --sql: there is no database, statements are printed.
  virtual bool offline() const = 0;
  // The connection a script gets from op.get_bind(); never called offline.
  virtual database::Connection& connection() = 0;
  // The database's URL with the password hidden, for bind.engine.url; empty offline.
  virtual std::string url() const = 0;

  // One directive of op or batch_op, at the place of its call.
  virtual void invoke(operations::Operation operation, const Place& place) = 0;
  // with context.autocommit_block(): what ran before is committed, what is inside runs in
  // autocommit, then a transaction is open again.
  virtual void enter_autocommit() = 0;
  virtual void leave_autocommit() = 0;
  // The naming convention of target_metadata; empty when there is none.
  virtual schema::NamingConvention naming_convention() const = 0;

  // -x arguments in order, and the main section of the configuration, for context and config.
  virtual std::vector<std::string> x_arguments() const = 0;
  virtual std::string tag() const = 0;
  virtual std::string version_table() const = 0;
  virtual std::string version_table_schema() const = 0;
};

}  // namespace retort::modules
