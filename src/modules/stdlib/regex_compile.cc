#include <algorithm>

#include "modules/stdlib/regex_parse.h"

namespace retort::modules::regex {

namespace {

constexpr std::size_t kMostInstructions = 200'000;

// How many characters a part can match.
std::pair<std::uint64_t, std::uint64_t> width(const Node& node,
                                              const std::vector<const Node*>& groups) {
  constexpr std::uint64_t kInfinite = std::uint64_t{1} << 40;
  switch (node.kind) {
    case Node::Kind::kChar:
    case Node::Kind::kAny:
    case Node::Kind::kSet:
      return {1, 1};
    case Node::Kind::kSequence:
    case Node::Kind::kGroup:
    case Node::Kind::kAtomic: {
      std::uint64_t low = 0, high = 0;
      for (const Node& child : node.children) {
        const auto [l, h] = width(child, groups);
        low += l;
        high = std::min(high + h, kInfinite);
      }
      return {low, high};
    }
    case Node::Kind::kIfGroup:
    case Node::Kind::kAlternatives: {
      std::uint64_t low = kInfinite, high = 0;
      for (const Node& child : node.children) {
        const auto [l, h] = width(child, groups);
        low = std::min(low, l);
        high = std::max(high, h);
      }
      if (node.kind == Node::Kind::kIfGroup && node.children.size() < 2) low = 0;
      return {low, high};
    }
    case Node::Kind::kRepeat: {
      const auto [l, h] = width(node.children[0], groups);
      return {std::min(l * node.least, kInfinite), node.most == kNoLimit
                                                       ? (h == 0 ? 0 : kInfinite)
                                                       : std::min(h * node.most, kInfinite)};
    }
    case Node::Kind::kBackReference:
      return groups[node.index] ? width(*groups[node.index], groups)
                                : std::pair<std::uint64_t, std::uint64_t>{0, kInfinite};
    default:
      return {0, 0};
  }
}

class Emitter {
 public:
  explicit Emitter(Program& program) : program_(program), groups_(program.groups + 1) {}

  void find_groups(const Node& node) {
    if (node.kind == Node::Kind::kGroup) groups_[node.index] = &node;
    for (const Node& child : node.children) find_groups(child);
  }

  void emit(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kEmpty:
        return;
      case Node::Kind::kChar: {
        char32_t c = node.character;
        add({Op::kChar, c, 0, 0, node.flags});
        return;
      }
      case Node::Kind::kAny:
        add({node.flags & flag::kDotAll ? Op::kAnyAll : Op::kAny, 0, 0, 0, node.flags});
        return;
      case Node::Kind::kSet:
        add({Op::kSet, static_cast<std::uint32_t>(node.index), 0, 0, node.flags});
        return;
      case Node::Kind::kSequence:
        for (const Node& child : node.children) emit(child);
        return;
      case Node::Kind::kAlternatives:
        return alternatives(node);
      case Node::Kind::kRepeat:
        return repeat(node);
      case Node::Kind::kGroup:
        add({Op::kSave, static_cast<std::uint32_t>(node.index * 2)});
        emit(node.children[0]);
        add({Op::kSave, static_cast<std::uint32_t>(node.index * 2 + 1)});
        return;
      case Node::Kind::kAssert:
        add({node.assertion, 0, 0, 0, node.flags});
        return;
      case Node::Kind::kBackReference:
        add({Op::kBackReference, static_cast<std::uint32_t>(node.index), 0, 0, node.flags});
        return;
      case Node::Kind::kLook: {
        std::int32_t back = -1;
        if (node.behind) {
          const auto [low, high] = width(node.children[0], groups_);
          if (low != high) throw SyntaxError{"look-behind requires fixed-width pattern", kNowhere};
          back = static_cast<std::int32_t>(low);
        }
        const std::size_t at = add({Op::kLook, node.negated ? 1u : 0u, 0, back});
        emit(node.children[0]);
        add({Op::kMatch});
        program_.code[at].b = here();
        return;
      }
      case Node::Kind::kAtomic: {
        const std::size_t at = add({Op::kAtomic});
        emit(node.children[0]);
        add({Op::kMatch});
        program_.code[at].b = here();
        return;
      }
      case Node::Kind::kIfGroup: {
        const std::size_t at = add({Op::kIfGroup, static_cast<std::uint32_t>(node.index)});
        emit(node.children[0]);
        if (node.children.size() > 1) {
          const std::size_t jump = add({Op::kJump});
          program_.code[at].b = here();
          emit(node.children[1]);
          program_.code[jump].a = here();
        } else {
          program_.code[at].b = here();
        }
        return;
      }
    }
  }

