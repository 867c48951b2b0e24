#include "dialect/canonical.h"

#include "base/error.h"
#include "database/mariadb.h"
#include "dialect/mariadb/canonical.h"
#include "dialect/postgresql/canonical.h"
#include "dialect/sqlite/canonical.h"

namespace retort::dialect {

schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live,
                           std::vector<std::string>* notes) {
  if (live.dialect_name() == "sqlite") return sqlite::canonical(wanted, &live);
  if (live.dialect_name() == "postgresql") {
    return postgresql::canonical(wanted, live, false, notes);
  }
  if (database::is_mysql_like(live)) return mariadb::canonical(wanted, live);
  throw Error(code::kOperation, "a schema can't be made in a scratch place of a " +
                                    std::string(live.dialect_name()) + " database");
}

}  // namespace retort::dialect
