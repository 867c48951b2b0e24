#include "python/parser_state.h"

namespace retort::python {
namespace {

using Kind = TokenKind;

struct Operator {
  int precedence = 0;  // 0: not an operator between two operands
  ast::BinaryOp op = ast::BinaryOp::kAdd;
};

Operator operator_of(Kind kind) {
  using Op = ast::BinaryOp;
  switch (kind) {
    case Kind::kOr:
      return {Precedence::kOr};
    case Kind::kAnd:
      return {Precedence::kAnd};
    case Kind::kEqualEqual:
    case Kind::kNotEqual:
    case Kind::kLess:
    case Kind::kLessEqual:
    case Kind::kGreater:
    case Kind::kGreaterEqual:
    case Kind::kIs:
    case Kind::kIn:
    case Kind::kNot:
      return {Precedence::kCompare};
    case Kind::kVerticalBar:
      return {Precedence::kBitOr, Op::kOr};
    case Kind::kCircumflex:
      return {Precedence::kBitXor, Op::kXor};
    case Kind::kAmpersand:
      return {Precedence::kBitAnd, Op::kAnd};
    case Kind::kLeftShift:
      return {Precedence::kShift, Op::kLeftShift};
    case Kind::kRightShift:
      return {Precedence::kShift, Op::kRightShift};
    case Kind::kPlus:
      return {Precedence::kSum, Op::kAdd};
    case Kind::kMinus:
      return {Precedence::kSum, Op::kSub};
    case Kind::kStar:
      return {Precedence::kTerm, Op::kMul};
    case Kind::kSlash:
      return {Precedence::kTerm, Op::kDiv};
    case Kind::kDoubleSlash:
      return {Precedence::kTerm, Op::kFloorDiv};
    case Kind::kPercent:
      return {Precedence::kTerm, Op::kMod};
    case Kind::kAt:
      return {Precedence::kTerm, Op::kMatMul};
    default:
      return {};
  }
}

}  // namespace

bool Parser::starts_expression(Kind kind) const {
  switch (kind) {
    case Kind::kName:
    case Kind::kNumber:
    case Kind::kString:
    case Kind::kFStringStart:
    case Kind::kLeftParen:
    case Kind::kLeftBracket:
    case Kind::kLeftBrace:
    case Kind::kEllipsis:
    case Kind::kPlus:
    case Kind::kMinus:
    case Kind::kTilde:
    case Kind::kNot:
    case Kind::kLambda:
    case Kind::kAwait:
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNone:
      return true;
    default:
      return false;
  }
}

ast::Expr* Parser::expressions() {
  std::uint32_t begin = token().begin;
  auto element = [&]() -> ast::Expr* {
    if (!at(Kind::kStar)) return expression();
    std::uint32_t star = next().begin;
    ast::Expr* value = operation(kOperand);
    auto* starred = make<ast::Starred>({star, last_end()}, above(value));
    starred->value = value;
    return starred;
  };
  ast::Expr* first = element();
  if (!at(Kind::kComma)) return first;
  std::size_t from = exprs_.size();
  exprs_.push_back(first);
  while (accept(Kind::kComma)) {
    if (!starts_expression(kind()) && !at(Kind::kStar)) break;
    exprs_.push_back(element());
  }
  ast::ExprList elements = take_exprs(from);
  auto* tuple = make<ast::Sequence>(ast::ExprKind::kTuple, {begin, last_end()}, above(elements));
  tuple->elements = elements;
  return tuple;
}

ast::Expr* Parser::yield_or_expressions() {
  return at(Kind::kYield) ? yield_expression() : expressions();
}

ast::Expr* Parser::yield_expression() {
  Depth depth(this);
  std::uint32_t begin = expect(Kind::kYield).begin;
  ast::ExprKind what = ast::ExprKind::kYield;
  ast::Expr* value = nullptr;
  if (accept(Kind::kFrom)) {
    what = ast::ExprKind::kYieldFrom;
    value = expression();
  } else if (starts_expression(kind()) || at(Kind::kStar)) {
    value = expressions();
  }
  auto* node = make<ast::Yield>(what, {begin, last_end()}, above(value));
  node->value = value;
  return node;
}

ast::Expr* Parser::star_or_named() {
  if (!at(Kind::kStar)) return named_expression();
  std::uint32_t begin = next().begin;
  ast::Expr* value = operation(kOperand);
  auto* node = make<ast::Starred>({begin, last_end()}, above(value));
  node->value = value;
  return node;
}

ast::Expr* Parser::named_expression() {
  if (at(Kind::kName) && kind_after(1) == Kind::kWalrus) {
    Depth depth(this);
    ast::Name* target = make_name(next());
    next();
    ast::Expr* value = expression();
    auto* node = make<ast::Named>({target->span.begin, last_end()}, above(value));
    node->target = target;
    node->value = value;
    return node;
  }
  ast::Expr* value = expression();
  if (at(Kind::kWalrus)) {
    fail(std::string("cannot use assignment expressions with ") + describe(value), value->span);
  }
  return value;
}

ast::Expr* Parser::expression() {
  Depth depth(this);
  if (at(Kind::kLambda)) return lambda();
  ast::Expr* body = operation(kLoosest);
  if (!at(Kind::kIf)) return body;
  next();
  ast::Expr* test = operation(kLoosest);
  if (!accept(Kind::kElse)) {
    if (at(Kind::kColon) || at(Kind::kError)) invalid_syntax();
    fail("expected 'else' after 'if' expression", {body->span.begin, last_end()});
  }
  ast::Expr* orelse = expression();
  auto* node = make<ast::Conditional>({body->span.begin, last_end()}, above(test, body, orelse));
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

ast::Expr* Parser::lambda() {
  std::uint32_t begin = expect(Kind::kLambda).begin;
  ast::Parameters list = parameters(Kind::kColon, false);
  expect_colon();
  ast::Expr* body = expression();
  int height = above(body);
  for (const ast::Parameter& parameter : list) {
    height = std::max(height, above(parameter.default_value));
  }
  auto* node = make<ast::Lambda>({begin, last_end()}, height);
  node->parameters = list;
  node->body = body;
  return node;
}

ast::Expr* Parser::operation(int precedence) {
  Depth depth(this);
  ast::Expr* left = nullptr;
  if (at(Kind::kNot) && precedence <= Precedence::kNot) {
    std::uint32_t begin = next().begin;
    ast::Expr* operand = operation(Precedence::kNot);
    auto* node = make<ast::Unary>({begin, last_end()}, above(operand));
    node->operand = operand;
    left = node;
  } else {
    left = unary();
  }
  for (;;) {
    Operator op = operator_of(kind());
    if (op.precedence == 0 || op.precedence < precedence) return left;
    if (op.precedence == Precedence::kCompare) {
      if (at(Kind::kNot) && kind_after(1) != Kind::kIn) invalid_syntax(at_ + 1);
      left = comparison(left);
    } else if (op.precedence <= Precedence::kAnd) {
      Kind word = kind();
      std::size_t from = exprs_.size();
      exprs_.push_back(left);
      while (accept(word)) exprs_.push_back(operation(op.precedence + 1));
      ast::ExprList values = take_exprs(from);
      auto* node = make<ast::Bool>({left->span.begin, last_end()}, above(values));
      node->op = word == Kind::kOr ? ast::BoolOp::kOr : ast::BoolOp::kAnd;
      node->values = values;
      left = node;
    } else {
      next();
      ast::Expr* right = operation(op.precedence + 1);
      auto* node = make<ast::Binary>({left->span.begin, last_end()}, above(left, right));
      node->op = op.op;
      node->left = left;
      node->right = right;
      left = node;
    }
  }
}

ast::Expr* Parser::comparison(ast::Expr* left) {
  std::vector<ast::CompareOp> ops;
  std::size_t from = exprs_.size();
  for (;;) {
    ast::CompareOp op;
    switch (kind()) {
      case Kind::kEqualEqual:
        op = ast::CompareOp::kEq;
        break;
      case Kind::kNotEqual:
        op = ast::CompareOp::kNotEq;
        break;
      case Kind::kLess:
        op = ast::CompareOp::kLt;
        break;
      case Kind::kLessEqual:
        op = ast::CompareOp::kLtE;
        break;
      case Kind::kGreater:
        op = ast::CompareOp::kGt;
        break;
      case Kind::kGreaterEqual:
        op = ast::CompareOp::kGtE;
        break;
      case Kind::kIn:
        op = ast::CompareOp::kIn;
        break;
      case Kind::kIs:
        op = kind_after(1) == Kind::kNot ? ast::CompareOp::kIsNot : ast::CompareOp::kIs;
        break;
      case Kind::kNot:
        if (kind_after(1) == Kind::kIn) {
          op = ast::CompareOp::kNotIn;
          break;
        }
        [[fallthrough]];
      default: {
        ast::ExprList comparators = take_exprs(from);
        auto* node = make<ast::Compare>({left->span.begin, last_end()},
                                        std::max(above(left), above(comparators)));
        node->left = left;
        node->ops = arena_.copy(ops);
        node->comparators = comparators;
        return node;
      }
    }
    next();
    if (op == ast::CompareOp::kIsNot || op == ast::CompareOp::kNotIn) next();
    ops.push_back(op);
    exprs_.push_back(operation(kOperand));
  }
}

ast::Expr* Parser::unary() {
  ast::UnaryOp op = ast::UnaryOp::kPlus;
  switch (kind()) {
    case Kind::kPlus:
      break;
    case Kind::kMinus:
      op = ast::UnaryOp::kMinus;
      break;
    case Kind::kTilde:
      op = ast::UnaryOp::kInvert;
      break;
    default:
      return power();
  }
  Depth depth(this);
  std::uint32_t begin = next().begin;
  ast::Expr* operand = unary();
  auto* node = make<ast::Unary>({begin, last_end()}, above(operand));
  node->op = op;
  node->operand = operand;
  return node;
}

ast::Expr* Parser::power() {
  ast::Expr* base = nullptr;
  if (at(Kind::kAwait)) {
    std::uint32_t begin = next().begin;
    ast::Expr* value = primary();
    auto* node = make<ast::Yield>(ast::ExprKind::kAwait, {begin, last_end()}, above(value));
    node->value = value;
    base = node;
  } else {
    base = primary();
  }
  if (!at(Kind::kDoubleStar)) return base;
  Depth depth(this);
  next();
  ast::Expr* exponent = unary();
  auto* node = make<ast::Binary>({base->span.begin, last_end()}, above(base, exponent));
  node->op = ast::BinaryOp::kPow;
  node->left = base;
  node->right = exponent;
  return node;
}

ast::Expr* Parser::primary() {
  ast::Expr* value = atom();
  for (;;) {
    switch (kind()) {
      case Kind::kDot: {
        next();
        Token name = expect_name();
        auto* node = make<ast::Attribute>({value->span.begin, name.end}, above(value));
        node->value = value;
        node->attr = text(name);
        node->attr_span = name.span();
        value = node;
        break;
      }
      case Kind::kLeftParen:
        value = call(value);
        break;
      case Kind::kLeftBracket:
        value = subscript(value);
        break;
      default:
        return value;
    }
  }
}

ast::Expr* Parser::call(ast::Expr* function) {
  Token open = next();
  std::size_t from = exprs_.size();
  std::size_t keywords_from = keywords_.size();
  bool has_keyword = false;
  bool has_unpacking = false;
  while (!at(Kind::kRightParen)) {
    argument(from, &has_keyword, &has_unpacking);
    if (at_comprehension() && keywords_.size() == keywords_from && exprs_.size() == from + 1 &&
        exprs_.back()->kind != ast::ExprKind::kStarred) {
      ast::Expr* element = exprs_.back();
      exprs_.pop_back();
      ast::Expr* generator = comprehension(ast::ComprehensionKind::kGenerator, open.begin, element);
      exprs_.push_back(generator);
      if (at(Kind::kComma) && kind_after(1) != Kind::kRightParen) {
        fail("Generator expression must be parenthesized",
             {element->span.begin, generator->span.end});
      }
      generator->span.end = token().end;
    }
    if (!accept(Kind::kComma)) break;
  }
  const ast::Expr* last = nullptr;
  if (keywords_.size() > keywords_from) {
    last = keywords_.back().value;
  } else if (exprs_.size() > from) {
    last = exprs_.back();
  }
  close(Kind::kRightParen, last);
  ast::ExprList args = take_exprs(from);
  std::span<ast::Keyword> keywords = take(keywords_, keywords_from);
  int height = std::max(above(function), above(args));
  for (const ast::Keyword& keyword : keywords) height = std::max(height, above(keyword.value));
  auto* node = make<ast::Call>({function->span.begin, last_end()}, height);
  node->function = function;
  node->args = args;
  node->keywords = keywords;
  return node;
}

// One argument of a call or of a class statement; pushes it on exprs_ or keywords_.
void Parser::argument(std::size_t first, bool* has_keyword, bool* has_unpacking) {
  Token start = token();
  if (at(Kind::kStar)) {
    next();
    if (at(Kind::kRightParen) || at(Kind::kComma)) {
      fail("Invalid star expression", token().span());
    }
    if (*has_unpacking) {
      fail("iterable argument unpacking follows keyword argument unpacking", start.span());
    }
    ast::Expr* value = expression();
    auto* node = make<ast::Starred>({start.begin, last_end()}, above(value));
    node->value = value;
    exprs_.push_back(node);
    return;
  }
  if (at(Kind::kDoubleStar)) {
    next();
    *has_unpacking = true;
    ast::Expr* value = expression();
    keywords_.push_back({{}, value, start.span()});
    return;
  }
  if (at(Kind::kName) && kind_after(1) == Kind::kEqual) {
    next();
    next();
    if (at(Kind::kComma) || at(Kind::kRightParen)) {
      fail("expected argument value expression", {start.begin, last_end()});
    }
    *has_keyword = true;
    ast::Expr* value = expression();
    if (at_comprehension()) {
      fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
           {start.begin, value->span.begin});
    }
    keywords_.push_back({text(start), value, start.span()});
    return;
  }
  ast::Expr* value = named_expression();
  if (at(Kind::kEqual)) {
    if (start.kind == Kind::kTrue || start.kind == Kind::kFalse || start.kind == Kind::kNone) {
      fail("cannot assign to " + std::string(text(start)), {start.begin, token().end});
    }
    fail("expression cannot contain assignment, perhaps you meant \"==\"?",
         {start.begin, token().end});
  }
  if (at_comprehension()) {
    if (exprs_.size() != first || *has_keyword || *has_unpacking) {
      ast::Expr* generator = comprehension(ast::ComprehensionKind::kGenerator, start.begin, value);
      fail("Generator expression must be parenthesized", {start.begin, generator->span.end});
    }
  } else if (*has_unpacking) {
    fail("positional argument follows keyword argument unpacking", value->span);
  } else if (*has_keyword) {
    fail("positional argument follows keyword argument", value->span);
  }
  exprs_.push_back(value);
}

ast::Expr* Parser::subscript(ast::Expr* value) {
  expect(Kind::kLeftBracket);
  std::uint32_t begin = token().begin;
  auto element = [&] { return at(Kind::kStar) ? star_or_named() : slice(); };
  ast::Expr* index = element();
  if (at(Kind::kComma) || index->kind == ast::ExprKind::kStarred) {
    std::size_t from = exprs_.size();
    exprs_.push_back(index);
    while (accept(Kind::kComma)) {
      if (at(Kind::kRightBracket)) break;
      exprs_.push_back(element());
    }
    ast::ExprList elements = take_exprs(from);
    auto* tuple = make<ast::Sequence>(ast::ExprKind::kTuple, {begin, last_end()}, above(elements));
    tuple->elements = elements;
    index = tuple;
  }
  close(Kind::kRightBracket, index);
  auto* node = make<ast::Subscript>({value->span.begin, last_end()}, above(value, index));
  node->value = value;
  node->index = index;
  return node;
}

ast::Expr* Parser::slice() {
  std::uint32_t begin = token().begin;
  auto at_end = [&] { return at(Kind::kColon) || at(Kind::kComma) || at(Kind::kRightBracket); };
  ast::Expr* lower = nullptr;
  if (!at(Kind::kColon)) {
    lower = named_expression();
    if (!at(Kind::kColon)) return lower;
  }
  next();
  ast::Expr* upper = at_end() ? nullptr : expression();
  ast::Expr* step = nullptr;
  if (accept(Kind::kColon) && !at_end()) step = expression();
  auto* node = make<ast::Slice>({begin, last_end()}, above(lower, upper, step));
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  return node;
}

}  // namespace retort::python
