#include <retort/retort.h>
using namespace retort;

// fails: write `nullable` or `not_null`
Column column_with_a_bool() { return Column("a", Integer(), false); }

// fails: a default is server_default(0)
Column column_with_a_number() { return Column("a", Integer(), 0); }

// fails: a default is server_default("...")
Column column_with_a_text() { return Column("a", String(), "x"); }

// fails: an expression is no option of a column
Column column_with_an_expression() { return Column("a", DateTime(), func::now()); }

// fails: this constraint belongs to the table
Column column_with_a_table_constraint() { return Column("a", Integer(), Unique{"uq", {"a"}}); }

// fails: a column takes `indexed`
Column column_with_an_index() { return Column("a", Integer(), Index{.name = "ix"}); }

// fails: the column has two types
Column column_with_two_types() { return Column("a", Integer(), String()); }

// fails: the column has no type
Column column_without_a_type() { return Column("a", primary_key); }

// fails: both `nullable` and `not_null`
Column column_of_two_minds() { return Column("a", Integer(), nullable, not_null); }

// fails: a primary key is never `nullable`
Column nullable_key() { return Column("a", Integer(), primary_key, nullable); }

// fails: the column has two defaults
Column two_defaults() { return Column("a", Integer(), server_default(1), server_default(2)); }

// fails: beside Computed or Identity
Column computed_default() {
  return Column("a", Integer(), server_default(1), Computed{text("b")});
}

// fails: this is no option of a column
Column column_with_something_else() { return Column("a", Integer(), Schema{"x"}); }
