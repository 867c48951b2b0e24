#pragma once

#include <string>
#include <string_view>

#include "schema/table.h"

// The schema as text, one thing a line: for tests and for messages. Two schemas with one dump are
// equal as far as a database can tell.
namespace retort::schema {

// "String(50)", "Enum('a', 'b', name='mood')"
std::string dump(const sql::Type& type);
std::string dump(const Column& column);
std::string dump(const Constraint& constraint);
std::string dump(const Index& index);
std::string dump(const Table& table);
std::string dump(const MetaData& metadata);

// An option that inspectors set for the comparison, and that no script can name.
bool is_inspected_option(std::string_view name);

}  // namespace retort::schema
