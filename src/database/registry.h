#pragma once

#include "config/url.h"
#include "database/connection.h"

namespace retort::database {

// Opens the database of a URL with the driver of its backend. `options` go before what the URL
// says. Throws Error(code::kUrl) for a backend without a driver, Error(code::kDatabase) when the
// database can't be opened.
ConnectionPtr connect(const config::Url& url, const ConnectionOptions& options = {});

}  // namespace retort::database
