#pragma once

#include <string>

#include "command/output.h"
#include "config/config.h"

namespace retort::command {

// Makes a scripts directory and the configuration beside it. Throws Error(code::kUsage) for an
// unknown template or a directory that is not empty; an existing configuration is left alone.
void init(const config::ConfigRequest& request, const std::string& directory,
          const std::string& template_name, bool package, Output& output);

void list_templates(bool as_json, Output& output);

}  // namespace retort::command
