#include "python/parser_state.h"

namespace retort::python {
namespace {

using Kind = TokenKind;

}  // namespace

// Literal text goes into the part before it when that is text as well.
void Parser::add_text(std::vector<ast::StringPart>& parts, std::string_view text) {
  if (text.empty()) return;
  if (parts.empty() || parts.back().value != nullptr) {
    parts.push_back({text, nullptr, 0, nullptr});
    return;
  }
  std::string joined(parts.back().text);
  joined += text;
  parts.back().text = arena_.copy(joined);
}

void Parser::f_string(std::vector<ast::StringPart>& parts) {
  Depth depth(this);
  Token start = next();
  std::string_view prefix = text(start);
  prefix = prefix.substr(0, prefix.find_first_of("'\""));
  bool raw = prefix.find_first_of("rR") != std::string_view::npos;
  for (;;) {
    switch (kind()) {
      case Kind::kFStringMiddle: {
        Token middle = next();
        add_text(parts, decode_string(text(middle), {.raw = raw, .braces = true}, middle.span()));
        break;
      }
      case Kind::kLeftBrace:
        replacement_field(parts, raw);
        break;
      case Kind::kFStringEnd:
        next();
        return;
      default:
        invalid_syntax();
    }
  }
}

void Parser::replacement_field(std::vector<ast::StringPart>& parts, bool raw) {
  Depth depth(this);
  Token open = expect(Kind::kLeftBrace);
  for (Kind end : {Kind::kRightBrace, Kind::kEqual, Kind::kExclamation, Kind::kColon}) {
    if (at(end)) {
      fail("f-string: valid expression required before '" + std::string(token_name(end)) + "'",
           token().span());
    }
  }
  if (at(Kind::kLambda)) check_lambda_in_field();
  bool begins = starts_expression(kind()) || at(Kind::kYield) || at(Kind::kStar);
  if (!begins && !at(Kind::kError)) {
    fail("f-string: expecting a valid expression after '{'", token().span());
  }
  ast::StringPart part;
  part.value = field_expression();
  bool debug = at(Kind::kEqual);
  if (debug) {
    next();
    std::string_view shown = source_->text({open.end, token().begin});
    add_text(parts, decode_string(shown, {.raw = true}, {open.end, token().begin}));
  }
  if (at(Kind::kExclamation)) {
    Token mark = next();
    if (at(Kind::kRightBrace) || at(Kind::kColon)) {
      fail("f-string: missing conversion character", token().span());
    }
    if (!at(Kind::kName)) fail("f-string: invalid conversion character", token().span());
    Token name = next();
    if (name.begin != mark.end) {
      fail("f-string: conversion type must come right after the exclamation mark",
           {mark.begin, name.end});
    }
    std::string_view letter = text(name);
    if (letter != "s" && letter != "r" && letter != "a") {
      fail("f-string: invalid conversion character '" + std::string(letter) +
               "': expected 's', 'r', or 'a'",
           name.span());
    }
    part.conversion = letter[0];
    if (!at(Kind::kColon) && !at(Kind::kRightBrace)) {
      fail("f-string: expecting ':' or '}'", token().span());
    }
  }
  if (accept(Kind::kColon)) {
    part.format = format_spec(raw);
  } else if (debug && part.conversion == 0) {
    part.conversion = 'r';
  }
  if (!accept(Kind::kRightBrace)) {
    if (!debug) check_missing_comma(part.value);
    if (at(Kind::kError)) invalid_syntax();
    fail(debug ? "f-string: expecting '!', or ':', or '}'"
               : "f-string: expecting '=', or '!', or ':', or '}'",
         token().span());
  }
  parts.push_back(part);
}

// The colon of a lambda in a field begins the format spec, so that the lambda has no body.
void Parser::check_lambda_in_field() const {
  std::size_t i = at_;
  while (tokens_[i].kind != Kind::kColon && tokens_[i].kind != Kind::kRightBrace &&
         i + 1 < tokens_.size()) {
    ++i;
  }
  Kind after = tokens_[std::min(i + 1, tokens_.size() - 1)].kind;
  if (after == Kind::kFStringMiddle || after == Kind::kRightBrace || after == Kind::kLeftBrace) {
    fail("f-string: lambda expressions are not allowed without parentheses",
         {token().begin, tokens_[i].end});
  }
}

ast::Expr* Parser::field_expression() {
  has_inner_yields_ |= at(Kind::kYield);
  return yield_or_expressions();
}

ast::JoinedString* Parser::format_spec(bool raw) {
  std::uint32_t begin = token().begin;
  std::vector<ast::StringPart> parts;
  int height = 1;
  for (;;) {
    if (at(Kind::kFStringMiddle)) {
      Token middle = next();
      add_text(parts, decode_string(text(middle), {.raw = raw}, middle.span()));
    } else if (at(Kind::kLeftBrace)) {
      replacement_field(parts, raw);
      height = std::max(height, above(parts.back().value, parts.back().format));
    } else {
      break;
    }
  }
  auto* node = make<ast::JoinedString>({begin, last_end()}, height);
  node->parts = arena_.copy(parts);
  return node;
}

}  // namespace retort::python
