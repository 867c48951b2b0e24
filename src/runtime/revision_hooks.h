#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "operations/operation.h"
#include "schema/table.h"

// What env.py may have to say about a new revision and its text: the arguments of
// context.configure() that concern rendering.
namespace retort::runtime {

// What upgrade() or downgrade() does to one database, and the template's variable for its text.
struct DraftOperations {
  std::string token{};
  std::vector<operations::Operation> operations{};
};

// A new revision before its file is written, as process_revision_directives() is shown it. The
// function may change every part of it.
struct RevisionDraft {
  std::string rev_id{};
  std::optional<std::string> message{};
  std::vector<std::string> head{};  // the revisions it is based on
  bool splice = false;
  std::vector<std::string> branch_labels{};
  std::vector<std::string> depends_on{};
  std::string version_path{};
  // One for each database that was compared so far.
  std::vector<DraftOperations> upgrade{};
  std::vector<DraftOperations> downgrade{};
  std::vector<std::string> imports{};  // lines for the head of the file
  bool compared = false;               // the operations are those that a comparison found
};

// What render_item() is asked about. `kind` is Alembic's word for it: "type", "server_default",
// "column", "table", "index", "unique", "check", "foreign_key", "primary_key".
struct RenderSubject {
  std::string_view kind{};
  std::variant<const sql::Type*, const schema::ServerDefault*, const schema::Column*,
               const schema::Table*, const schema::Index*, const schema::Constraint*>
      object{};
};

struct RevisionHooks {
  // What env.py's own comparators find, and process_revision_directives(): nullopt when no file is
  // to be written, else the draft as it is now. Absent: nothing is asked.
  std::function<std::optional<RevisionDraft>(RevisionDraft)> process{};
  // render_item(): the text to write instead of the own rendering; nullopt: the own. May add lines
  // to `imports`. Absent: nothing is asked.
  std::function<std::optional<std::string>(const RenderSubject&, std::vector<std::string>& imports)>
      render_item{};
  std::string upgrade_token = "upgrades";
  std::string downgrade_token = "downgrades";
  std::string alembic_module_prefix = "op.";
  std::string sqlalchemy_module_prefix = "sa.";
  // The prefix of types that are the project's own; absent: their module, with an import.
  std::optional<std::string> user_module_prefix{};
};

}  // namespace retort::runtime
