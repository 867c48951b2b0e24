#include <retort/op.h>
#include <retort/revision.h>

using namespace retort;

RETORT_REVISION{
    .id = "0002",
    .down = "0001",
    .message = "notes can be pinned",
    .upgrade =
        [](Op& op) {
          op.add_column("notes", Column("pinned", Boolean(), not_null, server_default(false)));
        },
    .downgrade = [](Op& op) { op.drop_column("notes", "pinned"); },
};
