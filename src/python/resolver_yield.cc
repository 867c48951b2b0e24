#include "python/resolver_yield.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace retort::python {
namespace {

using ast::ExprKind;
using ast::StmtKind;
using Exprs = std::vector<ast::Expr*>;
using Stmts = std::vector<ast::Stmt*>;

bool is_yield(const ast::Expr* expr) {
  return expr != nullptr && (expr->kind == ExprKind::kYield || expr->kind == ExprKind::kYieldFrom);
}

bool any(ast::ExprList list, bool (*test)(const ast::Expr*)) {
  for (const ast::Expr* expr : list) {
    if (test(expr)) return true;
  }
  return false;
}

// Whether evaluating the expression yields: bodies of lambdas and comprehensions don't count.
bool yields(const ast::Expr* expr) {
  if (expr == nullptr) return false;
  switch (expr->kind) {
    case ExprKind::kYield:
    case ExprKind::kYieldFrom:
      return true;
    case ExprKind::kConstant:
    case ExprKind::kName:
      return false;
    case ExprKind::kAttribute:
      return yields(ast::as<ast::Attribute>(expr).value);
    case ExprKind::kSubscript: {
      const auto& node = ast::as<ast::Subscript>(expr);
      return yields(node.value) || yields(node.index);
    }
    case ExprKind::kSlice: {
      const auto& node = ast::as<ast::Slice>(expr);
      return yields(node.lower) || yields(node.upper) || yields(node.step);
    }
    case ExprKind::kCall: {
      const auto& node = ast::as<ast::Call>(expr);
      for (const ast::Keyword& keyword : node.keywords) {
        if (yields(keyword.value)) return true;
      }
      return yields(node.function) || any(node.args, yields);
    }
    case ExprKind::kUnary:
      return yields(ast::as<ast::Unary>(expr).operand);
    case ExprKind::kBinary: {
      const auto& node = ast::as<ast::Binary>(expr);
      return yields(node.left) || yields(node.right);
    }
    case ExprKind::kBool:
      return any(ast::as<ast::Bool>(expr).values, yields);
    case ExprKind::kCompare: {
      const auto& node = ast::as<ast::Compare>(expr);
      return yields(node.left) || any(node.comparators, yields);
    }
    case ExprKind::kConditional: {
      const auto& node = ast::as<ast::Conditional>(expr);
      return yields(node.test) || yields(node.body) || yields(node.orelse);
    }
    case ExprKind::kLambda:
      for (const ast::Parameter& parameter : ast::as<ast::Lambda>(expr).parameters) {
        if (yields(parameter.default_value)) return true;
      }
      return false;
    case ExprKind::kTuple:
    case ExprKind::kList:
    case ExprKind::kSet:
      return any(ast::as<ast::Sequence>(expr).elements, yields);
    case ExprKind::kDict: {
      const auto& node = ast::as<ast::Dict>(expr);
      return any(node.keys, yields) || any(node.values, yields);
    }
    case ExprKind::kComprehension:
      return yields(ast::as<ast::Comprehension>(expr).generators[0].iterable);
    case ExprKind::kStarred:
      return yields(ast::as<ast::Starred>(expr).value);
    case ExprKind::kNamed:
      return yields(ast::as<ast::Named>(expr).value);
    case ExprKind::kJoinedString:
      for (const ast::StringPart& part : ast::as<ast::JoinedString>(expr).parts) {
        if (yields(part.value) || yields(part.format)) return true;
      }
      return false;
    case ExprKind::kAwait:
      return yields(ast::as<ast::Yield>(expr).value);
  }
  return false;
}

class Hoister {
 public:
  Hoister(const ast::Module& module, Arena& arena) : source_(module.source), arena_(arena) {}

  ast::Block block(ast::Block body);

 private:
  [[noreturn]] void refuse(const ast::Expr* expr) const {
    throw Error(code::kSyntax, "'yield' can't be used in this place")
        .with_place({source_, expr->span})
        .with_hint("assign what it gives to a variable first: x = yield ...");
  }
  void refuse_if_yields(const ast::Expr* expr) const {
    if (yields(expr)) refuse(expr);
  }

