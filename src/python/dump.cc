#include "python/dump.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "python/unicode.h"

namespace retort::python {
namespace {

using ast::ExprKind;
using ast::PatternKind;
using ast::StmtKind;

enum class Context { kLoad, kStore, kDelete };

constexpr const char* kUnaryNames[] = {"Not", "USub", "UAdd", "Invert"};
constexpr const char* kBinaryNames[] = {"Add",      "Sub",   "Mult",  "MatMult", "Div",
                                        "FloorDiv", "Mod",   "Pow",   "LShift",  "RShift",
                                        "BitAnd",   "BitOr", "BitXor"};
constexpr const char* kCompareNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                         "GtE", "Is",    "IsNot", "In",  "NotIn"};

// repr() of a string (text) or of bytes.
std::string quoted(std::string_view text, bool bytes) {
  char quote = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
                   ? '"'
                   : '\'';
  std::string out = bytes ? "b" : "";
  out += quote;
  char escape[16];
  for (std::size_t i = 0; i < text.size();) {
    auto byte = static_cast<unsigned char>(text[i]);
    Decoded decoded{byte, 1};
    if (!bytes && byte >= 0x80) decoded = decode_utf8(text, i, true);
    if (decoded.size == 0) decoded = {byte, 1};
    std::string_view raw = text.substr(i, decoded.size);
    i += decoded.size;
    char32_t c = decoded.character;
    if (c == static_cast<char32_t>(quote) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (bytes ? c >= 0x20 && c < 0x7F : is_printable(c)) {
      out += raw;
    } else {
      const char* format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
      std::snprintf(escape, sizeof escape, format, static_cast<unsigned>(c));
      out += escape;
    }
  }
  return out + quote;
}

// repr() of a float: the shortest digits that read back, with an exponent from 1e16 on.
std::string float_text(double value) {
  if (std::isinf(value)) return "inf";
  char buffer[64];
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string text(buffer, end);
  std::size_t e = text.find('e');
  int exponent = std::atoi(text.c_str() + e + 1);
  if (exponent < -4 || exponent >= 16) return text;
  end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
  text.assign(buffer, end);
  if (text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string imaginary_text(double value) {
  std::string text = float_text(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + "j";
}

class Dumper {
 public:
  std::string module(const ast::Module& module) {
    begin("Module");
    block("body", module.body);
    end();
    return std::move(out_);
  }

 private:
  // ---- the form `Name(field=..., field=...)`
  void begin(const char* name) {
    out_ += name;
    out_ += '(';
    first_ = true;
  }
  void end() {
    out_ += ')';
    first_ = false;
  }
  void field(const char* name) {
    if (!first_) out_ += ", ";
    first_ = false;
    out_ += name;
    out_ += '=';
  }
  void text_field(const char* name, std::string_view text) {
    field(name);
    out_ += quoted(text, false);
  }
  void number_field(const char* name, std::int64_t number) {
    field(name);
    out_ += std::to_string(number);
  }
  template <typename List, typename Item>
  void list(const char* name, const List& items, Item item) {
    if (items.empty()) return;
    field(name);
    out_ += '[';
    bool first = true;
    for (const auto& each : items) {
      if (!first) out_ += ", ";
      first = false;
      item(each);
    }
    out_ += ']';
    first_ = false;
  }
  void expr_field(const char* name, const ast::Expr* node, Context context = Context::kLoad) {
    if (node == nullptr) return;
    field(name);
    expr(node, context);
  }
  void exprs(const char* name, ast::ExprList nodes, Context context = Context::kLoad) {
    list(name, nodes, [&](const ast::Expr* node) {
      if (node == nullptr) {
        out_ += "None";
      } else {
        expr(node, context);
      }
    });
  }
  void block(const char* name, ast::Block body) {
    list(name, body, [&](const ast::Stmt* node) { stmt(node); });
  }
  void context_field(Context context) {
    field("ctx");
    out_ += context == Context::kLoad ? "Load()" : context == Context::kStore ? "Store()" : "Del()";
  }
  void operator_field(const char* name) {
    field("op");
    out_ += name;
    out_ += "()";
  }
  void keywords(std::span<const ast::Keyword> list_of) {
    list("keywords", list_of, [&](const ast::Keyword& keyword) {
      begin("keyword");
      if (!keyword.name.empty()) text_field("arg", keyword.name);
      expr_field("value", keyword.value);
      end();
    });
  }

  void expr(const ast::Expr* node, Context context);
  void constant(const ast::Constant& node);
  void comprehension(const ast::Comprehension& node);
  void joined(const ast::JoinedString& node, bool unicode);
  void stmt(const ast::Stmt* node);
  void function(const ast::FunctionDef& node);
  void arguments(ast::Parameters parameters);
  void argument(const ast::Parameter& parameter);
  void type_params(ast::TypeParams params);
  void aliases(std::span<const ast::Alias> names);
  void if_statement(const ast::If& node);
  void try_statement(const ast::Try& node);
  void match(const ast::Match& node);
  void pattern(const ast::Pattern* node);

  std::string out_;
  bool first_ = true;
};

void Dumper::constant(const ast::Constant& node) {
  begin("Constant");
  field("value");
  switch (node.constant) {
    case ast::ConstantKind::kNone:
      out_ += "None";
      break;
    case ast::ConstantKind::kTrue:
      out_ += "True";
      break;
    case ast::ConstantKind::kFalse:
      out_ += "False";
      break;
    case ast::ConstantKind::kEllipsis:
      out_ += "Ellipsis";
      break;
    case ast::ConstantKind::kInteger:
      out_ += node.text.empty() ? std::to_string(node.integer) : std::string(node.text);
      break;
    case ast::ConstantKind::kFloat:
      out_ += float_text(node.number);
      break;
    case ast::ConstantKind::kImaginary:
      out_ += imaginary_text(node.number);
      break;
    case ast::ConstantKind::kString:
      out_ += quoted(node.text, false);
      break;
    case ast::ConstantKind::kBytes:
      out_ += quoted(node.text, true);
      break;
  }
  if (node.unicode_prefix) text_field("kind", "u");
  end();
}

void Dumper::comprehension(const ast::Comprehension& node) {
  switch (node.what) {
    case ast::ComprehensionKind::kList:
      begin("ListComp");
      break;
    case ast::ComprehensionKind::kSet:
      begin("SetComp");
      break;
    case ast::ComprehensionKind::kDict:
      begin("DictComp");
      break;
    case ast::ComprehensionKind::kGenerator:
      begin("GeneratorExp");
      break;
  }
  expr_field(node.value != nullptr ? "key" : "elt", node.element);
  expr_field("value", node.value);
  list("generators", node.generators, [&](const ast::Generator& generator) {
    begin("comprehension");
    expr_field("target", generator.target, Context::kStore);
    expr_field("iter", generator.iterable);
    exprs("ifs", generator.conditions);
    number_field("is_async", generator.is_async ? 1 : 0);
    end();
  });
  end();
}

void Dumper::joined(const ast::JoinedString& node, bool unicode) {
  begin("JoinedStr");
  bool first = true;
  list("values", node.parts, [&](const ast::StringPart& part) {
    if (part.value == nullptr) {
      begin("Constant");
      text_field("value", part.text);
      if (unicode && first) text_field("kind", "u");
    } else {
      begin("FormattedValue");
      expr_field("value", part.value);
      number_field("conversion", part.conversion == 0 ? -1 : part.conversion);
      if (part.format != nullptr) {
        field("format_spec");
        joined(*part.format, false);
      }
    }
    first = false;
    end();
  });
  end();
}

void Dumper::expr(const ast::Expr* node, Context context) {
  switch (node->kind) {
    case ExprKind::kConstant:
      return constant(ast::as<ast::Constant>(node));
    case ExprKind::kName:
      begin("Name");
      text_field("id", ast::as<ast::Name>(node).id);
      context_field(context);
      break;
    case ExprKind::kAttribute: {
      const auto& attribute = ast::as<ast::Attribute>(node);
      begin("Attribute");
      expr_field("value", attribute.value);
      text_field("attr", attribute.attr);
      context_field(context);
      break;
    }
    case ExprKind::kSubscript: {
      const auto& subscript = ast::as<ast::Subscript>(node);
      begin("Subscript");
      expr_field("value", subscript.value);
      expr_field("slice", subscript.index);
      context_field(context);
      break;
    }
    case ExprKind::kSlice: {
      const auto& slice = ast::as<ast::Slice>(node);
      begin("Slice");
      expr_field("lower", slice.lower);
      expr_field("upper", slice.upper);
      expr_field("step", slice.step);
      break;
    }
    case ExprKind::kCall: {
      const auto& call = ast::as<ast::Call>(node);
      begin("Call");
      expr_field("func", call.function);
      exprs("args", call.args);
      keywords(call.keywords);
      break;
    }
    case ExprKind::kUnary: {
      const auto& unary = ast::as<ast::Unary>(node);
      begin("UnaryOp");
      operator_field(kUnaryNames[static_cast<std::size_t>(unary.op)]);
      expr_field("operand", unary.operand);
      break;
    }
    case ExprKind::kBinary: {
      const auto& binary = ast::as<ast::Binary>(node);
      begin("BinOp");
      expr_field("left", binary.left);
      operator_field(kBinaryNames[static_cast<std::size_t>(binary.op)]);
      expr_field("right", binary.right);
      break;
    }
    case ExprKind::kBool: {
      const auto& boolean = ast::as<ast::Bool>(node);
      begin("BoolOp");
      operator_field(boolean.op == ast::BoolOp::kAnd ? "And" : "Or");
      exprs("values", boolean.values);
      break;
    }
    case ExprKind::kCompare: {
      const auto& compare = ast::as<ast::Compare>(node);
      begin("Compare");
      expr_field("left", compare.left);
      list("ops", compare.ops, [&](ast::CompareOp op) {
        out_ += kCompareNames[static_cast<std::size_t>(op)];
        out_ += "()";
      });
      exprs("comparators", compare.comparators);
      break;
    }
    case ExprKind::kConditional: {
      const auto& conditional = ast::as<ast::Conditional>(node);
      begin("IfExp");
      expr_field("test", conditional.test);
      expr_field("body", conditional.body);
      expr_field("orelse", conditional.orelse);
      break;
    }
    case ExprKind::kLambda: {
      const auto& lambda = ast::as<ast::Lambda>(node);
      begin("Lambda");
      arguments(lambda.parameters);
      expr_field("body", lambda.body);
      break;
    }
    case ExprKind::kTuple:
    case ExprKind::kList:
    case ExprKind::kSet:
      begin(node->kind == ExprKind::kTuple  ? "Tuple"
            : node->kind == ExprKind::kList ? "List"
                                            : "Set");
      exprs("elts", ast::as<ast::Sequence>(node).elements, context);
      if (node->kind != ExprKind::kSet) context_field(context);
      break;
    case ExprKind::kDict: {
      const auto& dict = ast::as<ast::Dict>(node);
      begin("Dict");
      exprs("keys", dict.keys);
      exprs("values", dict.values);
      break;
    }
    case ExprKind::kComprehension:
      return comprehension(ast::as<ast::Comprehension>(node));
    case ExprKind::kStarred:
      begin("Starred");
      expr_field("value", ast::as<ast::Starred>(node).value, context);
      context_field(context);
      break;
    case ExprKind::kNamed: {
      const auto& named = ast::as<ast::Named>(node);
      begin("NamedExpr");
      expr_field("target", named.target, Context::kStore);
      expr_field("value", named.value);
      break;
    }
    case ExprKind::kJoinedString: {
      const auto& string = ast::as<ast::JoinedString>(node);
      return joined(string, string.unicode_prefix);
    }
    case ExprKind::kYield:
    case ExprKind::kYieldFrom:
    case ExprKind::kAwait:
      begin(node->kind == ExprKind::kYield       ? "Yield"
            : node->kind == ExprKind::kYieldFrom ? "YieldFrom"
                                                 : "Await");
      expr_field("value", ast::as<ast::Yield>(node).value);
      break;
  }
  end();
}

// ---- statements

void Dumper::argument(const ast::Parameter& parameter) {
  begin("arg");
  text_field("arg", parameter.name);
  expr_field("annotation", parameter.annotation);
  end();
}

void Dumper::arguments(ast::Parameters parameters) {
  using Kind = ast::Parameter::Kind;
  std::vector<const ast::Parameter*> groups[5];
  std::vector<const ast::Parameter*> defaults;
  for (const ast::Parameter& parameter : parameters) {
    groups[static_cast<std::size_t>(parameter.kind)].push_back(&parameter);
    bool positional = parameter.kind == Kind::kPlain || parameter.kind == Kind::kPositionalOnly;
    if (positional && parameter.default_value != nullptr) defaults.push_back(&parameter);
  }
  auto all = [&](const char* name, Kind kind) {
    list(name, groups[static_cast<std::size_t>(kind)],
         [&](const ast::Parameter* parameter) { argument(*parameter); });
  };
  auto one = [&](const char* name, Kind kind) {
    const auto& group = groups[static_cast<std::size_t>(kind)];
    if (group.empty()) return;
    field(name);
    argument(*group[0]);
  };
  field("args");
  begin("arguments");
  all("posonlyargs", Kind::kPositionalOnly);
  all("args", Kind::kPlain);
  one("vararg", Kind::kVarArgs);
  all("kwonlyargs", Kind::kKeywordOnly);
  list("kw_defaults", groups[static_cast<std::size_t>(Kind::kKeywordOnly)],
       [&](const ast::Parameter* parameter) {
         if (parameter->default_value == nullptr) {
           out_ += "None";
         } else {
           expr(parameter->default_value, Context::kLoad);
         }
       });
  one("kwarg", Kind::kVarKeywords);
  list("defaults", defaults,
       [&](const ast::Parameter* parameter) { expr(parameter->default_value, Context::kLoad); });
  end();
}

void Dumper::type_params(ast::TypeParams params) {
  list("type_params", params, [&](const ast::TypeParam& param) {
    constexpr const char* kKinds[] = {"TypeVar", "TypeVarTuple", "ParamSpec"};
    begin(kKinds[static_cast<std::size_t>(param.kind)]);
    text_field("name", param.name);
    expr_field("bound", param.bound);
    expr_field("default_value", param.default_value);
    end();
  });
}

void Dumper::function(const ast::FunctionDef& node) {
  begin(node.is_async ? "AsyncFunctionDef" : "FunctionDef");
  text_field("name", node.target->id);
  arguments(node.parameters);
  block("body", node.body);
  exprs("decorator_list", node.decorators);
  expr_field("returns", node.returns);
  type_params(node.type_params);
  end();
}

void Dumper::aliases(std::span<const ast::Alias> names) {
  list("names", names, [&](const ast::Alias& alias) {
    begin("alias");
    text_field("name", alias.name);
    if (!alias.as_name.empty()) text_field("asname", alias.as_name);
    end();
  });
}

// A chain of elifs is a chain of nested nodes: written in a loop, as it may be long.
void Dumper::if_statement(const ast::If& node) {
  std::size_t open = 0;
  const ast::If* branch = &node;
  for (;;) {
    begin("If");
    expr_field("test", branch->test);
    block("body", branch->body);
    if (branch->orelse.size() != 1 || branch->orelse[0]->kind != StmtKind::kIf) break;
    field("orelse");
    out_ += '[';
    ++open;
    branch = &ast::as<ast::If>(branch->orelse[0]);
  }
  block("orelse", branch->orelse);
  end();
  for (; open > 0; --open) out_ += "])";
}

void Dumper::try_statement(const ast::Try& node) {
  begin(node.is_star ? "TryStar" : "Try");
  block("body", node.body);
  list("handlers", node.handlers, [&](const ast::Handler& handler) {
    begin("ExceptHandler");
    expr_field("type", handler.type);
    if (handler.name != nullptr) text_field("name", handler.name->id);
    block("body", handler.body);
    end();
  });
  block("orelse", node.orelse);
  block("finalbody", node.finally);
  end();
}

void Dumper::stmt(const ast::Stmt* node) {
  switch (node->kind) {
    case StmtKind::kExpr:
      begin("Expr");
      expr_field("value", ast::as<ast::ExprStmt>(node).value);
      break;
    case StmtKind::kAssign: {
      const auto& assign = ast::as<ast::Assign>(node);
      begin("Assign");
      exprs("targets", assign.targets, Context::kStore);
      expr_field("value", assign.value);
      break;
    }
    case StmtKind::kAugAssign: {
      const auto& assign = ast::as<ast::AugAssign>(node);
      begin("AugAssign");
      expr_field("target", assign.target, Context::kStore);
      operator_field(kBinaryNames[static_cast<std::size_t>(assign.op)]);
      expr_field("value", assign.value);
      break;
    }
    case StmtKind::kAnnAssign: {
      const auto& assign = ast::as<ast::AnnAssign>(node);
      begin("AnnAssign");
      expr_field("target", assign.target, Context::kStore);
      expr_field("annotation", assign.annotation);
      expr_field("value", assign.value);
      number_field("simple", assign.simple ? 1 : 0);
      break;
    }
    case StmtKind::kIf:
      return if_statement(ast::as<ast::If>(node));
    case StmtKind::kFor: {
      const auto& loop = ast::as<ast::For>(node);
      begin(loop.is_async ? "AsyncFor" : "For");
      expr_field("target", loop.target, Context::kStore);
      expr_field("iter", loop.iterable);
      block("body", loop.body);
      block("orelse", loop.orelse);
      break;
    }
    case StmtKind::kWhile: {
      const auto& loop = ast::as<ast::While>(node);
      begin("While");
      expr_field("test", loop.test);
      block("body", loop.body);
      block("orelse", loop.orelse);
      break;
    }
    case StmtKind::kWith: {
      const auto& with = ast::as<ast::With>(node);
      begin(with.is_async ? "AsyncWith" : "With");
      list("items", with.items, [&](const ast::WithItem& item) {
        begin("withitem");
        expr_field("context_expr", item.context);
        expr_field("optional_vars", item.target, Context::kStore);
        end();
      });
      block("body", with.body);
      break;
    }
    case StmtKind::kTry:
      return try_statement(ast::as<ast::Try>(node));
    case StmtKind::kRaise: {
      const auto& raise = ast::as<ast::Raise>(node);
      begin("Raise");
      expr_field("exc", raise.exception);
      expr_field("cause", raise.cause);
      break;
    }
    case StmtKind::kAssert: {
      const auto& assert_node = ast::as<ast::Assert>(node);
      begin("Assert");
      expr_field("test", assert_node.test);
      expr_field("msg", assert_node.message);
      break;
    }
    case StmtKind::kDelete:
      begin("Delete");
      exprs("targets", ast::as<ast::Delete>(node).targets, Context::kDelete);
      break;
    case StmtKind::kGlobal:
    case StmtKind::kNonlocal:
      begin(node->kind == StmtKind::kGlobal ? "Global" : "Nonlocal");
      list("names", ast::as<ast::Names>(node).names,
           [&](std::string_view name) { out_ += quoted(name, false); });
      break;
    case StmtKind::kPass:
      begin("Pass");
      break;
    case StmtKind::kBreak:
      begin("Break");
      break;
    case StmtKind::kContinue:
      begin("Continue");
      break;
    case StmtKind::kReturn:
      begin("Return");
      expr_field("value", ast::as<ast::Return>(node).value);
      break;
    case StmtKind::kImport:
      begin("Import");
      aliases(ast::as<ast::Import>(node).names);
      break;
    case StmtKind::kImportFrom: {
      const auto& import = ast::as<ast::ImportFrom>(node);
      begin("ImportFrom");
      if (!import.module.empty()) text_field("module", import.module);
      aliases(import.names);
      number_field("level", import.level);
      break;
    }
    case StmtKind::kFunctionDef:
      return function(ast::as<ast::FunctionDef>(node));
    case StmtKind::kClassDef: {
      const auto& klass = ast::as<ast::ClassDef>(node);
      begin("ClassDef");
      text_field("name", klass.target->id);
      exprs("bases", klass.bases);
      keywords(klass.keywords);
      block("body", klass.body);
      exprs("decorator_list", klass.decorators);
      type_params(klass.type_params);
      break;
    }
    case StmtKind::kMatch:
      return match(ast::as<ast::Match>(node));
    case StmtKind::kTypeAlias: {
      const auto& alias = ast::as<ast::TypeAlias>(node);
      begin("TypeAlias");
      expr_field("name", alias.target, Context::kStore);
      type_params(alias.type_params);
      expr_field("value", alias.value);
      break;
    }
  }
  end();
}

void Dumper::match(const ast::Match& node) {
  begin("Match");
  expr_field("subject", node.subject);
  list("cases", node.cases, [&](const ast::MatchCase& match_case) {
    begin("match_case");
    field("pattern");
    pattern(match_case.pattern);
    expr_field("guard", match_case.guard);
    block("body", match_case.body);
    end();
  });
  end();
}

void Dumper::pattern(const ast::Pattern* node) {
  auto patterns = [&](const char* name, std::span<ast::Pattern* const> list_of) {
    list(name, list_of, [&](const ast::Pattern* inner) { pattern(inner); });
  };
  auto name_field = [&](const char* name) {
    if (node->name != nullptr) text_field(name, node->name->id);
  };
  switch (node->kind) {
    case PatternKind::kValue:
      begin("MatchValue");
      expr_field("value", node->value);
      break;
    case PatternKind::kSingleton:
      begin("MatchSingleton");
      field("value");
      {
        auto what = ast::as<ast::Constant>(node->value).constant;
        out_ += what == ast::ConstantKind::kNone   ? "None"
                : what == ast::ConstantKind::kTrue ? "True"
                                                   : "False";
      }
      break;
    case PatternKind::kSequence:
      begin("MatchSequence");
      patterns("patterns", node->patterns);
      break;
    case PatternKind::kMapping:
      begin("MatchMapping");
      exprs("keys", node->keys);
      patterns("patterns", node->patterns);
      name_field("rest");
      break;
    case PatternKind::kClass:
      begin("MatchClass");
      expr_field("cls", node->value);
      patterns("patterns", node->patterns);
      list("kwd_attrs", node->attrs, [&](std::string_view name) { out_ += quoted(name, false); });
      patterns("kwd_patterns", node->attr_patterns);
      break;
    case PatternKind::kStar:
      begin("MatchStar");
      name_field("name");
      break;
    case PatternKind::kAs:
      begin("MatchAs");
      if (node->pattern != nullptr) {
        field("pattern");
        pattern(node->pattern);
      }
      name_field("name");
      break;
    case PatternKind::kOr:
      begin("MatchOr");
      patterns("patterns", node->patterns);
      break;
  }
  end();
}

}  // namespace

std::string dump(const ast::Module& module) { return Dumper().module(module); }

}  // namespace retort::python
