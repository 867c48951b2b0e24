#pragma once

#include <string>

namespace retort::cli {

// The manual page retort(1) in roff, made from the table of commands.
std::string man_page();

}  // namespace retort::cli
