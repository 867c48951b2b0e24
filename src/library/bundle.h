#pragma once

#include <retort/revision.h>

#include <vector>

#include "script/script.h"

namespace retort::library {

// The revisions of a bundle: texts first, in their order, then compiled ones. What they refer to
// stays the bundle's. Throws Error for a script whose header can't be read.
std::vector<script::Script> scripts_of(const Bundle& bundle);

}  // namespace retort::library
