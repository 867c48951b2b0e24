#include "compare/constraints.h"

// Alembic does not compare primary keys. Their names are not compared here either: a convention
// that came later would otherwise rename the key of every table.
namespace retort::compare {

void compare_primary_key(Context& context, const TablePair& pair, Operations& out) {
  const schema::PrimaryKey* have = pair.have.primary_key();
  const schema::PrimaryKey* want = pair.want.primary_key();
  if (have && want && have->columns == want->columns) return;
  if (!have && !want) return;
  if (have) {
    out.push_back(drop_constraint(context, pair.have, *have));
    context.info("constraints", "Detected removed primary key " + tuple(have->columns) +
                                    " on table " + quoted(pair.name()));
  }
  if (want) {
    schema::PrimaryKey key = *want;
    if (const schema::PrimaryKey* written = pair.written.table.primary_key()) {
      key.name = written->name;
    }
    key.implicit = false;
    out.push_back(add_constraint(context, pair, std::move(key)));
    context.info("constraints", "Detected added primary key " + tuple(want->columns) +
                                    " on table " + quoted(pair.name()));
  }
}

}  // namespace retort::compare
