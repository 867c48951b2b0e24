#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/sqlite/parse.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::dialect::sqlite {

// A cursor over tokens with the small questions that reading SQL asks.
class Reader {
 public:
  explicit Reader(std::string_view sql) : sql_(sql), tokens_(tokenize(sql)) {}

  bool done() const { return at_ == tokens_.size(); }
  std::size_t position() const { return at_; }
  void seek(std::size_t position) { at_ = position; }
  // Offset of the current token; the text's end behind the last.
  std::uint32_t begin() const;
  // End of the token before the current one.
  std::uint32_t end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].span.end; }
  Span span() const { return done() ? Span{begin(), begin()} : tokens_[at_].span; }

  bool at_word(std::string_view word, std::size_t ahead = 0) const;
  bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  bool at_kind(TokenKind kind, std::size_t ahead = 0) const;
  // Moves behind the words when all of them stand here.
  bool accept(std::initializer_list<std::string_view> words);
  bool accept_symbol(std::string_view symbol);
  void expect(std::string_view word);
  void expect_symbol(std::string_view symbol);
  void skip();

  // An identifier in any of its quotings, or a string in its place.
  ParsedName name();
  // [schema.]name: the last part.
  ParsedName qualified_name();
  // ( ... ): the text between, exclusive; moves behind the closing parenthesis.
  Span parenthesised();
  // (name, ...), each of them.
  std::vector<ParsedName> names();
  // (key [COLLATE c] [ASC|DESC], ... [AUTOINCREMENT])
  std::vector<ParsedKey> keys(Span* autoincrement);
  // The upper-cased word here, moving behind it.
  std::string word();

  [[noreturn]] void fail(const std::string& expected) const;

 private:
  ParsedKey key(std::size_t first, std::size_t last) const;
  std::string_view text(std::size_t token) const { return text_of(sql_, tokens_[token].span); }
  bool is_word(std::size_t token, std::string_view word) const;

  std::string_view sql_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace retort::dialect::sqlite
