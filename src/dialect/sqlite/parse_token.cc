#include "dialect/sqlite/parse_token.h"

#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace retort::dialect::sqlite {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word_start(char c) {
  return c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
         std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_word_part(char c) { return is_word_start(c) || is_digit(c) || c == '$'; }

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Token> scan() {
    while (skip_trivia()) {
      std::size_t begin = at_;
      TokenKind kind = next();
      tokens_.push_back({kind, {static_cast<std::uint32_t>(begin), offset()}});
    }
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }
  std::uint32_t offset() const { return static_cast<std::uint32_t>(at_); }

  bool skip_trivia() {
    while (at_ < sql_.size()) {
      if (is_space(sql_[at_])) {
        ++at_;
      } else if (peek() == '-' && peek(1) == '-') {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (peek() == '/' && peek(1) == '*') {
        std::size_t end = sql_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? sql_.size() : end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  TokenKind next() {
    char c = peek();
    if (c == '\'') return quote('\'', TokenKind::kString);
    if (c == '"' || c == '`') return quote(c, TokenKind::kQuoted);
    if (c == '[') return quote(']', TokenKind::kQuoted);
    if ((c == 'x' || c == 'X') && peek(1) == '\'') {
      ++at_;
      return quote('\'', TokenKind::kBlob);
    }
    if (is_word_start(c)) {
      while (is_word_part(peek())) ++at_;
      return TokenKind::kWord;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    static constexpr std::string_view kPairs[] = {
        "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"};
    if (sql_.substr(at_, 3) == "->>") {
      at_ += 3;
    } else if (std::find(std::begin(kPairs), std::end(kPairs), sql_.substr(at_, 2)) !=
               std::end(kPairs)) {
      at_ += 2;
    } else {
      ++at_;
    }
    return TokenKind::kSymbol;
  }

  TokenKind quote(char close, TokenKind kind) {
    std::size_t begin = at_++;
    while (at_ < sql_.size()) {
      if (sql_[at_++] != close) continue;
      if (close == ']' || peek() != close) return kind;
      ++at_;
    }
    auto source = std::make_shared<Source>("<statement>", std::string(sql_));
    throw Error(code::kSyntax, "a quote is not closed")
        .with_place({std::move(source),
                     {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 1)}});
  }

  TokenKind number() {
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at_ += 2;
      while (std::isxdigit(static_cast<unsigned char>(peek())) != 0) ++at_;
      return TokenKind::kNumber;
    }
    while (is_digit(peek())) ++at_;
    if (peek() == '.') ++at_;
    while (is_digit(peek())) ++at_;
    if (peek() == 'e' || peek() == 'E') {
      std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        at_ += 1 + sign;
        while (is_digit(peek())) ++at_;
      }
    }
    return TokenKind::kNumber;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view sql) { return Scanner(sql).scan(); }

std::string_view text_of(std::string_view sql, Span span) {
  return sql.substr(span.begin, span.end - span.begin);
}

std::string unquoted(std::string_view token) {
  if (token.size() < 2) return std::string(token);
  char open = token.front();
  if (open != '"' && open != '`' && open != '[' && open != '\'') return std::string(token);
  std::string_view inside = token.substr(1, token.size() - 2);
  if (open == '[') return std::string(inside);
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    out += inside[i];
    if (inside[i] == open) ++i;
  }
  return out;
}

std::string quoted(std::string_view name) {
  bool bare = !name.empty() && is_word_start(name.front()) &&
              std::all_of(name.begin(), name.end(),
                          [](char c) { return is_word_part(c) && !(c >= 'A' && c <= 'Z'); }) &&
              sqlite3_keyword_check(name.data(), static_cast<int>(name.size())) == 0;
  if (bare) return std::string(name);
  return '"' + replace_all(std::string(name), "\"", "\"\"") + '"';
}

std::string string_literal(std::string_view text) {
  return '\'' + replace_all(std::string(text), "'", "''") + '\'';
}

bool same_name(std::string_view a, std::string_view b) { return equal_ignoring_case(a, b); }

bool same_tokens(std::string_view a, std::string_view b) {
  std::vector<Token> left = tokenize(a);
  std::vector<Token> right = tokenize(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](const Token& x, const Token& y) {
                      std::string_view x_text = text_of(a, x.span);
                      std::string_view y_text = text_of(b, y.span);
                      auto named = [](const Token& token) {
                        return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuoted;
                      };
                      if (named(x) && named(y))
                        return same_name(unquoted(x_text), unquoted(y_text));
                      return x.kind == y.kind && x_text == y_text;
                    });
}

}  // namespace retort::dialect::sqlite
