#pragma once

#include <string>
#include <string_view>

namespace retort::sql {

// What to do about the SQL name of a type that an engine does not know: the engine's own name for
// what another engine calls so ("DATETIME" on PostgreSQL), the extension that has it, or the name
// that was probably meant. Empty: nothing comes near.
std::string unknown_type_hint(std::string_view name, std::string_view engine);

}  // namespace retort::sql
