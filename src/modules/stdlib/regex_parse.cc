#include "modules/stdlib/regex_parse.h"

#include <algorithm>

#include "python/builtin_character.h"
#include "python/unicode.h"

namespace retort::modules::regex {

namespace {

constexpr int kMaxDepth = 200;  // groups in one another

class Parser {
 public:
  Parser(std::u32string_view text, unsigned flags, Program& program)
      : text_(text), flags_(flags), program_(program) {}

  Node parse() {
    Node node = alternatives();
    if (at_ < text_.size()) fail("unbalanced parenthesis", at_);
    program_.flags = flags_;
    return node;
  }

 private:
  [[noreturn]] void fail(std::string message, std::size_t at) const {
    throw SyntaxError{std::move(message), at};
  }

  bool more() const { return at_ < text_.size(); }
  char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : 0;
  }
  bool take(char32_t c) {
    if (!more() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Node alternatives() {
    if (++depth_ > kMaxDepth) fail("groups are nested too deeply", at_);
    std::vector<Node> branches;
    do {
      branches.push_back(sequence());
    } while (take('|'));
    --depth_;
    if (branches.size() == 1) return std::move(branches.front());
    Node node;
    node.kind = Node::Kind::kAlternatives;
    node.children = std::move(branches);
    return node;
  }

  void skip_verbose() {
    while (flags_ & flag::kVerbose) {
      const char32_t c = peek();
      if (more() && (c == ' ' || (c >= '\t' && c <= '\r'))) {
        ++at_;
      } else if (more() && c == '#') {
        while (more() && peek() != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  Node sequence() {
    Node node;
    node.kind = Node::Kind::kSequence;
    for (;;) {
      skip_verbose();
      if (!more() || peek() == '|' || peek() == ')') return node;
      const std::size_t start = at_;
      const char32_t c = peek();
      if (c == '*' || c == '+' || c == '?' || (c == '{' && repeat_ahead())) {
        const bool after_repeat =
            !node.children.empty() && node.children.back().kind == Node::Kind::kRepeat;
        fail(after_repeat ? "multiple repeat" : "nothing to repeat", start);
      }
      std::optional<Node> item = atom();
      if (!item) continue;
      node.children.push_back(repeated(std::move(*item), start));
    }
  }

  // Whether "{" begins a count: {3} {3,} {,3} {3,4}.
  bool repeat_ahead() const {
    std::size_t at = at_ + 1;
    bool digits = false;
    const auto number = [&]() {
      while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') {
        digits = true;
        ++at;
      }
    };
    number();
    bool comma = false;
    if (at < text_.size() && text_[at] == ',') {
      comma = true;
      ++at;
      number();
    }
    return at < text_.size() && text_[at] == '}' && (digits || comma);
  }

  std::uint32_t count(std::uint32_t otherwise) {
    if (!more() || peek() < '0' || peek() > '9') return otherwise;
    std::uint64_t value = 0;
    while (more() && peek() >= '0' && peek() <= '9') {
      value = std::min<std::uint64_t>(value * 10 + (text_[at_++] - '0'), kNoLimit);
    }
    if (value >= kNoLimit) fail("the repetition number is too large", at_);
    return static_cast<std::uint32_t>(value);
  }

  Node repeated(Node item, std::size_t item_at) {
    for (;;) {
      skip_verbose();
      const std::size_t at = at_;
      std::uint32_t least = 0;
      std::uint32_t most = kNoLimit;
      if (take('*')) {
      } else if (take('+')) {
        least = 1;
      } else if (take('?')) {
        most = 1;
      } else if (peek() == '{' && more() && repeat_ahead()) {
        ++at_;
        least = count(0);
        most = least;
        if (take(',')) most = count(kNoLimit);
        ++at_;
        if (most < least) fail("min repeat greater than max repeat", at + 1);
      } else {
        return item;
      }
      if (item.kind == Node::Kind::kRepeat) fail("multiple repeat", at);
      if (item.kind == Node::Kind::kAssert) fail("nothing to repeat", item_at);
      Node node;
      node.kind = Node::Kind::kRepeat;
      node.least = least;
      node.most = most;
      if (take('?')) {
        node.greed = Node::Greed::kLazy;
      } else if (take('+')) {
        node.greed = Node::Greed::kPossessive;
      }
      node.children.push_back(std::move(item));
      item = std::move(node);
    }
  }

  Node character(char32_t c) const {
    Node node;
    node.kind = Node::Kind::kChar;
    node.character = c;
    node.flags = flags_;
    return node;
  }

  Node assertion(Op op) const {
    Node node;
    node.kind = Node::Kind::kAssert;
    node.assertion = op;
    node.flags = flags_;
    return node;
  }

  Node set_node(CharSet set) {
    Node node;
    node.kind = Node::Kind::kSet;
    node.index = program_.sets.size();
    node.flags = flags_;
    program_.sets.push_back(std::move(set));
    return node;
  }

  std::optional<Node> atom() {
    const std::size_t start = at_;
    const char32_t c = text_[at_++];
    switch (c) {
      case '.': {
        Node node;
        node.kind = Node::Kind::kAny;
        node.flags = flags_;
        return node;
      }
      case '^':
        return assertion(Op::kLineStart);
      case '$':
        return assertion(Op::kLineEnd);
      case '[':
        return set_node(char_set(start));
      case '(':
        return group(start);
      case '\\':
        return escape(start);
      default:
        return character(c);
    }
  }

  // ---- escapes

  static std::optional<CharSet::Category> category(char32_t c) {
    using Category = CharSet::Category;
    switch (c) {
      case 'd':
        return Category::kDigit;
      case 'D':
        return Category::kNotDigit;
      case 's':
        return Category::kSpace;
      case 'S':
        return Category::kNotSpace;
      case 'w':
        return Category::kWord;
      case 'W':
        return Category::kNotWord;
      default:
        return std::nullopt;
    }
  }

  static std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) python::append_utf8(out, c);
    return out;
  }

  char32_t hex(std::size_t digits, std::size_t start) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char32_t c = peek();
      int digit = -1;
      if (c >= '0' && c <= '9') digit = static_cast<int>(c - '0');
      if ((c | 32) >= 'a' && (c | 32) <= 'f') digit = static_cast<int>((c | 32) - 'a') + 10;
      if (digit < 0) {
        fail("incomplete escape " + utf8(text_.substr(start, at_ - start)), start);
      }
      value = value * 16 + static_cast<char32_t>(digit);
      ++at_;
    }
    return value;
  }

  // The escapes that mean one character, in sets and outside; `c` follows the backslash.
  std::optional<char32_t> plain_escape(char32_t c, std::size_t start) {
    switch (c) {
      case 'a':
        return 7;
      case 'f':
        return 12;
      case 'n':
        return 10;
      case 'r':
        return 13;
      case 't':
        return 9;
      case 'v':
        return 11;
      case 'x':
        return hex(2, start);
      case 'u':
        return hex(4, start);
      case 'U':
        return hex(8, start);
      default:
        break;
    }
    const bool letter = c < 128 && ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (letter) fail("bad escape \\" + utf8(std::u32string_view(&c, 1)), start);
    if (c >= '0' && c <= '9') return std::nullopt;
    return c;
  }

  Node escape(std::size_t start) {
    if (!more()) fail("bad escape (end of pattern)", start);
    const char32_t c = text_[at_++];
    if (const auto found = category(c)) {
      CharSet set;
      set.categories.push_back(*found);
      return set_node(std::move(set));
    }
    switch (c) {
      case 'A':
        return assertion(Op::kTextStart);
      case 'Z':
        return assertion(Op::kTextEnd);
      case 'b':
        return assertion(Op::kBoundary);
      case 'B':
        return assertion(Op::kNotBoundary);
      default:
        break;
    }
    if (const auto plain = plain_escape(c, start)) return character(*plain);
    const auto octal = [](char32_t x) { return x >= '0' && x <= '7'; };
    if (c == '0') {
      char32_t value = 0;
      for (int i = 0; i < 2 && octal(peek()); ++i) value = value * 8 + (text_[at_++] - '0');
      return character(value);
    }
    std::size_t number = c - '0';
    if (peek() >= '0' && peek() <= '9') {
      if (octal(c) && octal(peek()) && octal(peek(1))) {
        const char32_t value = (c - '0') * 64 + (peek() - '0') * 8 + (peek(1) - '0');
        at_ += 2;
        if (value > 0377) {
          fail("octal escape value " + utf8(text_.substr(start, 4)) + " outside of range 0-0o377",
               start);
        }
        return character(value);
      }
      number = number * 10 + (text_[at_++] - '0');
    }
    return back_reference(number, start + 1);
  }

  Node back_reference(std::size_t group, std::size_t at) {
    if (group > program_.groups) {
      fail("invalid group reference " + std::to_string(group), at);
    }
    if (std::find(open_.begin(), open_.end(), group) != open_.end()) {
      fail("cannot refer to an open group", at);
    }
    Node node;
    node.kind = Node::Kind::kBackReference;
    node.index = group;
    node.flags = flags_;
    return node;
  }

  // ---- sets

  CharSet char_set(std::size_t start) {
    CharSet set;
    set.negated = take('^');
    bool first = true;
    for (;;) {
      if (!more()) fail("unterminated character set", start);
      if (peek() == ']' && !first) {
        ++at_;
        return set;
      }
      first = false;
      const std::size_t low_at = at_;
      std::optional<char32_t> low = set_item(set, start);
      if (peek() != '-' || peek(1) == ']' || at_ + 1 >= text_.size()) {
        if (low) set.ranges.emplace_back(*low, *low);
        continue;
      }
      ++at_;
      const std::optional<char32_t> high = set_item(set, start);
      if (!low || !high || *low > *high) {
        fail("bad character range " + utf8(text_.substr(low_at, at_ - low_at)), low_at);
      }
      set.ranges.emplace_back(*low, *high);
    }
  }

  // One character, or absent for a category, which is put into the set.
  std::optional<char32_t> set_item(CharSet& set, std::size_t set_start) {
    const std::size_t start = at_;
    if (!more()) fail("unterminated character set", set_start);
    const char32_t c = text_[at_++];
    if (c != '\\') return c;
    if (!more()) fail("bad escape (end of pattern)", start);
    const char32_t e = text_[at_++];
    if (const auto found = category(e)) {
      set.categories.push_back(*found);
      return std::nullopt;
    }
    if (e == 'b') return 8;
    if (const auto plain = plain_escape(e, start)) return plain;
    if (e > '7') fail("bad escape \\" + utf8(std::u32string_view(&e, 1)), start);
    char32_t value = e - '0';
    for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; ++i) {
      value = value * 8 + (text_[at_++] - '0');
    }
    return value;
  }

