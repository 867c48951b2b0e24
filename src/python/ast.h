#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/source.h"
#include "python/arena.h"

// The syntax tree of a Python file. It follows CPython's `ast` module name for name
// (https://docs.python.org/3/library/ast.html), so that its documentation explains this one and
// tests can compare the two. Nodes live in an Arena and are never changed after the resolver.
namespace retort::python::ast {

enum class ExprKind : std::uint8_t {
  kConstant,
  kName,
  kAttribute,
  kSubscript,
  kSlice,
  kCall,
  kUnary,
  kBinary,
  kBool,
  kCompare,
  kConditional,
  kLambda,
  kTuple,
  kList,
  kSet,
  kDict,
  kComprehension,
  kStarred,
  kNamed,
  kJoinedString,
  kYield,
  kYieldFrom,
  kAwait,
};

enum class StmtKind : std::uint8_t {
  kExpr,
  kAssign,
  kAugAssign,
  kAnnAssign,
  kIf,
  kFor,
  kWhile,
  kWith,
  kTry,
  kRaise,
  kAssert,
  kDelete,
  kGlobal,
  kNonlocal,
  kPass,
  kBreak,
  kContinue,
  kReturn,
  kImport,
  kImportFrom,
  kFunctionDef,
  kClassDef,
  kMatch,
  kTypeAlias,
};

enum class UnaryOp : std::uint8_t { kNot, kMinus, kPlus, kInvert };
enum class BinaryOp : std::uint8_t {
  kAdd,
  kSub,
  kMul,
  kMatMul,
  kDiv,
  kFloorDiv,
  kMod,
  kPow,
  kLeftShift,
  kRightShift,
  kAnd,
  kOr,
  kXor,
};
enum class BoolOp : std::uint8_t { kAnd, kOr };
enum class CompareOp : std::uint8_t {
  kEq,
  kNotEq,
  kLt,
  kLtE,
  kGt,
  kGtE,
  kIs,
  kIsNot,
  kIn,
  kNotIn,
};

struct Expr {
  ExprKind kind;
  std::uint16_t height = 1;  // of this subtree: the parser limits it, so that walks may recurse
  Span span{};
};
struct Stmt {
  StmtKind kind;
  Span span{};
};

using ExprList = std::span<Expr* const>;
using Block = std::span<Stmt* const>;

// Where a name lives, filled in by the resolver.
enum class Scope : std::uint8_t {
  kUnresolved,
  kLocal,      // slot of the function's frame
  kCell,       // own variable that an inner function also uses: slot holds a cell
  kFree,       // variable of an outer function: index into the function's closure
  kGlobal,     // module variable, then built-in
  kClass,      // class body: the class's names, then as kGlobal
  kClassFree,  // class body: the class's names, then as kFree; never assigned through
};

// ---- expressions

enum class ConstantKind : std::uint8_t {
  kNone,
  kTrue,
  kFalse,
  kEllipsis,
  kInteger,
  kFloat,
  kImaginary,
  kString,
  kBytes,
};
struct Constant : Expr {
  static constexpr ExprKind kKind = ExprKind::kConstant;
  ConstantKind constant = ConstantKind::kNone;
  std::string_view text{};  // string and bytes: the value, adjacent literals joined; a big integer:
                            // decimal digits
  std::int64_t integer = 0;     // kInteger that fits; else `text` is not empty
  double number = 0;            // kFloat, kImaginary
  bool unicode_prefix = false;  // u'...', which CPython's tree tells apart
};

struct Name : Expr {
  static constexpr ExprKind kKind = ExprKind::kName;
  std::string_view id{};
  Scope scope = Scope::kUnresolved;
  std::uint32_t slot = 0;
};

struct Attribute : Expr {
  static constexpr ExprKind kKind = ExprKind::kAttribute;
  Expr* value = nullptr;
  std::string_view attr{};
  Span attr_span{};
};

struct Subscript : Expr {
  static constexpr ExprKind kKind = ExprKind::kSubscript;
  Expr* value = nullptr;
  Expr* index = nullptr;
};

struct Slice : Expr {
  static constexpr ExprKind kKind = ExprKind::kSlice;
  Expr* lower = nullptr;  // each may be absent
  Expr* upper = nullptr;
  Expr* step = nullptr;
};

struct Keyword {
  std::string_view name{};  // empty: **value
  Expr* value = nullptr;
  Span span{};  // of the name
};

struct Call : Expr {
  static constexpr ExprKind kKind = ExprKind::kCall;
  Expr* function = nullptr;
  ExprList args{};  // Starred for *args
  std::span<const Keyword> keywords{};
};

struct Unary : Expr {
  static constexpr ExprKind kKind = ExprKind::kUnary;
  UnaryOp op = UnaryOp::kNot;
  Expr* operand = nullptr;
};

struct Binary : Expr {
  static constexpr ExprKind kKind = ExprKind::kBinary;
  BinaryOp op = BinaryOp::kAdd;
  Expr* left = nullptr;
  Expr* right = nullptr;
};

struct Bool : Expr {
  static constexpr ExprKind kKind = ExprKind::kBool;
  BoolOp op = BoolOp::kAnd;
  ExprList values{};
};

struct Compare : Expr {
  static constexpr ExprKind kKind = ExprKind::kCompare;
  Expr* left = nullptr;
  std::span<const CompareOp> ops{};
  ExprList comparators{};
};

struct Conditional : Expr {
  static constexpr ExprKind kKind = ExprKind::kConditional;
  Expr* test = nullptr;
  Expr* body = nullptr;
  Expr* orelse = nullptr;
};

struct Sequence : Expr {  // kTuple, kList, kSet
  ExprList elements{};
};

struct Dict : Expr {
  static constexpr ExprKind kKind = ExprKind::kDict;
  ExprList keys{};  // nullptr: **value
  ExprList values{};
};

// What the resolver knows of one function, lambda, comprehension, class or module body.
//
// The variables of a class body live in its dictionary (kClass), those of a module in its globals.
// A class whose methods use super() or __class__ has one slot all the same: the cell `__class__`,
// which the evaluator fills when the class is made. It is the class's slot 0 and the methods
// capture it as any other cell. Generic classes in a class body may add slots for type parameters.
struct ScopeInfo {
  std::uint32_t slots = 0;  // locals and cells, parameters first
  std::span<const std::string_view> slot_names{};
  std::span<const std::uint32_t> cell_slots{};  // the slots that hold cells
  // Closure: where the defining scope finds each captured cell: its own slot, or its own closure.
  struct Capture {
    std::uint32_t index = 0;
    bool from_closure = false;
  };
  std::span<const Capture> captures{};
  std::span<const std::string_view> capture_names{};
  std::int32_t class_capture = -1;  // the capture that is the cell `__class__`; -1: none
  bool is_generator = false;
  bool has_class_cell = false;  // a class body: slot 0 is the cell `__class__`
};

struct Parameter {
  enum class Kind : std::uint8_t { kPositionalOnly, kPlain, kVarArgs, kKeywordOnly, kVarKeywords };
  std::string_view name{};
  Kind kind = Kind::kPlain;
  Expr* default_value = nullptr;
  Expr* annotation = nullptr;
  Span span{};
};
using Parameters = std::span<const Parameter>;

struct Lambda : Expr {
  static constexpr ExprKind kKind = ExprKind::kLambda;
  Parameters parameters{};
  Expr* body = nullptr;
  ScopeInfo* scope = nullptr;
};

struct Generator {  // one `for target in iterable if conditions`
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  ExprList conditions{};
  bool is_async = false;
};

enum class ComprehensionKind : std::uint8_t { kList, kSet, kDict, kGenerator };
struct Comprehension : Expr {
  static constexpr ExprKind kKind = ExprKind::kComprehension;
  ComprehensionKind what = ComprehensionKind::kList;
  Expr* element = nullptr;  // dict: the key
  Expr* value = nullptr;    // dict only
  std::span<const Generator> generators{};
  ScopeInfo* scope = nullptr;  // its own scope; slot 0 holds the outermost iterator
};

struct Starred : Expr {
  static constexpr ExprKind kKind = ExprKind::kStarred;
  Expr* value = nullptr;
};

struct Named : Expr {  // target := value
  static constexpr ExprKind kKind = ExprKind::kNamed;
  Name* target = nullptr;
  Expr* value = nullptr;
};

// One part of an f-string: literal text, or a replacement field.
struct StringPart {
  std::string_view
      text{};  // literal, when value is absent; `{x=}` puts its own text in a literal part before
  Expr* value = nullptr;
  char conversion = 0;                    // 'r', 's', 'a' or 0
  struct JoinedString* format = nullptr;  // the format spec, which may hold fields itself
};
struct JoinedString : Expr {
  static constexpr ExprKind kKind = ExprKind::kJoinedString;
  std::span<const StringPart> parts{};
  bool unicode_prefix = false;  // begins with a literal u'...'
};

struct Yield : Expr {     // kYield, kYieldFrom, kAwait
  Expr* value = nullptr;  // may be absent for kYield
};

// ---- statements

struct ExprStmt : Stmt {
  static constexpr StmtKind kKind = StmtKind::kExpr;
  Expr* value = nullptr;
};

struct Assign : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAssign;
  ExprList targets{};  // a = b = value has two
  Expr* value = nullptr;
};

