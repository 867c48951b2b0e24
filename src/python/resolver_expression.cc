#include <algorithm>
#include <utility>

#include "python/resolver_walk.h"

namespace retort::python::resolver {
namespace {

using ast::ExprKind;

const char* comprehension_name(ast::ComprehensionKind kind) {
  switch (kind) {
    case ast::ComprehensionKind::kList:
      return "list comprehension";
    case ast::ComprehensionKind::kSet:
      return "set comprehension";
    case ast::ComprehensionKind::kDict:
      return "dict comprehension";
    case ast::ComprehensionKind::kGenerator:
      return "generator expression";
  }
  return "comprehension";
}

}  // namespace

void Walker::expression(ast::Expr* expr, bool star_allowed) {
  switch (expr->kind) {
    case ExprKind::kConstant:
      return;
    case ExprKind::kName:
      return use(&ast::as<ast::Name>(expr), kLoad);
    case ExprKind::kAttribute: {
      auto& node = ast::as<ast::Attribute>(expr);
      node.attr = mangle(node.attr);
      return expression(node.value);
    }
    case ExprKind::kSubscript: {
      auto& node = ast::as<ast::Subscript>(expr);
      expression(node.value);
      return expression(node.index, true);
    }
    case ExprKind::kSlice: {
      auto& node = ast::as<ast::Slice>(expr);
      for (ast::Expr* part : {node.lower, node.upper, node.step}) {
        if (part != nullptr) expression(part);
      }
      return;
    }
    case ExprKind::kCall: {
      auto& node = ast::as<ast::Call>(expr);
      expression(node.function);
      expressions(node.args, true);
      return keywords(node.keywords);
    }
    case ExprKind::kUnary:
      return expression(ast::as<ast::Unary>(expr).operand);
    case ExprKind::kBinary: {
      auto& node = ast::as<ast::Binary>(expr);
      expression(node.left);
      return expression(node.right);
    }
    case ExprKind::kBool:
      return expressions(ast::as<ast::Bool>(expr).values);
    case ExprKind::kCompare: {
      auto& node = ast::as<ast::Compare>(expr);
      expression(node.left);
      return expressions(node.comparators);
    }
    case ExprKind::kConditional: {
      auto& node = ast::as<ast::Conditional>(expr);
      expression(node.test);
      expression(node.body);
      return expression(node.orelse);
    }
    case ExprKind::kLambda:
      return lambda(ast::as<ast::Lambda>(expr));
    case ExprKind::kTuple:
    case ExprKind::kList:
    case ExprKind::kSet:
      return expressions(ast::as<ast::Sequence>(expr).elements, true);
    case ExprKind::kDict: {
      auto& node = ast::as<ast::Dict>(expr);
      for (std::size_t i = 0; i < node.keys.size(); ++i) {
        if (node.keys[i] != nullptr) expression(node.keys[i]);
        expression(node.values[i]);
      }
      return;
    }
    case ExprKind::kComprehension:
      return comprehension(ast::as<ast::Comprehension>(expr));
    case ExprKind::kStarred:
      if (!star_allowed) fail("can't use starred expression here", expr->span);
      return expression(ast::as<ast::Starred>(expr).value);
    case ExprKind::kNamed:
      return named(ast::as<ast::Named>(expr));
    case ExprKind::kJoinedString:
      for (const ast::StringPart& part : ast::as<ast::JoinedString>(expr).parts) {
        if (part.value != nullptr) expression(part.value);
        if (part.format != nullptr) expression(part.format);
      }
      return;
    case ExprKind::kYield:
    case ExprKind::kYieldFrom:
    case ExprKind::kAwait:
      return yield(ast::as<ast::Yield>(expr));
  }
}

void Walker::keywords(std::span<const ast::Keyword> list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    expression(list[i].value);
    if (list[i].name.empty()) continue;
    if (list[i].name == "__debug__") fail("cannot assign to __debug__", list[i].span);
  }
  if (list.size() < 2) return;
  std::vector<std::pair<std::string_view, std::size_t>> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].name.empty()) seen.emplace_back(list[i].name, i);
  }
  std::sort(seen.begin(), seen.end());
  for (std::size_t i = 1; i < seen.size(); ++i) {
    if (seen[i].first != seen[i - 1].first) continue;
    fail("keyword argument repeated: " + std::string(seen[i].first), list[seen[i].second].span);
  }
}

