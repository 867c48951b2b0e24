#pragma once

#include "compare/context.h"

namespace retort::compare {

// Whether the engine would give another value. On SQLite, which keeps what was typed, 0 and '0',
// and no default and NULL are equal, as they are for Alembic.
bool defaults_differ(const Context& context, const std::optional<schema::ServerDefault>& have,
                     const std::optional<schema::ServerDefault>& want);

// Whether both are generated in the same way, or neither is.
bool same_generation(const Context& context, const std::optional<schema::Computed>& have,
                     const std::optional<schema::Computed>& want);

// Whether two identities number alike. Options that the model leaves to the engine are not
// compared.
bool identities_differ(const std::optional<schema::Identity>& have,
                       const std::optional<schema::Identity>& want);

}  // namespace retort::compare
