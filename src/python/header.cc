#include "python/header.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "python/unicode.h"

namespace retort::python {
namespace {

enum class Class : std::uint8_t {
  kPlain,  // nothing to see: operators, spaces
  kWord,
  kDigit,
  kQuote,
  kComment,
  kNewline,
  kOpen,
  kClose,
  kBackslash,
  kSemicolon,
  kOdd,  // form feeds and zeros: too rare to be right about
};

struct Classes {
  Class of[256] = {};
  constexpr Classes() {
    for (int c = 0; c < 256; ++c) {
      bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
      if (letter) of[c] = Class::kWord;
      if (c >= '0' && c <= '9') of[c] = Class::kDigit;
    }
    of['\''] = of['"'] = Class::kQuote;
    of['#'] = Class::kComment;
    of['\n'] = of['\r'] = Class::kNewline;
    of['('] = of['['] = of['{'] = Class::kOpen;
    of[')'] = of[']'] = of['}'] = Class::kClose;
    of['\\'] = Class::kBackslash;
    of[';'] = Class::kSemicolon;
    of[0] = of['\f'] = of['\v'] = Class::kOdd;
  }
};
constexpr Classes kClasses;

Class class_of(char c) { return kClasses.of[static_cast<unsigned char>(c)]; }
// Words that begin a statement whose body may stand on the same line.
bool is_compound(std::string_view word) {
  for (std::string_view each :
       {"if", "elif", "else", "for", "while", "with", "try", "except", "finally"}) {
    if (word == each) return true;
  }
  return false;
}

bool in_word(char c) { return class_of(c) == Class::kWord || class_of(c) == Class::kDigit; }

// The words that make a difference: the variables, and what could reach them unseen.
constexpr std::string_view kWords[] = {
    "revision", "down_revision", "branch_labels", "depends_on", "exec",    "eval",     "vars",
    "globals",  "global",        "locals",        "setattr",    "modules", "__dict__", "import"};
// Four letters of each that are rare in other words, and where they begin in it.
struct Needle {
  std::string_view letters;
  std::uint8_t offset;
  std::uint8_t word;
};
constexpr Needle kNeedles[] = {{"evis", 1, 0},  {"evis", 6, 1}, {"_lab", 6, 2},  {"nds_", 4, 3},
                               {"exec", 0, 4},  {"eval", 0, 5}, {"vars", 0, 6},  {"glob", 0, 7},
                               {"glob", 0, 8},  {"cals", 2, 9}, {"etat", 1, 10}, {"dule", 2, 11},
                               {"_dic", 1, 12}, {"port", 2, 13}};
constexpr std::uint16_t kNotAscii = 1U << std::size(kNeedles);

// For each of the four places, which needles a byte can belong to.
struct NeedleTables {
  std::uint16_t of[4][256] = {};
  constexpr NeedleTables() {
    for (std::size_t n = 0; n < std::size(kNeedles); ++n) {
      for (std::size_t i = 0; i < 4; ++i) {
        auto c = static_cast<unsigned char>(kNeedles[n].letters[i]);
        of[i][c] = static_cast<std::uint16_t>(of[i][c] | 1U << n);
      }
    }
    for (int c = 0; c < 256; ++c) {
      if (c >= 0x80) of[0][c] |= kNotAscii;
      for (int i = 1; i < 4; ++i) of[i][c] |= kNotAscii;
    }
  }
};
constexpr NeedleTables kTables;

unsigned needles_at(std::string_view text, std::size_t i) {
  auto table = [&](std::size_t k) {
    return kTables.of[k][static_cast<unsigned char>(text[i + k])];
  };
  return table(0) & table(1) & table(2) & table(3);
}

// The end of the word that makes a difference, of which four letters were found at `i`; 0 if it is
// another word.
std::size_t relevant_end(std::string_view text, std::size_t i, unsigned needles) {
  if ((needles & kNotAscii) != 0) return i + 1;
  for (std::size_t n = 0; n < std::size(kNeedles); ++n) {
    if ((needles >> n & 1U) == 0 || i < kNeedles[n].offset) continue;
    std::size_t begin = i - kNeedles[n].offset;
    std::string_view word = kWords[kNeedles[n].word];
    std::size_t end = begin + word.size();
    if (text.substr(begin, word.size()) != word) continue;
    if (begin > 0 && in_word(text[begin - 1])) continue;
    if (end < text.size() && in_word(text[end])) continue;
    if (word == "import") {
      std::size_t next = text.find_first_not_of(" \t", end);
      if (next == std::string_view::npos || (text[next] != '*' && text[next] != '\\')) continue;
    }
    return end;
  }
  return 0;
}

// Where the last of these words ends, or the last character beyond ASCII, which may be part of
// one: the text after it can't change the result. Most of a script is skimmed this way, with
// neither branches nor tokens.
std::size_t end_of_interest(std::string_view text) {
  constexpr std::size_t kBlock = 64;
  // The last bytes, where four don't fit: no word of interest begins its needle there.
  std::size_t end = text.size() < 4 ? 0 : text.size() - 3;
  for (std::size_t i = end; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return text.size();
  }
  while (end > 0) {
    std::size_t begin = end > kBlock ? end - kBlock : 0;
    unsigned any = 0;
    for (std::size_t i = begin; i < end; ++i) any |= needles_at(text, i);
    if (any != 0) {
      for (std::size_t i = end; i-- > begin;) {
        unsigned needles = needles_at(text, i);
        if (needles == 0) continue;
        if (std::size_t found = relevant_end(text, i, needles); found != 0) return found;
      }
    }
    end = begin;
  }
  return 0;
}

// The scanner gives up by returning false all the way.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), limit_(end_of_interest(text)) {}

