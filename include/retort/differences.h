#pragma once

// What a database lacks of the models.
//
//   Differences pending = differences(db, app::metadata);
//   for (const Difference& each : pending) log(each.description);
//
// Names, types and defaults are compared as the database itself spells them: it is asked to make
// the models' tables in a place that leaves nothing behind.

#include <retort/callback.h>
#include <retort/connection.h>
#include <retort/metadata.h>
#include <retort/plan.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort {

// One change.
struct Difference {
  std::string operation{};         // Alembic's name for it: "add_column"
  std::string table{};             // empty where it concerns none
  std::string description{};       // "add column users.phone String(20)"
  std::vector<std::string> sql{};  // its statements in this database, in order
  std::string destroys{};  // what is lost with it: "table users and its rows"; mostly nothing
};

// What may be left out of a comparison.
struct CompareOptions {
  bool compare_type = true;
  bool compare_server_default = true;
  // Also tables in schemas that no model names.
  bool include_schemas = false;
  // Whether a table of this name takes part; absent: each does.
  Callback<bool(std::string_view schema, std::string_view table)> include_table{};
  // What has another name now, {old, new}: tables as "users", columns as "users.name".
  std::vector<std::pair<std::string, std::string>> renames{};
  // Revisions' own table, which no model has.
  std::string version_table = "alembic_version";
  std::string version_table_schema{};
};

// What turns the database into the models, in an order in which it can run. A value.
class Differences {
 public:
  bool empty() const { return upgrade().empty(); }
  std::size_t size() const { return upgrade().size(); }
  std::vector<Difference>::const_iterator begin() const { return upgrade().begin(); }
  std::vector<Difference>::const_iterator end() const { return upgrade().end(); }

  const std::vector<Difference>& upgrade() const;
  // What takes it back.
  const std::vector<Difference>& downgrade() const;
  // Drops and adds among the above that might be one thing under a new name, {old, new}, as
  // CompareOptions::renames takes them.
  const std::vector<std::pair<std::string, std::string>>& possible_renames() const;
  // A line each, for people.
  std::string str() const;

  // For the library's own use.
  class Implementation;
  explicit Differences(std::shared_ptr<const Implementation> implementation)
      : implementation_(std::move(implementation)) {}
  const Implementation& implementation() const;

 private:
  std::shared_ptr<const Implementation> implementation_;
};

// Reads the database and changes nothing in it. Throws Error(code::kOperation) for models that
// refer to what is not there, Error(code::kUsage) for a rename of what is not there.
Differences differences(Connection& connection, const MetaData& metadata,
                        const CompareOptions& options = {});

// A language that revisions are written in.
enum class Format : std::uint8_t { python, sql, cc };

// The whole text of a revision's file: what turns the database into the models, and back. Of
// `revision` it takes id, down, message, branch_labels and depends_on. What C++ has no words for is
// a statement of the database that was compared, in op.execute().
//
//   RevisionInfo next{.id = "ae1027a6acf", .down = migrator.heads(), .message = "add org"};
//   write("migrations/ae1027a6acf_add_org.cc", render(pending, Format::cc, next));
std::string render(const Differences& differences, Format format, const RevisionInfo& revision);

}  // namespace retort
