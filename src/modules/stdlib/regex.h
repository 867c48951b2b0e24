#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Regular expressions in the syntax and with the meaning of Python's `re`: a compiler to a small
// instruction set and a backtracking matcher. It works on characters (not bytes), takes steps from
// a budget and never recurses by the length of the text.
namespace retort::modules::regex {

namespace flag {  // the values of re.I, re.M, ...
inline constexpr unsigned kIgnoreCase = 2;
inline constexpr unsigned kMultiline = 8;
inline constexpr unsigned kDotAll = 16;
inline constexpr unsigned kUnicode = 32;
inline constexpr unsigned kVerbose = 64;
inline constexpr unsigned kAscii = 256;
}  // namespace flag

struct SyntaxError {
  std::string message;  // without the position
  std::size_t position = 0;
};

// A set of characters: ranges and categories, possibly negated.
struct CharSet {
  enum class Category : std::uint8_t { kDigit, kNotDigit, kSpace, kNotSpace, kWord, kNotWord };
  std::vector<std::pair<char32_t, char32_t>> ranges;
  std::vector<Category> categories;
  bool negated = false;
};

enum class Op : std::uint8_t {
  kMatch,
  kChar,  // a: character
  kAny,   // but a newline
  kAnyAll,
  kSet,        // a: index of the set
  kSplit,      // try a, then b
  kJump,       // a
  kSave,       // a: slot
  kLineStart,  // of the text, or with kMultiline of a line
  kLineEnd,
  kTextStart,
  kTextEnd,
  kBoundary,
  kNotBoundary,
  kBackReference,  // a: group
  kLook,           // a: 1 negated, b: where it goes on; what it looks for follows. c: width behind
  kAtomic,         // b: where it goes on; what is matched once and for all follows
  kRepeatOne,  // the next instruction matches one character: a to b times, c: 1 lazy, 2 possessive
  kIfGroup,    // a: group, b: where to go when it has not matched
  kMark,       // a: slot, keeps the position
  kProgress,   // a: slot, b: where to go when nothing was matched since kMark
};

struct Instruction {
  Op op = Op::kMatch;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::int32_t c = 0;
  unsigned flags = 0;
};

struct Program {
  std::vector<Instruction> code;
  std::vector<CharSet> sets;
  std::size_t groups = 0;  // without the whole match
  std::size_t marks = 0;
  std::vector<std::pair<std::string, std::size_t>> names;  // in order
  unsigned flags = 0;                                      // with those the pattern sets itself
};

// Throws SyntaxError.
Program compile(std::u32string_view pattern, unsigned flags);

enum class Mode : std::uint8_t { kSearch, kMatch, kFull };

// Positions of the whole match and of each group: -1 where it took no part.
using Spans = std::vector<std::ptrdiff_t>;

struct OutOfSteps {};

// Looks in text[begin:end]. `steps` is the budget; throws OutOfSteps when it is used up.
// `not_empty_at` forbids an empty match there.
std::optional<Spans> run(const Program& program, std::u32string_view text, std::size_t begin,
                         std::size_t end, Mode mode, std::ptrdiff_t not_empty_at,
                         std::uint64_t& steps);

}  // namespace retort::modules::regex
