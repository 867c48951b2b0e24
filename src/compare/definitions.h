#pragma once

#include "compare/context.h"

namespace retort::compare {

// Views, triggers, functions, extensions; enum types and sequences. They are compared where the
// wanted schema speaks of any of their kind, so that a model that knows of none drops none.
struct NamedChanges {
  std::vector<operations::Operation> first{};  // before all tables
  std::vector<operations::Operation> last{};   // after them
};

NamedChanges compare_definitions(Context& context);
NamedChanges compare_sequences(Context& context);
// The values of enum types that both sides have. Types that come and go are the tables' business.
NamedChanges compare_enums(Context& context);

}  // namespace retort::compare
