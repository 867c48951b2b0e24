#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "python/evaluator.h"
#include "schema/table.h"

// Listeners of schema events: event.listen(Column, "after_parent_attach", f) and the like, by which
// column types add indexes and checks to a table, and projects their own DDL.
namespace retort::modules {

// Whether anybody listens.
bool has_listener(python::Evaluator& evaluator);

// From now on `dispatch(identifier, target, other, **keywords)` is called for every event.
void set_listener(python::Evaluator& evaluator, python::Value dispatch);

// Tells the listeners, where there are any.
void tell(python::Evaluator& evaluator, std::string_view identifier, python::Value target,
          python::Value other, std::span<const python::NamedValue> keywords = {});

// The columns among `items` have become those of `table`. What listeners add to it is in it after
// the call.
void tell_attached(python::Evaluator& evaluator, python::Value table,
                   std::span<const python::Value> items);

// The same for a table of an operation, which has no object of its own.
void attach_items(python::Evaluator& evaluator, schema::Table& table,
                  std::span<const python::Value> items);

// before_create, after_create, before_drop, after_drop of a Table or MetaData.
void tell_created(python::Evaluator& evaluator, std::string_view identifier, python::Value target);

}  // namespace retort::modules
