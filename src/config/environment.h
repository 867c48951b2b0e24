#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retort::config {

// Where names of environment variables are looked up: the process, or a map in tests.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// The environment of this process, asked anew at each look-up.
Environment process_environment();
std::vector<std::string> process_environment_names();
Environment map_environment(std::map<std::string, std::string> values);

}  // namespace retort::config