  // ---- groups

  std::string name(char32_t end, std::size_t start) {
    const std::size_t begin = at_;
    while (more() && peek() != end) ++at_;
    if (!more()) {
      if (at_ == begin) fail("missing group name", begin);
      fail("missing " + utf8(std::u32string_view(&end, 1)) + ", unterminated name", begin);
    }
    const std::u32string_view text = text_.substr(begin, at_ - begin);
    ++at_;
    if (text.empty()) fail("missing group name", begin);
    (void)start;
    return utf8(text);
  }

  void check_name(const std::string& name, std::size_t at) {
    std::size_t position = 0;
    bool valid = true;
    while (position < name.size()) {
      const python::Decoded d = python::decode_utf8(name, position, true);
      valid = valid && (position == 0 ? python::is_identifier_start(d.character)
                                      : python::is_identifier_continue(d.character));
      position += d.size;
    }
    if (!valid) fail("bad character in group name '" + name + "'", at);
  }

  std::size_t named_group(const std::string& name, std::size_t at) {
    for (const auto& [known, group] : program_.names) {
      if (known == name) return group;
    }
    fail("unknown group name '" + name + "'", at);
  }

  Node inside(std::size_t start) {
    const unsigned kept = flags_;
    Node node = alternatives();
    flags_ = kept;
    if (!take(')')) fail("missing ), unterminated subpattern", start);
    return node;
  }

