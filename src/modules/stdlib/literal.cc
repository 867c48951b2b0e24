#include "base/error.h"
#include "modules/stdlib/services.h"
#include "modules/stdlib/stdlib.h"
#include "python/parser.h"

// _literal, what ast reads with.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;
namespace ast = python::ast;

namespace {

[[noreturn]] void malformed(Evaluator& evaluator, const std::string& text) {
  evaluator.raise("ValueError", "malformed node or string: " + text);
}

struct Reader {
  Evaluator& evaluator;
  const std::string& text;

  std::vector<Value> values(ast::ExprList list) const {
    std::vector<Value> out;
    for (const ast::Expr* each : list) out.push_back(value(each));
    return out;
  }

  Value constant(const ast::Constant& node) const {
    switch (node.constant) {
      case ast::ConstantKind::kNone:
        return Value::none();
      case ast::ConstantKind::kTrue:
      case ast::ConstantKind::kFalse:
        return Value::boolean(node.constant == ast::ConstantKind::kTrue);
      case ast::ConstantKind::kInteger:
        return node.text.empty() ? Value::integer(node.integer) : evaluator.integer_from(node.text);
      case ast::ConstantKind::kFloat:
        return Value::floating(node.number);
      case ast::ConstantKind::kString:
        return evaluator.str(node.text);
      case ast::ConstantKind::kBytes:
        return evaluator.bytes(node.text);
      default:
        malformed(evaluator, text);
    }
  }

  Value value(const ast::Expr* node) const {
    switch (node->kind) {
      case ast::ExprKind::kConstant:
        return constant(ast::as<ast::Constant>(node));
      case ast::ExprKind::kTuple:
        return evaluator.tuple(values(static_cast<const ast::Sequence*>(node)->elements));
      case ast::ExprKind::kList:
        return evaluator.list(values(static_cast<const ast::Sequence*>(node)->elements));
      case ast::ExprKind::kSet:
        return evaluator.set(values(static_cast<const ast::Sequence*>(node)->elements));
      case ast::ExprKind::kDict: {
        const auto& dict = ast::as<ast::Dict>(node);
        python::Dict* out = evaluator.dict();
        for (std::size_t i = 0; i < dict.keys.size(); ++i) {
          if (!dict.keys[i]) malformed(evaluator, text);
          out->set(evaluator, value(dict.keys[i]), value(dict.values[i]));
        }
        return out;
      }
      case ast::ExprKind::kUnary: {
        const auto& unary = ast::as<ast::Unary>(node);
        const bool sign = unary.op == ast::UnaryOp::kMinus || unary.op == ast::UnaryOp::kPlus;
        const bool number =
            unary.operand->kind == ast::ExprKind::kConstant &&
            (ast::as<ast::Constant>(unary.operand).constant == ast::ConstantKind::kInteger ||
             ast::as<ast::Constant>(unary.operand).constant == ast::ConstantKind::kFloat);
        if (!sign || !number) malformed(evaluator, text);
        return evaluator.unary(unary.op, value(unary.operand));
      }
      case ast::ExprKind::kCall: {
        const auto& call = ast::as<ast::Call>(node);
        const bool plain = call.function->kind == ast::ExprKind::kName && call.args.empty() &&
                           call.keywords.empty();
        if (plain && ast::as<ast::Name>(call.function).id == "set") return evaluator.set();
        malformed(evaluator, text);
      }
      default:
        malformed(evaluator, text);
    }
  }
};

// The value of a Python literal in a text
// (https://docs.python.org/3/library/ast.html#ast.literal_eval).
Value literal_eval(Evaluator& evaluator, Arguments& args) {
  if (!args[0].is_str()) malformed(evaluator, evaluator.repr(args[0]));
  const std::string& text = args[0].as_str();
  const std::size_t begin = text.find_first_not_of(" \t");
  const auto source = std::make_shared<const Source>(
      "<unknown>", begin == std::string::npos ? std::string() : text.substr(begin));
  python::ProgramPtr program;
  try {
    program = python::parse_expression(source);
  } catch (const Error& error) {
    if (error.code() != code::kSyntax) throw;
    evaluator.raise("SyntaxError", error.message());
  }
  return Reader{evaluator, text}.value(ast::as<ast::ExprStmt>(program->tree.body.front()).value);
}

}  // namespace

void init_literal(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(module, "literal_eval(node_or_string)", literal_eval);
}

}  // namespace retort::modules::stdlib
