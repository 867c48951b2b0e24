#include "modules/stdlib/setters.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/error.h"

namespace retort::modules::stdlib {

using python::Evaluator;
using python::Module;

namespace {

constexpr auto kCalls =
    std::to_array<std::string_view>({"load_dotenv(", "read_dotenv(", "read_env(", "putenv(",
                                     "environ.setdefault(", "environ.update("});

bool mentions(std::string_view text) {
  return std::ranges::any_of(
      kCalls, [&](std::string_view call) { return text.find(call) != std::string_view::npos; });
}

bool sets_variables(const Evaluator::Statement& statement) {
  switch (statement.node->kind) {
    case python::ast::StmtKind::kFunctionDef:
    case python::ast::StmtKind::kClassDef:
    case python::ast::StmtKind::kImport:
    case python::ast::StmtKind::kImportFrom:
      return false;
    default:
      return mentions(statement.text) || statement.text.starts_with("os.environ[") ||
             statement.text.starts_with("environ[");
  }
}

template <typename Work>
void attempt(const Work& work) {
  try {
    work();
  } catch (const python::Raised&) {
    // Who needs what it would have set says what is missing.
  } catch (const Error& error) {
    if (error.code() == code::kLimit) throw;
  }
}

}  // namespace

void evaluate_setters(Evaluator& evaluator, std::set<const Module*>& done) {
  for (Module* module : evaluator.modules()) {
    if (!module->code || !done.insert(module).second) continue;
    std::vector<Module*> all;
    attempt([&] { all = evaluator.imported_modules(*module); });
    all.push_back(module);
    for (Module* each : all) {
      const std::string_view text = evaluator.text(*each);
      if (!mentions(text) && text.find("environ[") == std::string_view::npos) continue;
      attempt([&] { evaluator.evaluate_statements(*each, sets_variables); });
    }
  }
}

}  // namespace retort::modules::stdlib
