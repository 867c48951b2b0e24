#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "config/environment.h"

namespace retort::config {

struct EnvEntry {
  std::string name{};
  std::optional<std::string> value{};  // nothing for a line that is a name alone

  friend bool operator==(const EnvEntry&, const EnvEntry&) = default;
};

// A .env file as python-dotenv reads it: `export`, comments, quotes, escapes in quotes, values over
// several lines in quotes. `bad_lines` are the places of statements that were skipped because they
// can't be parsed; python-dotenv warns of them and goes on.
struct EnvFile {
  std::vector<EnvEntry> entries{};  // in order; a name may be there again, the last counts
  std::vector<Place> bad_lines{};
};

// References are left as they stand. A function of its text alone.
EnvFile parse_env_file(const SourcePtr& source);

// The names with their values, each name once, ${NAME} and ${NAME:-default} replaced: by the
// environment first and then by the entries above, or the other way round with `file_wins`, as
// load_dotenv(override=True). A name without value is left out.
std::vector<std::pair<std::string, std::string>> resolve_env(const EnvFile& file,
                                                             const Environment& environment,
                                                             bool file_wins = false);

}  // namespace retort::config
