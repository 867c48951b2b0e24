#include <algorithm>

#include "python/resolver_walk.h"

namespace retort::python::resolver {
namespace {

using ast::PatternKind;
using Captured = std::set<std::string_view>;

bool is_capture(const ast::Pattern* node) {
  return node->kind == PatternKind::kAs && node->pattern == nullptr;
}

}  // namespace

// A pattern that matches everything may only stand where nothing comes after it.
void Walker::check_irrefutable(const ast::Pattern* node, bool last, Span span) const {
  while (node->kind == PatternKind::kAs && node->pattern != nullptr) node = node->pattern;
  if (node->kind == PatternKind::kOr) {
    return check_irrefutable(node->patterns.back(), last, span);
  }
  if (last || !is_capture(node)) return;
  fail(node->name != nullptr ? "name capture '" + std::string(node->name->id) +
                                   "' makes remaining patterns unreachable"
                             : "wildcard makes remaining patterns unreachable",
       span);
}

void Walker::match_statement(ast::Match& node) {
  expression(node.subject);
  for (std::size_t i = 0; i < node.cases.size(); ++i) {
    const ast::MatchCase& match_case = node.cases[i];
    Captured captured;
    pattern(match_case.pattern, captured);
    bool last = i + 1 == node.cases.size() || match_case.guard != nullptr;
    check_irrefutable(match_case.pattern, last, match_case.pattern->span);
    if (match_case.guard != nullptr) expression(match_case.guard);
    block(match_case.body);
  }
}

void Walker::pattern(ast::Pattern* node, Captured& captured) {
  auto capture = [&](ast::Name* name) {
    if (name == nullptr) return;
    if (!captured.insert(name->id).second) {
      fail("multiple assignments to name '" + std::string(name->id) + "' in pattern", name->span);
    }
    use(name, kStore);
  };
  switch (node->kind) {
    case PatternKind::kValue:
    case PatternKind::kSingleton:
      return expression(node->value);
    case PatternKind::kStar:
      return capture(node->name);
    case PatternKind::kAs:
      if (node->pattern != nullptr) {
        pattern(node->pattern, captured);
      }
      return capture(node->name);
    case PatternKind::kSequence: {
      bool starred = false;
      for (ast::Pattern* inner : node->patterns) {
        if (inner->kind == PatternKind::kStar) {
          if (starred) fail("multiple starred names in sequence pattern", node->span);
          starred = true;
        }
        pattern(inner, captured);
      }
      return;
    }
    case PatternKind::kMapping:
      for (ast::Expr* key : node->keys) expression(key);
      for (ast::Pattern* inner : node->patterns) pattern(inner, captured);
      return capture(node->name);
    case PatternKind::kClass: {
      expression(node->value);
      for (ast::Pattern* inner : node->patterns) pattern(inner, captured);
      for (ast::Pattern* inner : node->attr_patterns) pattern(inner, captured);
      std::vector<std::string_view> attrs(node->attrs.begin(), node->attrs.end());
      std::sort(attrs.begin(), attrs.end());
      auto twice = std::adjacent_find(attrs.begin(), attrs.end());
      if (twice != attrs.end()) {
        fail("attribute name repeated in class pattern: " + std::string(*twice), node->span);
      }
      return;
    }
    case PatternKind::kOr: {
      Captured first;
      for (std::size_t i = 0; i < node->patterns.size(); ++i) {
        Captured names;
        check_irrefutable(node->patterns[i], i + 1 == node->patterns.size(),
                          node->patterns[i]->span);
        pattern(node->patterns[i], names);
        if (i == 0) first = names;
        if (names != first) fail("alternative patterns bind different names", node->span);
      }
      for (std::string_view name : first) {
        if (!captured.insert(name).second) {
          fail("multiple assignments to name '" + std::string(name) + "' in pattern", node->span);
        }
      }
      return;
    }
  }
}

}  // namespace retort::python::resolver
