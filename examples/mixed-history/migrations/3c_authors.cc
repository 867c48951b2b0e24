#include <retort/op.h>
#include <retort/revision.h>
#include <retort/statement.h>

using namespace retort;

RETORT_REVISION{
    .id = "3c",
    .down = "2b",
    .message = "authors",
    .upgrade =
        [](Op& op) {
          op.create_table(Table("authors", Column("id", Integer(), primary_key),
                                Column("name", String(100), not_null)));
          auto authors = table("authors", {column("id", Integer()), column("name", String())});
          op.execute(insert(authors).values({{"id", 1}, {"name", "unknown"}}));
          op.batch("books", [](Op::Batch& books) {
            books.add_column(Column("author_id", Integer(), not_null, server_default(1)));
            books.create_foreign_key("fk_books_author", "authors", {"author_id"}, {"id"});
          });
        },
    .downgrade =
        [](Op& op) {
          op.batch("books", [](Op::Batch& books) {
            books.drop_constraint("fk_books_author", ConstraintKind::foreign_key);
            books.drop_column("author_id");
          });
          op.drop_table("authors");
        },
};
