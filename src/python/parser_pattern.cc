#include "python/parser_state.h"

// The match statement and its patterns (PEP 634). `match`, `case` and `_` are words like others
// elsewhere.
namespace retort::python {
namespace {

using Kind = TokenKind;
using ast::ExprKind;
using ast::PatternKind;

}  // namespace

bool Parser::at_match_statement() const {
  if (text(token()) != "match") return false;
  switch (kind_after(1)) {
    case Kind::kName:
    case Kind::kNumber:
    case Kind::kString:
    case Kind::kFStringStart:
    case Kind::kLambda:
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNone:
    case Kind::kAwait:
    case Kind::kTilde:
    case Kind::kLeftBrace:
    case Kind::kEllipsis:
      return true;
    case Kind::kNot:
      return kind_after(2) != Kind::kIn;
    case Kind::kLeftParen:
    case Kind::kLeftBracket:
    case Kind::kMinus:
    case Kind::kPlus:
    case Kind::kStar:
      break;
    default:
      return false;
  }
  // Also the beginning of an expression: only a statement with a body ends its line with a colon.
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == Kind::kNewline) return tokens_[i - 1].kind == Kind::kColon;
  }
  return false;
}

ast::Stmt* Parser::match_statement() {
  std::uint32_t begin = next().begin;
  std::uint32_t subject_begin = token().begin;
  ast::Expr* subject = at(Kind::kStar) ? star_or_named() : named_expression();
  if (at(Kind::kComma)) {
    std::size_t from = exprs_.size();
    exprs_.push_back(subject);
    while (accept(Kind::kComma)) {
      if (at(Kind::kColon)) break;
      exprs_.push_back(star_or_named());
    }
    ast::ExprList elements = take_exprs(from);
    auto* tuple =
        make<ast::Sequence>(ExprKind::kTuple, {subject_begin, last_end()}, above(elements));
    tuple->elements = elements;
    subject = tuple;
  }
  expect_colon();
  expect(Kind::kNewline);
  if (!accept(Kind::kIndent)) {
    if (at(Kind::kError)) invalid_syntax();
    fail("expected an indented block after 'match' statement on line " +
             std::to_string(line_of(begin)),
         token().span());
  }
  std::vector<ast::MatchCase> cases;
  while (at_word("case")) {
    std::uint32_t case_begin = next().begin;
    ast::MatchCase match_case;
    match_case.pattern = patterns();
    if (accept(Kind::kIf)) match_case.guard = named_expression();
    match_case.body = block("'case' statement", case_begin);
    cases.push_back(match_case);
  }
  if (cases.empty() || !at(Kind::kDedent)) invalid_syntax();
  next();
  auto* node = make_stmt<ast::Match>(begin);
  node->subject = subject;
  node->cases = arena_.copy(cases);
  return node;
}

ast::Pattern* Parser::make_pattern(PatternKind kind, std::uint32_t begin) {
  auto* node = arena_.make<ast::Pattern>();
  node->kind = kind;
  node->span = {begin, last_end()};
  return node;
}

// One pattern, or a sequence without brackets.
ast::Pattern* Parser::patterns() {
  std::uint32_t begin = token().begin;
  ast::Pattern* first = star_or_pattern();
  if (!at(Kind::kComma)) {
    if (first->kind == PatternKind::kStar) invalid_syntax();
    return first;
  }
  std::size_t from = pattern_stack_.size();
  pattern_stack_.push_back(first);
  while (accept(Kind::kComma)) {
    if (at(Kind::kColon) || at(Kind::kIf)) break;
    pattern_stack_.push_back(star_or_pattern());
  }
  ast::Pattern* node = make_pattern(PatternKind::kSequence, begin);
  node->patterns = take(pattern_stack_, from);
  return node;
}

ast::Name* Parser::capture_target() {
  if (!at(Kind::kName)) invalid_syntax();
  Token name = next();
  return text(name) == "_" ? nullptr : make_name(name);
}

