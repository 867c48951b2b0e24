#pragma once

#include <vector>

#include "operations/operation.h"

namespace retort::autogenerate {

// A function that is dropped and made again with the same arguments and result is replaced in place
// (CREATE OR REPLACE): triggers, generated columns and indexes that use it stand in the way of a
// DROP.
void replace_functions(std::vector<operations::Operation>& operations);

}  // namespace retort::autogenerate
