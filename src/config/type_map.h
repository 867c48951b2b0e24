#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config/config.h"

namespace retort::config {

// The option type_map: column types that retort doesn't know, by the full name they are imported
// as, and their SQL. In an ini file a line each, "package.Money = NUMERIC(12, 2)"; in TOML a list
// of such strings. Throws Error(code::kConfig) for a line without "=".
std::vector<std::pair<std::string, std::string>> type_map(const Config& config);

}  // namespace retort::config
