#include "python/lexer.h"

#include <cstdio>
#include <string>

#include "python/unicode.h"

namespace retort::python {
namespace {

// CPython's limits (Parser/lexer/state.h).
constexpr std::size_t kMaxBrackets = 200;
constexpr std::size_t kMaxIndents = 100;
constexpr std::size_t kMaxFStrings = 150;
constexpr int kMaxFieldDepth = 3;

enum : std::uint8_t { kStart = 1, kContinue = 2, kDigit = 4 };
struct CharacterClasses {
  std::uint8_t of[256] = {};
  constexpr CharacterClasses() {
    for (int c = 0; c < 256; ++c) {
      bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
      bool digit = c >= '0' && c <= '9';
      of[c] = static_cast<std::uint8_t>((letter ? kStart | kContinue : 0) |
                                        (digit ? kContinue | kDigit : 0));
    }
  }
};
constexpr CharacterClasses kClasses;

bool is(char c, std::uint8_t what) {
  return (kClasses.of[static_cast<unsigned char>(c)] & what) != 0;
}
bool is_newline(char c) { return c == '\n' || c == '\r'; }

class Lexer {
 public:
  explicit Lexer(const SourcePtr& source) : source_(source), text_(source->text()) {}

  Tokens run();

 private:
  using Kind = TokenKind;

  struct Bracket {
    char open;
    std::uint32_t at;
    std::size_t f_string;  // 0, or the number of the f-string whose field this '{' opens
  };
  struct FString {
    std::uint32_t begin;
    char quote;
    std::uint32_t quote_size;
    bool raw;
    int fields = 0;  // how many replacement fields of it are open
  };

  // The text is followed by a zero, as std::string promises.
  char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool at_end() const { return at_ >= text_.size(); }
  void skip_newline() { at_ += text_[at_] == '\r' && peek(1) == '\n' ? 2 : 1; }
  void emit(Kind kind, std::uint32_t begin) { out_.tokens.push_back({kind, begin, at_}); }

  [[noreturn]] void fail(std::string message, std::uint32_t begin, std::uint32_t end,
                         std::string hint = "") const {
    throw Error(code::kSyntax, std::move(message))
        .with_place({source_, {begin, end}})
        .with_hint(std::move(hint));
  }
  void stop(std::string message, std::uint32_t begin, std::uint32_t end, std::string hint = "");

  bool in_field() const { return !brackets_.empty() && brackets_.back().f_string != 0; }

  bool begin_line();
  bool skip_blanks();
  void next();
  void identifier();
  void number();
  void fraction(std::uint32_t begin);
  bool digits(bool (*accept)(char), std::uint32_t begin, const char* what);
  void end_of_number(std::uint32_t begin, const char* what);
  void string(std::uint32_t begin);
  void begin_f_string(std::uint32_t begin, bool raw);
  void f_string_text();
  void end_f_string_text(std::uint32_t begin);
  void open(Kind kind);
  void close(Kind kind);
  void operators();
  void op(Kind kind, std::uint32_t size);
  [[noreturn]] void bad_character(std::uint32_t at) const;

