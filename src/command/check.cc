#include "command/check.h"

#include "autogenerate/render.h"
#include "autogenerate/render_sql.h"
#include "base/error.h"
#include "base/text.h"
#include "operations/describe.h"

namespace retort::command {

namespace {

std::string report(const std::vector<operations::Operation>& operations) {
  std::string out;
  for (const operations::Operation& one : operations) {
    std::string destroyed = autogenerate::destroyed_by(one);
    out += "\n  " + operations::describe(one);
    if (!destroyed.empty()) out += "  (destroys " + destroyed + ")";
  }
  return out;
}

}  // namespace

void check(const Project& project, const CheckOptions& options, Output& output, runtime::Log& log) {
  project.directory.require_whole();
  std::string pending;
  ImportCheck imports;
  on_database(project, "check", output, log,
              [&](runtime::MigrationContext& context, database::Connection& live) {
                const runtime::Environment& environment = context.environment();
                require_heads(project, environment, live);
                Compared compared =
                    compare_with_models(project, environment, live, options.compare, output, log);
                imports.add(context, compared);
                let_hooks_process(project, environment, compared.changes);
                const auto& found = compared.changes.upgrade;
                std::vector<std::vector<std::string>> statements;
                if (options.json || options.sql) {
                  statements =
                      autogenerate::statements_of(found, live, compared.model.naming_convention);
                }
                if (options.json) output.result(operations_json(found, statements));
                if (options.sql) output.raw(autogenerate::render_sql(found, statements, true));
                if (!found.empty()) pending += report(found);
              });
  imports.warn(project, output);
  if (!pending.empty()) {
    throw Error(code::kPending, "New upgrade operations detected:" + pending)
        .with_hint(
            "write them into a revision: " + std::string(project.has_scripts ? "" : "retort ") +
            "revision --autogenerate -m \"...\"");
  }
  if (!options.json && !options.sql) output.status("No new upgrade operations detected.");
}

}  // namespace retort::command