  template <typename T>
  T* make_expr(ExprKind kind, Span span) {
    T* node = arena_.make<T>();
    node->kind = kind;
    node->span = span;
    return node;
  }
  template <typename T>
  T* make_stmt(Span span) {
    T* node = arena_.make<T>();
    node->kind = T::kKind;
    node->span = span;
    return node;
  }
  ast::Name* name(std::string_view id, Span span) {
    auto* node = make_expr<ast::Name>(ExprKind::kName, span);
    node->id = id;
    return node;
  }
  std::string_view new_name() { return arena_.copy("." + std::to_string(++temporaries_)); }
  ast::Expr* constant(ast::ConstantKind kind, Span span) {
    auto* node = make_expr<ast::Constant>(ExprKind::kConstant, span);
    node->constant = kind;
    return node;
  }
  ast::Expr* negated(ast::Expr* operand) {
    auto* node = make_expr<ast::Unary>(ExprKind::kUnary, operand->span);
    node->operand = operand;
    return node;
  }
  void assign(ast::Expr* target, ast::Expr* value) {
    auto* node = make_stmt<ast::Assign>(value->span);
    node->targets = arena_.copy(Exprs{target});
    node->value = value;
    out_->push_back(node);
  }
  // The statements that `emit` makes, as a block of their own.
  ast::Block collect(const std::function<void()>& emit) {
    Stmts inner;
    Stmts* outer = std::exchange(out_, &inner);
    emit();
    out_ = outer;
    return arena_.copy(inner);
  }
  ast::If* emit_if(
      ast::Expr* test, const std::function<void()>& body,
      const std::function<void()>& orelse = [] {}) {
    auto* node = make_stmt<ast::If>(test->span);
    node->test = test;
    node->body = collect(body);
    node->orelse = collect(orelse);
    out_->push_back(node);
    return node;
  }

  ast::Expr* save(ast::Expr* expr);
  ast::Expr* extract(ast::Expr* expr);
  ast::Expr* extract_inside(ast::Expr* expr);
  void in_order(const std::vector<ast::Expr**>& children);
  ast::ExprList list(ast::ExprList items);
  ast::Expr* boolean(ast::Bool& node, std::size_t from);
  ast::Expr* conditional(ast::Conditional& node);
  void call(ast::Call& node);
  void joined(ast::JoinedString& node);

  void statement(ast::Stmt* stmt);
  void assignment(ast::Assign& node);
  void assign_to(ast::Expr* target, ast::Expr* value);
  void augmented(ast::AugAssign& node);
  void while_loop(ast::While& node);
  void with(ast::With& node);

  const SourcePtr& source_;
  Arena& arena_;
  Stmts* out_ = nullptr;
  int temporaries_ = 0;
};

// Evaluates `expr` now, into a temporary.
ast::Expr* Hoister::save(ast::Expr* expr) {
  if (expr == nullptr || expr->kind == ExprKind::kConstant) return expr;
  if (expr->kind == ExprKind::kSlice) refuse(expr);
  if (expr->kind == ExprKind::kStarred) {
    // What it unpacks is read now as well.
    auto* read = make_expr<ast::Sequence>(ExprKind::kList, expr->span);
    read->elements = arena_.copy(Exprs{expr});
    auto* star = make_expr<ast::Starred>(ExprKind::kStarred, expr->span);
    star->value = save(read);
    return star;
  }
  std::string_view id = new_name();
  assign(name(id, expr->span), expr);
  return name(id, expr->span);
}

// The expression without its yields, which are emitted before.
ast::Expr* Hoister::extract(ast::Expr* expr) {
  if (!yields(expr)) return expr;
  if (is_yield(expr)) return save(extract_inside(expr));
  return extract_inside(expr);
}

// Children in the order of their evaluation: what comes before the last yield is saved.
void Hoister::in_order(const std::vector<ast::Expr**>& children) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (yields(*children[i])) last = i;
  }
  for (std::size_t i = 0; i < last; ++i) *children[i] = save(extract(*children[i]));
  *children[last] = extract(*children[last]);
}