struct AugAssign : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAugAssign;
  Expr* target = nullptr;
  BinaryOp op = BinaryOp::kAdd;
  Expr* value = nullptr;
};

struct AnnAssign : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAnnAssign;
  Expr* target = nullptr;
  Expr* annotation = nullptr;
  Expr* value = nullptr;  // may be absent
  bool simple = false;    // the target is a bare name without parentheses
};

struct If : Stmt {
  static constexpr StmtKind kKind = StmtKind::kIf;
  Expr* test = nullptr;
  Block body{};
  Block orelse{};
};

struct For : Stmt {
  static constexpr StmtKind kKind = StmtKind::kFor;
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  Block body{};
  Block orelse{};
  bool is_async = false;
};

struct While : Stmt {
  static constexpr StmtKind kKind = StmtKind::kWhile;
  Expr* test = nullptr;
  Block body{};
  Block orelse{};
};

struct WithItem {
  Expr* context = nullptr;
  Expr* target = nullptr;  // may be absent
};
struct With : Stmt {
  static constexpr StmtKind kKind = StmtKind::kWith;
  std::span<const WithItem> items{};
  Block body{};
  bool is_async = false;
};

struct Handler {
  Expr* type = nullptr;  // absent: bare except
  Name* name = nullptr;  // may be absent
  Block body{};
  Span span{};
};
struct Try : Stmt {
  static constexpr StmtKind kKind = StmtKind::kTry;
  Block body{};
  std::span<const Handler> handlers{};
  Block orelse{};
  Block finally{};
  bool is_star = false;  // except*
};

