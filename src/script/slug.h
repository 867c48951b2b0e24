#pragma once

#include <string>
#include <string_view>

namespace retort::script {

// The part of a file name made from a message, as Alembic makes it: the words (letters and digits
// of any script, and '_') joined by '_' in lower case. When that is longer than `limit` characters
// it is cut there and then back to its last '_', which stays.
std::string slug(std::string_view message, int limit = 40);

}  // namespace retort::script
