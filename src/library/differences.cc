#include <retort/differences.h>

#include <set>

#include "autogenerate/autogenerate.h"
#include "autogenerate/render.h"
#include "autogenerate/render_sql.h"
#include "autogenerate/revision_file.h"
#include "base/text.h"
#include "library/schema.h"
#include "library/session.h"
#include "operations/describe.h"
#include "runtime/history_table.h"
#include "runtime/revision_hooks.h"
#include "script/new_script.h"

namespace retort {

class Differences::Implementation {
 public:
  autogenerate::Changes changes{};
  autogenerate::BothWays statements{};
  const dialect::Dialect* dialect = nullptr;
  std::vector<Difference> upgrade{};
  std::vector<Difference> downgrade{};
  std::vector<std::pair<std::string, std::string>> renames{};
};

namespace {

std::vector<Difference> described(const std::vector<operations::Operation>& operations,
                                  const std::vector<std::vector<std::string>>& statements) {
  std::vector<Difference> out;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    out.push_back({std::string(operations::directive(operations[i])),
                   operations::table_of(operations[i]), operations::describe(operations[i]),
                   statements[i], autogenerate::destroyed_by(operations[i])});
  }
  return out;
}

}  // namespace

const Differences::Implementation& Differences::implementation() const {
  if (!implementation_) throw Error(code::kMisuse, "the differences were moved away");
  return *implementation_;
}
const std::vector<Difference>& Differences::upgrade() const { return implementation().upgrade; }
const std::vector<Difference>& Differences::downgrade() const { return implementation().downgrade; }
const std::vector<std::pair<std::string, std::string>>& Differences::possible_renames() const {
  return implementation().renames;
}

std::string Differences::str() const {
  std::string out;
  for (const Difference& each : upgrade()) {
    out += each.description;
    if (!each.destroys.empty()) out += "  (destroys " + each.destroys + ")";
    out += "\n";
  }
  return out;
}

Differences differences(Connection& connection, const MetaData& metadata,
                        const CompareOptions& options) {
  database::Connection& live = connection.session().connection();
  schema::MetaData model = library::to_metadata(metadata);
  compare::Options given;
  given.compare_type = options.compare_type;
  given.compare_server_default = options.compare_server_default;
  given.include_schemas = options.include_schemas;
  given.own_tables = {{options.version_table_schema, options.version_table},
                      {options.version_table_schema, std::string(runtime::HistoryTable::kName)}};
  given.renames = options.renames;
  if (options.include_table) {
    given.include_object = [&](const compare::Candidate& candidate) {
      return candidate.kind != "table" ||
             options.include_table(candidate.table->schema, candidate.name);
    };
  }
  auto out = std::make_shared<Differences::Implementation>();
  out->changes = autogenerate::find_changes(live, model, given);
  out->dialect = &connection.session().dialect();
  if (!out->changes.upgrade.empty()) {
    out->statements = autogenerate::statements_of(out->changes.upgrade, out->changes.downgrade,
                                                  live, model.naming_convention);
  }
  out->upgrade = described(out->changes.upgrade, out->statements.upgrade);
  out->downgrade = described(out->changes.downgrade, out->statements.downgrade);
  for (const compare::RenameCandidate& candidate : out->changes.candidates) {
    out->renames.emplace_back(candidate.from, candidate.to);
  }
  return Differences(std::move(out));
}

std::string render(const Differences& differences, Format format, const RevisionInfo& revision) {
  if (revision.id.empty()) throw Error(code::kMisuse, "the revision to render has no id");
  const Differences::Implementation& all = differences.implementation();
  script::NewRevision made;
  made.revision = revision.id;
  if (!revision.message.empty()) made.message = revision.message;
  made.down_revision = revision.down;
  made.branch_labels = revision.branch_labels;
  made.depends_on = revision.depends_on;
  const auto& [upgrade, downgrade, messages, candidates] = all.changes;
  if (format != Format::python) {
    autogenerate::Format own =
        format == Format::cc ? autogenerate::Format::kCc : autogenerate::Format::kSql;
    return autogenerate::revision_file(
        own, made,
        autogenerate::render_directions(own, upgrade, downgrade, all.statements, *all.dialect));
  }
  runtime::RevisionHooks hooks;
  std::set<std::string> imports;
  autogenerate::Directions directions =
      autogenerate::python_directions(upgrade, downgrade, {*all.dialect, hooks}, imports);
  made.imports = join(std::vector<std::string>(imports.begin(), imports.end()), "\n");
  made.upgrades = std::move(directions.upgrade);
  made.downgrades = std::move(directions.downgrade);
  made.create_date = script::create_date({});
  return script::render(made);
}

}  // namespace retort
