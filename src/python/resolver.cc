#include "python/resolver.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "python/resolver_walk.h"

namespace retort::python {
namespace resolver {
namespace {

using ast::StmtKind;

constexpr std::string_view kFutures[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

}  // namespace

void Walker::fail(std::string message, Span span, std::string hint) const {
  throw Error(code::kSyntax, std::move(message))
      .with_place({tree_.source, span})
      .with_hint(std::move(hint));
}

// ---- scopes

Scope& Walker::enter(Kind kind, ast::ScopeInfo* info) {
  Scope& scope = scopes_.emplace_back();
  scope.kind = kind;
  scope.info = info;
  scope.parent = scope_ == nullptr ? nullptr : scope_->frame;
  scope.frame = kind == Kind::kTypeParams ? scope_->frame : &scope;
  if (scope_ != nullptr) scope_->children.push_back(&scope);
  stack_.push_back(scope_);
  scope_ = &scope;
  return scope;
}

void Walker::leave() {
  Scope* inner = scope_;
  for (const Scope::Hidden& hidden : inner->hidden) {
    current_[hidden.id] = {hidden.scope, hidden.symbol};
  }
  Scope* outer = stack_.back();
  stack_.pop_back();
  scope_ = outer;
  for (ast::Name* name : inner->walrus_names) {
    if (outer->kind == Kind::kComprehension) {
      if (symbol(name->id, name->span).iteration) {
        fail("assignment expression cannot rebind comprehension iteration variable '" +
                 std::string(name->id) + "'",
             name->span);
      }
      outer->walrus_names.push_back(name);
    } else if (outer->kind == Kind::kClass) {
      fail("assignment expression within a comprehension cannot be used in a class body",
           name->span);
    } else {
      symbol(name->id, name->span).bound = true;
    }
  }
}

Symbol& Walker::symbol(std::string_view name, Span span) {
  NameId id = names_.id(name);
  if (id >= current_.size()) current_.resize(id + 64);
  Current& current = current_[id];
  if (current.scope != scope_) {
    scope_->hidden.push_back({id, current.scope, current.symbol});
    current = {scope_, static_cast<std::uint32_t>(scope_->symbols.size())};
    Symbol& fresh = scope_->symbols.emplace_back();
    fresh.id = id;
    fresh.name = name;
    fresh.declared = span;
  }
  return scope_->symbols[current.symbol];
}

void Walker::use(ast::Name* name, Mode mode) {
  name->id = mangle(name->id);
  if (mode != kLoad && name->id == "__debug__") fail("cannot assign to __debug__", name->span);
  Symbol& found = symbol(name->id, name->span);
  if (mode == kLoad) {
    found.used = true;
  } else {
    found.bound = true;
  }
  auto index = static_cast<std::uint32_t>(&found - scope_->symbols.data());
  scope_->uses.push_back({name, index});
  if (mode == kLoad && name->id == "super" && function() != nullptr) {
    symbol("__class__", name->span).used = true;
  }
}

// `__x` inside class A is `_A__x`.
std::string_view Walker::mangle(std::string_view name) {
  if (class_name_.empty() || !name.starts_with("__") || name.ends_with("__")) return name;
  std::string_view stripped = class_name_;
  stripped.remove_prefix(std::min(stripped.find_first_not_of('_'), stripped.size()));
  if (stripped.empty()) return name;
  return arena_.copy("_" + std::string(stripped) + std::string(name));
}

Scope* Walker::function() const {
  for (Scope* scope = scope_; scope != nullptr; scope = scope->parent) {
    scope = scope->frame;
    if (scope->kind == Kind::kComprehension) continue;
    return scope->is_function() ? scope : nullptr;
  }
  return nullptr;
}

Scope& Walker::module() {
  tree_.scope = arena_.make<ast::ScopeInfo>();
  Scope& scope = enter(Kind::kModule, tree_.scope);
  block(tree_.body);
  return scope;
}

std::vector<const ast::ScopeInfo*> Walker::infos() const {
  std::vector<const ast::ScopeInfo*> list;
  for (const Scope& scope : scopes_) {
    if (scope.info != nullptr) list.push_back(scope.info);
  }
  return list;
}

// ---- statements

void Walker::block(ast::Block body) {
  for (ast::Stmt* stmt : body) statement(stmt);
}

void Walker::check_async(bool is_async, const char* what, Span span) const {
  if (!is_async) return;
  Scope* around = function();
  if (around == nullptr || !around->is_async) {
    fail("'async " + std::string(what) + "' outside async function", {span.begin, span.begin + 5});
  }
}

void Walker::statement(ast::Stmt* stmt) {
  if (future_allowed_) {
    bool doc =
        stmt->kind == StmtKind::kExpr && stmt == tree_.body[0] && tree_.doc.data() != nullptr;
    bool future = stmt->kind == StmtKind::kImportFrom &&
                  ast::as<ast::ImportFrom>(stmt).module == "__future__";
    future_allowed_ = doc || future;
  }
  switch (stmt->kind) {
    case StmtKind::kExpr:
      return expression(ast::as<ast::ExprStmt>(stmt).value);
    case StmtKind::kAssign: {
      auto& node = ast::as<ast::Assign>(stmt);
      expression(node.value);
      for (ast::Expr* expr : node.targets) target(expr, kStore);
      return;
    }
    case StmtKind::kAugAssign: {
      auto& node = ast::as<ast::AugAssign>(stmt);
      target(node.target, kStore);
      return expression(node.value);
    }
    case StmtKind::kAnnAssign: {
      auto& node = ast::as<ast::AnnAssign>(stmt);
      if (node.value != nullptr) expression(node.value);
      bool assigned = node.value != nullptr || node.simple;
      assigned ? target(node.target, kStore) : expression(node.target);
      if (node.simple) {
        const auto& name = ast::as<ast::Name>(node.target);
        Symbol& found = symbol(name.id, name.span);
        if (found.global || found.nonlocal) {
          fail("annotated name '" + std::string(name.id) + "' can't be " +
                   (found.global ? "global" : "nonlocal"),
               stmt->span);
        }
        found.annotated = true;
      }
      return expression(node.annotation);
    }
    case StmtKind::kIf: {
      // A chain of elifs is walked in a loop: it may be longer than the stack is deep.
      for (auto* node = &ast::as<ast::If>(stmt);;) {
        expression(node->test);
        block(node->body);
        if (node->orelse.size() != 1 || node->orelse[0]->kind != StmtKind::kIf) {
          return block(node->orelse);
        }
        node = &ast::as<ast::If>(node->orelse[0]);
      }
    }
    case StmtKind::kFor: {
      auto& node = ast::as<ast::For>(stmt);
      check_async(node.is_async, "for", node.span);
      expression(node.iterable);
      target(node.target, kStore);
      bool handler = std::exchange(star_handler_, false);
      ++loops_;
      block(node.body);
      --loops_;
      star_handler_ = handler;
      return block(node.orelse);
    }
    case StmtKind::kWhile: {
      auto& node = ast::as<ast::While>(stmt);
      expression(node.test);
      bool handler = std::exchange(star_handler_, false);
      ++loops_;
      block(node.body);
      --loops_;
      star_handler_ = handler;
      return block(node.orelse);
    }
    case StmtKind::kWith: {
      auto& node = ast::as<ast::With>(stmt);
      check_async(node.is_async, "with", node.span);
      for (const ast::WithItem& item : node.items) {
        expression(item.context);
        if (item.target != nullptr) target(item.target, kStore);
      }
      return block(node.body);
    }
    case StmtKind::kTry:
      return try_statement(ast::as<ast::Try>(stmt));
    case StmtKind::kRaise: {
      auto& node = ast::as<ast::Raise>(stmt);
      if (node.exception != nullptr) expression(node.exception);
      if (node.cause != nullptr) expression(node.cause);
      return;
    }
    case StmtKind::kAssert: {
      auto& node = ast::as<ast::Assert>(stmt);
      expression(node.test);
      if (node.message != nullptr) expression(node.message);
      return;
    }
    case StmtKind::kDelete:
      for (ast::Expr* expr : ast::as<ast::Delete>(stmt).targets) target(expr, kDelete);
      return;
    case StmtKind::kGlobal:
    case StmtKind::kNonlocal:
      return declare(ast::as<ast::Names>(stmt));
    case StmtKind::kPass:
      return;
    case StmtKind::kBreak:
    case StmtKind::kContinue: {
      bool is_break = stmt->kind == StmtKind::kBreak;
      if (star_handler_) {
        fail("'break', 'continue' and 'return' cannot appear in an except* block", stmt->span);
      }
      if (loops_ == 0) {
        fail(is_break ? "'break' outside loop" : "'continue' not properly in loop", stmt->span);
      }
      return;
    }
    case StmtKind::kReturn: {
      auto& node = ast::as<ast::Return>(stmt);
      if (scope_->frame->kind != Kind::kFunction) fail("'return' outside function", stmt->span);
      if (star_handler_) {
        fail("'break', 'continue' and 'return' cannot appear in an except* block", stmt->span);
      }
      if (node.value != nullptr) {
        expression(node.value);
        returns_value_ = returns_value_.end == 0 ? stmt->span : returns_value_;
      }
      return;
    }
    case StmtKind::kImport:
      for (const ast::Alias& alias : ast::as<ast::Import>(stmt).names) use(alias.target, kStore);
      return;
    case StmtKind::kImportFrom:
      return import_from(ast::as<ast::ImportFrom>(stmt));
    case StmtKind::kFunctionDef:
      return function_definition(ast::as<ast::FunctionDef>(stmt));
    case StmtKind::kClassDef:
      return class_definition(ast::as<ast::ClassDef>(stmt));
    case StmtKind::kMatch:
      return match_statement(ast::as<ast::Match>(stmt));
    case StmtKind::kTypeAlias: {
      auto& node = ast::as<ast::TypeAlias>(stmt);
      use(node.target, kStore);
      type_params(node.type_params);
      expression(node.value);
      if (!node.type_params.empty()) leave();
      return;
    }
  }
}

// Opens the scope of the parameters when there are any; the caller closes it after what may use
// them.
void Walker::type_params(ast::TypeParams params) {
  if (params.empty()) return;
  enter(Kind::kTypeParams, nullptr);
  for (const ast::TypeParam& param : params) {
    if (symbol(mangle(param.name), param.span).bound) {
      fail("duplicate type parameter '" + std::string(param.name) + "'", param.span);
    }
    use(param.target, kStore);
  }
  for (const ast::TypeParam& param : params) {
    if (param.bound != nullptr) expression(param.bound);
    if (param.default_value != nullptr) expression(param.default_value, true);
  }
}

void Walker::defaults(ast::Parameters list) {
  for (const ast::Parameter& parameter : list) {
    if (parameter.default_value != nullptr) expression(parameter.default_value);
  }
}

void Walker::parameters(ast::Parameters list) {
  for (const ast::Parameter& parameter : list) {
    std::string_view name = mangle(parameter.name);
    if (name == "__debug__") fail("cannot assign to __debug__", parameter.span);
    const_cast<ast::Parameter&>(parameter).name = name;
    Symbol& found = symbol(name, parameter.span);
    if (found.parameter) {
      fail("duplicate argument '" + std::string(name) + "' in function definition", parameter.span);
    }
    found.bound = found.parameter = true;
  }
}

void Walker::function_definition(ast::FunctionDef& node) {
  expressions(node.decorators);
  defaults(node.parameters);
  use(node.target, kStore);
  type_params(node.type_params);
  for (const ast::Parameter& parameter : node.parameters) {
    if (parameter.annotation != nullptr) expression(parameter.annotation, true);
  }
  if (node.returns != nullptr) expression(node.returns);

  node.scope = arena_.make<ast::ScopeInfo>();
  Scope& inner = enter(Kind::kFunction, node.scope);
  inner.is_async = node.is_async;
  int loops = std::exchange(loops_, 0);
  bool handler = std::exchange(star_handler_, false);
  Span returns_value = std::exchange(returns_value_, Span{});
  parameters(node.parameters);
  block(node.body);
  if (inner.is_async && inner.is_generator && returns_value_.end != 0) {
    fail("'return' with value in async generator", returns_value_);
  }
  loops_ = loops;
  star_handler_ = handler;
  returns_value_ = returns_value;
  leave();
  if (!node.type_params.empty()) leave();
}

void Walker::class_definition(ast::ClassDef& node) {
  expressions(node.decorators);
  use(node.target, kStore);
  type_params(node.type_params);
  expressions(node.bases, true);
  keywords(node.keywords);

  node.scope = arena_.make<ast::ScopeInfo>();
  enter(Kind::kClass, node.scope);
  std::string_view outer = std::exchange(class_name_, tree_.source->text(node.target->span));
  int loops = std::exchange(loops_, 0);
  bool handler = std::exchange(star_handler_, false);
  block(node.body);
  loops_ = loops;
  star_handler_ = handler;
  class_name_ = outer;
  leave();
  if (!node.type_params.empty()) leave();
}

void Walker::declare(ast::Names& node) {
  bool global = node.kind == StmtKind::kGlobal;
  const char* word = global ? "global" : "nonlocal";
  if (!global && scope_->kind == Kind::kModule) {
    fail("nonlocal declaration not allowed at module level", node.span);
  }
  for (std::string_view written : node.names) {
    std::string name(written);
    Symbol& found = symbol(mangle(written), node.span);
    bool known = found.bound || found.used || found.annotated;
    if (found.parameter) fail("name '" + name + "' is parameter and " + word, node.span);
    if (global ? found.nonlocal : found.global) {
      fail("name '" + name + "' is nonlocal and global", node.span);
    }
    if (known && !(found.global || found.nonlocal)) {
      std::string what = found.annotated ? "annotated name '" + name + "' can't be " + word
                         : found.bound
                             ? "name '" + name + "' is assigned to before " + word + " declaration"
                             : "name '" + name + "' is used prior to " + word + " declaration";
      fail(what, node.span);
    }
    (global ? found.global : found.nonlocal) = scope_->kind != Kind::kModule || global;
    found.declared = node.span;
  }
}

void Walker::import_from(ast::ImportFrom& node) {
  if (node.module == "__future__" && node.level == 0) {
    if (!future_allowed_ || scope_->kind != Kind::kModule) {
      fail("from __future__ imports must occur at the beginning of the file", node.span);
    }
    for (const ast::Alias& alias : node.names) {
      bool known =
          std::find(std::begin(kFutures), std::end(kFutures), alias.name) != std::end(kFutures);
      if (alias.name == "braces") fail("not a chance", node.span);
      if (!known) {
        fail("future feature " + std::string(alias.name) + " is not defined", alias.span);
      }
    }
  }
  for (const ast::Alias& alias : node.names) {
    if (alias.target != nullptr) {
      use(alias.target, kStore);
    } else if (scope_->kind != Kind::kModule) {
      fail("import * only allowed at module level", node.span);
    }
  }
}

void Walker::try_statement(ast::Try& node) {
  block(node.body);
  for (std::size_t i = 0; i < node.handlers.size(); ++i) {
    const ast::Handler& handler = node.handlers[i];
    if (handler.type != nullptr) {
      expression(handler.type);
    } else if (i + 1 < node.handlers.size()) {
      fail("default 'except:' must be last", {handler.span.begin, handler.span.begin + 6});
    }
    if (handler.name != nullptr) use(handler.name, kStore);
    int loops = loops_;
    bool outer = star_handler_;
    if (node.is_star) star_handler_ = true;
    block(handler.body);
    star_handler_ = outer;
    loops_ = loops;
  }
  block(node.orelse);
  block(node.finally);
}

}  // namespace resolver

std::vector<const ast::ScopeInfo*> resolve(ast::Module& module, Arena& arena) {
  resolver::Names names;
  resolver::Walker walker(module, names, arena);
  resolver::place_names(walker.module(), module, names, arena);
  return walker.infos();
}

}  // namespace retort::python
