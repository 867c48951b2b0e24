#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "modules/stdlib/regex.h"

// A regular expression as a tree, between its text and its program.
namespace retort::modules::regex {

inline constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();
struct Node {
  enum class Kind {
    kEmpty,
    kChar,
    kAny,
    kSet,
    kSequence,
    kAlternatives,
    kRepeat,
    kGroup,
    kAssert,
    kBackReference,
    kLook,
    kAtomic,
    kIfGroup
  };
  Kind kind = Kind::kEmpty;
  char32_t character = 0;
  std::size_t index = 0;  // set, group
  std::vector<Node> children;
  std::uint32_t least = 0, most = 0;
  enum class Greed { kGreedy, kLazy, kPossessive } greed = Greed::kGreedy;
  Op assertion = Op::kMatch;
  bool negated = false, behind = false;
  unsigned flags = 0;
};

// Counts the groups, and sets the flags, of `program`. Throws SyntaxError.
Node parse(std::u32string_view pattern, unsigned flags, Program& program);

}  // namespace retort::modules::regex
