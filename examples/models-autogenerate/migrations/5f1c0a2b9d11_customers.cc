#include <retort/op.h>
#include <retort/revision.h>

using namespace retort;

RETORT_REVISION{
    .id = "5f1c0a2b9d11",
    .message = "customers and orders",
    .upgrade =
        [](Op& op) {
          op.create_table(Table("customers", Column("id", BigInteger(), not_null),
                                Column("email", String(255), not_null), Column("name", String()),
                                Column("created_at", DateTime({.timezone = true}), not_null,
                                       server_default(func::now())),
                                PrimaryKey{f("pk_customers"), {"id"}},
                                Unique{f("uq_customers_email"), {"email"}}));
          op.create_table(Table("orders", Column("id", BigInteger(), not_null),
                                Column("customer_id", BigInteger(), not_null),
                                Column("total", Numeric(12, 2), not_null, server_default(0)),
                                PrimaryKey{f("pk_orders"), {"id"}},
                                ForeignKey{.name = f("fk_orders_customer_id_customers"),
                                           .columns = {"customer_id"},
                                           .table = "customers",
                                           .referred = {"id"},
                                           .ondelete = Action::cascade},
                                Check{f("ck_orders_total_not_negative"), text("total >= 0")}));
          op.create_index("orders",
                          Index{.name = f("ix_orders_customer_id"), .parts = {"customer_id"}});
        },
    .downgrade =
        [](Op& op) {
          op.drop_table("orders");
          op.drop_table("customers");
        },
};
