#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "config/environment.h"

namespace retort::config {

// What a name inside %(name)s stands for.
struct Replacement {
  std::string text{};
  bool literal = false;  // not expanded any further: a path, a variable's value
};

// How the references in one value are replaced.
struct Interpolation {
  std::function<std::optional<Replacement>(const std::string& name)> find{};
  Environment environment{};         // may be empty: then no name is looked up there
  bool keep_unset = false;           // ${NAME} without a value stays as text instead of an error
  std::string subject{};             // "option 'x' in section 'y'"
  std::vector<std::string> names{};  // what could be meant, for "did you mean"
  Place place{};                     // of the value
};

// ConfigParser's references: %(name)s and %% for one '%', ten levels deep at most. Names that are
// no option are looked up in the environment. Beyond ConfigParser, ${NAME} and ${NAME:-default} are
// variables of the environment (an empty one counts as unset when there is a default), $${ is a
// plain "${". Throws Error(code::kConfig) that names the reference and points at it.
std::string interpolate(std::string_view value, const Interpolation& rules);

// Throws when `value` has a '%' that is neither "%%" nor the start of "%(name)s".
void check_references(std::string_view value, const std::string& subject);

}  // namespace retort::config
