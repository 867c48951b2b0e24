#pragma once

#include <deque>
#include <set>
#include <string>

#include "base/error.h"
#include "python/resolver_scope.h"

namespace retort::python::resolver {

// First half of the resolver: walks the tree, collects the scopes with their symbols and uses,
// mangles private names and checks what Python's compiler checks.
class Walker {
 public:
  Walker(ast::Module& tree, Names& names, Arena& arena)
      : tree_(tree), names_(names), arena_(arena) {}

  Scope& module();
  std::vector<const ast::ScopeInfo*> infos() const;

 private:
  using Mode = enum : std::uint8_t { kLoad, kStore, kDelete };

  [[noreturn]] void fail(std::string message, Span span, std::string hint = "") const;

  // ---- scopes
  Scope& enter(Kind kind, ast::ScopeInfo* info);
  void leave();
  Symbol& symbol(std::string_view name, Span span);
  void use(ast::Name* name, Mode mode);
  std::string_view mangle(std::string_view name);
  // The function whose frame the code at hand runs in, through comprehensions; null in a class or
  // module.
  Scope* function() const;

  // ---- statements: resolver.cc
  void block(ast::Block body);
  void statement(ast::Stmt* stmt);
  void function_definition(ast::FunctionDef& node);
  void class_definition(ast::ClassDef& node);
  void type_params(ast::TypeParams params);
  void parameters(ast::Parameters list);
  void defaults(ast::Parameters list);
  void declare(ast::Names& node);
  void import_from(ast::ImportFrom& node);
  void try_statement(ast::Try& node);
  void check_async(bool is_async, const char* what, Span span) const;

  // ---- match: resolver_pattern.cc
  void match_statement(ast::Match& node);
  void pattern(ast::Pattern* node, std::set<std::string_view>& captured);
  void check_irrefutable(const ast::Pattern* node, bool last, Span span) const;

  // ---- expressions: resolver_expression.cc
  void expression(ast::Expr* expr, bool star_allowed = false);
  void expressions(ast::ExprList list, bool star_allowed = false) {
    for (ast::Expr* expr : list) expression(expr, star_allowed);
  }
  void target(ast::Expr* expr, Mode mode, bool star_allowed = false);
  void lambda(ast::Lambda& node);
  void comprehension(ast::Comprehension& node);
  void named(ast::Named& node);
  void yield(ast::Yield& node);
  void keywords(std::span<const ast::Keyword> list);

  ast::Module& tree_;
  Names& names_;
  Arena& arena_;
  Scope* scope_ = nullptr;
  std::deque<Scope> scopes_;
  std::vector<Scope*> stack_;  // the scopes around scope_
  struct Current {
    Scope* scope = nullptr;
    std::uint32_t symbol = 0;
  };
  std::vector<Current> current_;   // by NameId: the innermost walked scope that has the symbol
  std::string_view class_name_{};  // for private names; empty outside classes
  int loops_ = 0;                  // around the statement, within its function
  int iterable_ = 0;               // inside the iterable of a comprehension
  bool star_handler_ = false;      // inside `except*`, outside loops and functions in it
  bool future_allowed_ = true;
  Span returns_value_{};  // the first `return` with a value in the function at hand
};

}  // namespace retort::python::resolver
