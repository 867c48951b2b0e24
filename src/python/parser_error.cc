#include "python/parser_state.h"

// How the parser says what is wrong: CPython's words, and its order of precedence among mistakes.
namespace retort::python {
namespace {

using Kind = TokenKind;
using ast::ExprKind;

}  // namespace

void Parser::fail(std::string message, Span span, std::string hint) const {
  // A bracket that the end of the file left open explains a mistake on a later line.
  std::uint32_t reached = std::max(span.begin, token().begin);
  if (lexed_.open_bracket && line_of(reached) > line_of(*lexed_.open_bracket)) {
    throw *lexed_.error;
  }
  // What is missing at the end of the file is shown behind its last word.
  std::size_t last = source_->text().find_last_not_of(" \t\r\n\f");
  auto end = static_cast<std::uint32_t>(last == std::string_view::npos ? 0 : last + 1);
  if (span.begin > end) span = {end, end};
  throw Error(code::kSyntax, std::move(message))
      .with_place({source_, span})
      .with_hint(std::move(hint));
}

void Parser::too_deep() const {
  fail("too many nested expressions or blocks", token().span(),
       "name the parts of it with variables of their own");
}

void Parser::invalid_syntax(std::size_t index) const {
  const Token& token = tokens_[index];
  switch (token.kind) {
    case Kind::kError:
      throw *lexed_.error;
    case Kind::kIndent:
      fail("unexpected indent", token.span(), "the line is indented deeper than its block");
    case Kind::kDedent:
      fail("unexpected unindent", token.span());
    default:
      break;
  }
  bool string = token.kind == Kind::kString || token.kind == Kind::kFStringStart;
  if (string && index > 0 && tokens_[index - 1].kind == Kind::kName &&
      tokens_[index - 1].end == token.begin) {
    fail("invalid syntax", token.span(),
         "'" + std::string(text(tokens_[index - 1])) + "' is not a string prefix");
  }
  fail("invalid syntax", token.span());
}

Token Parser::expect(Kind kind) {
  if (!at(kind)) invalid_syntax();
  return next();
}

Token Parser::expect_name() {
  if (is_keyword(kind())) {
    fail("invalid syntax", token().span(),
         "'" + std::string(text(token())) + "' is a keyword: it can't be a name");
  }
  return expect(Kind::kName);
}

void Parser::expect_colon() {
  if (accept(Kind::kColon)) return;
  if (at(Kind::kError)) invalid_syntax();
  if (at(Kind::kEqual) || at(Kind::kWalrus)) {
    fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", token().span());
  }
  fail("expected ':'", token().span());
}

void Parser::close(Kind kind, const ast::Expr* last) {
  if (accept(kind)) return;
  if (last != nullptr) {
    if (at(Kind::kEqual) && !at(Kind::kError)) {
      if (last->kind == ExprKind::kName) {
        fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
             {last->span.begin, token().end});
      }
      if (last->kind != ExprKind::kTuple && last->kind != ExprKind::kList) {
        fail(std::string("cannot assign to ") + describe(last) +
                 " here. Maybe you meant '==' instead of '='?",
             last->span);
      }
    }
    check_missing_comma(last);
  }
  invalid_syntax();
}

void Parser::check_missing_comma(const ast::Expr* last) {
  if (!starts_expression(kind()) || at(Kind::kNot)) return;
  std::size_t at = at_;
  // `name "text"` looks like an unknown string prefix.
  if (last->kind == ExprKind::kName && (kind() == Kind::kString || kind() == Kind::kFStringStart)) {
    return;
  }
  std::uint32_t end = 0;
  try {
    end = operation(kLoosest)->span.end;
  } catch (const Error&) {
  }
  at_ = at;
  if (end == 0) return;
  fail("invalid syntax. Perhaps you forgot a comma?", {last->span.begin, end});
}

void Parser::check_legacy_statement(const ast::Stmt* stmt) {
  if (stmt->kind != ast::StmtKind::kExpr || !starts_expression(kind())) return;
  const ast::Expr* value = ast::as<ast::ExprStmt>(stmt).value;
  if (value->kind != ExprKind::kName) return;
  std::string name(ast::as<ast::Name>(value).id);
  if (name != "print" && name != "exec") return;
  fail("Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?",
       {value->span.begin, token().end}, "the file is written for Python 2");
}

}  // namespace retort::python
