#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.h"
#include "operations/operation.h"
#include "runtime/revision_hooks.h"
#include "schema/table.h"

// A new revision's operations as text, in Python as Alembic writes it
// (alembic/autogenerate/render.py has the form).
namespace retort::autogenerate {

struct RenderOptions {
  const dialect::Dialect& dialect;
  const runtime::RevisionHooks& hooks;
  bool as_batch = false;
  // A comment above what destroys data.
  bool mark_destructive = false;
};

struct Rendered {
  std::string body{};                  // of upgrade() or downgrade(), without indentation
  std::vector<std::string> imports{};  // sorted
};

Rendered render_python(const std::vector<operations::Operation>& operations,
                       const RenderOptions& options);

// What an operation destroys, for people: "table users and its rows". Empty: nothing.
std::string destroyed_by(const operations::Operation& operation);

}  // namespace retort::autogenerate
