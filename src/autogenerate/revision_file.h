#pragma once

#include <set>
#include <string>
#include <vector>

#include "autogenerate/render.h"
#include "autogenerate/render_sql.h"
#include "dialect/dialect.h"
#include "operations/operation.h"
#include "script/revision_text.h"

// The files of new revisions that are not in Python: those are made from script.py.mako
// (script/new_script.h).
namespace retort::autogenerate {

// The languages a revision can be written in.
enum class Format { kPython, kSql, kCc };

// What stands in a revision's two directions, as text of its language; both may be empty.
struct Directions {
  std::string upgrade{};
  std::string downgrade{};
};

// `statements` are those of statements_of() for the same operations. `format` is not kPython.
Directions render_directions(Format format, const std::vector<operations::Operation>& upgrade,
                             const std::vector<operations::Operation>& downgrade,
                             const BothWays& statements, const dialect::Dialect& dialect);

// The whole text of the file. Throws Error(code::kUsage) for a compiled revision with more parents,
// labels or dependencies than retort/revision.h has room for. `format` is not kPython.
std::string revision_file(Format format, const script::NewRevision& revision,
                          const Directions& directions);

// The two directions of a Python revision as they stand in its functions: the template indents
// their first lines. `imports` gets the lines that they need.
Directions python_directions(const std::vector<operations::Operation>& upgrade,
                             const std::vector<operations::Operation>& downgrade,
                             RenderOptions options, std::set<std::string>& imports);

}  // namespace retort::autogenerate
