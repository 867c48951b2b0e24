// Prints the statements that create the schema of evaluated models, as compare_models.py asks:
//   models_driver <dialect> <target> <path>...
//   models_driver <dialect> -
// target: "module:attribute"; path: where imports start from; "-": the schema is read from the
// standard input, as `retort dump_models` writes it. Statements are separated by ";;".
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "base/error.h"
#include "models/evaluated.h"
#include "models/json.h"
#include "modules/bind.h"
#include "modules/host.h"
#include "runtime/project_finder.h"
#include "schema/order.h"

namespace retort::tests {
namespace {

// Models are evaluated without a database.
class NoDatabase : public modules::Host {
 public:
  explicit NoDatabase(std::string_view dialect) : dialect_(dialect::find_dialect(dialect)) {}

  const dialect::Dialect& dialect() const override { return dialect_; }
  bool offline() const override { return true; }
  database::Connection& connection() override { throw std::logic_error("no connection"); }
  std::string url() const override { return ""; }
  void invoke(operations::Operation, const Place&) override {}
  void enter_autocommit() override {}
  void leave_autocommit() override {}
  schema::NamingConvention naming_convention() const override { return {}; }
  std::vector<std::string> x_arguments() const override { return {}; }
  std::string tag() const override { return ""; }
  std::string version_table() const override { return "alembic_version"; }
  std::string version_table_schema() const override { return ""; }

 private:
  const dialect::Dialect& dialect_;
};

schema::MetaData evaluated(modules::Host& host, const std::string& target,
                           std::vector<std::filesystem::path> paths) {
  runtime::ProjectFinder finder([&paths] { return paths; }, {});
  python::Evaluator::Options options;
  options.finder = &finder;
  options.limits.steps = 500'000'000;
  python::Evaluator evaluator(options);
  modules::StdlibServices services;
  services.project = paths.front();
  modules::bind_modules(evaluator, host, services);
  return models::evaluated_schema(evaluator, models::find_target(evaluator, target));
}

schema::MetaData read() {
  std::ostringstream text;
  text << std::cin.rdbuf();
  return models::from_json(text.str(), "standard input");
}

void print(const schema::MetaData& metadata, const dialect::Dialect& dialect) {
  dialect::RunMemory memory;
  dialect::CompileContext context;
  context.naming_convention = metadata.naming_convention;
  context.binds = sql::Binds::kLiteral;
  context.memory = &memory;
  const auto print = [&](const operations::Operation& operation) {
    for (const sql::Statement& one : dialect.compile(operation, context)) {
      std::cout << one.sql << "\n;;\n";
    }
  };
  for (const std::size_t at : schema::dependency_order(metadata.tables).tables) {
    print(operations::CreateTable{metadata.tables[at]});
  }
}

}  // namespace
}  // namespace retort::tests

int main(int argc, char** argv) {
  const bool json = argc == 3 && std::string_view(argv[2]) == "-";
  if (argc < 4 && !json) {
    std::cerr << "usage: models_driver <dialect> (<target> <path>... | -)\n";
    return 2;
  }
  try {
    retort::tests::NoDatabase host(argv[1]);
    retort::tests::print(json ? retort::tests::read()
                              : retort::tests::evaluated(host, argv[2], {argv + 3, argv + argc}),
                         host.dialect());
    return 0;
  } catch (const retort::Error& error) {
    std::cerr << error.render();
    return 1;
  }
}
