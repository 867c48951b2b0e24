#include <algorithm>

#include "modules/stdlib/regex.h"
#include "python/builtin_character.h"

namespace retort::modules::regex {

namespace {

bool is_word(char32_t c, bool ascii) {
  if (c < 128) return (c >= '0' && c <= '9') || c == '_' || ((c | 32) >= 'a' && (c | 32) <= 'z');
  return !ascii && (python::is_alpha(c) || python::is_numeric(c));
}

bool in_category(CharSet::Category category, char32_t c, bool ascii) {
  using Category = CharSet::Category;
  const auto digit = [&]() { return c < 128 || !ascii ? python::is_decimal(c) : false; };
  const auto space = [&]() {
    if (ascii) return c == ' ' || (c >= '\t' && c <= '\r');
    return python::is_space(c);
  };
  switch (category) {
    case Category::kDigit:
      return digit();
    case Category::kNotDigit:
      return !digit();
    case Category::kSpace:
      return space();
    case Category::kNotSpace:
      return !space();
    case Category::kWord:
      return is_word(c, ascii);
    case Category::kNotWord:
      return !is_word(c, ascii);
  }
  return false;
}

bool in_set(const CharSet& set, char32_t c, bool ascii) {
  for (const auto& [low, high] : set.ranges) {
    if (c >= low && c <= high) return true;
  }
  return std::any_of(set.categories.begin(), set.categories.end(),
                     [&](CharSet::Category category) { return in_category(category, c, ascii); });
}

char32_t folded(char32_t c, bool ascii) {
  if (c < 128 || !ascii) return python::to_lower(c);
  return c;
}

class Matcher {
 public:
  Matcher(const Program& program, std::u32string_view text, std::size_t end, std::uint64_t& steps)
      : program_(program),
        text_(text.substr(0, end)),
        steps_(steps),
        slots_((program.groups + 1) * 2, -1),
        marks_(program.marks, -1) {}

  bool full = false;
  std::ptrdiff_t not_empty_at = -1;

  std::optional<Spans> match_at(std::size_t at) {
    std::fill(slots_.begin(), slots_.end(), -1);
    stack_.clear();
    start_ = at;
    std::size_t end = 0;
    if (!run(0, at, true, end)) return std::nullopt;
    slots_[0] = static_cast<std::ptrdiff_t>(at);
    slots_[1] = static_cast<std::ptrdiff_t>(end);
    return slots_;
  }

 private:
  struct Entry {
    enum class Kind : std::uint8_t { kChoice, kSlot, kMark, kFewer, kMore } kind;
    std::uint32_t pc = 0;      // kSlot, kMark: which
    std::ptrdiff_t at = 0;     // kSlot, kMark: what it was
    std::ptrdiff_t least = 0;  // kFewer: may go back to; kMore: may go on to
  };

  bool one(const Instruction& in, char32_t c) const {
    const bool ascii = (in.flags & flag::kAscii) != 0;
    switch (in.op) {
      case Op::kChar:
        if (c == in.a) return true;
        return (in.flags & flag::kIgnoreCase) != 0 && same_folded(c, in.a, ascii);
      case Op::kAny:
        return c != '\n';
      case Op::kAnyAll:
        return true;
      case Op::kSet: {
        const CharSet& set = program_.sets[in.a];
        bool found = in_set(set, c, ascii);
        if (!found && (in.flags & flag::kIgnoreCase) && (c < 128 || !ascii)) {
          found =
              in_set(set, python::to_lower(c), ascii) || in_set(set, python::to_upper(c), ascii);
        }
        return found != set.negated;
      }
      default:
        return false;
    }
  }

  static bool same_folded(char32_t a, char32_t b, bool ascii) {
    if (ascii && (a >= 128 || b >= 128)) return a == b;
    return folded(a, ascii) == folded(b, ascii) || python::to_upper(a) == python::to_upper(b);
  }

  bool word_at(std::ptrdiff_t at, bool ascii) const {
    return at >= 0 && at < size() && is_word(text_[static_cast<std::size_t>(at)], ascii);
  }

  std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(text_.size()); }

