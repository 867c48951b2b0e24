#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace retort::python {

// The value of one header variable: None, a string, or a tuple, list or set of strings.
struct HeaderValue {
  enum class Kind : std::uint8_t { kNone, kString, kTuple, kList, kSet };
  struct Item {
    std::string text{};
    Span span{};
    friend bool operator==(const Item&, const Item&) = default;
  };
  Kind kind = Kind::kNone;
  std::vector<Item> items{};  // kString: exactly one; kSet: without repetitions, as written
  Span span{};                // of the whole value
  friend bool operator==(const HeaderValue&, const HeaderValue&) = default;
};

// What identifies a revision script, read without evaluating it. A variable that the script does
// not assign is absent.
struct ScriptHeader {
  std::optional<std::string> doc{};
  Span doc_span{};  // with its quotes
  std::optional<HeaderValue> revision{};
  std::optional<HeaderValue> down_revision{};
  std::optional<HeaderValue> branch_labels{};
  std::optional<HeaderValue> depends_on{};
};

// One pass over the text, without a syntax tree. Absent when the script does anything with these
// variables beyond assigning each at most once, at module level, a literal: then only evaluating it
// can tell. Where it answers, an evaluation that succeeds gives the same values; a script that does
// not even parse may get an answer all the same.
std::optional<ScriptHeader> scan_header(const SourcePtr& source);
std::optional<ScriptHeader> scan_header(std::string_view text);

}  // namespace retort::python
