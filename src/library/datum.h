#pragma once

#include <retort/value.h>

#include "sql/datum.h"
#include "sql/type.h"

// Between the public Value and the Datum of drivers and SQL trees.
namespace retort::library {

sql::Datum to_datum(const Value& value);
// `declared` is the column's type as the driver names it ("timestamp"), or empty.
Value to_value(const sql::Datum& datum, std::string_view declared = {});
// What a value's column would be of: Integer() for a number.
sql::Type type_of(const Value& value);

}  // namespace retort::library
