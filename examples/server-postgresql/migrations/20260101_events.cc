#include <retort/op.h>
#include <retort/revision.h>

using namespace retort;

RETORT_REVISION{
    .id = "20260101",
    .message = "events",
    .upgrade =
        [](Op& op) {
          op.create_table(Table(
              "events", Column("id", BigInteger(), primary_key),
              Column("kind", Enum({"login", "logout"}, {.name = "event_kind"}), not_null),
              Column("payload", postgresql::JSONB(), not_null),
              Column("at", DateTime({.timezone = true}), not_null, server_default(func::now()))));
        },
    .downgrade =
        [](Op& op) {
          op.drop_table("events");
          op.drop_type(Enum({"login", "logout"}, {.name = "event_kind"}));
        },
};
