#include <retort/retort.h>
using namespace retort;

struct User {
  int* pointer;
  int number;
  int method();
};

// fails: a table takes ForeignKey{...}
Table table_with_references() { return Table("t", References{"a.b"}); }

// fails: this is no part of a table
Table table_with_a_type() { return Table("t", Integer()); }

// fails: specialise retort::ColumnType<T>
Column field_of_an_unknown_type() { return field<&User::pointer>(); }

// fails: field<...>() takes a data member
Column field_of_a_method() { return field<&User::method>(); }

// fails: write `nullable` or `not_null`
Column field_with_a_bool() { return field<&User::number>(true); }
