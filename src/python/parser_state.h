#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "python/ast.h"
#include "python/lexer.h"

namespace retort::python {

// The parser stops here, far from the end of any stack.
inline constexpr int kMaxDepth = 1000;   // nested calls of the parser's own functions
inline constexpr int kMaxHeight = 1000;  // of an expression's tree: a + b + c has 3
inline constexpr int kMaxElifs = 2000;

// Binding powers of the operators, loosest first.
struct Precedence {
  enum : int { kOr = 1, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kSum, kTerm };
};
inline constexpr int kLoosest = Precedence::kOr;
inline constexpr int kOperand = Precedence::kBitOr;  // what may stand beside `in`, after a star

// Recursive descent over the tokens of one file; one function a rule of Python's grammar
// (https://docs.python.org/3/reference/grammar.html), operators by precedence. The functions stand
// in parser_*.cc and fstring.cc by what they read.
class Parser {
 public:
  Parser(SourcePtr source, Arena& arena);

  void module(ast::Module& module);
  void single_expression(ast::Module& module);
  // Whether a yield stands where a generator could not wait: see resolver_yield.h.
  bool has_inner_yields() const { return has_inner_yields_; }

 private:
  using Kind = TokenKind;
  using Exprs = std::vector<ast::Expr*>;

  // ---- tokens
  const Token& token() const { return tokens_[at_]; }
  Kind kind() const { return tokens_[at_].kind; }
  Kind kind_after(std::size_t n) const {
    return tokens_[std::min(at_ + n, tokens_.size() - 1)].kind;
  }
  bool at(Kind kind) const { return tokens_[at_].kind == kind; }
  // The last token is never passed.
  Token next() {
    Token token = tokens_[at_];
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool accept(Kind kind) {
    if (!at(kind)) return false;
    next();
    return true;
  }
  std::string_view text(const Token& token) const { return source_->text(token.span()); }
  bool at_word(std::string_view word) const { return at(Kind::kName) && text(token()) == word; }
  std::uint32_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }

  Token expect(Kind kind);  // "invalid syntax" if it is not there
  Token expect_name();
  void expect_colon();                                     // "expected ':'"
  void close(Kind kind, const ast::Expr* last = nullptr);  // the bracket that ends a list

  // ---- errors
  [[noreturn]] void fail(std::string message, Span span, std::string hint = "") const;
  [[noreturn]] void invalid_syntax() const { invalid_syntax(at_); }
  [[noreturn]] void invalid_syntax(std::size_t token_index) const;
  // An expression that stands right after another one: a comma is missing, or an operator.
  void check_missing_comma(const ast::Expr* last);
  // `print "x"`, whose parentheses Python 2 could do without.
  void check_legacy_statement(const ast::Stmt* stmt);
  std::uint32_t line_of(std::uint32_t offset) const { return source_->position(offset).line; }

  struct Depth {
    explicit Depth(Parser* parser) : parser_(parser) {
      if (++parser->depth_ > kMaxDepth) parser->too_deep();
    }
    ~Depth() { --parser_->depth_; }
    Parser* parser_;
  };
  [[noreturn]] void too_deep() const;

  // ---- making nodes
  template <typename T>
  T* make(ast::ExprKind kind, Span span, int height = 1) {
    if (height > kMaxHeight) too_deep();
    T* node = arena_.make<T>();
    node->kind = kind;
    node->span = span;
    node->height = static_cast<std::uint16_t>(height);
    return node;
  }
  template <typename T>
  T* make(Span span, int height = 1) {
    return make<T>(T::kKind, span, height);
  }
  template <typename T>
  T* make_stmt(std::uint32_t begin, ast::StmtKind kind = T::kKind) {
    T* node = arena_.make<T>();
    node->kind = kind;
    node->span = {begin, last_end()};
    return node;
  }
  // One more than the highest of the nodes; absent ones don't count.
  template <typename... Nodes>
  static int above(Nodes... nodes) {
    int height = 0;
    ((height = std::max(height, nodes == nullptr ? 0 : static_cast<int>(nodes->height))), ...);
    return height + 1;
  }
  static int above(ast::ExprList nodes) {
    int height = 0;
    for (const ast::Expr* node : nodes) height = std::max(height, above(node) - 1);
    return height + 1;
  }
  // Lists are collected on shared stacks: `from` is the stack's size before the list.
  template <typename T>
  std::span<T> take(std::vector<T>& stack, std::size_t from) {
    std::span<T> list = arena_.copy(std::span<const T>(stack).subspan(from));
    stack.resize(from);
    return list;
  }
  ast::ExprList take_exprs(std::size_t from) { return take(exprs_, from); }
  ast::Name* make_name(const Token& token);

