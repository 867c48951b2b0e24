#pragma once

#include <string>
#include <string_view>

#include "base/source.h"

namespace retort::config {

// The text with every password replaced by as many '*': those of URLs, and the values of keys named
// like a secret ("db_password = x"). Offsets and line ends stay, so that places hold in both texts.
// A password that is only a reference, ${X} or %(x)s, is left readable.
std::string redact(std::string_view text);

// The source that messages about `source` show.
SourcePtr redact(const SourcePtr& source);

}  // namespace retort::config
