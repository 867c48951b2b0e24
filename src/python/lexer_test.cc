#include "python/lexer.h"

#include <gtest/gtest.h>

#include <string>

#include "python/unicode.h"

namespace retort::python {
namespace {

// The tokens' texts in order; those without text by their names in angle brackets.
std::string tokens(const std::string& text) {
  auto source = std::make_shared<const Source>("a.py", text);
  std::string all;
  for (const Token& token : tokenize(source).tokens) {
    if (!all.empty()) all += ' ';
    switch (token.kind) {
      case TokenKind::kNewline:
      case TokenKind::kIndent:
      case TokenKind::kDedent:
      case TokenKind::kError:
      case TokenKind::kEnd:
        all += "<" + std::string(token_name(token.kind)) + ">";
        break;
      case TokenKind::kFStringMiddle:
        all += "`" + std::string(source->text(token.span())) + "`";
        break;
      default:
        all += source->text(token.span());
    }
  }
  return all;
}

TEST(LexerTest, Tokens) {
  struct {
    const char* text;
    const char* tokens;
  } cases[] = {
      {"", "<end of file>"},
      {"\n \n# c\n", "<end of file>"},
      {"a", "a <newline> <end of file>"},
      {"a;b  # c", "a ; b <newline> <end of file>"},
      {"if a:\n  b\nc\n",
       "if a : <newline> <indent> b <newline> <dedent> c <newline> <end of file>"},
      {"if a:\n  if b:\n    c\n",
       "if a : <newline> <indent> if b : <newline> <indent> c <newline> <dedent> <dedent> "
       "<end of file>"},
      {"(a,\n  b)\n", "( a , b ) <newline> <end of file>"},
      {"a\\\n  b\\\r\nc", "a b c <newline> <end of file>"},
      {"a<<=b>>=c**=d//=e->f:=g...h!=i==j<=k>=l",
       "a <<= b >>= c **= d //= e -> f := g ... h != "
       "i == j <= k >= l <newline> <end of file>"},
      {"1.5e-3+.5j-0x_fF*0o17 1_0.e1",
       "1.5e-3 + .5j - 0x_fF * 0o17 1_0.e1 <newline> <end of file>"},
      {"1if 2else 3", "1 if 2 else 3 <newline> <end of file>"},
      {"rB'a' u\"b\" ub'c'", "rB'a' u\"b\" ub 'c' <newline> <end of file>"},
      {"'a\\'b' '\\\\'", "'a\\'b' '\\\\' <newline> <end of file>"},
      {"f'a{b!r:>{c}}d{{}}'", "f' `a` { b ! r : `>` { c } } `d{{}}` ' <newline> <end of file>"},
      {"f'{a['b']}' rf\"\"\"{x\n}\"\"\"",
       "f' { a [ 'b' ] } ' rf\"\"\" { x } \"\"\" <newline> <end of file>"},
      {"f'{x:=5}{y:{{z}}}'", "f' { x : `=5` } { y : { { z } } } ' <newline> <end of file>"},
      {"f'\\N{DASH}\\{a}'", "f' `\\N{DASH}\\` { a } ' <newline> <end of file>"},
      {"\xCF\x80 = \xE5\x8F\x98", "\xCF\x80 = \xE5\x8F\x98 <newline> <end of file>"},
      {"if a:\n\tb\n        c\n", "if a : <newline> <indent> b <newline> <error>"},
      {"if a:\n  b\n c\n", "if a : <newline> <indent> b <newline> <dedent> <error>"},
      {"(a", "( a <error>"},
      {"a ?", "a <error>"},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(tokens(each.text), each.tokens) << each.text;
  }
}

TEST(LexerTest, Keywords) {
  EXPECT_EQ(keyword_kind("lambda"), TokenKind::kLambda);
  EXPECT_EQ(keyword_kind("False"), TokenKind::kFalse);
  EXPECT_EQ(keyword_kind("yield"), TokenKind::kYield);
  for (const char* word : {"match", "case", "type", "_", "false", "lambdas", "printing_it"}) {
    EXPECT_EQ(keyword_kind(word), TokenKind::kName) << word;
  }
  EXPECT_TRUE(is_keyword(TokenKind::kAwait));
  EXPECT_FALSE(is_keyword(TokenKind::kAtEqual));
}

TEST(UnicodeTest, DecodesAndRefuses) {
  EXPECT_EQ(decode_utf8("\xE2\x82\xAC", 0).character, 0x20ACU);
  EXPECT_EQ(decode_utf8("\xF0\x9F\x98\x80", 0).size, 4U);
  for (const char* bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",
                          "\xC3", "\xE2\x82", "\xFF"}) {
    EXPECT_EQ(decode_utf8(bad, 0).size, 0U);
    EXPECT_EQ(find_invalid_utf8("0123456789" + std::string(bad)), 10U);
  }
  EXPECT_EQ(decode_utf8("\xED\xA0\x80", 0, true).character, 0xD800U);
  EXPECT_EQ(find_invalid_utf8("plain \xC3\xA9 text"), std::string_view::npos);
}

TEST(UnicodeTest, Classes) {
  EXPECT_TRUE(is_identifier_start(0x3C0));
  EXPECT_FALSE(is_identifier_start(0x660));  // a digit
  EXPECT_TRUE(is_identifier_continue(0x660));
  EXPECT_FALSE(is_identifier_continue(0x20AC));
  EXPECT_TRUE(is_printable(0x20AC));
  EXPECT_FALSE(is_printable(0x200B));
  EXPECT_FALSE(is_printable(0xA0));
}

}  // namespace
}  // namespace retort::python