  bool run();
  ScriptHeader header;

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  Span span(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }
  void skip_spaces() {
    while (at(at_) == ' ' || at(at_) == '\t') ++at_;
  }
  bool skip_joined_line();
  bool skip_inside(int depth);
  bool skip_string(bool formatted, bool watched);
  void skip_comment();

  bool begin_statement();
  bool word();
  bool end_of_statement();
  bool docstring();
  bool assignment(std::optional<HeaderValue>& into, std::size_t name_end);
  bool annotation(bool* has_value);
  bool value(HeaderValue& out);
  bool element(HeaderValue& out, int depth);
  bool group(HeaderValue& out, int depth);
  bool literal(HeaderValue::Item& out, int depth);
  std::optional<HeaderValue>* variable(std::string_view word);

  std::string_view text_;
  std::size_t limit_;
  std::size_t at_ = 0;
  int depth_ = 0;              // open brackets
  bool first_ = true;          // no statement was met yet
  bool compound_ = false;      // the logical line began with `if` or its like
  bool definition_ = false;    // in a def or class statement of the module, or its body
  bool indented_ = false;      // the logical line is not at module level
  bool global_line_ = false;   // the logical line has the word `global`
  bool defines_next_ = false;  // `def` or `class` was just read at module level
};

std::optional<HeaderValue>* Scanner::variable(std::string_view word) {
  switch (word.size()) {
    case 8:
      return word == "revision" ? &header.revision : nullptr;
    case 10:
      return word == "depends_on" ? &header.depends_on : nullptr;
    case 13:
      return word == "down_revision"   ? &header.down_revision
             : word == "branch_labels" ? &header.branch_labels
                                       : nullptr;
    default:
      return nullptr;
  }
}

// A backslash at the end of a line.
bool Scanner::skip_joined_line() {
  ++at_;
  if (at(at_) == '\r' && at(at_ + 1) == '\n') ++at_;
  if (class_of(at(at_)) != Class::kNewline) return false;
  ++at_;
  return true;
}

void Scanner::skip_comment() {
  while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
}

// Spaces, joined lines and, inside brackets, ends of lines and comments.
bool Scanner::skip_inside(int depth) {
  for (;;) {
    char c = at(at_);
    if (c == ' ' || c == '\t') {
      ++at_;
    } else if (c == '\\') {
      if (!skip_joined_line()) return false;
    } else if (depth > 0 && class_of(c) == Class::kNewline) {
      ++at_;
    } else if (depth > 0 && c == '#') {
      skip_comment();
    } else {
      return true;
    }
  }
}

// From the opening quote past the closing one. In an f-string a quote of the same kind may also
// stand inside a field, where it does not end it: told by the braces around it.
bool Scanner::skip_string(bool formatted, bool watched) {
  std::size_t begin = at_;
  char quote = text_[at_];
  bool triple = at(at_ + 1) == quote && at(at_ + 2) == quote;
  at_ += triple ? 3 : 1;
  int braces = 0;
  for (;; ++at_) {
    if (at_ >= text_.size()) return false;
    char c = text_[at_];
    if (c == '\\') {
      ++at_;
    } else if (c == quote) {
      if (!triple) break;
      if (at(at_ + 1) == quote && at(at_ + 2) == quote) {
        at_ += 2;
        break;
      }
    } else if (!triple && (c == '\n' || c == '\r')) {
      return false;
    } else if (formatted && (c == '{' || c == '}')) {
      if (braces == 0 && at(at_ + 1) == c) {
        ++at_;
      } else {
        braces += c == '{' ? 1 : -1;
        if (braces < 0) return false;
      }
    }
  }
  ++at_;
  if (!formatted) return true;
  if (braces != 0) return false;
  std::string_view body = text_.substr(begin, at_ - begin);
  return !watched || body.find(":=") == std::string_view::npos;
}

bool Scanner::end_of_statement() {
  skip_spaces();
  if (at_ >= text_.size()) return true;
  Class what = class_of(text_[at_]);
  return what == Class::kNewline || what == Class::kSemicolon || what == Class::kComment;
}

// A string literal or several in a row. False for one with escapes, bytes or fields.
bool Scanner::literal(HeaderValue::Item& out, int depth) {
  std::size_t begin = at_;
  std::size_t end = at_;
  for (bool first = true;; first = false) {
    std::size_t prefix = at_;
    while (in_word(at(at_))) ++at_;
    std::string_view word = text_.substr(prefix, at_ - prefix);
    if (class_of(at(at_)) != Class::kQuote) {
      if (first) return false;
      at_ = prefix;
      break;
    }
    bool raw = word == "r" || word == "R";
    if (!raw && !word.empty() && word != "u" && word != "U") return false;
    std::size_t open = at_;
    bool triple = at(at_ + 1) == text_[open] && at(at_ + 2) == text_[open];
    if (!skip_string(false, false)) return false;
    std::size_t quotes = triple ? 3 : 1;
    std::string_view body = text_.substr(open + quotes, at_ - open - 2 * quotes);
    if (!raw && body.find('\\') != std::string_view::npos) return false;
    for (std::size_t i = 0; i < body.size(); ++i) {
      if (body[i] != '\r') {
        out.text += body[i];
      } else {
        out.text += '\n';
        if (i + 1 < body.size() && body[i + 1] == '\n') ++i;
      }
    }
    end = at_;
    if (!skip_inside(depth)) return false;
  }
  out.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  return true;
}

// None, a string, or a bracketed value.
bool Scanner::element(HeaderValue& out, int depth) {
  std::size_t begin = at_;
  if (class_of(at(at_)) == Class::kOpen) return depth < 8 && group(out, depth);
  if (text_.substr(at_, 4) == "None" && !in_word(at(at_ + 4))) {
    at_ += 4;
    out.kind = HeaderValue::Kind::kNone;
    out.span = span(begin);
    return skip_inside(depth);
  }
  out.kind = HeaderValue::Kind::kString;
  out.items.emplace_back();
  if (!literal(out.items.back(), depth)) return false;
  out.span = out.items.back().span;
  return true;
}

bool Scanner::group(HeaderValue& out, int depth) {
  std::size_t begin = at_;
  char open = text_[at_++];
  char close = open == '(' ? ')' : open == '[' ? ']' : '}';
  bool comma = false;
  std::size_t count = 0;
  HeaderValue last;
  bool all_strings = true;
  for (;;) {
    if (!skip_inside(depth + 1)) return false;
    if (at(at_) == close) break;
    if (count > 0 && !comma) return false;
    HeaderValue item;
    if (!element(item, depth + 1)) return false;
    ++count;
    last = item;
    all_strings &= item.kind == HeaderValue::Kind::kString;
    if (all_strings) out.items.push_back(item.items[0]);
    comma = at(at_) == ',';
    if (comma) ++at_;
  }
  ++at_;
  if (open == '(' && count == 1 && !comma) {
    out = last;
    out.span = span(begin);
    return skip_inside(depth);
  }
  if (!all_strings || (open == '{' && count == 0)) return false;  // `{}` is a dictionary
  out.kind = open == '('   ? HeaderValue::Kind::kTuple
             : open == '[' ? HeaderValue::Kind::kList
                           : HeaderValue::Kind::kSet;
  if (out.kind == HeaderValue::Kind::kSet) {
    std::vector<HeaderValue::Item> unique;
    for (HeaderValue::Item& item : out.items) {
      auto same = [&](const HeaderValue::Item& other) { return other.text == item.text; };
      if (std::none_of(unique.begin(), unique.end(), same)) unique.push_back(std::move(item));
    }
    out.items = std::move(unique);
  }
  out.span = span(begin);
  return skip_inside(depth);
}

// The right side of an assignment, which may be a tuple without parentheses.
bool Scanner::value(HeaderValue& out) {
  std::size_t begin = at_;
  if (!element(out, 0)) return false;
  if (at(at_) != ',') return end_of_statement();
  if (out.kind != HeaderValue::Kind::kString) return false;
  out.kind = HeaderValue::Kind::kTuple;
  std::size_t end = at_;
  while (at(at_) == ',') {
    ++at_;
    end = at_;
    if (!skip_inside(0)) return false;
    if (end_of_statement()) break;
    HeaderValue item;
    if (!element(item, 0) || item.kind != HeaderValue::Kind::kString) return false;
    end = item.span.end;
    out.items.push_back(item.items[0]);
  }
  out.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  return end_of_statement();
}

// What stands between the colon and the equals sign, or the end: names, brackets and strings.
bool Scanner::annotation(bool* has_value) {
  int depth = 0;
  *has_value = false;
  for (;;) {
    if (!skip_inside(depth)) return false;
    if (at_ >= text_.size()) return depth == 0;
    char c = text_[at_];
    switch (class_of(c)) {
      case Class::kWord: {
        std::size_t begin = at_;
        while (in_word(at(at_))) ++at_;
        std::string_view word = text_.substr(begin, at_ - begin);
        if (variable(word) != nullptr || word == "lambda" || word == "yield") return false;
        if (class_of(at(at_)) == Class::kQuote) return false;  // a prefixed string
        break;
      }
      case Class::kQuote:
        if (!skip_string(false, false)) return false;
        break;
      case Class::kOpen:
        if (c == '{') return false;
        ++depth;
        ++at_;
        break;
      case Class::kClose:
        if (depth-- == 0) return false;
        ++at_;
        break;
      case Class::kNewline:
      case Class::kSemicolon:
      case Class::kComment:
        return depth == 0;
      default:
        ++at_;
        if (c == '=' && depth == 0 && at(at_) != '=') {
          *has_value = true;
          return true;
        }
        if (c != '.' && c != ',' && c != '|') return false;
    }
  }
}

bool Scanner::assignment(std::optional<HeaderValue>& into, std::size_t name_end) {
  at_ = name_end;
  if (!skip_inside(0)) return false;
  char c = at(at_);
  if (c == ':' && at(at_ + 1) != '=') {
    ++at_;
    bool has_value = false;
    if (!annotation(&has_value)) return false;
    if (!has_value) return true;
  } else if (c == '=' && at(at_ + 1) != '=') {
    ++at_;
  } else {
    return false;
  }
  if (into.has_value() || !skip_inside(0)) return false;
  into.emplace();
  return value(*into);
}

// The first statement, when it may be the docstring.
bool Scanner::docstring() {
  HeaderValue::Item doc;
  std::size_t word_end = at_;
  while (in_word(at(word_end))) ++word_end;
  if (class_of(at(word_end)) != Class::kQuote) return at(at_) != '(';
  for (char c : text_.substr(at_, word_end - at_)) {
    // Bytes and f-strings are no docstrings.
    if (std::strchr("bBfF", c) != nullptr) return true;
  }
  if (!literal(doc, 0) || !end_of_statement()) return false;
  header.doc = std::move(doc.text);
  header.doc_span = doc.span;
  return true;
}

// At the first character of a statement of the module itself.
bool Scanner::begin_statement() {
  if (std::exchange(first_, false) && !docstring()) return false;
  compound_ = false;
  if (class_of(at(at_)) != Class::kWord) {
    definition_ = at(at_) == '@';
    return true;
  }
  std::size_t end = at_;
  while (in_word(at(end))) ++end;
  std::string_view word = text_.substr(at_, end - at_);
  definition_ = word == "def" || word == "class" || word == "async";
  compound_ = is_compound(word);
  if (std::optional<HeaderValue>* into = variable(word)) return assignment(*into, end);
  return true;
}

bool Scanner::word() {
  std::size_t begin = at_;
  bool ascii = true;
  for (; in_word(at(at_)); ++at_) ascii &= static_cast<unsigned char>(text_[at_]) < 0x80;
  // Other letters may be forms of these: Python compares identifiers in their NFKC form.
  if (!ascii) return false;
  std::string_view word = text_.substr(begin, at_ - begin);
  if (class_of(at(at_)) == Class::kQuote && word.size() <= 2) {
    bool formatted = word.find_first_of("fF") != std::string_view::npos;
    return skip_string(formatted, !definition_);
  }
  bool after_dot = begin > 0 && text_[begin - 1] == '.';
  bool defined = std::exchange(defines_next_, false);
  switch (word.size()) {
    case 3:
    case 5:
      defines_next_ = !indented_ && (word == "def" || word == "class");
      return true;
    case 4:
      return after_dot || (word != "exec" && word != "eval" && word != "vars");
    case 6:
      global_line_ |= word == "global";
      if (word == "import") {
        std::size_t next = at_;
        while (at(next) == ' ' || at(next) == '\t') ++next;
        return at(next) != '*' && at(next) != '\\';
      }
      return word != "locals";
    case 7:
      return word != "globals" && word != "setattr" && word != "modules";
    case 8:
    case 10:
    case 13: {
      if (word == "__dict__") return false;
      if (variable(word) == nullptr || after_dot) return true;
      if (!definition_ || global_line_ || defined) return false;
      std::size_t next = at_;
      while (at(next) == ' ' || at(next) == '\t' || at(next) == '\\' || at(next) == '\n') ++next;
      return at(next) != ':' || at(next + 1) != '=';
    }
    default:
      return true;
  }
}

bool Scanner::run() {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  bool line_start = true;
  while (at_ < text_.size() && (at_ < limit_ || first_)) {
    if (line_start) {
      line_start = false;
      std::size_t begin = at_;
      skip_spaces();
      Class what = class_of(at(at_));
      if (at_ >= text_.size()) break;
      if (what == Class::kBackslash) return false;
      if (what != Class::kNewline && what != Class::kComment) {
        indented_ = at_ != begin;
        global_line_ = false;
        if (!indented_ && !begin_statement()) return false;
        continue;
      }
    }
    char c = text_[at_];
    switch (class_of(c)) {
      case Class::kPlain:
        ++at_;
        break;
      case Class::kWord:
        if (!word()) return false;
        break;
      case Class::kDigit:
        while (in_word(at(at_))) ++at_;
        break;
      case Class::kQuote:
        if (!skip_string(false, false)) return false;
        break;
      case Class::kComment:
        skip_comment();
        break;
      case Class::kNewline:
        ++at_;
        line_start = depth_ == 0;
        break;
      case Class::kOpen:
        ++depth_;
        ++at_;
        break;
      case Class::kClose:
        if (depth_-- == 0) return false;
        ++at_;
        break;
      case Class::kBackslash:
        if (!skip_joined_line()) return false;
        break;
      case Class::kSemicolon:
        ++at_;
        global_line_ = false;
        if (!indented_ && !definition_ && !compound_) {
          if (!skip_inside(0)) return false;
          if (!end_of_statement() && !begin_statement()) return false;
        }
        break;
      case Class::kOdd:
        return false;
    }
  }
  return depth_ == 0 || at_ < text_.size();
}

// Whether the text can be read as UTF-8: a coding line may say that it is something else.
bool is_plain_utf8(std::string_view text) {
  if (find_invalid_utf8(text) != std::string_view::npos) return false;
  std::size_t second = text.find('\n');
  std::size_t end = second == std::string_view::npos ? text.size() : text.find('\n', second + 1);
  std::string_view head = text.substr(0, end);
  std::size_t coding = head.find("coding");
  if (coding == std::string_view::npos) return true;
  std::string_view name = head.substr(coding + 6, 8);
  return name.find("utf-8") != std::string_view::npos ||
         name.find("utf8") != std::string_view::npos;
}

}  // namespace

std::optional<ScriptHeader> scan_header(std::string_view text) {
  if (!is_plain_utf8(text)) return std::nullopt;
  Scanner scanner(text);
  if (!scanner.run()) return std::nullopt;
  return std::move(scanner.header);
}

std::optional<ScriptHeader> scan_header(const SourcePtr& source) {
  return scan_header(source->text());
}

}  // namespace retort::python
