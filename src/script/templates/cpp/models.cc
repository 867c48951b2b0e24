#include "models.h"

namespace app {

using namespace retort;

namespace {

MetaData make() {
  MetaData metadata{{.naming_convention = naming::alembic}};
  metadata.table("users",
                 Column("id", BigInteger(), primary_key),
                 Column("email", String(255), not_null, unique));
  return metadata;
}

}  // namespace

const MetaData metadata = make();

}  // namespace app