ast::ExprList Hoister::list(ast::ExprList items) {
  Exprs copy(items.begin(), items.end());
  std::vector<ast::Expr**> children;
  for (ast::Expr*& item : copy) children.push_back(&item);
  in_order(children);
  return arena_.copy(copy);
}

ast::Expr* Hoister::boolean(ast::Bool& node, std::size_t from) {
  bool later = false;
  for (std::size_t i = from + 1; i < node.values.size(); ++i) later |= yields(node.values[i]);
  if (!later) {
    auto* rest = make_expr<ast::Bool>(ExprKind::kBool, node.span);
    Exprs values(node.values.begin() + static_cast<std::ptrdiff_t>(from), node.values.end());
    values[0] = extract(values[0]);
    if (values.size() == 1) return values[0];
    rest->op = node.op;
    rest->values = arena_.copy(values);
    return rest;
  }
  Span span = node.values[from]->span;
  std::string_view id = new_name();
  assign(name(id, span), extract(node.values[from]));
  ast::Expr* test = name(id, span);
  if (node.op == ast::BoolOp::kOr) test = negated(test);
  emit_if(test, [&] { assign(name(id, span), boolean(node, from + 1)); });
  return name(id, span);
}

ast::Expr* Hoister::conditional(ast::Conditional& node) {
  node.test = extract(node.test);
  if (!yields(node.body) && !yields(node.orelse)) return &node;
  std::string_view id = new_name();
  emit_if(
      node.test, [&] { assign(name(id, node.span), extract(node.body)); },
      [&] { assign(name(id, node.span), extract(node.orelse)); });
  return name(id, node.span);
}

void Hoister::call(ast::Call& node) {
  Exprs args(node.args.begin(), node.args.end());
  std::vector<ast::Keyword> keywords(node.keywords.begin(), node.keywords.end());
  std::vector<ast::Expr**> children{&node.function};
  for (ast::Expr*& arg : args) children.push_back(&arg);
  for (ast::Keyword& keyword : keywords) children.push_back(&keyword.value);
  in_order(children);
  node.args = arena_.copy(args);
  node.keywords = arena_.copy(keywords);
}

// Each part is formatted before the next one is evaluated.
void Hoister::joined(ast::JoinedString& node) {
  std::vector<ast::StringPart> parts(node.parts.begin(), node.parts.end());
  std::size_t last = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (yields(parts[i].value) || yields(parts[i].format)) last = i;
  }
  for (std::size_t i = 0; i <= last; ++i) {
    ast::StringPart& part = parts[i];
    if (part.value == nullptr) continue;
    bool late = yields(part.format);
    part.value = extract(part.value);
    if (late) {
      part.value = save(part.value);
      joined(*part.format);
    }
    if (i == last) break;
    auto* alone = make_expr<ast::JoinedString>(ExprKind::kJoinedString, part.value->span);
    alone->parts = arena_.copy(std::vector<ast::StringPart>{part});
    part = {{}, save(alone), 0, nullptr};
  }
  node.parts = arena_.copy(parts);
}

