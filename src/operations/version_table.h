#pragma once

#include <string>

#include "operations/operation.h"

namespace retort::operations {

// Makes alembic_version or what stands for it. `primary_key`: version_table_pk of env.py.
CreateTable create_version_table(const std::string& name, const std::string& schema,
                                 bool primary_key = true);

}  // namespace retort::operations
