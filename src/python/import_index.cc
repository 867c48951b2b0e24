#include <algorithm>

#include "python/evaluator_state.h"

// What the top-level statements of a module bind, change and mention: found from the text alone, so
// that only those need to run that lead to a name that is asked for.
namespace retort::python {

namespace {

using Names = std::vector<std::string_view>;

// Walks statements. `owner` receives what happens when the top-level statement runs; inside
// function bodies only what they mention and change counts.
class Collector {
 public:
  Collector(ModuleCode::Statement& into, ModuleCode& code) : into_(into), code_(code) {}

  void statement(const ast::Stmt* node);
  void block(ast::Block body) {
    for (const ast::Stmt* each : body) statement(each);
  }

 private:
  void expression(const ast::Expr* node);
  void expressions(ast::ExprList list) {
    for (const ast::Expr* each : list) expression(each);
  }
  void target(const ast::Expr* node);
  void pattern(const ast::Pattern* node);
  void parameters(ast::Parameters list);
  void function(const ast::FunctionDef& node);
  void bind(std::string_view name) {
    if (depth_ == 0) {
      into_.binds.push_back(name);
    } else if (std::find(globals_.begin(), globals_.end(), name) != globals_.end()) {
      touch(name);
    }
  }
  void bind(const ast::Name* name) {
    if (name) bind(name->id);
  }
  void touch(std::string_view name) { (depth_ == 0 ? into_.touches : changed_).push_back(name); }
  static const ast::Name* root(const ast::Expr* node);

