#include "python/parser.h"

#include "python/parser_state.h"
#include "python/resolver.h"
#include "python/resolver_yield.h"

namespace retort::python {
namespace {

using Kind = TokenKind;
using ast::ExprKind;
using ast::StmtKind;

// The operator of an augmented assignment; false for any other token.
bool augmented(Kind kind, ast::BinaryOp* op) {
  using Op = ast::BinaryOp;
  switch (kind) {
    case Kind::kPlusEqual:
      *op = Op::kAdd;
      return true;
    case Kind::kMinusEqual:
      *op = Op::kSub;
      return true;
    case Kind::kStarEqual:
      *op = Op::kMul;
      return true;
    case Kind::kSlashEqual:
      *op = Op::kDiv;
      return true;
    case Kind::kPercentEqual:
      *op = Op::kMod;
      return true;
    case Kind::kAmpersandEqual:
      *op = Op::kAnd;
      return true;
    case Kind::kVerticalBarEqual:
      *op = Op::kOr;
      return true;
    case Kind::kCircumflexEqual:
      *op = Op::kXor;
      return true;
    case Kind::kLeftShiftEqual:
      *op = Op::kLeftShift;
      return true;
    case Kind::kRightShiftEqual:
      *op = Op::kRightShift;
      return true;
    case Kind::kDoubleStarEqual:
      *op = Op::kPow;
      return true;
    case Kind::kDoubleSlashEqual:
      *op = Op::kFloorDiv;
      return true;
    case Kind::kAtEqual:
      *op = Op::kMatMul;
      return true;
    default:
      return false;
  }
}

}  // namespace

Parser::Parser(SourcePtr source, Arena& arena)
    : source_(std::move(source)),
      arena_(arena),
      lexed_(tokenize(source_)),
      tokens_(lexed_.tokens) {}

void Parser::module(ast::Module& module) {
  while (!at(Kind::kEnd)) statement();
  module.source = source_;
  module.body = take(stmts_, 0);
  module.doc = docstring(module.body);
}

void Parser::single_expression(ast::Module& module) {
  while (accept(Kind::kIndent) || accept(Kind::kNewline)) {
  }
  std::uint32_t begin = token().begin;
  ast::Expr* value = expressions();
  auto* stmt = make_stmt<ast::ExprStmt>(begin);
  stmt->value = value;
  while (accept(Kind::kDedent) || accept(Kind::kNewline)) {
  }
  if (!at(Kind::kEnd)) {
    check_missing_comma(value);
    invalid_syntax();
  }
  stmts_.push_back(stmt);
  module.source = source_;
  module.body = take(stmts_, 0);
}

// The value of a string statement at the head of a body.
std::string_view Parser::docstring(ast::Block body) const {
  if (body.empty() || body[0]->kind != StmtKind::kExpr) return {};
  const ast::Expr* value = ast::as<ast::ExprStmt>(body[0]).value;
  if (value->kind != ExprKind::kConstant) return {};
  const auto& constant = ast::as<ast::Constant>(value);
  return constant.constant == ast::ConstantKind::kString ? constant.text : std::string_view();
}

ast::Name* Parser::make_name(const Token& token) {
  auto* name = make<ast::Name>(token.span());
  name->id = text(token);
  return name;
}

// ---- statements

void Parser::statement() {
  Depth depth(this);
  std::uint32_t begin = token().begin;
  auto push = [&](ast::Stmt* stmt) { stmts_.push_back(stmt); };
  switch (kind()) {
    case Kind::kIf:
      return push(if_statement());
    case Kind::kFor:
      return push(for_statement(begin, false));
    case Kind::kWhile:
      return push(while_statement());
    case Kind::kWith:
      return push(with_statement(begin, false));
    case Kind::kTry:
      return push(try_statement());
    case Kind::kDef:
      return push(function_definition(begin, {}, false));
    case Kind::kClass:
      return push(class_definition(begin, {}));
    case Kind::kAt:
      return push(decorated());
    case Kind::kAsync:
      return push(async_statement());
    case Kind::kName:
      if (at_match_statement()) return push(match_statement());
      return simple_statements();
    default:
      return simple_statements();
  }
}

void Parser::simple_statements() {
  do {
    stmts_.push_back(simple_statement());
    if (!accept(Kind::kSemicolon)) break;
  } while (!at(Kind::kNewline));
  if (!accept(Kind::kNewline)) {
    check_legacy_statement(stmts_.back());
    invalid_syntax();
  }
}

ast::Stmt* Parser::simple_statement() {
  Token start = token();
  auto bare = [&](StmtKind kind) {
    next();
    return make_stmt<ast::Stmt>(start.begin, kind);
  };
  switch (start.kind) {
    case Kind::kPass:
      return bare(StmtKind::kPass);
    case Kind::kBreak:
      return bare(StmtKind::kBreak);
    case Kind::kContinue:
      return bare(StmtKind::kContinue);
    case Kind::kReturn: {
      next();
      ast::Expr* value = nullptr;
      if (starts_expression(kind()) || at(Kind::kStar)) value = expressions();
      auto* node = make_stmt<ast::Return>(start.begin);
      node->value = value;
      return node;
    }
    case Kind::kImport:
      return import_statement();
    case Kind::kFrom:
      return import_from();
    case Kind::kRaise:
      return raise_statement();
    case Kind::kAssert:
      return assert_statement();
    case Kind::kDel:
      return delete_statement();
    case Kind::kGlobal:
      return scope_statement(StmtKind::kGlobal);
    case Kind::kNonlocal:
      return scope_statement(StmtKind::kNonlocal);
    case Kind::kName:
      if (kind_after(1) == Kind::kName && text(start) == "type") return type_alias();
      return expression_statement();
    default:
      return expression_statement();
  }
}

ast::Stmt* Parser::expression_statement() {
  std::size_t first = at_;
  std::uint32_t begin = token().begin;
  ast::Expr* value = yield_or_expressions();
  ast::BinaryOp op;
  if (at(Kind::kColon)) return annotated_assignment(value, first);
  if (augmented(kind(), &op)) {
    ExprKind what = value->kind;
    if (what != ExprKind::kName && what != ExprKind::kAttribute && what != ExprKind::kSubscript) {
      fail("'" + std::string(describe(value)) +
               "' is an illegal expression for augmented assignment",
           value->span);
    }
    next();
    has_inner_yields_ |= at(Kind::kYield);
    ast::Expr* operand = yield_or_expressions();
    auto* node = make_stmt<ast::AugAssign>(begin);
    node->target = value;
    node->op = op;
    node->value = operand;
    return node;
  }
  if (!at(Kind::kEqual)) {
    auto* node = make_stmt<ast::ExprStmt>(begin);
    node->value = value;
    return node;
  }
  std::size_t from = exprs_.size();
  bool bare_yield = tokens_[first].kind == Kind::kYield;
  while (at(Kind::kEqual)) {
    if (bare_yield) fail("assignment to yield expression not possible", value->span);
    check_assignment_target(value, exprs_.size() == from);
    next();
    exprs_.push_back(value);
    bare_yield = at(Kind::kYield);
    value = yield_or_expressions();
  }
  auto* node = make_stmt<ast::Assign>(begin);
  node->targets = take_exprs(from);
  node->value = value;
  return node;
}

// At the `=` after the first or a later target.
void Parser::check_assignment_target(const ast::Expr* target, bool first) const {
  switch (target->kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
      return;
    case ExprKind::kTuple:
    case ExprKind::kList:
    case ExprKind::kStarred:
      return check_target(target, "assign to");
    case ExprKind::kBool:
    case ExprKind::kCompare:
    case ExprKind::kConditional:
    case ExprKind::kLambda:
      first = false;
      break;
    case ExprKind::kUnary:
      first &= ast::as<ast::Unary>(target).op != ast::UnaryOp::kNot;
      break;
    case ExprKind::kConstant: {
      auto what = ast::as<ast::Constant>(target).constant;
      first &= what != ast::ConstantKind::kNone && what != ast::ConstantKind::kTrue &&
               what != ast::ConstantKind::kFalse;
      break;
    }
    case ExprKind::kComprehension:
      first &= ast::as<ast::Comprehension>(target).what != ast::ComprehensionKind::kGenerator;
      break;
    default:
      break;
  }
  // A single `=` between two operands may have been meant as a comparison.
  first &= starts_expression(kind_after(1));
  for (std::size_t i = at_ + 1; first && tokens_[i].kind != Kind::kNewline; ++i) {
    if (tokens_[i].kind == Kind::kEqual || tokens_[i].kind == Kind::kError) first = false;
  }
  fail(std::string("cannot assign to ") + describe(target) +
           (first ? " here. Maybe you meant '==' instead of '='?" : ""),
       target->span);
}

ast::Stmt* Parser::annotated_assignment(ast::Expr* target, std::size_t first) {
  switch (target->kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
      break;
    case ExprKind::kTuple:
    case ExprKind::kList:
      fail(std::string("only single target (not ") + describe(target) + ") can be annotated",
           target->span);
    default: {
      // `foo() :` at the end of a line reads as a statement that lacks its keyword.
      if (!starts_expression(kind_after(1))) invalid_syntax();
      fail("illegal target for annotation", target->span);
    }
  }
  next();
  ast::Expr* annotation = expression();
  ast::Expr* value = nullptr;
  if (accept(Kind::kEqual)) {
    has_inner_yields_ |= at(Kind::kYield);
    value = yield_or_expressions();
  }
  auto* node = make_stmt<ast::AnnAssign>(tokens_[first].begin);
  node->target = target;
  node->annotation = annotation;
  node->value = value;
  node->simple = target->kind == ExprKind::kName && tokens_[first].kind == Kind::kName;
  return node;
}

std::string_view Parser::dotted_name() {
  Token first = expect_name();
  if (!at(Kind::kDot)) return text(first);
  std::string name(text(first));
  while (accept(Kind::kDot)) {
    name += '.';
    name += text(expect_name());
  }
  return arena_.copy(name);
}

ast::Stmt* Parser::import_statement() {
  std::uint32_t begin = next().begin;
  std::vector<ast::Alias> names;
  if (at(Kind::kNewline)) fail("Expected one or more names after 'import'", token().span());
  do {
    Token first = token();
    ast::Alias alias;
    alias.name = dotted_name();
    alias.span = {first.begin, last_end()};
    if (accept(Kind::kAs)) {
      alias.target = make_name(expect_import_name());
      alias.as_name = alias.target->id;
      alias.span.end = last_end();
    } else {
      alias.target = make_name(first);
    }
    names.push_back(alias);
  } while (accept(Kind::kComma));
  if (at(Kind::kFrom)) {
    fail("Did you mean to use 'from ... import ...' instead?", {begin, token().end});
  }
  auto* node = make_stmt<ast::Import>(begin);
  node->names = arena_.copy(names);
  return node;
}

Token Parser::expect_import_name() {
  if (!at(Kind::kName) || kind_after(1) == Kind::kDot || kind_after(1) == Kind::kLeftParen ||
      kind_after(1) == Kind::kLeftBracket) {
    std::size_t from = at_;
    if (!starts_expression(kind())) invalid_syntax();
    ast::Expr* target = operation(kLoosest);
    fail(std::string("cannot use ") + describe(target) + " as import target",
         {tokens_[from].begin, last_end()});
  }
  return next();
}

ast::Stmt* Parser::import_from() {
  std::uint32_t begin = next().begin;
  std::uint32_t level = 0;
  std::string_view module;
  for (;;) {
    if (accept(Kind::kDot)) {
      level += 1;
    } else if (accept(Kind::kEllipsis)) {
      level += 3;
    } else {
      break;
    }
  }
  if (level == 0 || at(Kind::kName)) module = dotted_name();
  expect(Kind::kImport);
  std::vector<ast::Alias> names;
  bool parentheses = false;
  if (at(Kind::kStar)) {
    names.push_back({"*", {}, nullptr, next().span()});
  } else {
    parentheses = accept(Kind::kLeftParen);
    if (at(Kind::kNewline)) fail("Expected one or more names after 'import'", token().span());
    for (;;) {
      Token first = expect_name();
      ast::Alias alias{text(first), {}, nullptr, first.span()};
      if (accept(Kind::kAs)) {
        alias.target = make_name(expect_import_name());
        alias.as_name = alias.target->id;
        alias.span.end = last_end();
      } else {
        alias.target = make_name(first);
      }
      names.push_back(alias);
      if (!accept(Kind::kComma)) break;
      if (parentheses && at(Kind::kRightParen)) break;
      if (!parentheses && at(Kind::kNewline)) {
        fail("trailing comma not allowed without surrounding parentheses",
             {last_end() - 1, last_end()});
      }
    }
    if (parentheses) close(Kind::kRightParen);
  }
  auto* node = make_stmt<ast::ImportFrom>(begin);
  node->module = module;
  node->level = level;
  node->names = arena_.copy(names);
  return node;
}

ast::Stmt* Parser::raise_statement() {
  std::uint32_t begin = next().begin;
  ast::Expr* exception = nullptr;
  ast::Expr* cause = nullptr;
  if (starts_expression(kind())) {
    exception = expression();
    if (accept(Kind::kFrom)) cause = expression();
    if (at(Kind::kComma)) {
      fail("invalid syntax", token().span(), "the form of Python 2: write 'raise Error(value)'");
    }
  }
  auto* node = make_stmt<ast::Raise>(begin);
  node->exception = exception;
  node->cause = cause;
  return node;
}

ast::Stmt* Parser::assert_statement() {
  std::uint32_t begin = next().begin;
  ast::Expr* test = expression();
  ast::Expr* message = accept(Kind::kComma) ? expression() : nullptr;
  auto* node = make_stmt<ast::Assert>(begin);
  node->test = test;
  node->message = message;
  return node;
}

ast::Stmt* Parser::delete_statement() {
  std::uint32_t begin = next().begin;
  std::size_t from = exprs_.size();
  do {
    if (exprs_.size() > from && !starts_expression(kind())) break;
    ast::Expr* target = at(Kind::kStar) ? star_or_named() : operation(kLoosest);
    check_target(target, "delete");
    exprs_.push_back(target);
  } while (accept(Kind::kComma));
  auto* node = make_stmt<ast::Delete>(begin);
  node->targets = take_exprs(from);
  return node;
}

ast::Stmt* Parser::scope_statement(StmtKind kind) {
  std::uint32_t begin = next().begin;
  std::vector<std::string_view> names;
  do {
    names.push_back(text(expect_name()));
  } while (accept(Kind::kComma));
  auto* node = make_stmt<ast::Names>(begin, kind);
  node->names = arena_.copy(names);
  return node;
}

ast::Stmt* Parser::type_alias() {
  std::uint32_t begin = next().begin;
  ast::Name* target = make_name(expect_name());
  ast::TypeParams params = type_params();
  expect(Kind::kEqual);
  ast::Expr* value = expression();
  auto* node = make_stmt<ast::TypeAlias>(begin);
  node->target = target;
  node->type_params = params;
  node->value = value;
  return node;
}

// ---- entry points

ProgramPtr parse(SourcePtr source) {
  auto program = std::make_shared<Program>();
  Parser parser(decode_source(std::move(source)), program->arena);
  parser.module(program->tree);
  if (parser.has_inner_yields()) hoist_yields(program->tree, program->arena);
  resolve(program->tree, program->arena);
  return program;
}

ProgramPtr parse_unresolved(SourcePtr source) {
  auto program = std::make_shared<Program>();
  Parser(decode_source(std::move(source)), program->arena).module(program->tree);
  return program;
}

ProgramPtr parse_expression(SourcePtr source) {
  auto program = std::make_shared<Program>();
  Parser(decode_source(std::move(source)), program->arena).single_expression(program->tree);
  resolve(program->tree, program->arena);
  return program;
}

}  // namespace retort::python