void Walker::target(ast::Expr* expr, Mode mode, bool star_allowed) {
  switch (expr->kind) {
    case ExprKind::kName:
      return use(&ast::as<ast::Name>(expr), mode);
    case ExprKind::kTuple:
    case ExprKind::kList: {
      bool starred = false;
      for (ast::Expr* element : ast::as<ast::Sequence>(expr).elements) {
        if (element->kind == ExprKind::kStarred) {
          if (starred) fail("multiple starred expressions in assignment", expr->span);
          starred = true;
        }
        target(element, mode, true);
      }
      return;
    }
    case ExprKind::kStarred:
      if (!star_allowed) {
        fail("starred assignment target must be in a list or tuple", expr->span);
      }
      return target(ast::as<ast::Starred>(expr).value, mode);
    default:
      return expression(expr);
  }
}

void Walker::lambda(ast::Lambda& node) {
  defaults(node.parameters);
  node.scope = arena_.make<ast::ScopeInfo>();
  enter(Kind::kLambda, node.scope);
  int iterable = std::exchange(iterable_, 0);
  parameters(node.parameters);
  expression(node.body);
  iterable_ = iterable;
  leave();
}

void Walker::comprehension(ast::Comprehension& node) {
  bool is_async = false;
  for (const ast::Generator& generator : node.generators) is_async |= generator.is_async;
  if (is_async && node.what != ast::ComprehensionKind::kGenerator) {
    Scope* around = function();
    if (around == nullptr || !around->is_async) {
      fail("asynchronous comprehension outside of an asynchronous function", node.span);
    }
  }
  // The outermost iterable belongs to the scope around it.
  ++iterable_;
  expression(node.generators[0].iterable);
  --iterable_;
  node.scope = arena_.make<ast::ScopeInfo>();
  Scope& inner = enter(Kind::kComprehension, node.scope);
  inner.comprehension = node.what;
  inner.span = node.span;
  for (std::size_t i = 0; i < node.generators.size(); ++i) {
    const ast::Generator& generator = node.generators[i];
    if (i > 0) {
      ++iterable_;
      expression(generator.iterable);
      --iterable_;
    }
    std::size_t first = inner.uses.size();
    target(generator.target, kStore);
    for (std::size_t use = first; use < inner.uses.size(); ++use) {
      Symbol& found = inner.symbols[inner.uses[use].symbol];
      found.iteration = found.bound;
    }
    expressions(generator.conditions);
  }
  expression(node.element);
  if (node.value != nullptr) expression(node.value);
  leave();
}

void Walker::named(ast::Named& node) {
  if (iterable_ > 0) {
    fail("assignment expression cannot be used in a comprehension iterable expression", node.span);
  }
  expression(node.value);
  if (scope_->kind != Kind::kComprehension) return use(node.target, kStore);
  // The name is bound in the function around the comprehension.
  use(node.target, kLoad);
  if (symbol(node.target->id, node.target->span).iteration) {
    fail("assignment expression cannot rebind comprehension iteration variable '" +
             std::string(node.target->id) + "'",
         node.target->span);
  }
  if (node.target->id == "__debug__") fail("cannot assign to __debug__", node.target->span);
  scope_->walrus_names.push_back(node.target);
}

void Walker::yield(ast::Yield& node) {
  if (node.value != nullptr) expression(node.value);
  bool await = node.kind == ExprKind::kAwait;
  Scope* around = function();
  if (await) {
    if (around != nullptr && around->is_async) return;
    if (scope_->kind == Kind::kComprehension) {
      if (scope_->comprehension == ast::ComprehensionKind::kGenerator) return;
      fail("asynchronous comprehension outside of an asynchronous function", scope_->span);
    }
    fail(around == nullptr ? "'await' outside function" : "'await' outside async function",
         node.span);
  }
  if (scope_->kind == Kind::kComprehension) {
    fail(std::string("'yield' inside ") + comprehension_name(scope_->comprehension), node.span);
  }
  if (scope_->frame->kind == Kind::kLambda) {
    fail("'yield' inside a lambda is not supported", node.span,
         "write a function with 'def' instead");
  }
  if (around == nullptr || scope_->kind == Kind::kTypeParams) {
    fail("'yield' outside function", node.span);
  }
  if (node.kind == ExprKind::kYieldFrom && around->is_async) {
    fail("'yield from' inside async function", node.span);
  }
  around->is_generator = true;
}

}  // namespace retort::python::resolver
