#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "script/script.h"
#include "sql/splitter.h"

// Revisions written in SQL:
//
//   -- revision: ae1027a6acf
//   -- down_revision: 27c6a30d7c24
//   -- message: add org to users
//
//   -- upgrade
//   ALTER TABLE users ADD COLUMN org_id INTEGER;
//   -- downgrade
//   ALTER TABLE users DROP COLUMN org_id;
//
// docs/design/sql-revisions.md has the whole form.
namespace retort::script {

// Whether the comments at the top name a revision. Other .sql files of a folder are none of ours.
bool is_sql_revision(std::string_view text);

// The header. Throws Error(code::kScript) with the place of a line that can't be understood.
Script read_sql_header(const SourcePtr& source, const std::filesystem::path& path);

// One direction of the script.
struct SqlSection {
  struct Statement {
    std::string sql{};
    Place place{};
  };
  std::vector<Statement> statements{};
  bool transaction = true;
};

// The value of ${name}; nullopt: there is none.
using Variables = std::function<std::optional<std::string>(std::string_view name)>;

// The statements of one direction. Throws Error(code::kScript) when the script has no such part,
// and for a ${name} without a value or a default.
SqlSection read_sql_section(const SourcePtr& source, bool upgrade, sql::SplitDialect dialect,
                            const Variables& variables);

}  // namespace retort::script