  Node capturing(std::size_t start, const std::string& name, std::size_t name_at) {
    const std::size_t group = ++program_.groups;
    if (!name.empty()) {
      for (const auto& [known, number] : program_.names) {
        if (known == name) {
          fail("redefinition of group name '" + name + "' as group " + std::to_string(group) +
                   "; was group " + std::to_string(number),
               name_at);
        }
      }
      program_.names.emplace_back(name, group);
    }
    open_.push_back(group);
    Node node;
    node.kind = Node::Kind::kGroup;
    node.index = group;
    node.children.push_back(inside(start));
    open_.pop_back();
    return node;
  }

  Node look(std::size_t start, bool behind, bool negated) {
    Node node;
    node.kind = Node::Kind::kLook;
    node.behind = behind;
    node.negated = negated;
    node.children.push_back(inside(start));
    return node;
  }

  std::optional<Node> group(std::size_t start) {
    if (!take('?')) return capturing(start, "", 0);
    if (!more()) fail("unexpected end of pattern", at_);
    const char32_t c = text_[at_++];
    switch (c) {
      case ':':
        return inside(start);
      case '>': {
        Node node;
        node.kind = Node::Kind::kAtomic;
        node.children.push_back(inside(start));
        return node;
      }
      case '=':
        return look(start, false, false);
      case '!':
        return look(start, false, true);
      case '#':
        while (more() && peek() != ')') ++at_;
        if (!take(')')) fail("missing ), unterminated comment", start);
        return std::nullopt;
      case '<':
        if (take('=')) return look(start, true, false);
        if (take('!')) return look(start, true, true);
        if (!more()) fail("unexpected end of pattern", at_);
        fail("unknown extension ?<" + utf8(text_.substr(at_, 1)), start + 1);
      case 'P': {
        if (take('<')) {
          const std::size_t name_at = at_;
          const std::string found = name('>', start);
          check_name(found, name_at);
          return capturing(start, found, name_at);
        }
        if (take('=')) {
          const std::size_t name_at = at_;
          const std::string found = name(')', start);
          check_name(found, name_at);
          return back_reference(named_group(found, name_at), name_at);
        }
        if (!more()) fail("unexpected end of pattern", at_);
        fail("unknown extension ?P" + utf8(text_.substr(at_, 1)), start + 1);
      }
      case '(':
        return conditional(start);
      default:
        --at_;
        return flags_group(start);
    }
  }