  bool holds(const Instruction& in, std::ptrdiff_t at) const {
    const bool ascii = (in.flags & flag::kAscii) != 0;
    const bool lines = (in.flags & flag::kMultiline) != 0;
    switch (in.op) {
      case Op::kTextStart:
        return at == 0;
      case Op::kTextEnd:
        return at == size();
      case Op::kLineStart:
        return at == 0 || (lines && text_[static_cast<std::size_t>(at - 1)] == '\n');
      case Op::kLineEnd:
        return at == size() ||
               (text_[static_cast<std::size_t>(at)] == '\n' && (lines || at + 1 == size()));
      case Op::kBoundary:
        return word_at(at - 1, ascii) != word_at(at, ascii);
      case Op::kNotBoundary:
        return word_at(at - 1, ascii) == word_at(at, ascii);
      default:
        return false;
    }
  }

  void step() {
    if (steps_ == 0) throw OutOfSteps{};
    --steps_;
  }

  void set_slot(std::uint32_t slot, std::ptrdiff_t at) {
    stack_.push_back({Entry::Kind::kSlot, slot, slots_[slot], 0});
    slots_[slot] = at;
  }

  void undo(const Entry& entry) {
    if (entry.kind == Entry::Kind::kSlot) slots_[entry.pc] = entry.at;
    if (entry.kind == Entry::Kind::kMark) marks_[entry.pc] = entry.at;
  }

  void undo_to(std::size_t height) {
    while (stack_.size() > height) {
      undo(stack_.back());
      stack_.pop_back();
    }
  }

  // Forgets the choices above `height`, but not what backtracking further has to put back.
  void commit(std::size_t height) {
    const auto is_choice = [](const Entry& entry) {
      return entry.kind != Entry::Kind::kSlot && entry.kind != Entry::Kind::kMark;
    };
    stack_.erase(std::remove_if(stack_.begin() + static_cast<std::ptrdiff_t>(height), stack_.end(),
                                is_choice),
                 stack_.end());
  }

  // Matches from `pc` until kMatch. `whole`: of the pattern, not of a part that looks around.
  bool run(std::uint32_t pc, std::size_t from, bool whole, std::size_t& end) {
    const std::size_t base = stack_.size();
    auto at = static_cast<std::ptrdiff_t>(from);
    for (;;) {
      step();
      const Instruction& in = program_.code[pc];
      bool ok = true;
      switch (in.op) {
        case Op::kMatch:
          ok = !whole || ((!full || at == size()) &&
                          !(at == static_cast<std::ptrdiff_t>(start_) && at == not_empty_at));
          if (ok) {
            end = static_cast<std::size_t>(at);
            return true;
          }
          break;
        case Op::kChar:
        case Op::kAny:
        case Op::kAnyAll:
        case Op::kSet:
          ok = at < size() && one(in, text_[static_cast<std::size_t>(at)]);
          ++at;
          ++pc;
          break;
        case Op::kSplit:
          stack_.push_back({Entry::Kind::kChoice, in.b, at, 0});
          pc = in.a;
          break;
        case Op::kJump:
          pc = in.a;
          break;
        case Op::kSave:
          set_slot(in.a, at);
          ++pc;
          break;
        case Op::kMark:
          stack_.push_back({Entry::Kind::kMark, in.a, marks_[in.a], 0});
          marks_[in.a] = at;
          ++pc;
          break;
        case Op::kProgress:
          pc = marks_[in.a] != at ? pc + 1 : in.b;
          break;
        case Op::kBackReference:
          ok = back_reference(in, at);
          ++pc;
          break;
        case Op::kIfGroup:
          pc = slots_[in.a * 2 + 1] >= 0 ? pc + 1 : in.b;
          break;
        case Op::kLook:
        case Op::kAtomic:
          ok = look(in, pc, at);
          break;
        case Op::kRepeatOne:
          ok = repeat_one(in, pc, at);
          break;
        default:
          ok = holds(in, at);
          ++pc;
          break;
      }
      if (!ok && !backtrack(base, pc, at)) return false;
    }
  }

  bool back_reference(const Instruction& in, std::ptrdiff_t& at) const {
    const std::ptrdiff_t begin = slots_[in.a * 2];
    const std::ptrdiff_t end = slots_[in.a * 2 + 1];
    if (begin < 0 || end < begin || at + (end - begin) > size()) return false;
    for (std::ptrdiff_t i = begin; i < end; ++i, ++at) {
      const char32_t a = text_[static_cast<std::size_t>(i)];
      const char32_t b = text_[static_cast<std::size_t>(at)];
      if (a != b &&
          (!(in.flags & flag::kIgnoreCase) || !same_folded(a, b, (in.flags & flag::kAscii) != 0))) {
        return false;
      }
    }
    return true;
  }

