#include "models.h"

#include <retort/field.h>

namespace shop {

using namespace retort;

namespace {

MetaData make() {
  MetaData metadata{{.naming_convention = naming::alembic}};
  metadata.table("customers", field<&Customer::id>(primary_key),
                 field<&Customer::email>(String(255), unique), field<&Customer::name>(),
                 field<&Customer::created_at>(server_default(func::now())));
  // ... or be written out.
  metadata.table(
      "orders", Column("id", BigInteger(), primary_key),
      Column("customer_id", References{"customers.id", Action::cascade}, not_null, indexed),
      Column("total", Numeric(12, 2), not_null, server_default(0)),
      Check{"total_not_negative", text("total >= 0")});
  return metadata;
}

}  // namespace

const MetaData metadata = make();

}  // namespace shop
