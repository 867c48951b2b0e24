#pragma once

#include "python/evaluator.h"

namespace retort::modules::stdlib {

// The time zones of the system's database, for zoneinfo.py: time_zone, zone_rule and time_zones.
void define_zones(python::Evaluator& evaluator, python::Module& module);

}  // namespace retort::modules::stdlib
