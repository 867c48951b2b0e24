#include <array>

#include "python/evaluator_state.h"

// Statements run on a stack of levels in the frame's heap memory: a generator can stop between any
// two of them, and leaving a loop, a `with` or a `try` is one walk over that stack.
namespace retort::python {

namespace {

const ast::Yield* yield_of(const ast::Expr* expr) {
  if (!expr || (expr->kind != ast::ExprKind::kYield && expr->kind != ast::ExprKind::kYieldFrom)) {
    return nullptr;
  }
  return static_cast<const ast::Yield*>(expr);
}

}  // namespace

// ---- simple statements

Value Interpreter::eval_statement(Frame& frame, const ast::Expr* value, CallUse use) {
  return value->kind == ast::ExprKind::kCall ? eval_call(frame, ast::as<ast::Call>(value), use)
                                             : eval(frame, value);
}

Flow Interpreter::execute(Frame& frame, const ast::Stmt* statement) {
  using ast::as;
  step();
  switch (statement->kind) {
    case ast::StmtKind::kExpr: {
      const ast::Expr* value = as<ast::ExprStmt>(statement).value;
      if (value->kind == ast::ExprKind::kConstant) return Flow::kNext;
      if (const auto* yield = yield_of(value)) return execute_yield(frame, statement, *yield);
      eval_statement(frame, value, CallUse::kStatement);
      return Flow::kNext;
    }
    case ast::StmtKind::kAssign: {
      const auto& node = as<ast::Assign>(statement);
      if (const auto* yield = yield_of(node.value)) return execute_yield(frame, statement, *yield);
      const Value value = eval_statement(frame, node.value);
      for (const ast::Expr* target : node.targets) assign(frame, target, value);
      return Flow::kNext;
    }
    case ast::StmtKind::kAugAssign: {
      const auto& node = as<ast::AugAssign>(statement);
      if (const auto* yield = yield_of(node.value)) return execute_yield(frame, statement, *yield);
      exec_aug_assign(frame, node, Value());
      return Flow::kNext;
    }
    case ast::StmtKind::kAnnAssign: {
      const auto& node = as<ast::AnnAssign>(statement);
      if (const auto* yield = yield_of(node.value)) return execute_yield(frame, statement, *yield);
      exec_ann_assign(frame, node, node.value ? eval(frame, node.value) : Value());
      return Flow::kNext;
    }
    case ast::StmtKind::kReturn: {
      const ast::Expr* value = as<ast::Return>(statement).value;
      if (const auto* yield = yield_of(value)) return execute_yield(frame, statement, *yield);
      frame.result = value ? eval_statement(frame, value) : Value::none();
      return Flow::kReturn;
    }
    case ast::StmtKind::kIf: {
      const auto& node = as<ast::If>(statement);
      const Value test = eval(frame, node.test);
      frame.span = node.test->span;
      const ast::Block block = truthy(test) ? node.body : node.orelse;
      if (!block.empty()) frame.stack.push_back({.block = block});
      return Flow::kNext;
    }
    case ast::StmtKind::kFor: {
      const auto& node = as<ast::For>(statement);
      Value iterable = eval(frame, node.iterable);
      frame.span = node.iterable->span;
      Value iterator;
      if (node.is_async && iterable.is(ObjectKind::kInstance)) {
        const Method method = special(iterable, "__aiter__");
        if (!method.function) {
          ev.type_error("'async for' requires an object with __aiter__ method, got " +
                        type_of(iterable)->name);
        }
        iterator = call_special(method, {});
      } else {
        iterator = iter(iterable);
      }
      // A generator that only this loop can reach is closed when the loop is left early, as CPython
      // does by counting references.
      const Generator* generator = iterator.get<Generator>();
      const bool own = generator && generator->state == Generator::State::kNew &&
                       node.iterable->kind == ast::ExprKind::kCall;
      frame.stack.push_back({.kind = Level::Kind::kFor,
                             .index = own ? 1u : 0u,
                             .statement = statement,
                             .value = iterator});
      return Flow::kNext;
    }
    case ast::StmtKind::kWhile:
      frame.stack.push_back({.kind = Level::Kind::kWhile, .statement = statement});
      return Flow::kNext;
    case ast::StmtKind::kWith:
      enter_with(frame, as<ast::With>(statement), 0);
      return Flow::kNext;
    case ast::StmtKind::kTry:
      frame.stack.push_back({.kind = Level::Kind::kTry, .statement = statement});
      frame.stack.push_back({.block = as<ast::Try>(statement).body});
      return Flow::kNext;
    case ast::StmtKind::kRaise:
      exec_raise(frame, as<ast::Raise>(statement));
      return Flow::kNext;
    case ast::StmtKind::kAssert:
      exec_assert(frame, as<ast::Assert>(statement));
      return Flow::kNext;
    case ast::StmtKind::kDelete:
      for (const ast::Expr* target : as<ast::Delete>(statement).targets) {
        delete_target(frame, target);
      }
      return Flow::kNext;
    case ast::StmtKind::kGlobal:
    case ast::StmtKind::kNonlocal:
    case ast::StmtKind::kPass:
      return Flow::kNext;
    case ast::StmtKind::kBreak:
      return Flow::kBreak;
    case ast::StmtKind::kContinue:
      return Flow::kContinue;
    case ast::StmtKind::kImport:
      frame.span = statement->span;
      exec_import(frame, as<ast::Import>(statement));
      return Flow::kNext;
    case ast::StmtKind::kImportFrom:
      frame.span = statement->span;
      exec_import_from(frame, as<ast::ImportFrom>(statement));
      return Flow::kNext;
    case ast::StmtKind::kFunctionDef:
      exec_function_def(frame, as<ast::FunctionDef>(statement));
      return Flow::kNext;
    case ast::StmtKind::kClassDef:
      exec_class_def(frame, as<ast::ClassDef>(statement));
      return Flow::kNext;
    case ast::StmtKind::kMatch:
      exec_match(frame, as<ast::Match>(statement));
      return Flow::kNext;
    case ast::StmtKind::kTypeAlias: {
      const auto& node = as<ast::TypeAlias>(statement);
      bind_type_params(frame, node.type_params);
      store_name(frame, *node.target, make_type_alias(frame, node));
      return Flow::kNext;
    }
  }
  return Flow::kNext;
}

void Interpreter::exec_aug_assign(Frame& frame, const ast::AugAssign& node, Value given) {
  const auto right = [&] { return given ? given : eval(frame, node.value); };
  switch (node.target->kind) {
    case ast::ExprKind::kName: {
      const auto& name = ast::as<ast::Name>(node.target);
      const Value left = eval_name(frame, name);
      const Value value = right();
      frame.span = node.span;
      store_name(frame, name, binary(node.op, left, value, true));
      return;
    }
    case ast::ExprKind::kAttribute: {
      const auto& attribute = ast::as<ast::Attribute>(node.target);
      const Value self = eval(frame, attribute.value);
      frame.span = attribute.span;
      const Value left = get_attr(self, attribute.attr);
      const Value value = right();
      frame.span = node.span;
      set_attr(self, attribute.attr, binary(node.op, left, value, true));
      return;
    }
    case ast::ExprKind::kSubscript: {
      const auto& subscript = ast::as<ast::Subscript>(node.target);
      const Value self = eval(frame, subscript.value);
      const Value key = eval(frame, subscript.index);
      frame.span = subscript.span;
      const Value left = get_item(self, key);
      const Value value = right();
      frame.span = node.span;
      set_item(self, key, binary(node.op, left, value, true));
      return;
    }
    default:
      ev.raise("SyntaxError", "illegal target for augmented assignment");
  }
}

void Interpreter::exec_ann_assign(Frame& frame, const ast::AnnAssign& node, Value value) {
  if (value) assign(frame, node.target, value);
  if (!frame.class_annotations || node.target->kind != ast::ExprKind::kName || !node.simple) return;
  const std::string_view name = ast::as<ast::Name>(node.target).id;
  for (Annotation& annotation : *frame.class_annotations) {
    if (annotation.name == name) {
      annotation.expr = node.annotation;
      return;
    }
  }
  frame.class_annotations->push_back({.name = name, .expr = node.annotation});
}

void Interpreter::exec_assert(Frame& frame, const ast::Assert& node) {
  const Value test = eval(frame, node.test);
  frame.span = node.test->span;
  if (truthy(test)) return;
  std::vector<Value> args;
  if (node.message) args.push_back(eval(frame, node.message));
  frame.span = node.span;
  throw_exception(ev.exception(builtin_class("AssertionError"), std::move(args)));
}

void Interpreter::exec_raise(Frame& frame, const ast::Raise& node) {
  if (!node.exception) {
    frame.span = node.span;
    const Value handled = handled_exception();
    if (!handled) ev.raise("RuntimeError", "No active exception to reraise");
    throw Raised{as_exception(handled)};
  }
  const Value value = eval(frame, node.exception);
  const Value cause = node.cause ? eval(frame, node.cause) : Value();
  frame.span = node.span;
  ev.raise(value, cause);
}

Value Interpreter::decorate(std::span<const Value> decorators, Value value) {
  for (std::size_t i = decorators.size(); i-- > 0;) {
    // What an unknown decorator makes can't be known; what it decorates is still needed.
    if (decorators[i].is(ObjectKind::kUnknown)) continue;
    const Value made = call(decorators[i], std::span(&value, 1), {});
    if (!made.is(ObjectKind::kUnknown)) value = made;
  }
  return value;
}

void Interpreter::exec_function_def(Frame& frame, const ast::FunctionDef& node) {
  ValueBuffer decorators;
  for (const ast::Expr* decorator : node.decorators) decorators.push_back(eval(frame, decorator));
  bind_type_params(frame, node.type_params);
  Value function = make_function(frame, node);
  if (decorators.size() > 0) {
    frame.span = node.decorators.front()->span;
    function = decorate(decorators.span(), function);
  }
  store_name(frame, *node.target, function);
}

void Interpreter::exec_class_def(Frame& frame, const ast::ClassDef& node) {
  ValueBuffer decorators;
  for (const ast::Expr* decorator : node.decorators) decorators.push_back(eval(frame, decorator));
  bind_type_params(frame, node.type_params);
  Value cls = class_definition(frame, node);
  if (decorators.size() > 0) {
    frame.span = node.decorators.front()->span;
    cls = decorate(decorators.span(), cls);
  }
  store_name(frame, *node.target, cls);
}

// ---- the loop

Flow Interpreter::run(Frame& frame) {
  bool resuming = frame.resume != nullptr;
  for (;;) {
    Exception* caught = nullptr;
    try {
      if (resuming) {
        resuming = false;
        const Flow flow = resume_frame(frame);
        if (flow == Flow::kYield) return flow;
        if (flow != Flow::kNext && unwind(frame, flow)) return Flow::kReturn;
      }
      for (;;) {
        if (frame.stack.empty()) {
          frame.result = Value();
          return Flow::kReturn;
        }
        Level& level = frame.stack.back();
        if (level.kind != Level::Kind::kBlock) {
          if (continue_level(frame)) return Flow::kReturn;
          continue;
        }
        if (level.index == level.block.size()) {
          frame.stack.pop_back();
          continue;
        }
        const Flow flow = execute(frame, level.block[level.index++]);
        if (flow == Flow::kNext) {
          if (frame.collects && heap.has_garbage()) heap.collect();
          continue;
        }
        if (flow == Flow::kYield) return flow;
        if (unwind(frame, flow)) return Flow::kReturn;
      }
    } catch (const Raised& raised) {
      caught = raised.exception;
    }
    unwind_exception(frame, caught);
  }
}

// What stands above a level is done.
bool Interpreter::continue_level(Frame& frame) {
  Level& level = frame.stack.back();
  switch (level.kind) {
    case Level::Kind::kBlock:
      return false;
    case Level::Kind::kWhile: {
      step();
      const auto& node = ast::as<ast::While>(level.statement);
      const Value test = eval(frame, node.test);
      frame.span = node.test->span;
      if (truthy(test)) {
        frame.stack.push_back({.block = node.body});
      } else {
        frame.stack.back() = {.block = node.orelse};
      }
      return false;
    }
    case Level::Kind::kFor: {
      step();
      const auto& node = ast::as<ast::For>(level.statement);
      frame.span = node.iterable->span;
      const Value iterator = level.value;
      const Value item = node.is_async ? next_async(iterator) : next(iterator);
      if (!item) {
        frame.stack.back() = {.block = node.orelse};
        return false;
      }
      assign(frame, node.target, item);
      frame.stack.push_back({.block = node.body});
      return false;
    }
    case Level::Kind::kWith: {
      const auto& node = ast::as<ast::With>(level.statement);
      if (level.phase == Level::Phase::kEntering) {
        level.phase = Level::Phase::kBody;
        if (level.index + 1 < node.items.size()) {
          enter_with(frame, node, level.index + 1);
        } else {
          frame.stack.push_back({.block = node.body});
        }
        return false;
      }
      const Value exit = level.value;
      const std::uint32_t item = level.index;
      frame.stack.pop_back();
      frame.span = node.items[item].context->span;
      leave_with(exit, node.is_async, nullptr);
      return false;
    }
    case Level::Kind::kTry: {
      const auto& node = ast::as<ast::Try>(level.statement);
      if (level.phase == Level::Phase::kBody) {
        level.phase = Level::Phase::kElse;
        if (!node.orelse.empty()) frame.stack.push_back({.block = node.orelse});
        return false;
      }
      if (level.star) {
        leave_handler(frame, level);
        if (next_star_handler(frame)) return false;
        finish_star(frame);
      } else {
        leave_handler(frame, level);
      }
      if (!begin_finally(frame, Flow::kNext, nullptr)) frame.stack.pop_back();
      return false;
    }
    case Level::Kind::kFinally: {
      const Flow pending = level.pending;
      Exception* exception = level.exception;
      frame.handled = level.saved;
      const Value value = level.value;
      frame.stack.pop_back();
      if (exception) throw Raised{exception};
      if (pending == Flow::kNext) return false;
      frame.result = value;
      return unwind(frame, pending);
    }
  }
  return false;
}

Value Interpreter::next_async(Value iterator) {
  if (!iterator.is(ObjectKind::kInstance)) return next(iterator);
  const Method method = special(iterator, "__anext__");
  if (!method.function) return next(iterator);
  try {
    return await_value(call_special(method, {}));
  } catch (const Raised& raised) {
    if (raised.exception->cls->is_subclass_of(builtin_class("StopAsyncIteration"))) return {};
    throw;
  }
}

// Turns the `try` on top into its finally block; false when there is none.
bool Interpreter::begin_finally(Frame& frame, Flow pending, Exception* exception) {
  Level& level = frame.stack.back();
  const auto& node = ast::as<ast::Try>(level.statement);
  if (node.finally.empty()) return false;
  level = {.kind = Level::Kind::kFinally,
           .pending = pending,
           .statement = level.statement,
           .value = frame.result,
           .exception = exception,
           .saved = frame.handled};
  if (exception) frame.handled = exception;
  frame.stack.push_back({.block = node.finally});
  return true;
}

bool Interpreter::unwind(Frame& frame, Flow flow) {
  while (!frame.stack.empty()) {
    Level& level = frame.stack.back();
    switch (level.kind) {
      case Level::Kind::kBlock:
        frame.stack.pop_back();
        break;
      case Level::Kind::kWhile:
      case Level::Kind::kFor: {
        if (flow == Flow::kContinue) return false;
        Generator* own = level.index == 1 ? level.value.get<Generator>() : nullptr;
        frame.stack.pop_back();
        if (own) {
          const Value result = frame.result;
          close(*own);
          frame.result = result;
        }
        if (flow == Flow::kBreak) return false;
        break;
      }
      case Level::Kind::kWith: {
        const Value exit = level.value;
        const auto& node = ast::as<ast::With>(level.statement);
        frame.span = node.items[level.index].context->span;
        frame.stack.pop_back();
        const Value result = frame.result;
        leave_with(exit, node.is_async, nullptr);
        frame.result = result;
        break;
      }
      case Level::Kind::kTry:
        leave_handler(frame, level);
        if (begin_finally(frame, flow, nullptr)) return false;
        frame.stack.pop_back();
        break;
      case Level::Kind::kFinally:
        frame.handled = level.saved;
        frame.stack.pop_back();
        break;
    }
  }
  return true;
}

// ---- with

void Interpreter::enter_with(Frame& frame, const ast::With& node, std::uint32_t item) {
  const ast::WithItem& with = node.items[item];
  const Value manager = eval(frame, with.context);
  frame.span = with.context->span;
  Value exit;
  Value entered;
  if (const Unknown* from = manager.get<Unknown>()) {
    entered = unknown(from->origin + ".__enter__()");
  } else {
    const char* enter_name = node.is_async ? "__aenter__" : "__enter__";
    const char* exit_name = node.is_async ? "__aexit__" : "__exit__";
    const Value enter = find_on_class(manager, enter_name);
    if (!enter) {
      ev.type_error("'" + type_of(manager)->name + "' object does not support the " +
                    (node.is_async ? "asynchronous " : "") + "context manager protocol");
    }
    exit = find_on_class(manager, exit_name);
    if (!exit) {
      ev.type_error("'" + type_of(manager)->name + "' object does not support the " +
                    (node.is_async ? "asynchronous " : "") + "context manager protocol (missed " +
                    exit_name + " method)");
    }
    entered = call(enter, {}, {});
    if (node.is_async) entered = await_value(entered);
  }
  frame.stack.push_back({.kind = Level::Kind::kWith,
                         .phase = Level::Phase::kEntering,
                         .index = item,
                         .statement = &node,
                         .value = exit});
  if (with.target) assign(frame, with.target, entered);
}

// A special method as the class has it, bound.
Value Interpreter::find_on_class(Value self, std::string_view name) {
  Class* cls = type_of(self);
  const Value found = cls->lookup(name);
  if (found) return bind_descriptor(found, self, cls);
  if (cls->unknown_base) return unknown(cls->name + "." + std::string(name));
  return {};
}

// True: the exception is suppressed.
bool Interpreter::leave_with(Value exit, bool is_async, Exception* exception) {
  if (!exit || exit.is(ObjectKind::kUnknown)) return false;
  const Value value = exception;
  Value result =
      exception ? call(exit,
                       std::array<Value, 3>{Value(exception->cls), value,
                                            exception_attr(exception, "__traceback__")},
                       {})
                : call(exit, std::array<Value, 3>{Value::none(), Value::none(), Value::none()}, {});
  if (is_async) result = await_value(result);
  if (!exception || result.is(ObjectKind::kUnknown)) return false;
  return truthy(result);
}

// ---- yield

Flow Interpreter::execute_yield(Frame& frame, const ast::Stmt* statement, const ast::Yield& yield) {
  const Value value = yield.value ? eval(frame, yield.value) : Value::none();
  frame.span = yield.span;
  if (yield.kind == ast::ExprKind::kYield) {
    frame.resume = statement;
    frame.result = value;
    return Flow::kYield;
  }
  const Generator* coroutine = value.get<Generator>();
  frame.delegate = coroutine ? value : iter(value);
  Value returned;
  const Value item = delegate_step(frame.delegate, Value::none(), nullptr, returned);
  if (item) {
    frame.resume = statement;
    frame.result = item;
    return Flow::kYield;
  }
  frame.delegate = Value();
  return finish_yield(frame, statement, returned ? returned : Value::none());
}

Flow Interpreter::resume_frame(Frame& frame) {
  const ast::Stmt* statement = std::exchange(frame.resume, nullptr);
  Exception* thrown = std::exchange(frame.thrown, nullptr);
  const Value sent = frame.sent;
  if (!frame.delegate) {
    if (thrown) throw_exception(thrown);
    return finish_yield(frame, statement, sent);
  }
  const Value delegate = std::exchange(frame.delegate, Value());
  Value returned;
  const Value item = delegate_step(delegate, sent, thrown, returned);
  if (!item) return finish_yield(frame, statement, returned ? returned : Value::none());
  frame.delegate = delegate;
  frame.resume = statement;
  frame.result = item;
  return Flow::kYield;
}

// The rest of a statement whose `yield` has got its value.
Flow Interpreter::finish_yield(Frame& frame, const ast::Stmt* statement, Value value) {
  switch (statement->kind) {
    case ast::StmtKind::kAssign:
      for (const ast::Expr* target : ast::as<ast::Assign>(statement).targets) {
        assign(frame, target, value);
      }
      return Flow::kNext;
    case ast::StmtKind::kAugAssign:
      exec_aug_assign(frame, ast::as<ast::AugAssign>(statement), value);
      return Flow::kNext;
    case ast::StmtKind::kAnnAssign:
      exec_ann_assign(frame, ast::as<ast::AnnAssign>(statement), value);
      return Flow::kNext;
    case ast::StmtKind::kReturn:
      frame.result = value;
      return Flow::kReturn;
    default:
      return Flow::kNext;
  }
}

}  // namespace retort::python