ast::Pattern* Parser::star_or_pattern() {
  if (!at(Kind::kStar)) return pattern();
  std::uint32_t begin = next().begin;
  ast::Name* name = capture_target();
  ast::Pattern* node = make_pattern(PatternKind::kStar, begin);
  node->name = name;
  return node;
}

ast::Pattern* Parser::pattern() {
  Depth depth(this);
  std::uint32_t begin = token().begin;
  ast::Pattern* inner = or_pattern();
  if (!accept(Kind::kAs)) return inner;
  if (at_word("_")) fail("cannot use '_' as a target", token().span());
  Kind after = kind_after(1);
  if (!at(Kind::kName) || after == Kind::kDot || after == Kind::kLeftParen) {
    if (!starts_expression(kind())) invalid_syntax();
    ast::Expr* target = operation(kLoosest);
    fail(std::string("cannot use ") + describe(target) + " as pattern target", target->span);
  }
  ast::Name* name = capture_target();
  ast::Pattern* node = make_pattern(PatternKind::kAs, begin);
  node->pattern = inner;
  node->name = name;
  return node;
}

ast::Pattern* Parser::or_pattern() {
  std::uint32_t begin = token().begin;
  ast::Pattern* first = closed_pattern();
  if (!at(Kind::kVerticalBar)) return first;
  std::size_t from = pattern_stack_.size();
  pattern_stack_.push_back(first);
  while (accept(Kind::kVerticalBar)) pattern_stack_.push_back(closed_pattern());
  ast::Pattern* node = make_pattern(PatternKind::kOr, begin);
  node->patterns = take(pattern_stack_, from);
  return node;
}

ast::Pattern* Parser::closed_pattern() {
  Depth depth(this);
  std::uint32_t begin = token().begin;
  switch (kind()) {
    case Kind::kLeftParen:
      return group_or_sequence_pattern(Kind::kRightParen);
    case Kind::kLeftBracket:
      return group_or_sequence_pattern(Kind::kRightBracket);
    case Kind::kLeftBrace:
      return mapping_pattern();
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNone: {
      ast::Expr* value = atom();
      ast::Pattern* node = make_pattern(PatternKind::kSingleton, begin);
      node->value = value;
      return node;
    }
    case Kind::kName: {
      if (kind_after(1) != Kind::kDot && kind_after(1) != Kind::kLeftParen) {
        ast::Name* name = capture_target();
        ast::Pattern* node = make_pattern(PatternKind::kAs, begin);
        node->name = name;
        return node;
      }
      ast::Expr* value = pattern_value();
      if (at(Kind::kLeftParen)) return class_pattern(value);
      ast::Pattern* node = make_pattern(PatternKind::kValue, begin);
      node->value = value;
      return node;
    }
    case Kind::kNumber:
    case Kind::kMinus:
    case Kind::kString:
    case Kind::kFStringStart: {
      ast::Expr* value = pattern_value();
      ast::Pattern* node = make_pattern(PatternKind::kValue, begin);
      node->value = value;
      return node;
    }
    default:
      invalid_syntax();
  }
}

// A dotted name, a string or a number: what a value pattern and a mapping's key can be.
ast::Expr* Parser::pattern_value() {
  switch (kind()) {
    case Kind::kName: {
      ast::Expr* value = make_name(next());
      while (accept(Kind::kDot)) {
        Token name = expect_name();
        auto* node = make<ast::Attribute>({value->span.begin, name.end}, above(value));
        node->value = value;
        node->attr = text(name);
        node->attr_span = name.span();
        value = node;
      }
      return value;
    }
    case Kind::kString:
    case Kind::kFStringStart: {
      ast::Expr* value = strings();
      if (value->kind == ExprKind::kJoinedString) {
        fail("patterns may only match literals and attribute lookups", value->span);
      }
      return value;
    }
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNone:
      return atom();
    default:
      return pattern_number();
  }
}

