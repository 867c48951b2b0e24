#pragma once

#include <set>
#include <string>

#include "runtime/revision_hooks.h"
#include "sql/type.h"

namespace retort::autogenerate {

// What rendering collects beside the text: lines to import, and what is to be said about it.
struct RenderState {
  const runtime::RevisionHooks& hooks;
  std::set<std::string> imports{};
};

// The type as Alembic writes it: "sa.String(length=20)", "postgresql.JSONB(astext_type=sa.Text())".
std::string render_type(const sql::Type& type, RenderState& state);

// What render_item() of env.py says of an object, if anything.
std::optional<std::string> rendered_by_user(const runtime::RenderSubject& subject,
                                            RenderState& state);

}  // namespace retort::autogenerate
