#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config/url.h"
#include "database/connection.h"

namespace retort::database {

// libpq's connection options (PostgreSQL 15, section 34.1.2) of a URL, in order. Query options go
// to libpq as they are; what the drivers asyncpg and pg8000 call by other names is translated and
// what means nothing to libpq (caches, pools) is left out.
//
// `known` are the names that libpq takes. Throws Error(code::kUrl) for another one.
std::vector<std::pair<std::string, std::string>> postgresql_options(
    const config::Url& url, const ConnectionOptions& options,
    const std::vector<std::string>& known);

}  // namespace retort::database