// A number, perhaps negative, perhaps complex: -1 + 2j.
ast::Expr* Parser::pattern_number() {
  auto imaginary = [](const ast::Expr* expr) {
    return ast::as<ast::Constant>(expr).constant == ast::ConstantKind::kImaginary;
  };
  std::uint32_t begin = token().begin;
  bool negative = accept(Kind::kMinus);
  if (!at(Kind::kNumber)) invalid_syntax();
  ast::Expr* value = number();
  bool real = !imaginary(value);
  if (negative) {
    auto* node = make<ast::Unary>({begin, last_end()}, above(value));
    node->op = ast::UnaryOp::kMinus;
    node->operand = value;
    value = node;
  }
  if (!at(Kind::kPlus) && !at(Kind::kMinus)) return value;
  if (!real) fail("real number required in complex literal", value->span);
  bool minus = next().kind == Kind::kMinus;
  if (!at(Kind::kNumber)) invalid_syntax();
  ast::Expr* right = number();
  if (!imaginary(right)) fail("imaginary number required in complex literal", right->span);
  auto* node = make<ast::Binary>({begin, last_end()}, above(value, right));
  node->op = minus ? ast::BinaryOp::kSub : ast::BinaryOp::kAdd;
  node->left = value;
  node->right = right;
  return node;
}

ast::Pattern* Parser::group_or_sequence_pattern(Kind end) {
  std::uint32_t begin = next().begin;
  std::size_t from = pattern_stack_.size();
  bool comma = false;
  while (!at(end)) {
    pattern_stack_.push_back(star_or_pattern());
    comma = accept(Kind::kComma);
    if (!comma) break;
  }
  close(end);
  std::span<ast::Pattern*> inner = take(pattern_stack_, from);
  bool group = end == Kind::kRightParen && inner.size() == 1 && !comma;
  if (group && inner[0]->kind != PatternKind::kStar) return inner[0];
  if (group) invalid_syntax(at_ - 1);
  ast::Pattern* node = make_pattern(PatternKind::kSequence, begin);
  node->patterns = inner;
  return node;
}

ast::Pattern* Parser::mapping_pattern() {
  std::uint32_t begin = next().begin;
  std::size_t from = pattern_stack_.size();
  std::size_t keys = exprs_.size();
  ast::Name* rest = nullptr;
  while (!at(Kind::kRightBrace)) {
    if (rest != nullptr) {
      fail("double star pattern '**" + std::string(rest->id) +
               "' must be the last (right-most) subpattern in the mapping pattern",
           rest->span);
    }
    if (accept(Kind::kDoubleStar)) {
      if (at_word("_")) invalid_syntax();
      rest = capture_target();
    } else {
      ast::Expr* key = pattern_value();
      if (key->kind == ExprKind::kName) invalid_syntax();
      exprs_.push_back(key);
      expect(Kind::kColon);
      pattern_stack_.push_back(pattern());
    }
    if (!accept(Kind::kComma)) break;
  }
  close(Kind::kRightBrace);
  ast::Pattern* node = make_pattern(PatternKind::kMapping, begin);
  node->keys = take_exprs(keys);
  node->patterns = take(pattern_stack_, from);
  node->name = rest;
  return node;
}

ast::Pattern* Parser::class_pattern(ast::Expr* function) {
  next();
  std::size_t from = pattern_stack_.size();
  std::vector<std::string_view> attrs;
  std::vector<ast::Pattern*> attr_patterns;
  while (!at(Kind::kRightParen)) {
    Token first = token();
    if (at(Kind::kName) && kind_after(1) == Kind::kEqual) {
      attrs.push_back(text(next()));
      next();
      attr_patterns.push_back(pattern());
    } else {
      pattern_stack_.push_back(pattern());
      if (!attrs.empty()) {
        fail("positional patterns follow keyword patterns", {first.begin, last_end()});
      }
    }
    if (!accept(Kind::kComma)) break;
  }
  close(Kind::kRightParen);
  ast::Pattern* node = make_pattern(PatternKind::kClass, function->span.begin);
  node->value = function;
  node->patterns = take(pattern_stack_, from);
  node->attrs = arena_.copy(attrs);
  node->attr_patterns = arena_.copy(attr_patterns);
  return node;
}

}  // namespace retort::python
