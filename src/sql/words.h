#pragma once

#include <string_view>

namespace retort::sql {

// Whether `word` stands in the text by itself, in any letter case: as a name would, wherever that
// is.
bool has_word(std::string_view text, std::string_view word);

}  // namespace retort::sql
