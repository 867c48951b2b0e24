#include "modules/sqlalchemy/contributors.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "modules/project_modules.h"

namespace retort::modules {

using python::Class;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

// What the body of a mapped class or of a mixin of such classes shows.
constexpr auto kModelWords = std::to_array<std::string_view>(
    {"__tablename__", "__table__", "__table_args__", "__mapper_args__", "Column(", "mapped_column(",
     "Mapped[", "relationship(", "table=True", "table = True"});

// Calls beside classes that add tables, columns, indexes and constraints, or modules that do.
constexpr auto kStatementWords = std::to_array<std::string_view>(
    {"Table(", "Index(", "Column(", "Constraint(", "Sequence(", "append_constraint(",
     "append_column(", "map_imperatively(", "mapper(", "__table__", "__tablename__",
     "mapped_column(", "import_module(", "__import__(", "walk_packages(", "iter_modules("});

template <typename Words>
bool mentions(std::string_view text, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      const char before = at == 0 ? ' ' : text[at - 1];
      const bool whole = !(std::isalnum(static_cast<unsigned char>(before)) || before == '_');
      // SchemaTable( counts for Constraint(: UniqueConstraint, CheckConstraint, ...
      if (whole || word == "Constraint(") return true;
    }
    return false;
  });
}

bool is_declarative(Value value) {
  const Class* cls = value.get<Class>();
  return cls && cls->lookup("_sa_registry");
}

bool has_declarative_base(Evaluator& evaluator, Module& module,
                          const python::ast::ClassDef& definition) {
  try {
    const std::vector<Value> bases = evaluator.evaluate_bases(module, definition);
    return std::ranges::any_of(bases, is_declarative);
  } catch (const python::Raised&) {
    return false;
  } catch (const Error& error) {
    if (error.code() == code::kLimit) throw;
    return false;
  }
}

// Functions of the project whose text shows that a call of theirs contributes, as "name(".
using Makers = std::vector<std::string>;

void find_makers(Evaluator& evaluator, Module& module, Makers& makers) {
  evaluator.evaluate_statements(module, [&](const Evaluator::Statement& statement) {
    if (statement.node->kind != python::ast::StmtKind::kFunctionDef) return false;
    const auto& definition = *static_cast<const python::ast::FunctionDef*>(statement.node);
    std::string call = std::string(definition.target->id) + "(";
    bool makes = mentions(statement.text, kStatementWords) || mentions(statement.text, makers);
    if (makes && std::ranges::find(makers, call) == makers.end()) makers.push_back(std::move(call));
    return false;
  });
}

bool may_contribute(Evaluator& evaluator, Module& module, const Evaluator::Statement& statement,
                    const Makers& makers) {
  switch (statement.node->kind) {
    case python::ast::StmtKind::kFunctionDef:
    case python::ast::StmtKind::kImport:
    case python::ast::StmtKind::kImportFrom:
      return false;
    case python::ast::StmtKind::kClassDef: {
      const auto& definition = *static_cast<const python::ast::ClassDef*>(statement.node);
      return mentions(statement.text, kModelWords) ||
             (!definition.bases.empty() && has_declarative_base(evaluator, module, definition));
    }
    default:
      return mentions(statement.text, kStatementWords) || mentions(statement.text, makers);
  }
}

// Whether the functions of a module run when the application starts: it makes the application.
bool makes_application(const Evaluator& evaluator, const Module& module) {
  return evaluator.text(module).find("Flask(") != std::string_view::npos;
}

// The modules that a module imports become known to the evaluator. One whose text can't be read is
// an error here only when it holds models.
void find_imports(Evaluator& evaluator, Module& module) {
  try {
    evaluator.imported_modules(module, makes_application(evaluator, module));
  } catch (const Error& error) {
    if (error.code() == code::kLimit) throw;
    const SourcePtr& source = error.place().source;
    if (source && mentions(source->text(), kModelWords)) throw;
  }
}

}  // namespace

void evaluate_contributors(Evaluator& evaluator) {
  static thread_local std::set<const Evaluator*> running;
  if (!running.insert(&evaluator).second) return;
  struct Leave {
    const Evaluator* evaluator;
    ~Leave() { running.erase(evaluator); }
  } leave{&evaluator};

  Makers makers;
  for_project_modules(
      evaluator,
      [&](Module& module) {
        find_imports(evaluator, module);
        find_makers(evaluator, module, makers);
      },
      [&](Module& module) {
        evaluator.evaluate_statements(module, [&](const Evaluator::Statement& statement) {
          return !statement.done && may_contribute(evaluator, module, statement, makers);
        });
      });
}

}  // namespace retort::modules