  std::size_t add(Instruction instruction) {
    if (program_.code.size() >= kMostInstructions) {
      throw SyntaxError{"the pattern is too large", kNowhere};
    }
    program_.code.push_back(instruction);
    return program_.code.size() - 1;
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

 private:
  std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }

  void alternatives(const Node& node) {
    std::vector<std::size_t> jumps;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const bool last = i + 1 == node.children.size();
      std::size_t split = 0;
      if (!last) split = add({Op::kSplit, here() + 1});
      emit(node.children[i]);
      if (last) break;
      jumps.push_back(add({Op::kJump}));
      program_.code[split].b = here();
    }
    for (const std::size_t jump : jumps) program_.code[jump].a = here();
  }

  static bool single(const Node& node) {
    return node.kind == Node::Kind::kChar || node.kind == Node::Kind::kAny ||
           node.kind == Node::Kind::kSet;
  }

  static const Node& unwrapped(const Node& node) {
    const Node* at = &node;
    while (at->kind == Node::Kind::kSequence && at->children.size() == 1) at = &at->children[0];
    return *at;
  }

  void repeat(const Node& node) {
    const Node& body = unwrapped(node.children[0]);
    if (single(body)) {
      add({Op::kRepeatOne, node.least, node.most, static_cast<std::int32_t>(node.greed)});
      emit(body);
      return;
    }
    if (node.greed == Node::Greed::kPossessive) {
      Node greedy = node;
      greedy.greed = Node::Greed::kGreedy;
      const std::size_t at = add({Op::kAtomic});
      repeat(greedy);
      add({Op::kMatch});
      program_.code[at].b = here();
      return;
    }
    const bool lazy = node.greed == Node::Greed::kLazy;
    for (std::uint32_t i = 0; i < node.least; ++i) emit(body);
    if (node.most == kNoLimit) {
      const auto mark = static_cast<std::uint32_t>(program_.marks++);
      const std::size_t split = add({Op::kSplit});
      const std::uint32_t begin = here();
      add({Op::kMark, mark});
      emit(body);
      const std::size_t progress = add({Op::kProgress, mark});
      add({Op::kJump, static_cast<std::uint32_t>(split)});
      program_.code[progress].b = here();
      set_split(split, begin, here(), lazy);
      return;
    }
    struct Optional {
      std::size_t split;
      std::uint32_t begin;
      std::size_t progress;
    };
    std::vector<Optional> splits;
    for (std::uint32_t i = node.least; i < node.most; ++i) {
      const std::size_t split = add({Op::kSplit});
      const std::uint32_t begin = here();
      const auto mark = static_cast<std::uint32_t>(program_.marks++);
      add({Op::kMark, mark});
      emit(body);
      splits.push_back({split, begin, add({Op::kProgress, mark})});
    }
    for (const Optional& one : splits) {
      program_.code[one.progress].b = here();
      set_split(one.split, one.begin, here(), lazy);
    }
  }

  void set_split(std::size_t at, std::uint32_t body, std::uint32_t after, bool lazy) {
    program_.code[at].a = lazy ? after : body;
    program_.code[at].b = lazy ? body : after;
  }

  Program& program_;
  std::vector<const Node*> groups_;
};

}  // namespace

Program compile(std::u32string_view pattern, unsigned flags) {
  if (!(flags & flag::kAscii)) flags |= flag::kUnicode;
  Program program;
  const Node root = parse(pattern, flags, program);
  if (program.flags & flag::kAscii) program.flags &= ~flag::kUnicode;
  Emitter emitter(program);
  emitter.find_groups(root);
  emitter.emit(root);
  emitter.add({Op::kMatch});
  return program;
}

}  // namespace retort::modules::regex
