#include "modules/sqlalchemy/schema_info.h"

namespace retort::modules {

std::vector<std::pair<std::string, std::string>> info_of(python::Evaluator& evaluator,
                                                         python::Value value) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto* info = value.get<python::Dict>();
  if (!info) return out;
  for (const auto& entry : info->entries()) {
    if (entry.key) out.emplace_back(evaluator.to_str(entry.key), evaluator.to_str(entry.value));
  }
  return out;
}

}  // namespace retort::modules
