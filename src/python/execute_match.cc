#include <algorithm>
#include <array>

#include "python/evaluator_state.h"

// The match statement
// (https://docs.python.org/3/reference/compound_stmts.html#the-match-statement).
namespace retort::python {

void Interpreter::exec_match(Frame& frame, const ast::Match& node) {
  const Value subject = eval(frame, node.subject);
  frame.span = node.subject->span;
  if (const Unknown* from = subject.get<Unknown>()) refuse(*from, "the match statement");
  for (const ast::MatchCase& match_case : node.cases) {
    if (!match_pattern(frame, *match_case.pattern, subject)) continue;
    if (match_case.guard) {
      const Value guard = eval(frame, match_case.guard);
      frame.span = match_case.guard->span;
      if (!truthy(guard)) continue;
    }
    frame.stack.push_back({.block = match_case.body});
    return;
  }
}

bool Interpreter::match_pattern(Frame& frame, const ast::Pattern& pattern, Value subject) {
  frame.span = pattern.span;
  switch (pattern.kind) {
    case ast::PatternKind::kValue:
      return equal(subject, eval(frame, pattern.value));
    case ast::PatternKind::kSingleton:
      return identical(subject, eval(frame, pattern.value));
    case ast::PatternKind::kSequence:
      return match_sequence(frame, pattern, subject);
    case ast::PatternKind::kMapping:
      return match_mapping(frame, pattern, subject);
    case ast::PatternKind::kClass:
      return match_class(frame, pattern, subject);
    case ast::PatternKind::kStar:
      if (pattern.name) store_name(frame, *pattern.name, subject);
      return true;
    case ast::PatternKind::kAs:
      if (pattern.pattern && !match_pattern(frame, *pattern.pattern, subject)) return false;
      if (pattern.name) store_name(frame, *pattern.name, subject);
      return true;
    case ast::PatternKind::kOr:
      return std::any_of(
          pattern.patterns.begin(), pattern.patterns.end(),
          [&](const ast::Pattern* each) { return match_pattern(frame, *each, subject); });
  }
  return false;
}

bool Interpreter::match_sequence(Frame& frame, const ast::Pattern& pattern, Value subject) {
  const bool builtin_sequence = subject.is(ObjectKind::kList) || subject.is(ObjectKind::kTuple) ||
                                subject.is(ObjectKind::kRange);
  if (!builtin_sequence && !is_registered(subject, "Sequence")) return false;
  std::vector<Value> items;
  collect(subject, items);
  const auto& patterns = pattern.patterns;
  const auto star = std::find_if(patterns.begin(), patterns.end(), [](const ast::Pattern* each) {
    return each->kind == ast::PatternKind::kStar;
  });
  if (star == patterns.end()) {
    if (items.size() != patterns.size()) return false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!match_pattern(frame, *patterns[i], items[i])) return false;
    }
    return true;
  }
  if (items.size() + 1 < patterns.size()) return false;
  const std::size_t before = static_cast<std::size_t>(star - patterns.begin());
  const std::size_t after = patterns.size() - before - 1;
  for (std::size_t i = 0; i < before; ++i) {
    if (!match_pattern(frame, *patterns[i], items[i])) return false;
  }
  const std::vector<Value> rest(items.begin() + static_cast<std::ptrdiff_t>(before),
                                items.end() - static_cast<std::ptrdiff_t>(after));
  if (!match_pattern(frame, **star, ev.list(rest))) return false;
  for (std::size_t i = 0; i < after; ++i) {
    if (!match_pattern(frame, *patterns[before + 1 + i], items[items.size() - after + i])) {
      return false;
    }
  }
  return true;
}

bool Interpreter::match_mapping(Frame& frame, const ast::Pattern& pattern, Value subject) {
  if (!subject.is(ObjectKind::kDict) && !is_registered(subject, "Mapping")) return false;
  std::vector<Value> keys;
  for (std::size_t i = 0; i < pattern.keys.size(); ++i) {
    const Value key = eval(frame, pattern.keys[i]);
    keys.push_back(key);
    Value value;
    if (const Dict* dict = subject.get<Dict>()) {
      value = dict->find(ev, key);
      if (!value) return false;
    } else {
      if (!contains(subject, key)) return false;
      value = get_item(subject, key);
    }
    if (!match_pattern(frame, *pattern.patterns[i], value)) return false;
  }
  if (pattern.name) {
    Dict* rest = ev.dict();
    update_dict(*rest, subject.is(ObjectKind::kDict) ? as_plain_dict(subject) : subject, "");
    for (const Value& key : keys) rest->erase(ev, key);
    store_name(frame, *pattern.name, rest);
  }
  return true;
}

bool Interpreter::match_class(Frame& frame, const ast::Pattern& pattern, Value subject) {
  const Value wanted = eval(frame, pattern.value);
  if (const Unknown* from = wanted.get<Unknown>()) refuse(*from, "the class pattern");
  Class* cls = wanted.get<Class>();
  if (!cls) ev.type_error("called match pattern must be a class");
  if (!ev.is_instance(subject, wanted)) return false;
  if (!pattern.patterns.empty()) {
    static constexpr std::array<std::string_view, 11> kSelf = {
        "bool", "bytearray", "bytes", "dict", "float", "frozenset",
        "int",  "list",      "set",   "str",  "tuple"};
    const bool itself = std::any_of(cls->mro.begin(), cls->mro.end(), [](const Class* each) {
      return each->native && each->module == "builtins" &&
             std::find(kSelf.begin(), kSelf.end(), each->name) != kSelf.end();
    });
    const Value names = find_attr(cls, "__match_args__");
    std::vector<Value> attributes;
    if (names) collect(names, attributes);
    const std::size_t most = names ? attributes.size() : itself ? 1 : 0;
    if (pattern.patterns.size() > most) {
      ev.type_error(cls->name + "() accepts " + std::to_string(most) + " positional sub-pattern" +
                    (most == 1 ? "" : "s") + " (" + std::to_string(pattern.patterns.size()) +
                    " given)");
    }
    for (std::size_t i = 0; i < pattern.patterns.size(); ++i) {
      Value value = subject;
      if (names) {
        value = find_attr(subject, to_str(attributes[i]));
        if (!value) return false;
      }
      if (!match_pattern(frame, *pattern.patterns[i], value)) return false;
    }
  }
  for (std::size_t i = 0; i < pattern.attrs.size(); ++i) {
    const Value value = find_attr(subject, pattern.attrs[i]);
    if (!value || !match_pattern(frame, *pattern.attr_patterns[i], value)) return false;
  }
  return true;
}

// An instance of a class derived from the abstract collection of that name.
bool Interpreter::is_registered(Value value, std::string_view collection) {
  if (!value.is(ObjectKind::kInstance)) return false;
  const auto& mro = type_of(value)->mro;
  return std::any_of(mro.begin(), mro.end(), [&](const Class* cls) {
    return cls->native && cls->name.ends_with(collection) &&
           (cls->module == "collections.abc" || cls->module == "typing");
  });
}

}  // namespace retort::python