  // ---- statements: parser.cc, parser_compound.cc
  void statement();  // pushes one or, from a line with semicolons, more
  void simple_statements();
  ast::Stmt* simple_statement();
  ast::Stmt* expression_statement();
  void check_assignment_target(const ast::Expr* target, bool first) const;
  ast::Stmt* annotated_assignment(ast::Expr* target, std::size_t first);
  ast::Stmt* import_statement();
  ast::Stmt* import_from();
  std::string_view dotted_name();
  Token expect_import_name();
  ast::Stmt* raise_statement();
  ast::Stmt* assert_statement();
  ast::Stmt* delete_statement();
  ast::Stmt* scope_statement(ast::StmtKind kind);
  ast::Stmt* type_alias();
  ast::Block block(std::string_view after, std::uint32_t begin);

  ast::Stmt* if_statement();
  ast::Stmt* for_statement(std::uint32_t begin, bool is_async);
  ast::Stmt* while_statement();
  ast::Stmt* with_statement(std::uint32_t begin, bool is_async);
  bool with_items_in_parentheses() const;
  ast::WithItem with_item();
  ast::Stmt* try_statement();
  ast::Stmt* decorated();
  ast::Stmt* function_definition(std::uint32_t begin, ast::ExprList decorators, bool is_async);
  ast::Stmt* class_definition(std::uint32_t begin, ast::ExprList decorators);
  ast::Stmt* async_statement();
  ast::Block else_block();
  ast::TypeParams type_params();
  ast::Parameters parameters(Kind end, bool annotations);
  std::string_view docstring(ast::Block body) const;

  // ---- match: parser_pattern.cc
  bool at_match_statement() const;
  ast::Stmt* match_statement();
  ast::Pattern* patterns();
  ast::Pattern* pattern();
  ast::Pattern* or_pattern();
  ast::Pattern* closed_pattern();
  ast::Pattern* star_or_pattern();
  ast::Pattern* group_or_sequence_pattern(Kind end);
  ast::Pattern* mapping_pattern();
  ast::Pattern* class_pattern(ast::Expr* function);
  ast::Expr* pattern_number();
  ast::Expr* pattern_value();
  ast::Name* capture_target();
  ast::Pattern* make_pattern(ast::PatternKind kind, std::uint32_t begin);

  // ---- expressions: parser_expression.cc, parser_atom.cc
  bool starts_expression(Kind kind) const;
  ast::Expr* expressions();  // one, or a tuple without parentheses; stars allowed
  ast::Expr* yield_or_expressions();
  ast::Expr* yield_expression();
  ast::Expr* star_or_named();
  ast::Expr* named_expression();
  ast::Expr* expression();
  ast::Expr* lambda();
  ast::Expr* operation(int precedence);
  ast::Expr* comparison(ast::Expr* left);
  ast::Expr* unary();
  ast::Expr* power();
  ast::Expr* primary();
  ast::Expr* call(ast::Expr* function);
  void argument(std::size_t first, bool* has_keyword, bool* has_unpacking);
  ast::Expr* subscript(ast::Expr* value);
  ast::Expr* slice();
  ast::Expr* atom();
  ast::Expr* number();
  ast::Expr* group();
  ast::Expr* list_display();
  ast::Expr* brace_display();
  ast::Expr* dict_display(std::uint32_t begin, ast::Expr* key);
  ast::Expr* closed(Kind kind, ast::Expr* expr);
  ast::Expr* comprehension(ast::ComprehensionKind what, std::uint32_t begin, ast::Expr* element,
                           ast::Expr* value = nullptr);
  bool at_comprehension() const {
    return at(Kind::kFor) || (at(Kind::kAsync) && kind_after(1) == Kind::kFor);
  }
  ast::Expr* target_list();
  void check_target(const ast::Expr* expr, const char* verb) const;

  // ---- strings: parser_string.cc, fstring.cc
  struct StringStyle {
    bool raw = false;
    bool bytes = false;
    bool braces = false;  // `{{` stands for `{`
  };
  ast::Expr* strings();
  std::string_view string_value(const Token& token, bool* is_bytes);
  std::string_view decode_string(std::string_view text, const StringStyle& style, Span whole);
  void f_string(std::vector<ast::StringPart>& parts);
  void replacement_field(std::vector<ast::StringPart>& parts, bool raw);
  void check_lambda_in_field() const;
  ast::Expr* field_expression();
  ast::JoinedString* format_spec(bool raw);
  void add_text(std::vector<ast::StringPart>& parts, std::string_view text);

  SourcePtr source_;
  Arena& arena_;
  Tokens lexed_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool has_inner_yields_ = false;

  Exprs exprs_;
  std::vector<ast::Stmt*> stmts_;
  std::vector<ast::Keyword> keywords_;
  std::vector<ast::Generator> generators_;
  std::vector<ast::Pattern*> pattern_stack_;
};

// What messages call an expression: "function call", "literal".
const char* describe(const ast::Expr* expr);

}  // namespace retort::python