  bool look(const Instruction& in, std::uint32_t& pc, std::ptrdiff_t& at) {
    const std::size_t height = stack_.size();
    std::ptrdiff_t from = at;
    std::size_t end = 0;
    bool matched = false;
    if (in.op == Op::kLook && in.c >= 0) from -= in.c;
    if (from >= 0) matched = run(pc + 1, static_cast<std::size_t>(from), false, end);
    if (in.op == Op::kLook && in.a == 1) {
      undo_to(height);
      pc = in.b;
      return !matched;
    }
    if (!matched) return false;
    commit(height);
    pc = in.b;
    if (in.op == Op::kAtomic) at = static_cast<std::ptrdiff_t>(end);
    return true;
  }

  bool repeat_one(const Instruction& in, std::uint32_t& pc, std::ptrdiff_t& at) {
    const Instruction& body = program_.code[pc + 1];
    const std::ptrdiff_t room = size() - at;
    const auto most = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
        in.b, static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(room, 0))));
    const auto least = static_cast<std::ptrdiff_t>(in.a);
    const std::ptrdiff_t wanted = in.c == 1 ? least : most;
    std::ptrdiff_t count = 0;
    while (count < wanted && count < room &&
           one(body, text_[static_cast<std::size_t>(at + count)])) {
      ++count;
    }
    const auto used = static_cast<std::uint64_t>(count);
    steps_ -= std::min(steps_, used / 8);
    if (count < least) return false;
    pc += 2;
    if (in.c == 1) {  // lazy
      if (most > least) stack_.push_back({Entry::Kind::kMore, pc, at + count, at + most});
    } else if (in.c == 0 && count > least) {
      stack_.push_back({Entry::Kind::kFewer, pc, at + count - 1, at + least});
    }
    at += count;
    return true;
  }

  bool backtrack(std::size_t base, std::uint32_t& pc, std::ptrdiff_t& at) {
    while (stack_.size() > base) {
      Entry& entry = stack_.back();
      switch (entry.kind) {
        case Entry::Kind::kChoice:
          pc = entry.pc;
          at = entry.at;
          stack_.pop_back();
          return true;
        case Entry::Kind::kFewer:
          pc = entry.pc;
          at = entry.at;
          if (--entry.at < entry.least) stack_.pop_back();
          return true;
        case Entry::Kind::kMore: {
          const bool ok = entry.at < size() && one(program_.code[entry.pc - 1],
                                                   text_[static_cast<std::size_t>(entry.at)]);
          if (!ok) {
            stack_.pop_back();
            continue;
          }
          pc = entry.pc;
          at = ++entry.at;
          if (entry.at >= entry.least) stack_.pop_back();
          return true;
        }
        default:
          undo(entry);
          stack_.pop_back();
      }
    }
    return false;
  }

  const Program& program_;
  std::u32string_view text_;
  std::uint64_t& steps_;
  Spans slots_;
  std::vector<std::ptrdiff_t> marks_;
  std::vector<Entry> stack_;
  std::size_t start_ = 0;
};

}  // namespace

std::optional<Spans> run(const Program& program, std::u32string_view text, std::size_t begin,
                         std::size_t end, Mode mode, std::ptrdiff_t not_empty_at,
                         std::uint64_t& steps) {
  Matcher matcher(program, text, end, steps);
  matcher.full = mode == Mode::kFull;
  matcher.not_empty_at = not_empty_at;
  if (mode != Mode::kSearch) return matcher.match_at(begin);
  // A pattern that begins with a character is looked for first.
  const Instruction& first = program.code.front();
  const bool plain = first.op == Op::kChar && !(first.flags & flag::kIgnoreCase);
  for (std::size_t at = begin; at <= end; ++at) {
    if (plain) {
      at = text.substr(0, end).find(static_cast<char32_t>(first.a), at);
      if (at == std::u32string_view::npos) return std::nullopt;
    }
    if (auto spans = matcher.match_at(at)) return spans;
  }
  return std::nullopt;
}

}  // namespace retort::modules::regex
