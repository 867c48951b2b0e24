#include "modules/project_modules.h"

#include <algorithm>
#include <set>

#include "base/error.h"

namespace retort::modules {

using python::Evaluator;
using python::Module;

void for_project_modules(Evaluator& evaluator, const VisitModule& found, const VisitModule& visit) {
  std::set<const Module*> known;
  std::set<const Module*> done;
  for (bool more = true; more;) {
    more = false;
    for (Module* module : evaluator.modules()) {
      if (!module->code || !known.insert(module).second) continue;
      more = true;
      found(*module);
    }
    if (more) continue;
    for (Module* module : evaluator.modules()) {
      if (!module->code || !known.contains(module) || !done.insert(module).second) continue;
      more = true;
      visit(*module);
    }
  }
}

void evaluate_statements_with(Evaluator& evaluator, std::span<const std::string_view> words) {
  const auto has_one = [&](std::string_view text) {
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return text.find(word) != text.npos; });
  };
  const auto find_imports = [&](Module& module) {
    try {
      evaluator.imported_modules(module);
    } catch (const Error& error) {
      if (error.code() == code::kLimit) throw;
    }
  };
  for_project_modules(evaluator, find_imports, [&](Module& module) {
    if (!has_one(evaluator.text(module))) return;
    evaluator.evaluate_statements(module, [&](const Evaluator::Statement& statement) {
      return !statement.done && has_one(statement.text);
    });
  });
}

}  // namespace retort::modules
