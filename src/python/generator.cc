#include "python/evaluator_state.h"

// Generators and coroutines: frames whose statement stack is kept between two steps.
namespace retort::python {

Value Interpreter::make_generator(Function* function, Frame* frame) {
  const bool yields = function->scope->is_generator;
  using What = Generator::What;
  Generator* generator = ev.make<Generator>(!function->is_async ? What::kGenerator
                                            : yields            ? What::kAsyncGenerator
                                                                : What::kCoroutine);
  ev.account(sizeof(Frame));
  generator->frame.reset(frame);
  generator->name = function->name;
  generator->qualname = function->qualname;
  if (function->definition) {
    frame->span = function->definition->span;
    frame->stack.push_back({.block = function->definition->body});
  }
  return generator;
}

namespace {

std::string what_name(const Generator& generator) {
  switch (generator.what) {
    case Generator::What::kCoroutine:
      return "coroutine";
    case Generator::What::kAsyncGenerator:
      return "asynchronous generator";
    default:
      return "generator";
  }
}

}  // namespace

Value Interpreter::resume(Generator& generator, Value sent, Exception* thrown) {
  using State = Generator::State;
  switch (generator.state) {
    case State::kRunning:
      ev.value_error(what_name(generator) + " already executing");
    case State::kDone:
      if (thrown) throw_exception(thrown);
      return {};
    case State::kNew:
      if (thrown) {
        generator.state = State::kDone;
        throw_exception(thrown);
      }
      if (sent && !sent.is_none()) {
        ev.type_error("can't send non-None value to a just-started " + what_name(generator));
      }
      break;
    case State::kSuspended:
      break;
  }
  enter_call();
  Frame& frame = *generator.frame;
  frame.sent = sent ? sent : Value::none();
  frame.thrown = thrown;
  generator.state = State::kRunning;
  const FrameGuard guard(*this, &frame);
  try {
    if (generator.what == Generator::What::kExpression) {
      if (thrown) throw_exception(thrown);
      const Value item = resume_expression(generator);
      generator.state = item ? State::kSuspended : State::kDone;
      return item;
    }
    const Flow flow = run(frame);
    if (flow == Flow::kYield) {
      generator.state = State::kSuspended;
      return frame.result;
    }
    generator.state = State::kDone;
    generator.returned = frame.result ? frame.result : Value::none();
    return {};
  } catch (const Raised& raised) {
    generator.state = State::kDone;
    const bool stop = raised.exception->cls->is_subclass_of(builtin_class("StopIteration"));
    if (!stop) throw;
    Exception* error =
        new_exception("RuntimeError", what_name(generator) + " raised StopIteration");
    error->cause = raised.value();
    error->context = raised.value();
    error->suppress_context = true;
    throw_exception(error);
  } catch (...) {
    generator.state = State::kDone;
    throw;
  }
}

// One more element of a generator expression: its `for` clauses as a stack of iterators.
Value Interpreter::resume_expression(Generator& generator) {
  Frame& frame = *generator.frame;
  const ast::Comprehension& node = *generator.comprehension;
  while (!generator.iterators.empty()) {
    step();
    const std::size_t at = generator.iterators.size() - 1;
    const ast::Generator& clause = node.generators[at];
    frame.span = clause.iterable->span;
    const Value item = next(generator.iterators[at]);
    if (!item) {
      generator.iterators.pop_back();
      continue;
    }
    assign(frame, clause.target, item);
    bool wanted = true;
    for (const ast::Expr* condition : clause.conditions) {
      const Value test = eval(frame, condition);
      frame.span = condition->span;
      if (!truthy(test)) {
        wanted = false;
        break;
      }
    }
    if (!wanted) continue;
    if (at + 1 == node.generators.size()) return eval(frame, node.element);
    const Value source = eval(frame, node.generators[at + 1].iterable);
    frame.span = node.generators[at + 1].iterable->span;
    generator.iterators.push_back(iter(source));
  }
  return {};
}

void Interpreter::close(Generator& generator) {
  using State = Generator::State;
  if (generator.state == State::kNew) generator.state = State::kDone;
  if (generator.state == State::kDone) return;
  try {
    const Value item = resume(generator, Value(), new_exception("GeneratorExit", ""));
    if (item) ev.raise("RuntimeError", what_name(generator) + " ignored GeneratorExit");
  } catch (const Raised& raised) {
    const Class* cls = raised.exception->cls;
    if (!cls->is_subclass_of(builtin_class("GeneratorExit")) &&
        !cls->is_subclass_of(builtin_class("StopIteration"))) {
      throw;
    }
  }
}

// A coroutine runs to its end when it is awaited: nothing else can run in between.
Value Interpreter::run_coroutine(Generator& generator) {
  if (generator.state == Generator::State::kDone) {
    ev.raise("RuntimeError", "cannot reuse already awaited coroutine");
  }
  while (resume(generator, Value(), nullptr)) {
  }
  return generator.returned ? generator.returned : Value::none();
}

Value Interpreter::await_value(Value value) {
  if (Generator* generator = value.get<Generator>()) {
    if (generator->what == Generator::What::kCoroutine) return run_coroutine(*generator);
    return value;
  }
  if (value.is(ObjectKind::kInstance)) {
    if (const Method method = special(value, "__await__"); method.function) {
      const Value iterator = iter(call_special(method, {}));
      Value returned;
      while (next_or_return(iterator, Value(), returned)) {
      }
      return returned ? returned : Value::none();
    }
  }
  return value;
}

Value Evaluator::next_or_raise(Value iterator) {
  Value returned;
  const Value item = interpreter_->next_or_return(iterator, Value(), returned);
  if (!item) interpreter_->stop_iteration(returned);
  return item;
}

Value Evaluator::await(Value value) { return interpreter_->await_value(value); }

Value Interpreter::eval_await(Frame& frame, const ast::Yield& node) {
  const Value value = eval(frame, node.value);
  frame.span = node.span;
  if (const Unknown* from = value.get<Unknown>()) return unknown("await " + from->origin);
  return await_value(value);
}

void Interpreter::stop_iteration(Value value) {
  throw_exception(ev.exception(builtin_class("StopIteration"), value && !value.is_none()
                                                                   ? std::vector<Value>{value}
                                                                   : std::vector<Value>{}));
}

// The next item; absent at the end, when `returned` gets the value the iterator ended with.
Value Interpreter::next_or_return(Value iterator, Value sent, Value& returned) {
  if (Generator* generator = iterator.get<Generator>()) {
    const Value item = resume(*generator, sent, nullptr);
    if (!item) returned = generator->returned;
    return item;
  }
  if (!iterator.is(ObjectKind::kInstance)) {
    if (sent && !sent.is_none()) {
      return call(find_method(iterator, "send"), std::span(&sent, 1), {});
    }
    return next(iterator);
  }
  try {
    const bool plain = !sent || sent.is_none();
    const Method method = plain ? special(iterator, "__next__") : find_method(iterator, "send");
    if (!method.function) {
      ev.type_error("'" + type_of(iterator)->name + "' object is not an iterator");
    }
    return plain ? call(method, {}, {}) : call(method, std::span(&sent, 1), {});
  } catch (const Raised& raised) {
    if (!raised.exception->cls->is_subclass_of(builtin_class("StopIteration"))) throw;
    const auto& args = raised.exception->args->items;
    returned = args.empty() ? Value::none() : args.front();
    return {};
  }
}

// `yield from`: one step of the iterator delegated to. Absent: it ended, with `returned`.
Value Interpreter::delegate_step(Value delegate, Value sent, Exception* thrown, Value& returned) {
  if (!thrown) return next_or_return(delegate, sent, returned);
  Generator* generator = delegate.get<Generator>();
  if (thrown->cls->is_subclass_of(builtin_class("GeneratorExit"))) {
    if (generator) {
      close(*generator);
    } else if (const Value method = find_attr(delegate, "close")) {
      call(method, {}, {});
    }
    throw_exception(thrown);
  }
  if (generator) {
    const Value item = resume(*generator, Value(), thrown);
    if (!item) returned = generator->returned;
    return item;
  }
  const Value method = find_attr(delegate, "throw");
  if (!method) throw_exception(thrown);
  try {
    const Value exception = thrown;
    return call(method, std::span(&exception, 1), {});
  } catch (const Raised& raised) {
    if (!raised.exception->cls->is_subclass_of(builtin_class("StopIteration"))) throw;
    const auto& args = raised.exception->args->items;
    returned = args.empty() ? Value::none() : args.front();
    return {};
  }
}

void Interpreter::fill_generator(Class& cls) {
  const auto self = [](Arguments& a) -> Generator& { return *a[0].get<Generator>(); };
  const auto step_value = [](Interpreter& in, Generator& generator, Value sent,
                             Exception* thrown) -> Value {
    const Value item = in.resume(generator, sent, thrown);
    if (!item) in.stop_iteration(generator.returned);
    return item;
  };
  const auto thrown_of = [](Interpreter& in, Arguments& a) {
    Value value = a[1];
    if (a[2] && !a[2].is_none()) {
      value = as_exception(a[2]) ? a[2] : in.call(value, std::array<Value, 1>{a[2]}, {});
    }
    return in.exception_from(value);
  };
  const bool async = cls.name == "async_generator";
  if (async) {
    const auto async_step = [](Interpreter& in, Generator& generator, Value sent,
                               Exception* thrown) -> Value {
      const Value item = in.resume(generator, sent, thrown);
      if (!item) in.throw_exception(in.new_exception("StopAsyncIteration", ""));
      return item;
    };
    ev.define(cls, "__aiter__(self)", [](Evaluator&, Arguments& a) { return a[0]; });
    ev.define(cls, "__anext__(self)", [=, this](Evaluator&, Arguments& a) {
      return async_step(*this, self(a), Value(), nullptr);
    });
    ev.define(cls, "asend(self, value, /)", [=, this](Evaluator&, Arguments& a) {
      return async_step(*this, self(a), a[1], nullptr);
    });
    ev.define(cls, "athrow(self, typ, val=None, tb=None, /)", [=, this](Evaluator&, Arguments& a) {
      return async_step(*this, self(a), Value(), thrown_of(*this, a));
    });
    ev.define(cls, "aclose(self)", [=, this](Evaluator&, Arguments& a) {
      close(self(a));
      return Value::none();
    });
    return;
  }
  if (cls.name == "generator") {
    ev.define(cls, "__iter__(self)", [](Evaluator&, Arguments& a) { return a[0]; });
    ev.define(cls, "__next__(self)", [=, this](Evaluator&, Arguments& a) {
      return step_value(*this, self(a), Value(), nullptr);
    });
  } else {
    ev.define(cls, "__await__(self)", [](Evaluator&, Arguments& a) { return a[0]; });
  }
  ev.define(cls, "send(self, value, /)", [=, this](Evaluator&, Arguments& a) {
    return step_value(*this, self(a), a[1], nullptr);
  });
  ev.define(cls, "throw(self, typ, val=None, tb=None, /)", [=, this](Evaluator&, Arguments& a) {
    return step_value(*this, self(a), Value(), thrown_of(*this, a));
  });
  ev.define(cls, "close(self)", [=, this](Evaluator&, Arguments& a) {
    close(self(a));
    return Value::none();
  });
  ev.define_property(cls, "__name__",
                     [](Evaluator& e, Value v) { return e.str(v.get<Generator>()->name); });
  ev.define_property(cls, "__qualname__",
                     [](Evaluator& e, Value v) { return e.str(v.get<Generator>()->qualname); });
}

}  // namespace retort::python
