#include "config/type_map.h"

#include "base/error.h"
#include "base/text.h"

namespace retort::config {

std::vector<std::pair<std::string, std::string>> type_map(const Config& config) {
  std::vector<std::pair<std::string, std::string>> types;
  const std::optional<OptionValue> found = config.option("type_map");
  if (!found) return types;
  std::vector<std::string> lines;
  if (const auto* list = std::get_if<std::vector<std::string>>(&found->value)) {
    lines = *list;
  } else if (const auto* text = std::get_if<std::string>(&found->value)) {
    lines = split(*text, '\n');
  }
  for (const std::string& line : lines) {
    if (trim(line).empty()) continue;
    const std::size_t at = line.find('=');
    const std::string name(trim(line.substr(0, at)));
    const std::string sql(at == std::string::npos ? "" : trim(line.substr(at + 1)));
    if (name.empty() || sql.empty()) {
      throw Error(code::kConfig, "a line of " + config.describe("type_map") +
                                     " must be 'package.Type = SQL', not '" +
                                     std::string(trim(line)) + "'")
          .with_place(found->place);
    }
    types.emplace_back(name, sql);
  }
  return types;
}

}  // namespace retort::config