  ModuleCode::Statement& into_;
  ModuleCode& code_;
  int depth_ = 0;  // of functions around
  Names globals_;  // declared global in the function at hand
  Names changed_;  // by the function at hand
};

const ast::Name* Collector::root(const ast::Expr* node) {
  for (;;) {
    switch (node->kind) {
      case ast::ExprKind::kName:
        return static_cast<const ast::Name*>(node);
      case ast::ExprKind::kAttribute:
        node = ast::as<ast::Attribute>(node).value;
        break;
      case ast::ExprKind::kSubscript:
        node = ast::as<ast::Subscript>(node).value;
        break;
      case ast::ExprKind::kCall:
        node = ast::as<ast::Call>(node).function;
        break;
      default:
        return nullptr;
    }
  }
}

void Collector::target(const ast::Expr* node) {
  switch (node->kind) {
    case ast::ExprKind::kName:
      bind(ast::as<ast::Name>(node).id);
      return;
    case ast::ExprKind::kTuple:
    case ast::ExprKind::kList:
      for (const ast::Expr* each : static_cast<const ast::Sequence*>(node)->elements) target(each);
      return;
    case ast::ExprKind::kStarred:
      target(ast::as<ast::Starred>(node).value);
      return;
    default:
      if (const ast::Name* name = root(node)) touch(name->id);
      expression(node);
  }
}

void Collector::parameters(ast::Parameters list) {
  for (const ast::Parameter& parameter : list) {
    if (parameter.default_value) expression(parameter.default_value);
  }
}

void Collector::function(const ast::FunctionDef& node) {
  expressions(node.decorators);
  for (const ast::Expr* decorator : node.decorators) {
    const ast::Name* name = root(decorator);
    if (!name || depth_ > 0) continue;
    into_.calls.push_back(name->id);
    if (decorator->kind != ast::ExprKind::kName) touch(name->id);  // @app.route("/")
  }
  parameters(node.parameters);
  bind(node.target);
  Names globals = std::exchange(globals_, {});
  Names changed = std::exchange(changed_, {});
  ++depth_;
  block(node.body);
  --depth_;
  if (depth_ == 0 && !changed_.empty()) {
    Names& all = code_.mutators[node.target->id];
    all.insert(all.end(), changed_.begin(), changed_.end());
  } else {
    changed.insert(changed.end(), changed_.begin(), changed_.end());
  }
  changed_ = std::move(changed);
  globals_ = std::move(globals);
}

void Collector::expression(const ast::Expr* node) {
  if (!node) return;
  using ast::as;
  switch (node->kind) {
    case ast::ExprKind::kConstant:
      return;
    case ast::ExprKind::kName:
      into_.uses.push_back(as<ast::Name>(node).id);
      return;
    case ast::ExprKind::kAttribute:
      expression(as<ast::Attribute>(node).value);
      return;
    case ast::ExprKind::kSubscript:
      expression(as<ast::Subscript>(node).value);
      expression(as<ast::Subscript>(node).index);
      return;
    case ast::ExprKind::kSlice:
      expression(as<ast::Slice>(node).lower);
      expression(as<ast::Slice>(node).upper);
      expression(as<ast::Slice>(node).step);
      return;
    case ast::ExprKind::kCall: {
      const auto& call = as<ast::Call>(node);
      if (const ast::Name* name = root(call.function)) {
        if (depth_ == 0) into_.calls.push_back(name->id);
      }
      expression(call.function);
      expressions(call.args);
      for (const ast::Keyword& keyword : call.keywords) expression(keyword.value);
      return;
    }
    case ast::ExprKind::kUnary:
      expression(as<ast::Unary>(node).operand);
      return;
    case ast::ExprKind::kBinary:
      expression(as<ast::Binary>(node).left);
      expression(as<ast::Binary>(node).right);
      return;
    case ast::ExprKind::kBool:
      expressions(as<ast::Bool>(node).values);
      return;
    case ast::ExprKind::kCompare:
      expression(as<ast::Compare>(node).left);
      expressions(as<ast::Compare>(node).comparators);
      return;
    case ast::ExprKind::kConditional:
      expression(as<ast::Conditional>(node).test);
      expression(as<ast::Conditional>(node).body);
      expression(as<ast::Conditional>(node).orelse);
      return;
    case ast::ExprKind::kLambda: {
      const auto& lambda = as<ast::Lambda>(node);
      parameters(lambda.parameters);
      ++depth_;
      expression(lambda.body);
      --depth_;
      return;
    }
    case ast::ExprKind::kTuple:
    case ast::ExprKind::kList:
    case ast::ExprKind::kSet:
      expressions(static_cast<const ast::Sequence*>(node)->elements);
      return;
    case ast::ExprKind::kDict: {
      const auto& dict = as<ast::Dict>(node);
      expressions(dict.keys);
      expressions(dict.values);
      return;
    }
    case ast::ExprKind::kComprehension: {
      const auto& comprehension = as<ast::Comprehension>(node);
      for (const ast::Generator& clause : comprehension.generators) {
        expression(clause.iterable);
        expressions(clause.conditions);
      }
      expression(comprehension.element);
      expression(comprehension.value);
      return;
    }
    case ast::ExprKind::kStarred:
      expression(as<ast::Starred>(node).value);
      return;
    case ast::ExprKind::kNamed:
      expression(as<ast::Named>(node).value);
      bind(as<ast::Named>(node).target);
      return;
    case ast::ExprKind::kJoinedString:
      for (const ast::StringPart& part : as<ast::JoinedString>(node).parts) {
        expression(part.value);
        expression(part.format);
      }
      return;
    case ast::ExprKind::kYield:
    case ast::ExprKind::kYieldFrom:
    case ast::ExprKind::kAwait:
      expression(static_cast<const ast::Yield*>(node)->value);
      return;
  }
}

void Collector::pattern(const ast::Pattern* node) {
  if (!node) return;
  expression(node->value);
  expressions(node->keys);
  bind(node->name);
  pattern(node->pattern);
  for (const ast::Pattern* each : node->patterns) pattern(each);
  for (const ast::Pattern* each : node->attr_patterns) pattern(each);
}

void Collector::statement(const ast::Stmt* node) {
  using ast::as;
  switch (node->kind) {
    case ast::StmtKind::kExpr: {
      const ast::Expr* value = as<ast::ExprStmt>(node).value;
      const ast::Expr* call = value;
      if (call->kind == ast::ExprKind::kAwait) call = static_cast<const ast::Yield*>(call)->value;
      if (call->kind == ast::ExprKind::kCall) {
        // N.append(x), N.attr.update(x), and f(N)
        if (const ast::Name* name = root(call)) touch(name->id);
        for (const ast::Expr* arg : as<ast::Call>(call).args) {
          if (arg->kind == ast::ExprKind::kName) touch(as<ast::Name>(arg).id);
        }
      }
      expression(value);
      return;
    }
    case ast::StmtKind::kAssign:
      expression(as<ast::Assign>(node).value);
      for (const ast::Expr* each : as<ast::Assign>(node).targets) target(each);
      return;
    case ast::StmtKind::kAugAssign:
      expression(as<ast::AugAssign>(node).target);
      expression(as<ast::AugAssign>(node).value);
      target(as<ast::AugAssign>(node).target);
      return;
    case ast::StmtKind::kAnnAssign:
      expression(as<ast::AnnAssign>(node).value);
      if (as<ast::AnnAssign>(node).value) target(as<ast::AnnAssign>(node).target);
      return;
    case ast::StmtKind::kIf:
      expression(as<ast::If>(node).test);
      block(as<ast::If>(node).body);
      block(as<ast::If>(node).orelse);
      return;
    case ast::StmtKind::kFor:
      expression(as<ast::For>(node).iterable);
      target(as<ast::For>(node).target);
      block(as<ast::For>(node).body);
      block(as<ast::For>(node).orelse);
      return;
    case ast::StmtKind::kWhile:
      expression(as<ast::While>(node).test);
      block(as<ast::While>(node).body);
      block(as<ast::While>(node).orelse);
      return;
    case ast::StmtKind::kWith:
      for (const ast::WithItem& item : as<ast::With>(node).items) {
        expression(item.context);
        if (item.target) target(item.target);
      }
      block(as<ast::With>(node).body);
      return;
    case ast::StmtKind::kTry: {
      const auto& attempt = as<ast::Try>(node);
      block(attempt.body);
      for (const ast::Handler& handler : attempt.handlers) {
        expression(handler.type);
        block(handler.body);
      }
      block(attempt.orelse);
      block(attempt.finally);
      return;
    }
    case ast::StmtKind::kRaise:
      expression(as<ast::Raise>(node).exception);
      expression(as<ast::Raise>(node).cause);
      return;
    case ast::StmtKind::kAssert:
      expression(as<ast::Assert>(node).test);
      expression(as<ast::Assert>(node).message);
      return;
    case ast::StmtKind::kDelete:
      for (const ast::Expr* each : as<ast::Delete>(node).targets) {
        expression(each);
        target(each);
      }
      return;
    case ast::StmtKind::kGlobal:
      for (const std::string_view name : static_cast<const ast::Names*>(node)->names) {
        globals_.push_back(name);
      }
      return;
    case ast::StmtKind::kReturn:
      expression(as<ast::Return>(node).value);
      return;
    case ast::StmtKind::kImport:
      for (const ast::Alias& alias : as<ast::Import>(node).names) bind(alias.target);
      return;
    case ast::StmtKind::kImportFrom:
      for (const ast::Alias& alias : as<ast::ImportFrom>(node).names) {
        if (alias.name == "*") {
          into_.star = true;
        } else {
          bind(alias.target);
        }
      }
      return;
    case ast::StmtKind::kFunctionDef:
      function(as<ast::FunctionDef>(node));
      return;
    case ast::StmtKind::kClassDef: {
      const auto& cls = as<ast::ClassDef>(node);
      expressions(cls.decorators);
      for (const ast::Expr* decorator : cls.decorators) {
        const ast::Name* name = root(decorator);
        if (!name || depth_ > 0) continue;
        into_.calls.push_back(name->id);
        if (decorator->kind != ast::ExprKind::kName) touch(name->id);
      }
      expressions(cls.bases);
      for (const ast::Keyword& keyword : cls.keywords) expression(keyword.value);
      bind(cls.target);
      // The names of the body are the class's own; its methods count like other functions.
      ModuleCode::Statement inner;
      Collector body(inner, code_);
      body.depth_ = 1;
      body.block(cls.body);
      into_.uses.insert(into_.uses.end(), inner.uses.begin(), inner.uses.end());
      for (const std::string_view name : body.changed_) touch(name);
      return;
    }
    case ast::StmtKind::kMatch:
      expression(as<ast::Match>(node).subject);
      for (const ast::MatchCase& each : as<ast::Match>(node).cases) {
        pattern(each.pattern);
        expression(each.guard);
        block(each.body);
      }
      return;
    case ast::StmtKind::kTypeAlias:
      bind(as<ast::TypeAlias>(node).target);
      return;
    default:
      return;
  }
}

void tidy(Names& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

bool has(const Names& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

}  // namespace

void Interpreter::index_module(ModuleCode& code) {
  const ast::Block body = code.program->module->body;
  code.statements.resize(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    ModuleCode::Statement& statement = code.statements[i];
    statement.node = body[i];
    Collector(statement, code).statement(body[i]);
    if (statement.star) code.stars.push_back(static_cast<std::uint32_t>(i));
    if (body[i]->kind == ast::StmtKind::kImportFrom &&
        ast::as<ast::ImportFrom>(body[i]).module == "__future__") {
      code.postponed_annotations = true;
    }
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    ModuleCode::Statement& statement = code.statements[i];
    for (const std::string_view callee : statement.calls) {
      const auto found = code.mutators.find(callee);
      if (found == code.mutators.end()) continue;
      statement.touches.insert(statement.touches.end(), found->second.begin(), found->second.end());
    }
    tidy(statement.binds);
    tidy(statement.touches);
    tidy(statement.uses);
    tidy(statement.calls);
    for (const std::string_view name : statement.binds) {
      code.writers[name].push_back(static_cast<std::uint32_t>(i));
    }
    for (const std::string_view name : statement.touches) {
      if (!has(statement.binds, name)) code.writers[name].push_back(static_cast<std::uint32_t>(i));
    }
  }
  code.pending = body.size();
}

// Whether running `statement` may read `name`: it mentions it, or a function of the module that it
// mentions does.
bool Interpreter::may_read(const ModuleCode& code, const ModuleCode::Statement& statement,
                           std::string_view name) {
  std::vector<const ModuleCode::Statement*> todo{&statement};
  std::unordered_set<const ModuleCode::Statement*> seen{&statement};
  while (!todo.empty()) {
    const ModuleCode::Statement* at = todo.back();
    todo.pop_back();
    if (has(at->uses, name)) return true;
    for (const std::string_view used : at->uses) {
      const auto writers = code.writers.find(used);
      if (writers == code.writers.end()) continue;
      for (const std::uint32_t i : writers->second) {
        const ModuleCode::Statement* next = &code.statements[i];
        if (next->node->kind == ast::StmtKind::kFunctionDef && seen.insert(next).second) {
          todo.push_back(next);
        }
      }
    }
  }
  return false;
}

// ---- definitions

namespace {

void collect_definitions(ast::Block body, std::vector<Evaluator::Definition>& all) {
  using ast::as;
  for (const ast::Stmt* node : body) {
    switch (node->kind) {
      case ast::StmtKind::kClassDef:
        all.push_back({as<ast::ClassDef>(node).target->id, true, node});
        break;
      case ast::StmtKind::kFunctionDef:
        all.push_back({as<ast::FunctionDef>(node).target->id, false, node});
        break;
      case ast::StmtKind::kIf:
        collect_definitions(as<ast::If>(node).body, all);
        collect_definitions(as<ast::If>(node).orelse, all);
        break;
      case ast::StmtKind::kTry:
        collect_definitions(as<ast::Try>(node).body, all);
        for (const ast::Handler& handler : as<ast::Try>(node).handlers) {
          collect_definitions(handler.body, all);
        }
        collect_definitions(as<ast::Try>(node).orelse, all);
        collect_definitions(as<ast::Try>(node).finally, all);
        break;
      case ast::StmtKind::kWith:
        collect_definitions(as<ast::With>(node).body, all);
        break;
      case ast::StmtKind::kFor:
        collect_definitions(as<ast::For>(node).body, all);
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::vector<Evaluator::Definition> Evaluator::definitions(const Module& module) const {
  std::vector<Definition> all;
  if (!module.code) return all;
  interpreter_->ensure_parsed(const_cast<Module&>(module));
  collect_definitions(module.code->program->module->body, all);
  return all;
}

void Evaluator::evaluate_all(Module& module, const std::function<bool(const Definition&)>& wanted) {
  for (const Definition& definition : definitions(module)) {
    if (wanted ? wanted(definition) : definition.is_class) {
      interpreter_->demand_name(module, definition.name);
    }
  }
}

namespace {

// Where the text of a statement begins: with its decorators.
auto decorated_from(const ast::Stmt& statement) {
  const auto first = [&](const ast::ExprList& decorators) {
    return decorators.empty() ? statement.span.begin : (*decorators.begin())->span.begin;
  };
  switch (statement.kind) {
    case ast::StmtKind::kFunctionDef:
      return first(static_cast<const ast::FunctionDef&>(statement).decorators);
    case ast::StmtKind::kClassDef:
      return first(static_cast<const ast::ClassDef&>(statement).decorators);
    default:
      return statement.span.begin;
  }
}

}  // namespace

void Evaluator::evaluate_statements(Module& module,
                                    const std::function<bool(const Statement&)>& wanted) {
  if (!module.code || module.code->eager) return;
  Interpreter& in = *interpreter_;
  in.ensure_parsed(module);
  for (std::uint32_t at = 0; at < module.code->statements.size(); ++at) {
    const ModuleCode::Statement& statement = module.code->statements[at];
    const bool done = statement.status != ModuleCode::Status::kPending;
    const Span span = statement.node->span;
    const auto begin = decorated_from(*statement.node);
    const std::string_view text = module.code->source->text().substr(begin, span.end - begin);
    if (!wanted({statement.node, text, done}) || done) continue;
    // By its name, so that other statements that make the same name run in their order.
    if (!statement.binds.empty()) in.demand_name(module, statement.binds.front());
    in.run_statement(module, at);
  }
}

std::vector<Value> Evaluator::evaluate_bases(Module& module, const ast::ClassDef& definition) {
  std::vector<Value> bases;
  if (!module.code) return bases;
  auto scope = std::make_shared<AnnotationScope>();
  scope->source = module.code->source;
  scope->module = &module;
  for (const ast::Expr* base : definition.bases) {
    if (base->kind == ast::ExprKind::kStarred) continue;
    bases.push_back(evaluate_annotation({.name = {}, .expr = base, .scope = scope}));
  }
  return bases;
}

}  // namespace retort::python