ast::Expr* Hoister::extract_inside(ast::Expr* expr) {
  switch (expr->kind) {
    case ExprKind::kYield:
    case ExprKind::kYieldFrom:
    case ExprKind::kAwait: {
      auto& node = ast::as<ast::Yield>(expr);
      node.value = extract(node.value);
      return expr;
    }
    case ExprKind::kAttribute: {
      auto& node = ast::as<ast::Attribute>(expr);
      node.value = extract(node.value);
      return expr;
    }
    case ExprKind::kSubscript: {
      auto& node = ast::as<ast::Subscript>(expr);
      if (node.index->kind != ExprKind::kSlice) {
        in_order({&node.value, &node.index});
      } else if (yields(node.index)) {
        auto& slice = ast::as<ast::Slice>(node.index);
        in_order({&node.value, &slice.lower, &slice.upper, &slice.step});
      } else {
        node.value = extract(node.value);
      }
      return expr;
    }
    case ExprKind::kSlice: {
      auto& node = ast::as<ast::Slice>(expr);
      in_order({&node.lower, &node.upper, &node.step});
      return expr;
    }
    case ExprKind::kCall:
      call(ast::as<ast::Call>(expr));
      return expr;
    case ExprKind::kUnary: {
      auto& node = ast::as<ast::Unary>(expr);
      node.operand = extract(node.operand);
      return expr;
    }
    case ExprKind::kBinary: {
      auto& node = ast::as<ast::Binary>(expr);
      in_order({&node.left, &node.right});
      return expr;
    }
    case ExprKind::kBool:
      return boolean(ast::as<ast::Bool>(expr), 0);
    case ExprKind::kCompare: {
      auto& node = ast::as<ast::Compare>(expr);
      // From the second comparison on, operands are evaluated only if the ones before were true.
      Exprs comparators(node.comparators.begin(), node.comparators.end());
      for (std::size_t i = 1; i < comparators.size(); ++i) refuse_if_yields(comparators[i]);
      in_order({&node.left, &comparators[0]});
      node.comparators = arena_.copy(comparators);
      return expr;
    }
    case ExprKind::kConditional:
      return conditional(ast::as<ast::Conditional>(expr));
    case ExprKind::kTuple:
    case ExprKind::kList:
    case ExprKind::kSet: {
      auto& node = ast::as<ast::Sequence>(expr);
      node.elements = list(node.elements);
      return expr;
    }
    case ExprKind::kDict: {
      auto& node = ast::as<ast::Dict>(expr);
      Exprs keys(node.keys.begin(), node.keys.end());
      Exprs values(node.values.begin(), node.values.end());
      std::vector<ast::Expr**> children;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        children.push_back(&keys[i]);
        children.push_back(&values[i]);
      }
      in_order(children);
      node.keys = arena_.copy(keys);
      node.values = arena_.copy(values);
      return expr;
    }
    case ExprKind::kComprehension: {
      auto& node = ast::as<ast::Comprehension>(expr);
      std::vector<ast::Generator> generators(node.generators.begin(), node.generators.end());
      generators[0].iterable = extract(generators[0].iterable);
      node.generators = arena_.copy(generators);
      return expr;
    }
    case ExprKind::kStarred: {
      auto& node = ast::as<ast::Starred>(expr);
      node.value = extract(node.value);
      return expr;
    }
    case ExprKind::kNamed: {
      auto& node = ast::as<ast::Named>(expr);
      node.value = extract(node.value);
      return expr;
    }
    case ExprKind::kJoinedString:
      joined(ast::as<ast::JoinedString>(expr));
      return expr;
    case ExprKind::kLambda:
      refuse(expr);
    case ExprKind::kConstant:
    case ExprKind::kName:
      return expr;
  }
  return expr;
}

// ---- statements

ast::Block Hoister::block(ast::Block body) {
  return collect([&] {
    for (ast::Stmt* stmt : body) statement(stmt);
  });
}

void Hoister::assignment(ast::Assign& node) {
  if (!any(node.targets, yields)) {
    node.value = is_yield(node.value) ? extract_inside(node.value) : extract(node.value);
    out_->push_back(&node);
    return;
  }
  ast::Expr* value = save(extract(node.value));
  for (ast::Expr* target : node.targets) assign_to(target, value);
}

// Sequences are unpacked into temporaries first, then their targets evaluated one by one.
void Hoister::assign_to(ast::Expr* target, ast::Expr* value) {
  bool sequence = target->kind == ExprKind::kTuple || target->kind == ExprKind::kList;
  if (!sequence || !yields(target)) return assign(extract(target), value);
  Exprs unpacked;
  std::vector<std::pair<ast::Expr*, std::string_view>> parts;
  for (ast::Expr* element : ast::as<ast::Sequence>(target).elements) {
    std::string_view id = new_name();
    ast::Expr* variable = name(id, element->span);
    if (element->kind == ExprKind::kStarred) {
      auto* star = make_expr<ast::Starred>(ExprKind::kStarred, element->span);
      star->value = variable;
      variable = star;
      element = ast::as<ast::Starred>(element).value;
    }
    unpacked.push_back(variable);
    parts.emplace_back(element, id);
  }
  auto* tuple = make_expr<ast::Sequence>(ExprKind::kTuple, target->span);
  tuple->elements = arena_.copy(unpacked);
  assign(tuple, value);
  for (auto& [element, id] : parts) assign_to(element, name(id, element->span));
}

