#include <charconv>
#include <limits>

#include "python/parser_state.h"

namespace retort::python {
namespace {

using Kind = TokenKind;
using ast::ExprKind;

// CPython's limit on the conversion of decimal text, so that no literal takes quadratic time.
constexpr std::size_t kMaxDigits = 4300;

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

// Digits of the given base as a decimal number.
std::string to_decimal(std::string_view digits, std::uint32_t base) {
  constexpr std::uint64_t kLimb = 1'000'000'000;
  std::vector<std::uint64_t> limbs{0};  // least significant first
  for (char c : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(digit_value(c));
    for (std::uint64_t& limb : limbs) {
      std::uint64_t value = limb * base + carry;
      limb = value % kLimb;
      carry = value / kLimb;
    }
    if (carry != 0) limbs.push_back(carry);
  }
  std::string text = std::to_string(limbs.back());
  for (std::size_t i = limbs.size() - 1; i-- > 0;) {
    std::string part = std::to_string(limbs[i]);
    text += std::string(9 - part.size(), '0') + part;
  }
  return text;
}

double parse_double(const std::string& text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  // Too large or too small: decided by where its first digit that is not zero stands.
  std::size_t e = text.find_first_of("eE");
  long exponent = 0;
  if (e != std::string::npos) {
    std::size_t first = e + (text[e + 1] == '+' ? 2 : 1);
    auto result = std::from_chars(text.data() + first, text.data() + text.size(), exponent);
    if (result.ec != std::errc()) exponent = text[e + 1] == '-' ? -1'000'000'000 : 1'000'000'000;
  }
  std::size_t point = std::min(text.find('.'), std::min(e, text.size()));
  std::size_t digit = text.find_first_of("123456789");
  auto magnitude = static_cast<long>(point) - static_cast<long>(digit) + exponent;
  return magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

}  // namespace

const char* describe(const ast::Expr* expr) {
  switch (expr->kind) {
    case ExprKind::kConstant:
      switch (ast::as<ast::Constant>(expr).constant) {
        case ast::ConstantKind::kNone:
          return "None";
        case ast::ConstantKind::kTrue:
          return "True";
        case ast::ConstantKind::kFalse:
          return "False";
        case ast::ConstantKind::kEllipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    case ExprKind::kName:
      return "name";
    case ExprKind::kAttribute:
      return "attribute";
    case ExprKind::kSubscript:
      return "subscript";
    case ExprKind::kSlice:
      return "slice";
    case ExprKind::kCall:
      return "function call";
    case ExprKind::kUnary:
    case ExprKind::kBinary:
    case ExprKind::kBool:
      return "expression";
    case ExprKind::kCompare:
      return "comparison";
    case ExprKind::kConditional:
      return "conditional expression";
    case ExprKind::kLambda:
      return "lambda";
    case ExprKind::kTuple:
      return "tuple";
    case ExprKind::kList:
      return "list";
    case ExprKind::kSet:
      return "set display";
    case ExprKind::kDict:
      return "dict literal";
    case ExprKind::kComprehension:
      switch (ast::as<ast::Comprehension>(expr).what) {
        case ast::ComprehensionKind::kList:
          return "list comprehension";
        case ast::ComprehensionKind::kSet:
          return "set comprehension";
        case ast::ComprehensionKind::kDict:
          return "dict comprehension";
        case ast::ComprehensionKind::kGenerator:
          return "generator expression";
      }
      break;
    case ExprKind::kStarred:
      return "starred";
    case ExprKind::kNamed:
      return "named expression";
    case ExprKind::kJoinedString:
      return "f-string expression";
    case ExprKind::kYield:
    case ExprKind::kYieldFrom:
      return "yield expression";
    case ExprKind::kAwait:
      return "await expression";
  }
  return "expression";
}

ast::Expr* Parser::atom() {
  auto constant = [&](ast::ConstantKind what) {
    auto* node = make<ast::Constant>(next().span());
    node->constant = what;
    return node;
  };
  switch (kind()) {
    case Kind::kName:
      return make_name(next());
    case Kind::kNumber:
      return number();
    case Kind::kString:
    case Kind::kFStringStart:
      return strings();
    case Kind::kLeftParen:
      return group();
    case Kind::kLeftBracket:
      return list_display();
    case Kind::kLeftBrace:
      return brace_display();
    case Kind::kTrue:
      return constant(ast::ConstantKind::kTrue);
    case Kind::kFalse:
      return constant(ast::ConstantKind::kFalse);
    case Kind::kNone:
      return constant(ast::ConstantKind::kNone);
    case Kind::kEllipsis:
      return constant(ast::ConstantKind::kEllipsis);
    default:
      invalid_syntax();
  }
}

ast::Expr* Parser::number() {
  Token token = next();
  auto* node = make<ast::Constant>(token.span());
  std::string_view literal = text(token);
  std::string plain;
  if (literal.find('_') != std::string_view::npos) {
    std::copy_if(literal.begin(), literal.end(), std::back_inserter(plain),
                 [](char c) { return c != '_'; });
    literal = plain;
  }
  std::uint32_t base = 10;
  if (literal.size() > 1 && literal[0] == '0') {
    char letter = static_cast<char>(literal[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    if (base != 10) literal.remove_prefix(2);
  }
  if (base == 10 && literal.find_first_of(".eEjJ") != std::string_view::npos) {
    bool imaginary = (literal.back() | 0x20) == 'j';
    if (imaginary) literal.remove_suffix(1);
    node->constant = imaginary ? ast::ConstantKind::kImaginary : ast::ConstantKind::kFloat;
    node->number = parse_double(std::string(literal));
    return node;
  }
  node->constant = ast::ConstantKind::kInteger;
  literal.remove_prefix(std::min(literal.find_first_not_of('0'), literal.size()));
  auto [end, error] = std::from_chars(literal.data(), literal.data() + literal.size(),
                                      node->integer, static_cast<int>(base));
  if (literal.empty() || error == std::errc()) return node;
  node->integer = 0;
  std::size_t limit = base == 16 ? 3571 : base == 8 ? 4761 : base == 2 ? 14284 : kMaxDigits;
  if (literal.size() > limit) {
    fail("Exceeds the limit (4300 digits) for integer string conversion", token.span());
  }
  node->text = arena_.copy(base == 10 ? literal : std::string_view(to_decimal(literal, base)));
  return node;
}

// ( ... ): a group, a tuple, a yield or a generator expression.
ast::Expr* Parser::group() {
  std::uint32_t begin = expect(Kind::kLeftParen).begin;
  if (at(Kind::kYield)) {
    has_inner_yields_ = true;
    ast::Expr* value = yield_expression();
    close(Kind::kRightParen, value);
    return value;
  }
  std::size_t from = exprs_.size();
  bool comma = false;
  if (!at(Kind::kRightParen)) {
    ast::Expr* first = star_or_named();
    if (at_comprehension()) {
      return closed(Kind::kRightParen,
                    comprehension(ast::ComprehensionKind::kGenerator, begin, first));
    }
    exprs_.push_back(first);
    while (accept(Kind::kComma)) {
      comma = true;
      if (at(Kind::kRightParen)) break;
      exprs_.push_back(star_or_named());
    }
    if (!comma && at(Kind::kRightParen) && first->kind == ExprKind::kStarred) {
      fail("cannot use starred expression here", first->span);
    }
  } else {
    comma = true;
  }
  const ast::Expr* last = exprs_.size() > from ? exprs_.back() : nullptr;
  close(Kind::kRightParen, last);
  ast::ExprList elements = take_exprs(from);
  if (!comma) return elements[0];
  auto* node = make<ast::Sequence>(ExprKind::kTuple, {begin, last_end()}, above(elements));
  node->elements = elements;
  return node;
}

ast::Expr* Parser::closed(Kind kind, ast::Expr* expr) {
  close(kind, expr);
  expr->span.end = last_end();
  return expr;
}

ast::Expr* Parser::list_display() {
  std::uint32_t begin = expect(Kind::kLeftBracket).begin;
  std::size_t from = exprs_.size();
  while (!at(Kind::kRightBracket)) {
    exprs_.push_back(star_or_named());
    if (at_comprehension() && exprs_.size() == from + 1) {
      ast::Expr* element = exprs_.back();
      exprs_.pop_back();
      return closed(Kind::kRightBracket,
                    comprehension(ast::ComprehensionKind::kList, begin, element));
    }
    if (!accept(Kind::kComma)) break;
  }
  close(Kind::kRightBracket, exprs_.size() > from ? exprs_.back() : nullptr);
  ast::ExprList elements = take_exprs(from);
  auto* node = make<ast::Sequence>(ExprKind::kList, {begin, last_end()}, above(elements));
  node->elements = elements;
  return node;
}

ast::Expr* Parser::brace_display() {
  std::uint32_t begin = expect(Kind::kLeftBrace).begin;
  if (at(Kind::kRightBrace) || at(Kind::kDoubleStar)) return dict_display(begin, nullptr);
  ast::Expr* first = star_or_named();
  if (at(Kind::kColon)) return dict_display(begin, first);
  if (at_comprehension()) {
    return closed(Kind::kRightBrace, comprehension(ast::ComprehensionKind::kSet, begin, first));
  }
  std::size_t from = exprs_.size();
  exprs_.push_back(first);
  while (accept(Kind::kComma)) {
    if (at(Kind::kRightBrace)) break;
    exprs_.push_back(star_or_named());
  }
  close(Kind::kRightBrace, exprs_.back());
  ast::ExprList elements = take_exprs(from);
  auto* node = make<ast::Sequence>(ExprKind::kSet, {begin, last_end()}, above(elements));
  node->elements = elements;
  return node;
}

// The rest of a dictionary: from its first `key`, or from the start when that is absent.
ast::Expr* Parser::dict_display(std::uint32_t begin, ast::Expr* key) {
  std::size_t from = exprs_.size();  // key and value in turn
  while (!at(Kind::kRightBrace)) {
    if (key == nullptr && accept(Kind::kDoubleStar)) {
      ast::Expr* value = operation(kOperand);
      if (at_comprehension() && exprs_.size() == from) {
        fail("dict unpacking cannot be used in dict comprehension",
             {value->span.begin - 2, value->span.begin});
      }
      exprs_.push_back(nullptr);
      exprs_.push_back(value);
    } else {
      if (key == nullptr) key = expression();
      if (!at(Kind::kColon)) {
        if (exprs_.size() > from && (at(Kind::kComma) || at(Kind::kRightBrace))) {
          fail("':' expected after dictionary key", {last_end() - 1, last_end()});
        }
        check_missing_comma(key);
        invalid_syntax();
      }
      Token colon = next();
      if (at(Kind::kRightBrace) || at(Kind::kComma)) {
        fail("expression expected after dictionary key and ':'", colon.span());
      }
      if (at(Kind::kStar)) {
        fail("cannot use a starred expression in a dictionary value", token().span());
      }
      ast::Expr* value = expression();
      if (at_comprehension() && exprs_.size() == from) {
        return closed(Kind::kRightBrace,
                      comprehension(ast::ComprehensionKind::kDict, begin, key, value));
      }
      exprs_.push_back(key);
      exprs_.push_back(value);
    }
    key = nullptr;
    if (!accept(Kind::kComma)) break;
  }
  close(Kind::kRightBrace, exprs_.size() > from ? exprs_.back() : nullptr);
  Exprs keys;
  Exprs values;
  for (std::size_t i = from; i < exprs_.size(); i += 2) {
    keys.push_back(exprs_[i]);
    values.push_back(exprs_[i + 1]);
  }
  exprs_.resize(from);
  ast::ExprList key_list = arena_.copy(keys);
  ast::ExprList value_list = arena_.copy(values);
  auto* node = make<ast::Dict>({begin, last_end()}, std::max(above(key_list), above(value_list)));
  node->keys = key_list;
  node->values = value_list;
  return node;
}

// The clauses of a comprehension; its caller reads the closing bracket and sets the span's end.
ast::Expr* Parser::comprehension(ast::ComprehensionKind what, std::uint32_t begin,
                                 ast::Expr* element, ast::Expr* value) {
  if (element->kind == ExprKind::kStarred) {
    fail("iterable unpacking cannot be used in comprehension", element->span);
  }
  int height = above(element, value);
  std::size_t from = generators_.size();
  while (at_comprehension()) {
    ast::Generator generator;
    generator.is_async = accept(Kind::kAsync);
    next();
    generator.target = target_list();
    if (at(Kind::kError)) invalid_syntax();
    if (!accept(Kind::kIn)) fail("'in' expected after for-loop variables", token().span());
    generator.iterable = operation(kLoosest);
    std::size_t conditions = exprs_.size();
    while (accept(Kind::kIf)) exprs_.push_back(operation(kLoosest));
    generator.conditions = take_exprs(conditions);
    height = std::max(
        {height, above(generator.target, generator.iterable), above(generator.conditions)});
    generators_.push_back(generator);
  }
  auto* node = make<ast::Comprehension>({begin, last_end()}, height);
  node->what = what;
  node->element = element;
  node->value = value;
  node->generators = take(generators_, from);
  return node;
}

// The targets of `for`, up to its `in`.
ast::Expr* Parser::target_list() {
  std::uint32_t begin = token().begin;
  auto element = [&]() -> ast::Expr* {
    std::uint32_t star = token().begin;
    if (!accept(Kind::kStar)) return operation(kOperand);
    ast::Expr* value = operation(kOperand);
    auto* node = make<ast::Starred>({star, last_end()}, above(value));
    node->value = value;
    return node;
  };
  ast::Expr* target = element();
  if (at(Kind::kComma)) {
    std::size_t from = exprs_.size();
    exprs_.push_back(target);
    while (accept(Kind::kComma)) {
      if (!starts_expression(kind()) && !at(Kind::kStar)) break;
      exprs_.push_back(element());
    }
    ast::ExprList elements = take_exprs(from);
    auto* tuple = make<ast::Sequence>(ExprKind::kTuple, {begin, last_end()}, above(elements));
    tuple->elements = elements;
    target = tuple;
  }
  check_target(target, "assign to");
  return target;
}

// Throws unless `expr` is something that can be assigned to, or deleted.
void Parser::check_target(const ast::Expr* expr, const char* verb) const {
  switch (expr->kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
      return;
    case ExprKind::kStarred:
      if (std::string_view(verb) == "delete") break;
      return check_target(ast::as<ast::Starred>(expr).value, verb);
    case ExprKind::kTuple:
    case ExprKind::kList:
      for (const ast::Expr* element : ast::as<ast::Sequence>(expr).elements) {
        check_target(element, verb);
      }
      return;
    default:
      break;
  }
  fail(std::string("cannot ") + verb + " " + describe(expr), expr->span);
}

}  // namespace retort::python