  Node conditional(std::size_t start) {
    const std::size_t name_at = at_;
    const std::string found = name(')', start);
    Node node;
    node.kind = Node::Kind::kIfGroup;
    if (found.find_first_not_of("0123456789") == std::string::npos) {
      node.index = std::stoul(found.substr(0, 6));
      if (node.index == 0) fail("bad group number", name_at);
    } else {
      check_name(found, name_at);
      node.index = named_group(found, name_at);
    }
    const unsigned kept = flags_;
    node.children.push_back(sequence());
    if (take('|')) {
      node.children.push_back(sequence());
      if (peek() == '|' && more()) {
        fail("conditional backref with more than two branches", at_ + 1);
      }
    }
    flags_ = kept;
    if (!take(')')) fail("missing ), unterminated subpattern", start);
    if (node.index > program_.groups) {
      fail("invalid group reference " + std::to_string(node.index), name_at);
    }
    return node;
  }

  static unsigned flag_of(char32_t c) {
    switch (c) {
      case 'i':
        return flag::kIgnoreCase;
      case 'm':
        return flag::kMultiline;
      case 's':
        return flag::kDotAll;
      case 'x':
        return flag::kVerbose;
      case 'a':
        return flag::kAscii;
      case 'u':
        return flag::kUnicode;
      default:
        return 0;
    }
  }

  std::optional<Node> flags_group(std::size_t start) {
    unsigned add = 0;
    unsigned remove = 0;
    const std::size_t first = at_;
    while (more() && flag_of(peek()) != 0) add |= flag_of(text_[at_++]);
    if (add == 0 && peek() != '-') {
      fail("unknown extension ?" + utf8(text_.substr(first, 1)), start + 1);
    }
    if (take(')')) {
      if (start != 0) fail("global flags not at the start of the expression", start);
      flags_ |= add;
      return std::nullopt;
    }
    if (take('-')) {
      if (!more() || flag_of(peek()) == 0) fail(more() ? "unknown flag" : "missing flag", at_);
      while (more() && flag_of(peek()) != 0) remove |= flag_of(text_[at_++]);
    }
    if (!take(':')) {
      if (!more()) fail("missing -, : or )", at_);
      fail("unknown flag", at_);
    }
    const unsigned kept = flags_;
    flags_ = (flags_ | add) & ~remove;
    if (add & flag::kAscii) flags_ &= ~flag::kUnicode;
    Node node = alternatives();
    flags_ = kept;
    if (!take(')')) fail("missing ), unterminated subpattern", start);
    return node;
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;  // of groups
  unsigned flags_;
  Program& program_;
  std::vector<std::size_t> open_;
};

}  // namespace

Node parse(std::u32string_view pattern, unsigned flags, Program& program) {
  return Parser(pattern, flags, program).parse();
}

}  // namespace retort::modules::regex