struct Raise : Stmt {
  static constexpr StmtKind kKind = StmtKind::kRaise;
  Expr* exception = nullptr;
  Expr* cause = nullptr;
};

struct Assert : Stmt {
  static constexpr StmtKind kKind = StmtKind::kAssert;
  Expr* test = nullptr;
  Expr* message = nullptr;
};

struct Delete : Stmt {
  static constexpr StmtKind kKind = StmtKind::kDelete;
  ExprList targets{};
};

struct Names : Stmt {  // kGlobal, kNonlocal
  std::span<const std::string_view> names{};
};

struct Return : Stmt {
  static constexpr StmtKind kKind = StmtKind::kReturn;
  Expr* value = nullptr;  // may be absent
};

struct Alias {
  std::string_view name{};     // dotted; "*" for a star import
  std::string_view as_name{};  // empty: none
  Name* target = nullptr;      // the variable that is bound; absent for "*"
  Span span{};
};
struct Import : Stmt {
  static constexpr StmtKind kKind = StmtKind::kImport;
  std::span<const Alias> names{};
};
struct ImportFrom : Stmt {
  static constexpr StmtKind kKind = StmtKind::kImportFrom;
  std::string_view module{};  // without the leading dots
  std::uint32_t level = 0;    // number of leading dots
  std::span<const Alias> names{};
};

