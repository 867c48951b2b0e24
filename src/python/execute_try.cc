#include "python/evaluator_state.h"

// Exceptions on their way through the statements of a frame.
namespace retort::python {

void Interpreter::unwind_exception(Frame& frame, Exception* exception) {
  while (!frame.stack.empty()) {
    try {
      if (unwind_level(frame, exception)) return;
    } catch (const Raised& raised) {
      exception = raised.exception;
    }
  }
  throw Raised{exception};
}

// Gives the exception to the level on top. Whatever may raise another one happens after the level
// was popped or changed, so that the new exception meets what is outside.
bool Interpreter::unwind_level(Frame& frame, Exception* exception) {
  Level& level = frame.stack.back();
  switch (level.kind) {
    case Level::Kind::kBlock:
    case Level::Kind::kWhile:
    case Level::Kind::kFor:
      frame.stack.pop_back();
      return false;
    case Level::Kind::kFinally:
      frame.handled = level.saved;
      frame.stack.pop_back();
      return false;
    case Level::Kind::kWith: {
      const Value exit = level.value;
      const bool is_async = ast::as<ast::With>(level.statement).is_async;
      const Value around = frame.handled;
      frame.stack.pop_back();
      frame.handled = exception;
      struct Restore {
        Frame& frame;
        Value around;
        ~Restore() { frame.handled = around; }
      } restore{frame, around};
      return leave_with(exit, is_async, exception);
    }
    case Level::Kind::kTry:
      break;
  }
  if (level.phase == Level::Phase::kBody && !ast::as<ast::Try>(level.statement).handlers.empty()) {
    if (handle(frame, exception)) return true;
  } else if (level.star) {
    level.star->raised.push_back(exception);
    leave_handler(frame, level);
    if (next_star_handler(frame)) return true;
    finish_star(frame);
    if (!begin_finally(frame, Flow::kNext, nullptr)) frame.stack.pop_back();
    return true;
  }
  leave_handler(frame, frame.stack.back());
  if (begin_finally(frame, Flow::kNext, exception)) return true;
  frame.stack.pop_back();
  return false;
}

// Looks for the handler of `exception` in the `try` on top and starts it.
bool Interpreter::handle(Frame& frame, Exception* exception) {
  Level& level = frame.stack.back();
  const auto& node = ast::as<ast::Try>(level.statement);
  level.phase = Level::Phase::kHandler;
  level.index = static_cast<std::uint32_t>(node.handlers.size());
  level.saved = frame.handled;
  level.exception = exception;
  frame.handled = exception;
  if (node.is_star) {
    level.star = std::make_shared<StarState>();
    level.star->original = exception;
    level.star->rest = exception;
    level.index = 0;
    if (!exception->cls->is_subclass_of(builtin_class("BaseExceptionGroup"))) {
      level.star->wrapped = true;
    }
    level.exception = nullptr;
    frame.handled = level.saved;
    if (next_star_handler(frame)) return true;
    finish_star(frame);
    if (!begin_finally(frame, Flow::kNext, nullptr)) frame.stack.pop_back();
    return true;
  }
  for (std::uint32_t i = 0; i < node.handlers.size(); ++i) {
    const ast::Handler& handler = node.handlers[i];
    if (handler.type) {
      const Value type = eval(frame, handler.type);
      frame.span = handler.type->span;
      if (!matches(frame, exception, type)) continue;
    }
    frame.stack.back().index = i;
    if (handler.name) store_name(frame, *handler.name, exception);
    frame.stack.push_back({.block = handler.body});
    return true;
  }
  return false;
}

bool Interpreter::matches(Frame& frame, Exception* exception, Value type) {
  if (const Class* cls = type.get<Class>()) {
    if (cls->is_exception) return exception->cls->is_subclass_of(cls);
    // No code of an unknown library runs, so none of its exceptions can be on the way.
    if (cls->unknown_base) return false;
  } else if (const Tuple* tuple = type.get<Tuple>()) {
    for (const Value& item : tuple->items) {
      if (matches(frame, exception, item)) return true;
    }
    return false;
  } else if (type.is(ObjectKind::kUnknown)) {
    return false;
  }
  ev.type_error("catching classes that do not inherit from BaseException is not allowed");
}

// The handler is over, one way or another: its name goes, what was handled before is so again.
void Interpreter::leave_handler(Frame& frame, Level& level) {
  if (level.phase != Level::Phase::kHandler || !level.exception) return;
  const auto& node = ast::as<ast::Try>(level.statement);
  frame.handled = level.saved;
  level.exception = nullptr;
  const std::uint32_t handler = level.star ? level.star_handler : level.index;
  if (handler >= node.handlers.size()) return;
  if (const ast::Name* name = node.handlers[handler].name) unset_name(frame, *name);
}

void Interpreter::unset_name(Frame& frame, const ast::Name& name) {
  switch (name.scope) {
    case ast::Scope::kLocal:
      frame.slots[name.slot] = Value();
      break;
    case ast::Scope::kCell:
      frame.slots[name.slot].get<Cell>()->value = Value();
      break;
    case ast::Scope::kFree:
      frame.closure[name.slot]->value = Value();
      break;
    default:
      if (frame.class_names && name.scope != ast::Scope::kGlobal) {
        frame.class_names->erase(name.id);
      } else {
        frame.module->attributes.erase(name.id);
      }
  }
}

// ---- except*

// Starts the next handler that part of the group is for.
bool Interpreter::next_star_handler(Frame& frame) {
  const auto& node = ast::as<ast::Try>(frame.stack.back().statement);
  const std::shared_ptr<StarState> star = frame.stack.back().star;
  for (std::uint32_t i = frame.stack.back().index; i < node.handlers.size(); ++i) {
    frame.stack.back().index = i + 1;
    if (!star->rest) return false;
    const ast::Handler& handler = node.handlers[i];
    const Value type = eval(frame, handler.type);
    frame.span = handler.type->span;
    Value matched;
    if (star->wrapped) {
      if (!matches(frame, star->original, type)) continue;
      matched = exception_group(builtin_class("ExceptionGroup"), "", {star->rest});
      star->rest = Value();
    } else {
      Value rest;
      matched = split_group(
          as_exception(star->rest), [&](Exception* each) { return matches(frame, each, type); },
          rest);
      if (!matched) continue;
      star->rest = rest;
    }
    Level& level = frame.stack.back();
    level.phase = Level::Phase::kHandler;
    level.saved = frame.handled;
    level.exception = as_exception(matched);
    level.star_handler = i;
    frame.handled = matched;
    if (handler.name) store_name(frame, *handler.name, matched);
    frame.stack.push_back({.block = handler.body});
    return true;
  }
  return false;
}

// Raises what no handler took together with what the handlers raised.
void Interpreter::finish_star(Frame& frame) {
  Level& level = frame.stack.back();
  const std::shared_ptr<StarState> star = std::move(level.star);
  level.star.reset();
  level.phase = Level::Phase::kElse;
  if (star->raised.empty()) {
    if (star->rest) throw Raised{as_exception(star->rest)};
    return;
  }
  std::vector<Value> all = star->raised;
  if (star->rest) all.push_back(star->rest);
  if (all.size() == 1 && star->raised.size() == 1) throw Raised{as_exception(all.front())};
  throw Raised{as_exception(exception_group(builtin_class("ExceptionGroup"), "", std::move(all)))};
}

}  // namespace retort::python
