#include "dialect/sqlite/parse_reader.h"

#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace retort::dialect::sqlite {

std::uint32_t Reader::begin() const {
  return done() ? static_cast<std::uint32_t>(sql_.size()) : tokens_[at_].span.begin;
}

bool Reader::is_word(std::size_t token, std::string_view word) const {
  return token < tokens_.size() && tokens_[token].kind == TokenKind::kWord &&
         equal_ignoring_case(text(token), word);
}

bool Reader::at_word(std::string_view word, std::size_t ahead) const {
  return is_word(at_ + ahead, word);
}

bool Reader::at_symbol(std::string_view symbol, std::size_t ahead) const {
  return at_kind(TokenKind::kSymbol, ahead) && text(at_ + ahead) == symbol;
}

bool Reader::at_kind(TokenKind kind, std::size_t ahead) const {
  return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].kind == kind;
}

bool Reader::accept(std::initializer_list<std::string_view> words) {
  std::size_t ahead = 0;
  for (std::string_view word : words) {
    if (!at_word(word, ahead++)) return false;
  }
  at_ += words.size();
  return true;
}

bool Reader::accept_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  ++at_;
  return true;
}

void Reader::expect(std::string_view word) {
  if (!accept({word})) fail(std::string(word));
}

void Reader::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail("'" + std::string(symbol) + "'");
}

void Reader::skip() {
  if (done()) fail("more text");
  ++at_;
}

ParsedName Reader::name() {
  if (!at_kind(TokenKind::kWord) && !at_kind(TokenKind::kQuoted) && !at_kind(TokenKind::kString)) {
    fail("a name");
  }
  ParsedName out{unquoted(text(at_)), tokens_[at_].span};
  ++at_;
  return out;
}

ParsedName Reader::qualified_name() {
  ParsedName out = name();
  if (accept_symbol(".")) out = name();
  return out;
}

Span Reader::parenthesised() {
  expect_symbol("(");
  Span out{end(), 0};
  for (int depth = 1; depth > 0; ++at_) {
    if (done()) fail("')'");
    if (at_symbol("(")) ++depth;
    if (at_symbol(")")) --depth;
    if (depth == 0) out.end = begin();
  }
  return out;
}

std::vector<ParsedName> Reader::names() {
  std::vector<ParsedName> out;
  expect_symbol("(");
  do {
    out.push_back(name());
    // Old SQLite takes a collation and an order here and ignores them.
    if (accept({"COLLATE"})) name();
    if (!accept({"ASC"})) accept({"DESC"});
  } while (accept_symbol(","));
  expect_symbol(")");
  return out;
}

ParsedKey Reader::key(std::size_t first, std::size_t last) const {
  ParsedKey out;
  if (first == last) fail("a column");
  out.span = {tokens_[first].span.begin, tokens_[last - 1].span.end};
  if (last - first > 1 && (is_word(last - 1, "ASC") || is_word(last - 1, "DESC"))) {
    out.descending = is_word(last - 1, "DESC");
    --last;
  }
  if (last - first > 2 && is_word(last - 2, "COLLATE")) {
    out.collation = unquoted(text(last - 1));
    last -= 2;
  }
  out.expression = {tokens_[first].span.begin, tokens_[last - 1].span.end};
  TokenKind kind = tokens_[first].kind;
  if (last - first == 1 && kind != TokenKind::kNumber && kind != TokenKind::kBlob) {
    out.column = unquoted(text(first));
  }
  return out;
}

std::vector<ParsedKey> Reader::keys(Span* autoincrement) {
  std::vector<ParsedKey> out;
  std::size_t first = at_ + 1;
  std::uint32_t close = parenthesised().end;
  std::size_t last = at_ - 1;  // the closing parenthesis
  if (autoincrement != nullptr && last > first && is_word(last - 1, "AUTOINCREMENT")) {
    *autoincrement = tokens_[--last].span;
  }
  int depth = 0;
  std::size_t begin = first;
  for (std::size_t i = first; i < last; ++i) {
    std::string_view symbol = tokens_[i].kind == TokenKind::kSymbol ? text(i) : "";
    if (symbol == "(") ++depth;
    if (symbol == ")") --depth;
    if (symbol == "," && depth == 0) {
      out.push_back(key(begin, i));
      begin = i + 1;
    }
  }
  if (begin == last && close != 0) fail("a column");
  out.push_back(key(begin, last));
  return out;
}

std::string Reader::word() {
  if (!at_kind(TokenKind::kWord)) fail("a word");
  return to_upper(text(at_++));
}

void Reader::fail(const std::string& expected) const {
  auto source = std::make_shared<Source>("<schema>", std::string(sql_));
  throw Error(code::kSyntax, "expected " + expected + (done() ? " before the end" : ""))
      .with_place({std::move(source), span()});
}

}  // namespace retort::dialect::sqlite
