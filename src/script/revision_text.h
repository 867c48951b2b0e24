#pragma once

#include <string>
#include <utility>
#include <vector>

#include "script/create_date.h"
#include "script/mako_render.h"

namespace retort::script {

// What a script.py.mako is given.
struct NewRevision {
  std::string message = "empty message";
  std::string revision{};
  std::vector<std::string> down_revision{};  // none: a base; several: a merge
  std::vector<std::string> branch_labels{};
  std::vector<std::string> depends_on{};
  CreateDate create_date{};
  // Python statements, indented as they stand in the functions, and import lines.
  std::string upgrades{};
  std::string downgrades{};
  std::string imports{};
  // Further texts by name: "engine1_upgrades" of several databases.
  std::vector<std::pair<std::string, std::string>> texts{};
};

// The variables Alembic gives to script.py.mako, `comma` included, as values of this evaluator.
// `create_date` is a datetime where the evaluator has that module, else its text.
MakoValues revision_values(const NewRevision& revision, python::Evaluator& evaluator);

// The text of the revision's file. `more` (config, template_args) come on top and win.
std::string revision_text(const SourcePtr& source, const NewRevision& revision,
                          python::Evaluator& evaluator, const MakoValues& more = {});

}  // namespace retort::script