// The target is read before the value is evaluated, and written after it.
void Hoister::augmented(ast::AugAssign& node) {
  ast::Expr* write = node.target;
  if (write->kind == ExprKind::kAttribute) {
    auto* copy = arena_.make<ast::Attribute>(ast::as<ast::Attribute>(write));
    copy->value = save(extract(copy->value));
    write = copy;
  } else if (write->kind == ExprKind::kSubscript) {
    auto* copy = arena_.make<ast::Subscript>(ast::as<ast::Subscript>(write));
    copy->value = save(extract(copy->value));
    copy->index = save(extract(copy->index));
    write = copy;
  }
  // The same nodes in both places would be resolved twice, to the same end.
  ast::Expr* read = write;
  if (write->kind == ExprKind::kName) read = name(ast::as<ast::Name>(write).id, write->span);
  ast::Expr* current = save(read);
  node.value = extract(node.value);
  node.target = name(ast::as<ast::Name>(current).id, current->span);
  out_->push_back(&node);
  assign(write, name(ast::as<ast::Name>(current).id, current->span));
}

// while (yield x): body   ->   while True: .1 = yield x; if not .1: break; body
// Its `else` runs after the loop when the test ended it.
void Hoister::while_loop(ast::While& node) {
  std::string_view ended = node.orelse.empty() ? std::string_view() : new_name();
  Span span = node.test->span;
  if (!ended.empty()) assign(name(ended, span), constant(ast::ConstantKind::kFalse, span));
  ast::Expr* written = node.test;
  node.test = constant(ast::ConstantKind::kTrue, span);
  ast::Block body = node.body;
  node.body = collect([&] {
    emit_if(negated(extract(written)), [&] {
      if (!ended.empty()) assign(name(ended, span), constant(ast::ConstantKind::kTrue, span));
      auto* stop = arena_.make<ast::Stmt>();
      stop->kind = StmtKind::kBreak;
      stop->span = span;
      out_->push_back(stop);
    });
    for (ast::Stmt* stmt : body) statement(stmt);
  });
  ast::Block orelse = node.orelse;
  node.orelse = {};
  out_->push_back(&node);
  if (ended.empty()) return;
  emit_if(name(ended, span), [&] {
    for (ast::Stmt* stmt : orelse) statement(stmt);
  });
}

// Items from the first one that yields on move into a statement of their own.
void Hoister::with(ast::With& node) {
  std::size_t split = 0;
  while (split < node.items.size() && !yields(node.items[split].context)) ++split;
  for (const ast::WithItem& item : node.items) refuse_if_yields(item.target);
  if (split == node.items.size()) {
    node.body = block(node.body);
    out_->push_back(&node);
    return;
  }
  auto* inner = arena_.make<ast::With>(node);
  auto rest = [&] {
    std::vector<ast::WithItem> items(node.items.begin() + static_cast<std::ptrdiff_t>(split),
                                     node.items.end());
    items[0].context = extract(items[0].context);
    inner->items = arena_.copy(items);
    with(*inner);
  };
  if (split == 0) return rest();
  node.body = collect(rest);
  node.items = node.items.first(split);
  out_->push_back(&node);
}

