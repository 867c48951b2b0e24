#pragma once

#include <span>
#include <string_view>

namespace retort::script {

// One file below src/script/templates, as it was at build time.
struct TemplateData {
  std::string_view path{};  // "generic/env.py"
  std::string_view text{};
};

// All of them, sorted by path. Defined in a file that the build writes.
std::span<const TemplateData> template_data();

}  // namespace retort::script
