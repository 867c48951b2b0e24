#include <cstdio>
#include <unordered_map>

#include "python/parser_state.h"
#include "python/unicode.h"

namespace retort::python {
namespace {

using Kind = TokenKind;

// The names that texts of migrations and models are seen to use in \N{...}; the Unicode database
// as a whole would outweigh the evaluator.
const std::unordered_map<std::string_view, char32_t>& character_names() {
  static const std::unordered_map<std::string_view, char32_t> names = {
      {"SPACE", 0x20},
      {"NO-BREAK SPACE", 0xA0},
      {"SECTION SIGN", 0xA7},
      {"COPYRIGHT SIGN", 0xA9},
      {"LEFT-POINTING DOUBLE ANGLE QUOTATION MARK", 0xAB},
      {"REGISTERED SIGN", 0xAE},
      {"DEGREE SIGN", 0xB0},
      {"PLUS-MINUS SIGN", 0xB1},
      {"MICRO SIGN", 0xB5},
      {"MIDDLE DOT", 0xB7},
      {"RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK", 0xBB},
      {"MULTIPLICATION SIGN", 0xD7},
      {"LATIN SMALL LETTER SHARP S", 0xDF},
      {"LATIN SMALL LETTER E WITH ACUTE", 0xE9},
      {"DIVISION SIGN", 0xF7},
      {"GREEK SMALL LETTER MU", 0x3BC},
      {"SNOWMAN", 0x2603},
      {"ZERO WIDTH SPACE", 0x200B},
      {"EN DASH", 0x2013},
      {"EM DASH", 0x2014},
      {"LEFT SINGLE QUOTATION MARK", 0x2018},
      {"RIGHT SINGLE QUOTATION MARK", 0x2019},
      {"LEFT DOUBLE QUOTATION MARK", 0x201C},
      {"RIGHT DOUBLE QUOTATION MARK", 0x201D},
      {"BULLET", 0x2022},
      {"HORIZONTAL ELLIPSIS", 0x2026},
      {"EURO SIGN", 0x20AC},
      {"TRADE MARK SIGN", 0x2122},
      {"LEFTWARDS ARROW", 0x2190},
      {"UPWARDS ARROW", 0x2191},
      {"RIGHTWARDS ARROW", 0x2192},
      {"DOWNWARDS ARROW", 0x2193},
      {"CHECK MARK", 0x2713},
      {"BALLOT X", 0x2717},
      {"BYTE ORDER MARK", 0xFEFF},
      {"REPLACEMENT CHARACTER", 0xFFFD},
  };
  return names;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

// Literal text of a string: escapes undone, line ends as '\n', `{{` as `{` where `braces` says so.
std::string_view Parser::decode_string(std::string_view text, const StringStyle& style,
                                       Span whole) {
  if (text.find_first_of(style.braces ? "\\\r{}" : "\\\r") == std::string_view::npos) return text;
  std::string out;
  out.reserve(text.size());
  auto put = [&](char32_t c) {
    if (style.bytes) {
      out.push_back(static_cast<char>(c));
    } else {
      append_utf8(out, c);
    }
  };
  auto bad = [&](std::size_t begin, std::size_t end, const std::string& why,
                 const std::string& hint = "") {
    std::string range = std::to_string(begin) + "-" + std::to_string(end);
    if (style.bytes) {
      fail("(value error) invalid \\x escape at position " + std::to_string(begin), whole, hint);
    }
    fail("(unicode error) 'unicodeescape' codec can't decode bytes in position " + range + ": " +
             why,
         whole, hint);
  };
  std::size_t i = 0;
  while (i < text.size()) {
    char c = text[i];
    if (c == '\r') {
      out += '\n';
      i += text.substr(i, 2) == "\r\n" ? 2 : 1;
      continue;
    }
    if (style.braces && (c == '{' || c == '}')) {
      out += c;
      i += 2;
      continue;
    }
    if (c != '\\' || style.raw || i + 1 == text.size()) {
      out += c;
      ++i;
      continue;
    }
    std::size_t begin = i;
    char escape = text[i + 1];
    i += 2;
    switch (escape) {
      case '\n':
        break;
      case '\r':
        if (i < text.size() && text[i] == '\n') ++i;
        break;
      case '\\':
      case '\'':
      case '"':
        out += escape;
        break;
      case 'a':
        out += '\a';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'v':
        out += '\v';
        break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        char32_t value = static_cast<char32_t>(escape - '0');
        for (int n = 0; n < 2 && i < text.size() && text[i] >= '0' && text[i] <= '7'; ++n) {
          value = value * 8 + static_cast<char32_t>(text[i++] - '0');
        }
        put(style.bytes ? value & 0xFF : value);
        break;
      }
      case 'u':
      case 'U':
        if (style.bytes) {
          out += '\\';
          out += escape;
          break;
        }
        [[fallthrough]];
      case 'x': {
        std::size_t size = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
        char32_t value = 0;
        std::size_t n = 0;
        for (; n < size && i < text.size() && hex_value(text[i]) >= 0; ++n) {
          value = value * 16 + static_cast<char32_t>(hex_value(text[i++]));
        }
        if (n < size) {
          std::string form = escape == 'x' ? "\\xXX" : escape == 'u' ? "\\uXXXX" : "\\UXXXXXXXX";
          bad(begin, i - 1, "truncated " + form + " escape",
              "write a backslash itself as '\\\\', or put r before the string");
        }
        if (value > 0x10FFFF) bad(begin, i - 1, "illegal Unicode character");
        put(value);
        break;
      }
      case 'N': {
        if (style.bytes) {
          out += "\\N";
          break;
        }
        std::size_t end = text.find('}', i);
        if (i >= text.size() || text[i] != '{' || end == std::string_view::npos || end == i + 1) {
          bad(begin, i - 1, "malformed \\N character escape");
        }
        std::string name(text.substr(i + 1, end - i - 1));
        for (char& letter : name) {
          if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        }
        auto found = character_names().find(name);
        if (found == character_names().end()) {
          bad(begin, end, "unknown Unicode character name",
              "retort knows few character names: write it as \\uXXXX");
        }
        put(found->second);
        i = end + 1;
        break;
      }
      default:
        // Unknown escapes stand for themselves.
        out += '\\';
        --i;
        if (style.braces && (escape == '{' || escape == '}')) break;
        out += escape;
        ++i;
    }
  }
  return arena_.copy(out);
}

// Adjacent string literals: one constant, or one f-string when any of them is one.
ast::Expr* Parser::strings() {
  std::size_t first = at_;
  std::uint32_t begin = token().begin;
  bool any_f = false;
  bool any_bytes = false;
  bool any_text = false;
  std::vector<ast::StringPart> parts;
  std::string_view value;
  std::string joined;
  bool several = false;
  while (at(Kind::kString) || at(Kind::kFStringStart)) {
    std::string_view piece;
    if (at(Kind::kFStringStart)) {
      if (!any_f && !value.empty()) add_text(parts, several ? arena_.copy(joined) : value);
      any_f = any_text = true;
      f_string(parts);
    } else {
      Token string = next();
      bool bytes = false;
      piece = string_value(string, &bytes);
      (bytes ? any_bytes : any_text) = true;
      if (any_f) {
        add_text(parts, piece);
      } else if (value.empty()) {
        value = piece;
      } else if (!piece.empty()) {
        if (!several) joined = value;
        several = true;
        joined += piece;
        value = joined;
      }
    }
    if (any_bytes && any_text) {
      fail("cannot mix bytes and nonbytes literals", {begin, last_end()});
    }
  }
  if (several && !any_f) value = arena_.copy(joined);
  bool unicode = (source_->text()[begin] | 0x20) == 'u';
  if (!any_f) {
    auto* node = make<ast::Constant>({begin, last_end()});
    node->constant = any_bytes ? ast::ConstantKind::kBytes : ast::ConstantKind::kString;
    node->text = value.data() == nullptr ? std::string_view("") : value;
    node->unicode_prefix = unicode;
    return node;
  }
  int height = 1;
  for (const ast::StringPart& part : parts) {
    height = std::max(height, above(part.value, part.format));
  }
  auto* node = make<ast::JoinedString>({begin, last_end()}, height);
  node->parts = arena_.copy(parts);
  node->unicode_prefix = unicode && tokens_[first].kind == Kind::kString;
  return node;
}

std::string_view Parser::string_value(const Token& token, bool* is_bytes) {
  std::string_view literal = text(token);
  StringStyle style;
  for (; literal[0] != '"' && literal[0] != '\''; literal.remove_prefix(1)) {
    char prefix = static_cast<char>(literal[0] | 0x20);
    style.raw = style.raw || prefix == 'r';
    style.bytes = style.bytes || prefix == 'b';
  }
  std::size_t quotes =
      literal.size() >= 6 && literal[1] == literal[0] && literal[2] == literal[0] ? 3 : 1;
  literal = literal.substr(quotes, literal.size() - 2 * quotes);
  *is_bytes = style.bytes;
  if (style.bytes) {
    for (char c : literal) {
      if (static_cast<unsigned char>(c) >= 0x80) {
        fail("bytes can only contain ASCII literal characters", token.span());
      }
    }
  }
  return decode_string(literal, style, token.span());
}

}  // namespace retort::python