  const SourcePtr& source_;
  std::string_view text_;
  std::uint32_t at_ = 0;
  bool line_start_ = true;
  bool f_text_ = false;  // inside an f-string, outside its fields
  bool stopped_ = false;
  std::vector<Bracket> brackets_;
  std::vector<FString> f_strings_;
  struct Indent {
    std::uint32_t column;     // tabs to multiples of 8
    std::uint32_t one_a_tab;  // tabs as one column: both must agree
  };
  std::vector<Indent> indents_{{0, 0}};
  Tokens out_;
};

void Lexer::stop(std::string message, std::uint32_t begin, std::uint32_t end, std::string hint) {
  out_.tokens.push_back({Kind::kError, begin, end});
  out_.error = Error(code::kSyntax, std::move(message))
                   .with_place({source_, {begin, end}})
                   .with_hint(std::move(hint));
  stopped_ = true;
}

// Measures the indentation. False at a blank line, a comment or the end.
bool Lexer::begin_line() {
  line_start_ = false;
  std::uint32_t begin = at_;
  Indent now{0, 0};
  bool continued = false;
  for (;; ++at_) {
    char c = peek();
    if (c == ' ') {
      if (!continued) ++now.column, ++now.one_a_tab;
    } else if (c == '\t') {
      if (!continued) now = {(now.column / 8 + 1) * 8, now.one_a_tab + 1};
    } else if (c == '\f') {
      if (!continued) now = {0, 0};
    } else if (c == '\\' && is_newline(peek(1))) {
      continued = continued || now.column > 0;
      ++at_;
      if (text_[at_] == '\r' && peek(1) == '\n') ++at_;
      if (at_ + 1 >= text_.size()) fail("unexpected EOF while parsing", at_ - 1, at_);
    } else {
      break;
    }
  }
  if (at_end() || peek() == '#' || is_newline(peek())) return false;

  Indent& top = indents_.back();
  const char* tabs = "inconsistent use of tabs and spaces in indentation";
  const char* tabs_hint = "indent with spaces only";
  if (now.column == top.column) {
    if (now.one_a_tab != top.one_a_tab) stop(tabs, begin, at_, tabs_hint);
  } else if (now.column > top.column) {
    if (indents_.size() >= kMaxIndents) {
      stop("too many levels of indentation", begin, at_);
    } else if (now.one_a_tab <= top.one_a_tab) {
      stop(tabs, begin, at_, tabs_hint);
    } else {
      indents_.push_back(now);
      emit(Kind::kIndent, begin);
    }
  } else {
    while (now.column < indents_.back().column) {
      indents_.pop_back();
      emit(Kind::kDedent, at_);
    }
    if (now.column != indents_.back().column) {
      stop("unindent does not match any outer indentation level", begin, at_);
    } else if (now.one_a_tab != indents_.back().one_a_tab) {
      stop(tabs, begin, at_, tabs_hint);
    }
  }
  return !stopped_;
}

// Skips spaces, comments and joined lines. False when there is nothing left.
bool Lexer::skip_blanks() {
  for (;;) {
    char c = peek();
    if (c == ' ' || c == '\t' || c == '\f') {
      ++at_;
    } else if (c == '#') {
      while (!at_end() && !is_newline(text_[at_])) ++at_;
    } else if (c == '\\') {
      if (at_ + 1 >= text_.size()) fail("unexpected EOF while parsing", at_, at_ + 1);
      if (!is_newline(text_[at_ + 1])) {
        fail("unexpected character after line continuation character", at_ + 1, at_ + 2,
             "'\\' joins lines only as the last character of a line");
      }
      ++at_;
      skip_newline();
      if (at_end()) fail("unexpected EOF while parsing", at_ - 1, at_);
    } else if (is_newline(c) && !brackets_.empty()) {
      ++at_;
    } else {
      return !at_end();
    }
  }
}

Tokens Lexer::run() {
  out_.tokens.reserve(text_.size() / 4 + 16);
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  while (!stopped_) {
    if (f_text_) {
      f_string_text();
      continue;
    }
    if (line_start_ && brackets_.empty() && !begin_line()) {
      if (stopped_) break;
      while (!at_end() && !is_newline(text_[at_])) ++at_;
      if (at_end()) break;
      skip_newline();
      line_start_ = true;
      continue;
    }
    if (!skip_blanks()) break;
    next();
  }
  if (stopped_) return std::move(out_);
  at_ = static_cast<std::uint32_t>(text_.size());
  if (!brackets_.empty()) {
    const Bracket& bracket = brackets_.back();
    out_.open_bracket = bracket.at;
    stop(std::string("'") + bracket.open + "' was never closed", bracket.at, bracket.at + 1);
    out_.tokens.back() = {Kind::kError, at_, at_};
    return std::move(out_);
  }
  if (!out_.tokens.empty() && out_.tokens.back().kind != Kind::kNewline &&
      out_.tokens.back().kind != Kind::kDedent) {
    emit(Kind::kNewline, at_);
  }
  for (; indents_.size() > 1; indents_.pop_back()) emit(Kind::kDedent, at_);
  emit(Kind::kEnd, at_);
  return std::move(out_);
}

void Lexer::next() {
  char c = text_[at_];
  if (is(c, kStart)) {
    identifier();
  } else if (is(c, kDigit) || (c == '.' && is(peek(1), kDigit))) {
    number();
  } else if (c == '"' || c == '\'') {
    string(at_);
  } else if (is_newline(c)) {
    std::uint32_t begin = at_;
    skip_newline();
    emit(Kind::kNewline, begin);
    line_start_ = true;
  } else {
    operators();
  }
}

void Lexer::bad_character(std::uint32_t at) const {
  Decoded decoded = decode_utf8(text_, at);
  char number[16];
  std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(decoded.character));
  if (!is_printable(decoded.character)) {
    fail(std::string("invalid non-printable character ") + number, at, at + decoded.size,
         "it may have come with text copied from elsewhere: delete it");
  }
  fail("invalid character '" + std::string(text_.substr(at, decoded.size)) + "' (" + number + ")",
       at, at + decoded.size);
}

void Lexer::identifier() {
  std::uint32_t begin = at_;
  bool ascii = true;
  while (!at_end() && is(text_[at_], kContinue)) {
    ascii = ascii && static_cast<unsigned char>(text_[at_]) < 0x80;
    ++at_;
  }
  std::string_view word = text_.substr(begin, at_ - begin);
  char quote = peek();
  if (word.size() <= 2 && (quote == '"' || quote == '\'')) {
    int u = 0, b = 0, r = 0, f = 0;
    for (char c : word) {
      char lower = static_cast<char>(c | 0x20);
      u += lower == 'u', b += lower == 'b', r += lower == 'r', f += lower == 'f';
    }
    bool valid = u + b + r + f == static_cast<int>(word.size()) && r < 2 && u + b + f < 2 &&
                 (u == 0 || r == 0);
    if (valid) {
      if (f != 0) return begin_f_string(begin, r != 0);
      return string(begin);
    }
  }
  if (!ascii) {
    for (std::uint32_t i = begin; i < at_;) {
      Decoded decoded = decode_utf8(text_, i);
      bool valid = i == begin ? is_identifier_start(decoded.character)
                              : is_identifier_continue(decoded.character);
      if (!valid) bad_character(i);
      i += decoded.size;
    }
  }
  emit(ascii ? keyword_kind(word) : Kind::kName, begin);
}

// Digits that may be parted by single underscores. False when there are none.
bool Lexer::digits(bool (*accept)(char), std::uint32_t begin, const char* what) {
  if (!accept(peek())) return false;
  for (;;) {
    while (accept(peek())) ++at_;
    if (peek() != '_') return true;
    if (!accept(peek(1))) fail(std::string("invalid ") + what + " literal", begin, at_ + 1);
    ++at_;
  }
}

// A keyword may follow a number at once (`1if x else 2`), another word may not.
void Lexer::end_of_number(std::uint32_t begin, const char* what) {
  if (!is(peek(), kContinue)) return;
  std::string_view rest = text_.substr(at_, 4);
  for (std::string_view word : {"and", "else", "for", "if", "in", "is", "not", "or"}) {
    if (rest.starts_with(word)) return;
  }
  if (static_cast<unsigned char>(peek()) >= 0x80 &&
      !is_identifier_continue(decode_utf8(text_, at_).character)) {
    return;  // reported as a bad character
  }
  fail(std::string("invalid ") + what + " literal", begin, at_ + 1);
}

void Lexer::number() {
  constexpr auto decimal = [](char c) { return c >= '0' && c <= '9'; };
  std::uint32_t begin = at_;
  char second = static_cast<char>(peek(1) | 0x20);
  if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
    const char* what = second == 'x' ? "hexadecimal" : second == 'o' ? "octal" : "binary";
    bool (*accept)(char) = decimal;
    if (second == 'x') {
      accept = [](char c) { return is(c, kDigit) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
    } else if (second == 'o') {
      accept = [](char c) { return c >= '0' && c <= '7'; };
    } else {
      accept = [](char c) { return c == '0' || c == '1'; };
    }
    at_ += 2;
    if (peek() == '_') ++at_;
    auto check_digit = [&] {
      if (accept(peek()) || !decimal(peek())) return;
      fail(std::string("invalid digit '") + peek() + "' in " + what + " literal", at_, at_ + 1);
    };
    check_digit();
    if (!digits(accept, begin, what)) {
      fail(std::string("invalid ") + what + " literal", begin, at_);
    }
    check_digit();
    end_of_number(begin, what);
    return emit(Kind::kNumber, begin);
  }
  bool leading_zero = peek() == '0';
  std::uint32_t zeros_end = begin;
  if (digits(decimal, begin, "decimal") && leading_zero) {
    zeros_end = begin;
    while (text_[zeros_end] == '0' || text_[zeros_end] == '_') {
      if (++zeros_end == at_) break;
    }
    char c = static_cast<char>(peek() | 0x20);
    bool exponent =
        c == 'e' && (decimal(peek(1)) || ((peek(1) == '+' || peek(1) == '-') && decimal(peek(2))));
    if (zeros_end != at_ && peek() != '.' && c != 'j' && !exponent) {
      fail(
          "leading zeros in decimal integer literals are not permitted; "
          "use an 0o prefix for octal integers",
          begin, at_);
    }
  }
  fraction(begin);
}

void Lexer::fraction(std::uint32_t begin) {
  constexpr auto decimal = [](char c) { return c >= '0' && c <= '9'; };
  if (peek() == '.') {
    ++at_;
    digits(decimal, begin, "decimal");
  }
  if ((peek() | 0x20) == 'e') {
    std::uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (decimal(peek(1 + sign))) {
      at_ += 1 + sign;
      digits(decimal, begin, "decimal");
    } else if (sign == 1) {
      fail("invalid decimal literal", begin, at_ + 2);
    }
  }
  const char* what = "decimal";
  if ((peek() | 0x20) == 'j') {
    ++at_;
    what = "imaginary";
  }
  end_of_number(begin, what);
  emit(Kind::kNumber, begin);
}

void Lexer::string(std::uint32_t begin) {
  char quote = text_[at_];
  std::uint32_t open = at_;
  bool triple = peek(1) == quote && peek(2) == quote;
  at_ += triple ? 3 : 1;
  const char stops[] = {quote, '\\', triple ? quote : '\n', triple ? quote : '\r', '\0'};
  for (;;) {
    std::size_t found = text_.find_first_of(stops, at_);
    if (found == std::string_view::npos || is_newline(text_[found])) {
      std::size_t last = std::min(found, text_.size());
      // A quote like the f-string's own, with no end of its own: it was meant to end the f-string.
      if (in_field() && f_strings_.back().quote == quote &&
          f_strings_.back().quote_size == (triple ? 3U : 1U)) {
        fail("f-string: expecting '}'", open, open + 1);
      }
      if (last == text_.size() && last > 0 && is_newline(text_[last - 1])) --last;
      std::uint32_t line = source_->position(static_cast<std::uint32_t>(last)).line;
      fail(std::string("unterminated ") + (triple ? "triple-quoted " : "") +
               "string literal (detected at line " + std::to_string(line) + ")",
           begin, triple ? open + 3 : static_cast<std::uint32_t>(last));
    }
    at_ = static_cast<std::uint32_t>(found);
    if (text_[at_] == '\\') {
      at_ += peek(1) == '\r' && peek(2) == '\n' ? 3 : 2;
      if (at_ > text_.size()) at_ = static_cast<std::uint32_t>(text_.size());
      continue;
    }
    if (!triple) break;
    if (peek(1) == quote && peek(2) == quote) {
      at_ += 2;
      break;
    }
    ++at_;
  }
  ++at_;
  emit(Kind::kString, begin);
}

void Lexer::begin_f_string(std::uint32_t begin, bool raw) {
  char quote = text_[at_];
  bool triple = peek(1) == quote && peek(2) == quote;
  at_ += triple ? 3 : 1;
  if (f_strings_.size() >= kMaxFStrings) fail("too many nested f-strings", begin, at_);
  f_strings_.push_back({begin, quote, triple ? 3U : 1U, raw});
  emit(Kind::kFStringStart, begin);
  f_text_ = true;
}

// One run of literal text of the innermost f-string or its format spec, and what ends it.
void Lexer::f_string_text() {
  FString& f = f_strings_.back();
  bool in_spec = f.fields > 0;
  std::uint32_t begin = at_;
  auto flush = [&] {
    if (at_ > begin) emit(Kind::kFStringMiddle, begin);
  };
  for (;;) {
    char c = peek();
    bool newline = is_newline(c) && f.quote_size == 1;
    if (newline && in_spec) fail("f-string: expecting '}', or format specs", at_, at_ + 1);
    if (at_end() || newline) {
      if (at_end() && in_spec) break;  // the open '{' is what to report
      std::uint32_t last = at_;
      if (at_end() && is_newline(text_[last - 1])) --last;
      fail(std::string("unterminated ") + (f.quote_size == 3 ? "triple-quoted " : "") +
               "f-string literal (detected at line " +
               std::to_string(source_->position(last).line) + ")",
           f.begin, f.quote_size == 3 ? f.begin + 4 : last);
    }
    if (c == f.quote && (f.quote_size == 1 || (peek(1) == c && peek(2) == c))) {
      if (in_spec) fail("f-string: expecting '}', or format specs", at_, at_ + 1);
      flush();
      std::uint32_t quotes = at_;
      at_ += f.quote_size;
      emit(Kind::kFStringEnd, quotes);
      f_strings_.pop_back();
      // Only a field of the f-string around it can hold an f-string, or no f-string at all.
      f_text_ = false;
      return;
    }
    if (c == '{') {
      if (peek(1) == '{' && !in_spec) {
        at_ += 2;
        continue;
      }
      flush();
      if (f.fields >= kMaxFieldDepth) {
        fail("f-string: expressions nested too deeply", at_, at_ + 1);
      }
      ++f.fields;
      f_text_ = false;
      open(Kind::kLeftBrace);
      brackets_.back().f_string = f_strings_.size();
      return;
    }
    if (c == '}') {
      if (in_spec) {
        flush();
        return close(Kind::kRightBrace);
      }
      if (peek(1) != '}') fail("f-string: single '}' is not allowed", at_, at_ + 1);
      at_ += 2;
      continue;
    }
    if (c == '\\') {
      char escaped = peek(1);
      if (escaped == '{' || escaped == '}') {
        ++at_;
      } else if (escaped == 'N' && peek(2) == '{' && !f.raw) {
        std::size_t end = text_.find_first_of("}\"'\n\r", at_ + 3);
        bool closed = end != std::string_view::npos && text_[end] == '}';
        at_ = closed ? static_cast<std::uint32_t>(end + 1) : at_ + 3;
      } else {
        at_ += escaped == '\r' && peek(2) == '\n' ? 3 : 2;
        if (at_ > text_.size()) at_ = static_cast<std::uint32_t>(text_.size());
      }
      continue;
    }
    ++at_;
  }
  flush();
  f_text_ = false;
}

void Lexer::open(Kind kind) {
  if (brackets_.size() >= kMaxBrackets) fail("too many nested parentheses", at_, at_ + 1);
  brackets_.push_back({text_[at_], at_, 0});
  op(kind, 1);
}

void Lexer::close(Kind kind) {
  char c = text_[at_];
  std::string quoted = std::string("'") + c + "'";
  if (brackets_.empty()) fail("unmatched " + quoted, at_, at_ + 1);
  Bracket bracket = brackets_.back();
  char wanted = bracket.open == '(' ? ')' : bracket.open == '[' ? ']' : '}';
  if (c != wanted) {
    if (bracket.f_string != 0) fail("f-string: unmatched " + quoted, at_, at_ + 1);
    std::uint32_t line = source_->position(bracket.at).line;
    std::string where =
        line != source_->position(at_).line ? " on line " + std::to_string(line) : "";
    fail("closing parenthesis " + quoted + " does not match opening parenthesis '" + bracket.open +
             "'" + where,
         at_, at_ + 1);
  }
  brackets_.pop_back();
  op(kind, 1);
  if (bracket.f_string != 0) {
    --f_strings_.back().fields;
    f_text_ = true;
  }
}

void Lexer::op(Kind kind, std::uint32_t size) {
  std::uint32_t begin = at_;
  at_ += size;
  emit(kind, begin);
}

void Lexer::operators() {
  char second = peek(1);
  auto with_equal = [&](Kind alone, Kind assigned) {
    second == '=' ? op(assigned, 2) : op(alone, 1);
  };
  auto doubled = [&](char c, Kind alone, Kind assigned, Kind twice, Kind twice_assigned) {
    if (second != c) return with_equal(alone, assigned);
    peek(2) == '=' ? op(twice_assigned, 3) : op(twice, 2);
  };
  switch (text_[at_]) {
    case '(':
      return open(Kind::kLeftParen);
    case '[':
      return open(Kind::kLeftBracket);
    case '{':
      return open(Kind::kLeftBrace);
    case ')':
      return close(Kind::kRightParen);
    case ']':
      return close(Kind::kRightBracket);
    case '}':
      return close(Kind::kRightBrace);
    case ':':
      if (in_field()) {
        op(Kind::kColon, 1);
        f_text_ = true;
        return;
      }
      return with_equal(Kind::kColon, Kind::kWalrus);
    case ',':
      return op(Kind::kComma, 1);
    case ';':
      return op(Kind::kSemicolon, 1);
    case '.':
      return second == '.' && peek(2) == '.' ? op(Kind::kEllipsis, 3) : op(Kind::kDot, 1);
    case '!':
      return with_equal(Kind::kExclamation, Kind::kNotEqual);
    case '=':
      return with_equal(Kind::kEqual, Kind::kEqualEqual);
    case '+':
      return with_equal(Kind::kPlus, Kind::kPlusEqual);
    case '-':
      return second == '>' ? op(Kind::kArrow, 2) : with_equal(Kind::kMinus, Kind::kMinusEqual);
    case '*':
      return doubled('*', Kind::kStar, Kind::kStarEqual, Kind::kDoubleStar, Kind::kDoubleStarEqual);
    case '/':
      return doubled('/', Kind::kSlash, Kind::kSlashEqual, Kind::kDoubleSlash,
                     Kind::kDoubleSlashEqual);
    case '<':
      return doubled('<', Kind::kLess, Kind::kLessEqual, Kind::kLeftShift, Kind::kLeftShiftEqual);
    case '>':
      return doubled('>', Kind::kGreater, Kind::kGreaterEqual, Kind::kRightShift,
                     Kind::kRightShiftEqual);
    case '|':
      return with_equal(Kind::kVerticalBar, Kind::kVerticalBarEqual);
    case '&':
      return with_equal(Kind::kAmpersand, Kind::kAmpersandEqual);
    case '%':
      return with_equal(Kind::kPercent, Kind::kPercentEqual);
    case '^':
      return with_equal(Kind::kCircumflex, Kind::kCircumflexEqual);
    case '@':
      return with_equal(Kind::kAt, Kind::kAtEqual);
    case '~':
      return op(Kind::kTilde, 1);
    default:
      return stop("invalid syntax", at_, at_ + 1);
  }
}

}  // namespace

Tokens tokenize(const SourcePtr& source) { return Lexer(source).run(); }

}  // namespace retort::python
