#include "command/dump_models.h"

#include "base/error.h"
#include "command/compared.h"
#include "models/json.h"

namespace retort::command {

namespace {

void print(const std::vector<schema::MetaData>& all, const sql::Grammar& grammar, Output& output) {
  for (const schema::MetaData& metadata : all) output.result(models::to_json(metadata, grammar));
}

}  // namespace

void dump_models(const Project& project, Output& output, runtime::Log& log) {
  // Models that the program itself has need no database.
  if (project.metadata) {
    print(project.metadata(), sql::default_grammar(), output);
    return;
  }
  runtime::Request request;
  request.command.command = "dump_models";
  project.run(std::move(request), output, log, [&](runtime::MigrationContext& context) {
    if (has_named_schemas(project)) {
      print({wanted_schema(project, context.environment(), context.connection())},
            context.dialect().grammar(), output);
      return;
    }
    const auto& wanted = context.environment().target_metadata;
    if (!wanted) {
      throw Error(code::kConfig, "there are no models to show")
          .with_hint("set target_metadata in env.py, or in the configuration");
    }
    print(wanted(), context.dialect().grammar(), output);
  });
}

}  // namespace retort::command