// One parameter of `def f[T: bound = default]`. Its variable belongs to the scope around the
// definition, under a name that no program can spell; the resolver has renamed what refers to it.
// So the evaluator only has to assign `target` before it evaluates the definition.
struct TypeParam {
  enum class Kind : std::uint8_t { kTypeVar, kTypeVarTuple, kParamSpec };
  Kind kind = Kind::kTypeVar;
  std::string_view name{};
  Name* target = nullptr;
  Expr* bound = nullptr;          // may be absent
  Expr* default_value = nullptr;  // may be absent
  Span span{};
};
using TypeParams = std::span<const TypeParam>;

struct FunctionDef : Stmt {
  static constexpr StmtKind kKind = StmtKind::kFunctionDef;
  Name* target = nullptr;  // the variable that is bound
  TypeParams type_params{};
  Parameters parameters{};
  Block body{};
  ExprList decorators{};  // in source order
  Expr* returns = nullptr;
  bool is_async = false;
  std::string_view doc{};  // the docstring, with data() == nullptr when there is none
  ScopeInfo* scope = nullptr;
};

struct ClassDef : Stmt {
  static constexpr StmtKind kKind = StmtKind::kClassDef;
  Name* target = nullptr;
  TypeParams type_params{};
  ExprList bases{};  // Starred for *bases
  std::span<const Keyword> keywords{};
  Block body{};
  ExprList decorators{};
  std::string_view doc{};
  ScopeInfo* scope = nullptr;
};

enum class PatternKind : std::uint8_t {
  kValue,
  kSingleton,
  kSequence,
  kMapping,
  kClass,
  kStar,
  kAs,
  kOr,
};
struct Pattern {
  PatternKind kind = PatternKind::kValue;
  Expr* value = nullptr;                      // kValue, kSingleton; kClass: the class
  std::span<Pattern* const> patterns{};       // kSequence, kMapping values, kClass positional, kOr
  ExprList keys{};                            // kMapping
  std::span<const std::string_view> attrs{};  // kClass keyword names
  std::span<Pattern* const> attr_patterns{};  // kClass keyword patterns
  Pattern* pattern = nullptr;                 // kAs: the inner one, absent for a bare name or _
  Name* name = nullptr;                       // kAs, kStar, kMapping's **rest; absent for _
  Span span{};
};
struct MatchCase {
  Pattern* pattern = nullptr;
  Expr* guard = nullptr;
  Block body{};
};
struct Match : Stmt {
  static constexpr StmtKind kKind = StmtKind::kMatch;
  Expr* subject = nullptr;
  std::span<const MatchCase> cases{};
};

struct TypeAlias : Stmt {  // type X = ...
  static constexpr StmtKind kKind = StmtKind::kTypeAlias;
  Name* target = nullptr;
  TypeParams type_params{};
  Expr* value = nullptr;
};

// kPass, kBreak and kContinue are a bare Stmt.

struct Module {
  SourcePtr source{};
  Block body{};
  std::string_view doc{};  // data() == nullptr when there is none
  ScopeInfo* scope = nullptr;
};

// The node as what its kind says it is.
template <typename T>
const T& as(const Expr* node) {
  return *static_cast<const T*>(node);
}
template <typename T>
const T& as(const Stmt* node) {
  return *static_cast<const T*>(node);
}
template <typename T>
T& as(Expr* node) {
  return *static_cast<T*>(node);
}
template <typename T>
T& as(Stmt* node) {
  return *static_cast<T*>(node);
}

}  // namespace retort::python::ast
