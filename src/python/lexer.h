#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/source.h"

namespace retort::python {

enum class TokenKind : std::uint8_t {
  kEnd,
  kNewline,
  kIndent,
  kDedent,
  kError,  // the rest of the text can't be read: Tokens::error says why
  kName,
  kNumber,
  kString,         // prefix, quotes and all
  kFStringStart,   // f" up to and with the opening quotes
  kFStringMiddle,  // literal text of an f-string or of a format spec, escapes not yet undone
  kFStringEnd,     // the closing quotes

  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kColon,
  kComma,
  kSemicolon,
  kDot,
  kEllipsis,
  kArrow,
  kExclamation,
  kWalrus,
  kEqual,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kVerticalBar,
  kAmpersand,
  kLess,
  kGreater,
  kPercent,
  kEqualEqual,
  kNotEqual,
  kLessEqual,
  kGreaterEqual,
  kTilde,
  kCircumflex,
  kLeftShift,
  kRightShift,
  kDoubleStar,
  kDoubleSlash,
  kAt,
  kPlusEqual,
  kMinusEqual,
  kStarEqual,
  kSlashEqual,
  kPercentEqual,
  kAmpersandEqual,
  kVerticalBarEqual,
  kCircumflexEqual,
  kLeftShiftEqual,
  kRightShiftEqual,
  kDoubleStarEqual,
  kDoubleSlashEqual,
  kAtEqual,

  kFalse,
  kNone,
  kTrue,
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTry,
  kWhile,
  kWith,
  kYield,
};

constexpr bool is_keyword(TokenKind kind) { return kind >= TokenKind::kFalse; }

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  Span span() const { return {begin, end}; }
  friend bool operator==(const Token&, const Token&) = default;
};

struct Tokens {
  std::vector<Token> tokens{};  // ends with kEnd or kError
  // What the kError token stands for: a wrong unindent, or the end of the file inside brackets.
  std::optional<Error> error{};
  // The innermost bracket that the end of the file left open.
  std::optional<std::uint32_t> open_bracket{};
};

// The name of a token as messages print it: "(", "lambda", "newline".
std::string_view token_name(TokenKind kind);

// kName unless `word` is a keyword.
TokenKind keyword_kind(std::string_view word);

// The source as the lexer needs it: in UTF-8, decoded as its coding line says. Usually `source`
// itself. Throws Error(code::kSyntax) for null bytes, invalid UTF-8 and unknown encodings.
SourcePtr decode_source(SourcePtr source);

// Splits a decoded source into tokens. Throws Error(code::kSyntax) for what no parser could make
// right: an unterminated string, a bracket that closes another one, an invalid number or character.
Tokens tokenize(const SourcePtr& source);

}  // namespace retort::python