void Hoister::statement(ast::Stmt* stmt) {
  switch (stmt->kind) {
    case StmtKind::kExpr: {
      auto& node = ast::as<ast::ExprStmt>(stmt);
      node.value = is_yield(node.value) ? extract_inside(node.value) : extract(node.value);
      break;
    }
    case StmtKind::kReturn: {
      auto& node = ast::as<ast::Return>(stmt);
      node.value = is_yield(node.value) ? extract_inside(node.value) : extract(node.value);
      break;
    }
    case StmtKind::kAssign:
      return assignment(ast::as<ast::Assign>(stmt));
    case StmtKind::kAugAssign: {
      auto& node = ast::as<ast::AugAssign>(stmt);
      if (yields(node.target) || yields(node.value)) return augmented(node);
      break;
    }
    case StmtKind::kAnnAssign: {
      auto& node = ast::as<ast::AnnAssign>(stmt);
      refuse_if_yields(node.annotation);
      if (yields(node.target)) refuse(node.target);
      node.value = extract(node.value);
      break;
    }
    case StmtKind::kIf: {
      auto& node = ast::as<ast::If>(stmt);
      node.test = extract(node.test);
      node.body = block(node.body);
      node.orelse = block(node.orelse);
      break;
    }
    case StmtKind::kFor: {
      auto& node = ast::as<ast::For>(stmt);
      refuse_if_yields(node.target);
      node.iterable = extract(node.iterable);
      node.body = block(node.body);
      node.orelse = block(node.orelse);
      break;
    }
    case StmtKind::kWhile: {
      auto& node = ast::as<ast::While>(stmt);
      if (yields(node.test)) return while_loop(node);
      node.body = block(node.body);
      node.orelse = block(node.orelse);
      break;
    }
    case StmtKind::kWith:
      return with(ast::as<ast::With>(stmt));
    case StmtKind::kTry: {
      auto& node = ast::as<ast::Try>(stmt);
      node.body = block(node.body);
      std::vector<ast::Handler> handlers(node.handlers.begin(), node.handlers.end());
      for (ast::Handler& handler : handlers) {
        refuse_if_yields(handler.type);
        handler.body = block(handler.body);
      }
      node.handlers = arena_.copy(handlers);
      node.orelse = block(node.orelse);
      node.finally = block(node.finally);
      break;
    }
    case StmtKind::kRaise: {
      auto& node = ast::as<ast::Raise>(stmt);
      in_order({&node.exception, &node.cause});
      break;
    }
    case StmtKind::kAssert: {
      auto& node = ast::as<ast::Assert>(stmt);
      node.test = extract(node.test);
      if (!yields(node.message)) break;
      emit_if(negated(node.test), [&] {
        node.test = constant(ast::ConstantKind::kFalse, node.test->span);
        node.message = extract(node.message);
        out_->push_back(stmt);
      });
      return;
    }
    case StmtKind::kDelete: {
      auto& node = ast::as<ast::Delete>(stmt);
      if (!any(node.targets, yields)) break;
      for (ast::Expr* target : node.targets) {
        auto* single = make_stmt<ast::Delete>(target->span);
        single->targets = arena_.copy(Exprs{extract(target)});
        out_->push_back(single);
      }
      return;
    }
    case StmtKind::kFunctionDef: {
      auto& node = ast::as<ast::FunctionDef>(stmt);
      for (const ast::Expr* decorator : node.decorators) refuse_if_yields(decorator);
      for (const ast::Parameter& parameter : node.parameters) {
        refuse_if_yields(parameter.default_value);
        refuse_if_yields(parameter.annotation);
      }
      refuse_if_yields(node.returns);
      node.body = block(node.body);
      break;
    }
    case StmtKind::kClassDef: {
      auto& node = ast::as<ast::ClassDef>(stmt);
      for (const ast::Expr* decorator : node.decorators) refuse_if_yields(decorator);
      for (const ast::Expr* base : node.bases) refuse_if_yields(base);
      for (const ast::Keyword& keyword : node.keywords) refuse_if_yields(keyword.value);
      node.body = block(node.body);
      break;
    }
    case StmtKind::kMatch: {
      auto& node = ast::as<ast::Match>(stmt);
      node.subject = extract(node.subject);
      std::vector<ast::MatchCase> cases(node.cases.begin(), node.cases.end());
      for (ast::MatchCase& match_case : cases) {
        refuse_if_yields(match_case.guard);
        match_case.body = block(match_case.body);
      }
      node.cases = arena_.copy(cases);
      break;
    }
    case StmtKind::kTypeAlias:
      refuse_if_yields(ast::as<ast::TypeAlias>(stmt).value);
      break;
    case StmtKind::kGlobal:
    case StmtKind::kNonlocal:
    case StmtKind::kPass:
    case StmtKind::kBreak:
    case StmtKind::kContinue:
    case StmtKind::kImport:
    case StmtKind::kImportFrom:
      break;
  }
  out_->push_back(stmt);
}

}  // namespace

void hoist_yields(ast::Module& module, Arena& arena) {
  module.body = Hoister(module, arena).block(module.body);
}

}  // namespace retort::python
