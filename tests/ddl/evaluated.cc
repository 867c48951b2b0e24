#include "evaluated.h"

#include <memory>
#include <stdexcept>

#include "modules/bind.h"
#include "modules/host.h"
#include "modules/sqlalchemy/types.h"
#include "python/parser.h"

namespace retort::tests {
namespace {

constexpr std::string_view kImports =
    "from alembic import op; import sqlalchemy as sa; "
    "from sqlalchemy.dialects import mysql, postgresql, sqlite\n";

// Takes down what a script asks for, as with --sql.
class Recorder : public modules::Host {
 public:
  explicit Recorder(std::string_view dialect) : dialect_(dialect::find_dialect(dialect)) {}

  const dialect::Dialect& dialect() const override { return dialect_; }
  bool offline() const override { return true; }
  database::Connection& connection() override { throw std::logic_error("no connection offline"); }
  std::string url() const override { return ""; }
  void invoke(operations::Operation operation, const Place&) override {
    operations.push_back(std::move(operation));
  }
  void enter_autocommit() override {}
  void leave_autocommit() override {}
  schema::NamingConvention naming_convention() const override { return {}; }
  std::vector<std::string> x_arguments() const override { return {}; }
  std::string tag() const override { return ""; }
  std::string version_table() const override { return "alembic_version"; }
  std::string version_table_schema() const override { return ""; }

  std::vector<operations::Operation> operations{};

 private:
  const dialect::Dialect& dialect_;
};

python::Module* run(python::Evaluator& evaluator, const std::string& code) {
  auto source = std::make_shared<Source>("case.py", std::string(kImports) + code);
  return evaluator.run(python::parse(source), "case");
}

}  // namespace

Evaluated evaluate_case(const std::string& code, std::string_view dialect) {
  Recorder host(dialect);
  python::Evaluator evaluator;
  modules::bind_modules(evaluator, host, {});
  python::Module* module = run(evaluator, code);
  Evaluated evaluated;
  evaluated.operations = std::move(host.operations);
  if (auto* convention = module->attributes.find("convention").get<python::Dict>()) {
    for (const auto& entry : convention->entries()) {
      if (!entry.key) continue;
      evaluated.convention.emplace_back(evaluator.to_str(entry.key), evaluator.to_str(entry.value));
    }
  }
  return evaluated;
}

sql::Type evaluate_type(const std::string& code, std::string_view dialect) {
  Recorder host(dialect);
  python::Evaluator evaluator;
  modules::bind_modules(evaluator, host, {});
  python::Module* module = run(evaluator, "made = " + code + "\n");
  return modules::to_type(evaluator, host, module->attributes.find("made"), "a test");
}

}  // namespace retort::tests
