#include "python/parser_state.h"

namespace retort::python {
namespace {

using Kind = TokenKind;
using ast::ExprKind;
using ast::StmtKind;

}  // namespace

// The body after a colon: simple statements on the same line, or an indented block.
ast::Block Parser::block(std::string_view after, std::uint32_t begin) {
  expect_colon();
  std::size_t from = stmts_.size();
  if (!accept(Kind::kNewline)) {
    simple_statements();
    return take(stmts_, from);
  }
  if (!accept(Kind::kIndent)) {
    if (at(Kind::kError)) invalid_syntax();
    fail("expected an indented block after " + std::string(after) + " on line " +
             std::to_string(line_of(begin)),
         token().span(), "an empty body is written 'pass'");
  }
  while (!at(Kind::kDedent) && !at(Kind::kEnd)) statement();
  accept(Kind::kDedent);
  return take(stmts_, from);
}

ast::Block Parser::else_block() {
  if (!at(Kind::kElse)) return {};
  std::uint32_t begin = next().begin;
  return block("'else' statement", begin);
}

ast::Stmt* Parser::if_statement() {
  // Branches are linked from the last one back, so that a long chain takes no stack.
  std::vector<ast::If*> chain;
  ast::Block orelse;
  while (at(Kind::kIf) || at(Kind::kElif)) {
    bool first = chain.empty();
    if (chain.size() >= kMaxElifs) too_deep();
    std::uint32_t begin = next().begin;
    ast::Expr* test = named_expression();
    ast::Block body = block(first ? "'if' statement" : "'elif' statement", begin);
    auto* node = make_stmt<ast::If>(begin);
    node->test = test;
    node->body = body;
    chain.push_back(node);
    if (at(Kind::kIf)) break;
    if (at(Kind::kElse)) {
      orelse = else_block();
      if (at(Kind::kElif)) {
        fail("'elif' block follows an 'else' block", token().span());
      }
      break;
    }
  }
  std::uint32_t end = last_end();
  for (std::size_t i = chain.size(); i-- > 0;) {
    chain[i]->span.end = end;
    chain[i]->orelse = orelse;
    stmts_.push_back(chain[i]);
    orelse = take(stmts_, stmts_.size() - 1);
  }
  return chain[0];
}

ast::Stmt* Parser::for_statement(std::uint32_t begin, bool is_async) {
  next();
  ast::Expr* target = target_list();
  if (!accept(Kind::kIn)) invalid_syntax();
  ast::Expr* iterable = expressions();
  ast::Block body = block("'for' statement", begin);
  ast::Block orelse = else_block();
  auto* node = make_stmt<ast::For>(begin);
  node->target = target;
  node->iterable = iterable;
  node->body = body;
  node->orelse = orelse;
  node->is_async = is_async;
  return node;
}

ast::Stmt* Parser::while_statement() {
  std::uint32_t begin = next().begin;
  ast::Expr* test = named_expression();
  ast::Block body = block("'while' statement", begin);
  ast::Block orelse = else_block();
  auto* node = make_stmt<ast::While>(begin);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

// Whether the parenthesis after `with` holds the items, rather than begins an expression: its
// partner stands before the colon, and what is inside can be items.
bool Parser::with_items_in_parentheses() const {
  if (!at(Kind::kLeftParen) || kind_after(1) == Kind::kRightParen) return false;
  int level = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    switch (tokens_[i].kind) {
      case Kind::kLeftParen:
      case Kind::kLeftBracket:
      case Kind::kLeftBrace:
        ++level;
        break;
      case Kind::kRightParen:
      case Kind::kRightBracket:
      case Kind::kRightBrace:
        if (--level == 0) return tokens_[i + 1].kind == Kind::kColon;
        break;
      case Kind::kFor:
      case Kind::kWalrus:
      case Kind::kYield:
        if (level == 1) return false;
        break;
      case Kind::kStar:
        if (level == 1 &&
            (tokens_[i - 1].kind == Kind::kLeftParen || tokens_[i - 1].kind == Kind::kComma)) {
          return false;
        }
        break;
      default:
        break;
    }
  }
  return false;
}

ast::WithItem Parser::with_item() {
  ast::WithItem item;
  item.context = expression();
  if (accept(Kind::kAs)) {
    item.target = at(Kind::kStar) ? star_or_named() : operation(kOperand);
    check_target(item.target, "assign to");
  }
  return item;
}

ast::Stmt* Parser::with_statement(std::uint32_t begin, bool is_async) {
  next();
  std::vector<ast::WithItem> items;
  if (with_items_in_parentheses()) {
    next();
    do {
      if (at(Kind::kRightParen)) break;
      items.push_back(with_item());
    } while (accept(Kind::kComma));
    close(Kind::kRightParen, items.back().context);
  } else {
    do {
      items.push_back(with_item());
    } while (accept(Kind::kComma));
  }
  ast::Block body = block("'with' statement", begin);
  auto* node = make_stmt<ast::With>(begin);
  node->items = arena_.copy(items);
  node->body = body;
  node->is_async = is_async;
  return node;
}

ast::Stmt* Parser::try_statement() {
  std::uint32_t begin = next().begin;
  ast::Block body = block("'try' statement", begin);
  std::vector<ast::Handler> handlers;
  bool is_star = false;
  while (at(Kind::kExcept)) {
    ast::Handler handler;
    Token except = next();
    bool star = accept(Kind::kStar);
    std::string_view after = star ? "'except*' statement" : "'except' statement";
    if (!handlers.empty() && star != is_star) {
      fail("cannot have both 'except' and 'except*' on the same 'try'", except.span());
    }
    is_star = star;
    if (!at(Kind::kColon)) {
      if (star && at(Kind::kNewline)) {
        fail("expected one or more exception types", token().span());
      }
      if (at(Kind::kNewline)) fail("expected ':'", token().span());
      std::uint32_t type_begin = token().begin;
      handler.type = expression();
      if (at(Kind::kComma)) {
        const std::size_t from = exprs_.size();
        exprs_.push_back(handler.type);
        while (accept(Kind::kComma) && starts_expression(kind())) exprs_.push_back(expression());
        const ast::ExprList elements = take_exprs(from);
        auto* tuple =
            make<ast::Sequence>(ast::ExprKind::kTuple, {type_begin, last_end()}, above(elements));
        tuple->elements = elements;
        handler.type = tuple;
        if (at(Kind::kAs)) {
          fail("multiple exception types must be parenthesized when using 'as'",
               handler.type->span);
        }
      }
      if (accept(Kind::kAs)) {
        if (!at(Kind::kName) ||
            (kind_after(1) != Kind::kColon && kind_after(1) != Kind::kNewline)) {
          if (!starts_expression(kind())) invalid_syntax();
          ast::Expr* target = operation(kLoosest);
          fail("cannot use except" + std::string(star ? "*" : "") + " statement with " +
                   describe(target),
               target->span);
        }
        handler.name = make_name(next());
      }
    } else if (star) {
      fail("expected one or more exception types", token().span());
    }
    handler.body = block(after, except.begin);
    handler.span = {except.begin, last_end()};
    handlers.push_back(handler);
  }
  ast::Block orelse;
  if (!handlers.empty()) orelse = else_block();
  ast::Block finally;
  if (at(Kind::kFinally)) {
    std::uint32_t finally_begin = next().begin;
    finally = block("'finally' statement", finally_begin);
  } else if (handlers.empty()) {
    if (at(Kind::kError) || at(Kind::kIndent)) invalid_syntax();
    fail("expected 'except' or 'finally' block", token().span());
  }
  auto* node = make_stmt<ast::Try>(begin);
  node->body = body;
  node->handlers = arena_.copy(handlers);
  node->orelse = orelse;
  node->finally = finally;
  node->is_star = is_star;
  return node;
}

ast::Stmt* Parser::decorated() {
  std::size_t from = exprs_.size();
  while (accept(Kind::kAt)) {
    exprs_.push_back(named_expression());
    if (!accept(Kind::kNewline)) invalid_syntax();
  }
  ast::ExprList decorators = take_exprs(from);
  std::uint32_t begin = token().begin;
  switch (kind()) {
    case Kind::kDef:
      return function_definition(begin, decorators, false);
    case Kind::kClass:
      return class_definition(begin, decorators);
    case Kind::kAsync:
      if (kind_after(1) != Kind::kDef) invalid_syntax(at_ + 1);
      next();
      return function_definition(begin, decorators, true);
    default:
      invalid_syntax();
  }
}

ast::Stmt* Parser::async_statement() {
  std::uint32_t begin = next().begin;
  switch (kind()) {
    case Kind::kDef:
      return function_definition(begin, {}, true);
    case Kind::kWith:
      return with_statement(begin, true);
    case Kind::kFor:
      return for_statement(begin, true);
    default:
      invalid_syntax();
  }
}

ast::Stmt* Parser::function_definition(std::uint32_t begin, ast::ExprList decorators,
                                       bool is_async) {
  next();
  ast::Name* target = make_name(expect_name());
  ast::TypeParams types = type_params();
  if (!at(Kind::kLeftParen) && !at(Kind::kError)) fail("expected '('", token().span());
  expect(Kind::kLeftParen);
  ast::Parameters list = parameters(Kind::kRightParen, true);
  close(Kind::kRightParen);
  ast::Expr* returns = accept(Kind::kArrow) ? expression() : nullptr;
  ast::Block body = block("function definition", begin);
  auto* node = make_stmt<ast::FunctionDef>(begin);
  node->target = target;
  node->type_params = types;
  node->parameters = list;
  node->body = body;
  node->decorators = decorators;
  node->returns = returns;
  node->is_async = is_async;
  node->doc = docstring(body);
  return node;
}

ast::Stmt* Parser::class_definition(std::uint32_t begin, ast::ExprList decorators) {
  next();
  ast::Name* target = make_name(expect_name());
  ast::TypeParams types = type_params();
  std::size_t from = exprs_.size();
  std::size_t keywords_from = keywords_.size();
  if (accept(Kind::kLeftParen)) {
    bool has_keyword = false;
    bool has_unpacking = false;
    while (!at(Kind::kRightParen)) {
      argument(from, &has_keyword, &has_unpacking);
      if (!accept(Kind::kComma)) break;
    }
    close(Kind::kRightParen, exprs_.size() > from ? exprs_.back() : nullptr);
  }
  ast::ExprList bases = take_exprs(from);
  std::span<ast::Keyword> keywords = take(keywords_, keywords_from);
  ast::Block body = block("class definition", begin);
  auto* node = make_stmt<ast::ClassDef>(begin);
  node->target = target;
  node->type_params = types;
  node->bases = bases;
  node->keywords = keywords;
  node->body = body;
  node->decorators = decorators;
  node->doc = docstring(body);
  return node;
}

ast::TypeParams Parser::type_params() {
  if (!at(Kind::kLeftBracket)) return {};
  next();
  if (at(Kind::kRightBracket)) fail("Type parameter list cannot be empty", token().span());
  std::vector<ast::TypeParam> params;
  while (!at(Kind::kRightBracket)) {
    ast::TypeParam param;
    std::uint32_t begin = token().begin;
    if (accept(Kind::kStar)) {
      param.kind = ast::TypeParam::Kind::kTypeVarTuple;
    } else if (accept(Kind::kDoubleStar)) {
      param.kind = ast::TypeParam::Kind::kParamSpec;
    }
    param.target = make_name(expect_name());
    param.name = param.target->id;
    if (Token colon = token(); accept(Kind::kColon)) {
      param.bound = expression();
      if (param.kind != ast::TypeParam::Kind::kTypeVar) {
        bool tuple = param.bound->kind == ExprKind::kTuple;
        fail(std::string("cannot use ") + (tuple ? "constraints" : "bound") + " with " +
                 (param.kind == ast::TypeParam::Kind::kParamSpec ? "ParamSpec" : "TypeVarTuple"),
             colon.span());
      }
    }
    if (accept(Kind::kEqual)) {
      bool star = param.kind == ast::TypeParam::Kind::kTypeVarTuple && at(Kind::kStar);
      param.default_value = star ? star_or_named() : expression();
    }
    param.span = {begin, last_end()};
    params.push_back(param);
    if (!accept(Kind::kComma)) break;
  }
  close(Kind::kRightBracket);
  return arena_.copy(params);
}

// The parameters of a function or a lambda, up to `end`.
ast::Parameters Parser::parameters(Kind end, bool annotations) {
  using ParameterKind = ast::Parameter::Kind;
  std::vector<ast::Parameter> list;
  bool slash = false;
  bool star = false;       // a `*` or `*args` was seen
  bool bare_star = false;  // the last thing was a `*` alone
  bool default_seen = false;
  Token star_token;
  while (!at(end)) {
    Token first = token();
    if (!list.empty() && list.back().kind == ParameterKind::kVarKeywords) {
      fail("arguments cannot follow var-keyword argument", first.span());
    }
    if (at(Kind::kSlash)) {
      next();
      if (slash) fail("/ may appear only once", first.span());
      if (star) fail("/ must be ahead of *", first.span());
      if (list.empty()) fail("at least one argument must precede /", first.span());
      slash = true;
      for (ast::Parameter& parameter : list) parameter.kind = ParameterKind::kPositionalOnly;
    } else {
      ast::Parameter parameter;
      if (at(Kind::kStar)) {
        next();
        if (star) fail("* argument may appear only once", first.span());
        star = true;
        star_token = first;
        if (at(Kind::kComma)) {
          next();
          bare_star = true;
          if (at(end)) break;
          continue;
        }
        if (at(end)) fail("named arguments must follow bare *", first.span());
        parameter.kind = ParameterKind::kVarArgs;
      } else if (accept(Kind::kDoubleStar)) {
        if (bare_star) fail("named arguments must follow bare *", star_token.span());
        parameter.kind = ParameterKind::kVarKeywords;
      } else if (star) {
        parameter.kind = ParameterKind::kKeywordOnly;
      }
      bool variadic = parameter.kind == ParameterKind::kVarArgs ||
                      parameter.kind == ParameterKind::kVarKeywords;
      bare_star = false;
      if (at(Kind::kLeftParen) && !variadic) {
        fail(annotations ? "Function parameters cannot be parenthesized"
                         : "Lambda expression parameters cannot be parenthesized",
             token().span());
      }
      Token name = expect_name();
      parameter.name = text(name);
      if (annotations && accept(Kind::kColon)) {
        bool star_annotation = parameter.kind == ParameterKind::kVarArgs && at(Kind::kStar);
        parameter.annotation = star_annotation ? star_or_named() : expression();
      }
      if (at(Kind::kEqual)) {
        Token equal = next();
        if (variadic) {
          fail(parameter.kind == ParameterKind::kVarArgs
                   ? "var-positional argument cannot have default value"
                   : "var-keyword argument cannot have default value",
               equal.span());
        }
        if (at(Kind::kComma) || at(end)) fail("expected default value expression", equal.span());
        parameter.default_value = expression();
        if (!star) default_seen = true;
      } else if (default_seen && parameter.kind == ParameterKind::kPlain) {
        fail("parameter without a default follows parameter with a default", name.span());
      }
      parameter.span = {first.begin, last_end()};
      list.push_back(parameter);
    }
    if (!accept(Kind::kComma)) break;
  }
  if (bare_star) fail("named arguments must follow bare *", star_token.span());
  return arena_.copy(list);
}

}  // namespace retort::python
