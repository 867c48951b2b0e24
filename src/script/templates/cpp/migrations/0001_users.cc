#include <retort/op.h>
#include <retort/revision.h>

using namespace retort;

RETORT_REVISION{
    .id = "0001",
    .message = "users",
    .upgrade =
        [](Op& op) {
          op.create_table(Table("users",
                                Column("id", BigInteger(), not_null),
                                Column("email", String(255), not_null),
                                PrimaryKey{f("pk_users"), {"id"}},
                                Unique{f("uq_users_email"), {"email"}}));
        },
    .downgrade = [](Op& op) { op.drop_table("users"); },
};
