#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace retort::dialect::sqlite {

enum class TokenKind : std::uint8_t {
  kWord,    // a bare identifier or keyword
  kQuoted,  // "a", `a` or [a]
  kString,  // 'a'
  kNumber,
  kBlob,  // x'00'
  kSymbol,
};

struct Token {
  TokenKind kind = TokenKind::kSymbol;
  Span span{};
  friend bool operator==(const Token&, const Token&) = default;
};

// The tokens of SQL text as SQLite reads it; spaces and comments are left out. Throws
// Error(code::kSyntax) for a quote or comment that isn't closed (SQLite closes a comment itself).
std::vector<Token> tokenize(std::string_view sql);

std::string_view text_of(std::string_view sql, Span span);

// The name that an identifier token stands for: without quotes, doubled ones undone.
std::string unquoted(std::string_view token);

// A name as DDL text: bare where that means the same, else in double quotes. Keywords are those of
// the linked SQLite.
std::string quoted(std::string_view name);

// The text as an SQL string literal.
std::string string_literal(std::string_view text);

// Names of columns, tables and so on are equal in SQLite when they differ in ASCII case alone.
bool same_name(std::string_view a, std::string_view b);

// Whether two texts have the same tokens: letter case outside quotes, the way identifiers are
// quoted, spaces and comments don't count.
bool same_tokens(std::string_view a, std::string_view b);

}  // namespace retort::dialect::sqlite
