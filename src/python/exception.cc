#include <algorithm>
#include <array>

#include "python/evaluator_state.h"

// Exceptions: raising, their attributes and texts, groups, and their way out as an Error.
namespace retort::python {

void Interpreter::throw_exception(Exception* exception) {
  if (!exception->place) {
    exception->place = place();
    exception->calls = calls();
  }
  const Value handled = handled_exception();
  if (handled && !exception->context && handled.object() != exception) {
    // No exception is its own context, not even at a distance.
    bool loop = false;
    for (const Exception* at = as_exception(handled); at; at = as_exception(at->context)) {
      loop |= at == exception;
    }
    if (!loop) exception->context = handled;
  }
  throw Raised{exception};
}

Value Interpreter::handled_exception() const {
  for (const Frame* frame = top; frame; frame = frame->caller) {
    if (frame->handled) return frame->handled;
  }
  return {};
}

Value Evaluator::handled_exception() const { return interpreter_->handled_exception(); }

Exception* Evaluator::exception(Class* cls, std::vector<Value> args) {
  Exception* made = static_cast<Exception*>(new_instance(cls));
  made->set_args(static_cast<Tuple*>(tuple(std::move(args)).object()));
  return made;
}

Exception* Interpreter::new_exception(std::string_view builtin, std::string message) {
  std::vector<Value> args;
  if (!message.empty()) args.push_back(str(std::move(message)));
  return ev.exception(builtin_class(builtin), std::move(args));
}

Value Interpreter::exception_with(std::string_view builtin, std::vector<Value> args) {
  return ev.exception(builtin_class(builtin), std::move(args));
}

void Evaluator::raise(Class* exception_class, std::string message) {
  if (!exception_class->is_exception) type_error("exceptions must derive from BaseException");
  interpreter_->throw_exception(
      exception(exception_class, {interpreter_->str(std::move(message))}));
}

void Evaluator::raise(std::string_view builtin_exception, std::string message) {
  interpreter_->throw_exception(interpreter_->new_exception(builtin_exception, std::move(message)));
}

void Evaluator::raise_hinted(std::string_view builtin_exception, std::string message,
                             std::string hint) {
  Exception* made = interpreter_->new_exception(builtin_exception, std::move(message));
  made->hint = std::move(hint);
  interpreter_->throw_exception(made);
}

void Evaluator::raise_key_error(Value key) {
  interpreter_->throw_exception(exception(builtin_class("KeyError"), {key}));
}

Exception* Interpreter::exception_from(Value value) {
  if (Exception* exception = as_exception(value)) return exception;
  if (Class* cls = value.get<Class>()) {
    if (cls->is_exception) {
      const Value made = call(value, {}, {});
      if (Exception* exception = as_exception(made)) return exception;
      ev.type_error("calling " + repr(value) +
                    " should have returned an instance of BaseException");
    }
    if (cls->unknown_base) refuse(*cls->unknown_base, "raising " + cls->name);
  }
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "raise");
  if (const Unknown* from = type_of(value)->unknown_base) {
    refuse(*from, "raising " + type_of(value)->name);
  }
  ev.type_error("exceptions must derive from BaseException");
}

void Evaluator::raise(Value exception, Value cause) {
  Exception* raised = interpreter_->exception_from(exception);
  if (cause) {
    raised->suppress_context = true;
    if (cause.is_none()) {
      raised->cause = Value();
    } else if (cause.is(ObjectKind::kUnknown)) {
      raised->cause = Value();
    } else if (as_exception(cause) || (cause.get<Class>() && cause.get<Class>()->is_exception)) {
      raised->cause = interpreter_->exception_from(cause);
    } else {
      type_error("exception causes must derive from BaseException");
    }
  }
  interpreter_->throw_exception(raised);
}

// ---- texts

std::string Interpreter::exception_str(Exception* exception) {
  const auto& args = exception->args->items;
  const Class* cls = exception->cls;
  if (cls->is_subclass_of(builtin_class("BaseExceptionGroup")) && args.size() == 2) {
    const std::int64_t count = length(args[1]);
    return to_str(args[0]) + " (" + std::to_string(count) + " sub-exception" +
           (count == 1 ? "" : "s") + ")";
  }
  if (args.empty()) return "";
  if (args.size() == 1) {
    return cls->is_subclass_of(builtin_class("KeyError")) ? repr(args[0]) : to_str(args[0]);
  }
  if (args.size() <= 3 && cls->is_subclass_of(builtin_class("OSError"))) {
    std::string text = "[Errno " + to_str(args[0]) + "] " + to_str(args[1]);
    if (args.size() == 3) text += ": " + repr(args[2]);
    return text;
  }
  if (args.size() == 5 && cls->name == "UnicodeDecodeError") {
    const Bytes* data = args[1].get<Bytes>();
    const std::int64_t at = args[2].as_int();
    const auto byte = data && at < static_cast<std::int64_t>(data->data.size())
                          ? static_cast<unsigned char>(data->data[static_cast<std::size_t>(at)])
                          : 0u;
    const char* hex = "0123456789abcdef";
    return "'" + to_str(args[0]) + "' codec can't decode byte 0x" + hex[byte >> 4] +
           hex[byte & 15] + " in position " + std::to_string(at) + ": " + to_str(args[4]);
  }
  if (args.size() == 5 && cls->name == "UnicodeEncodeError") {
    const std::string character = repr(get_item(args[1], Value::integer(args[2].as_int())));
    return "'" + to_str(args[0]) + "' codec can't encode character " + ascii_escape(character) +
           " in position " + std::to_string(args[2].as_int()) + ": " + to_str(args[4]);
  }
  return repr(exception->args);
}

std::string Interpreter::exception_repr(Exception* exception) {
  const auto& args = exception->args->items;
  if (args.size() == 1) return exception->cls->name + "(" + repr(args[0]) + ")";
  return exception->cls->name + repr(exception->args);
}

// ---- attributes

Value Interpreter::exception_attr(Exception* exception, std::string_view name) {
  const auto& args = exception->args->items;
  const auto is_a = [&](std::string_view builtin) {
    return exception->cls->is_subclass_of(builtin_class(builtin));
  };
  const auto arg = [&](std::size_t i) { return i < args.size() ? args[i] : Value::none(); };
  if (name == "args") return exception->args;
  if (name == "__cause__") return exception->cause ? exception->cause : Value::none();
  if (name == "__context__") return exception->context ? exception->context : Value::none();
  if (name == "__suppress_context__") return Value::boolean(exception->suppress_context);
  if (name == "__traceback__") {
    if (const Value own = exception->attributes.find(name)) return own;
    if (!exception->place) return Value::none();
    const Value traceback = ev.new_instance(builtin_class("traceback"));
    const LineColumn at = exception->place.source->position(exception->place.span.begin);
    set_plain_attr(traceback, "tb_lineno", Value::integer(at.line));
    set_plain_attr(traceback, "tb_next", Value::none());
    return traceback;
  }
  if (exception->attributes.find(name)) return {};
  if (name == "value" && is_a("StopIteration")) return arg(0);
  if (name == "code" && is_a("SystemExit")) {
    return args.size() > 1 ? Value(exception->args) : arg(0);
  }
  if (is_a("OSError") && args.size() >= 2) {
    if (name == "errno") return arg(0);
    if (name == "strerror") return arg(1);
    if (name == "filename") return arg(2);
  } else if (is_a("OSError") && (name == "errno" || name == "strerror" || name == "filename")) {
    return Value::none();
  }
  if (is_a("ImportError")) {
    if (name == "msg") return arg(0);
    if (name == "name" || name == "path") return Value::none();
  }
  if ((is_a("AttributeError") || is_a("NameError")) && (name == "name" || name == "obj")) {
    return Value::none();
  }
  if (is_a("BaseExceptionGroup") && args.size() == 2) {
    if (name == "message") return arg(0);
    if (name == "exceptions") {
      std::vector<Value> all;
      collect(arg(1), all);
      return ev.tuple(std::move(all));
    }
  }
  if (is_a("UnicodeError") && args.size() == 5) {
    static constexpr std::array<std::string_view, 5> kNames = {"encoding", "object", "start", "end",
                                                               "reason"};
    const auto at = std::find(kNames.begin(), kNames.end(), name);
    if (at != kNames.end()) return arg(static_cast<std::size_t>(at - kNames.begin()));
  }
  if (is_a("SyntaxError") && name == "msg") return arg(0);
  return {};
}

bool Interpreter::set_exception_attr(Exception* exception, std::string_view name, Value value) {
  if (name == "args") {
    std::vector<Value> items;
    collect(value, items);
    exception->set_args(static_cast<Tuple*>(ev.tuple(std::move(items)).object()));
    return true;
  }
  if (name == "__cause__") {
    exception->cause = value.is_none() ? Value() : value;
    exception->suppress_context = true;
    return true;
  }
  if (name == "__context__") {
    exception->context = value.is_none() ? Value() : value;
    return true;
  }
  if (name == "__suppress_context__") {
    exception->suppress_context = truthy(value);
    return true;
  }
  return false;
}

void Interpreter::fill_exception(Class& cls) {
  if (cls.name == "BaseException") {
    ev.define_static(cls, "__new__(cls, *args, **kwargs)", [](Evaluator& e, Arguments& a) -> Value {
      return e.exception(a[0].get<Class>(), {a.rest().begin(), a.rest().end()});
    });
    ev.define(cls, "__init__(self, *args)", [](Evaluator& e, Arguments& a) {
      as_exception(a[0])->set_args(
          static_cast<Tuple*>(e.tuple({a.rest().begin(), a.rest().end()}).object()));
      return Value::none();
    });
    ev.define(cls, "__str__(self)", [](Evaluator& e, Arguments& a) {
      return e.str(e.interpreter_->exception_str(as_exception(a[0])));
    });
    ev.define(cls, "__repr__(self)", [](Evaluator& e, Arguments& a) {
      return e.str(e.interpreter_->exception_repr(as_exception(a[0])));
    });
    ev.define(cls, "with_traceback(self, tb, /)", [](Evaluator& e, Arguments& a) {
      as_exception(a[0])->attributes.set("__traceback__", a[1]);
      static_cast<void>(e);
      return a[0];
    });
    ev.define(cls, "add_note(self, note, /)", [](Evaluator& e, Arguments& a) {
      if (!a[1].is_str()) {
        e.type_error("note must be a str, not '" + e.type_name(a[1]) + "'");
      }
      Exception* exception = as_exception(a[0]);
      Value notes = exception->attributes.find("__notes__");
      if (!notes) exception->attributes.set("__notes__", notes = e.list());
      if (List* list = notes.get<List>()) e.append(*list, a[1]);
      return Value::none();
    });
    return;
  }
  const auto with_keywords = [&](std::string_view signature, std::vector<std::string> names) {
    ev.define(cls, signature, [names](Evaluator& e, Arguments& a) {
      Exception* exception = as_exception(a[0]);
      exception->set_args(static_cast<Tuple*>(e.tuple({a.rest().begin(), a.rest().end()}).object()));
      for (const std::string& name : names) {
        if (a.given(name)) exception->attributes.set(name, a[name]);
      }
      return Value::none();
    });
  };
  if (cls.name == "ImportError") {
    with_keywords("__init__(self, *args, name=None, path=None)", {"name", "path"});
  } else if (cls.name == "AttributeError") {
    with_keywords("__init__(self, *args, name=None, obj=None)", {"name", "obj"});
  } else if (cls.name == "NameError") {
    with_keywords("__init__(self, *args, name=None)", {"name"});
  } else if (cls.name == "BaseExceptionGroup") {
    fill_exception_group(cls);
  }
}

// ---- groups

void Interpreter::fill_exception_group(Class& cls) {
  ev.define_static(cls, "__new__(cls, message, exceptions, /)",
                   [this](Evaluator& e, Arguments& a) -> Value {
                     if (!a[1].is_str()) {
                       e.type_error("argument 1 must be str, not " + e.type_name(a[1]));
                     }
                     if (!a[2].is(ObjectKind::kList) && !a[2].is(ObjectKind::kTuple)) {
                       e.type_error("second argument (exceptions) must be a sequence");
                     }
                     std::vector<Value> all = e.items(a[2]);
                     if (all.empty()) {
                       e.value_error("second argument (exceptions) must be a non-empty sequence");
                     }
                     bool plain = true;
                     for (std::size_t i = 0; i < all.size(); ++i) {
                       const Exception* each = as_exception(all[i]);
                       if (!each) {
                         e.value_error("Item " + std::to_string(i) +
                                       " of second argument (exceptions) is not an exception");
                       }
                       plain &= each->cls->is_subclass_of(builtin_class("Exception"));
                     }
                     Class* wanted = a[0].get<Class>();
                     if (plain && wanted == builtin_class("BaseExceptionGroup")) {
                       wanted = builtin_class("ExceptionGroup");
                     }
                     if (!plain && wanted->is_subclass_of(builtin_class("Exception"))) {
                       e.type_error("Cannot nest BaseExceptions in an ExceptionGroup");
                     }
                     return e.exception(wanted, {a[1], a[2]});
                   });
  const auto condition = [this](Value given) {
    return [this, given](Exception* each) {
      if (given.is(ObjectKind::kClass) || given.is(ObjectKind::kTuple)) {
        return ev.is_instance(Value(each), given);
      }
      const Value exception = each;
      return truthy(call(given, std::span(&exception, 1), {}));
    };
  };
  ev.define(cls, "split(self, condition, /)", [=, this](Evaluator& e, Arguments& a) {
    Value rest;
    const Value matched = split_group(as_exception(a[0]), condition(a[1]), rest);
    return e.tuple({matched ? matched : Value::none(), rest ? rest : Value::none()});
  });
  ev.define(cls, "subgroup(self, condition, /)", [=, this](Evaluator&, Arguments& a) {
    Value rest;
    const Value matched = split_group(as_exception(a[0]), condition(a[1]), rest);
    return matched ? matched : Value::none();
  });
  ev.define(cls, "derive(self, excs, /)", [this](Evaluator& e, Arguments& a) {
    return exception_group(builtin_class("BaseExceptionGroup"),
                           e.to_str(as_exception(a[0])->args->items[0]), e.items(a[1]));
  });
}

Value Interpreter::exception_group(Value type, std::string_view message,
                                   std::vector<Value> exceptions) {
  return call(type, std::array<Value, 2>{str(message), ev.list(std::move(exceptions))}, {});
}

// The part of a group that `match` accepts; `rest` gets the other. Both keep the nesting.
Value Interpreter::split_group(Exception* group, const std::function<bool(Exception*)>& match,
                               Value& rest) {
  rest = Value();
  if (match(group)) return group;
  if (!group->cls->is_subclass_of(builtin_class("BaseExceptionGroup"))) {
    rest = group;
    return {};
  }
  std::vector<Value> taken;
  std::vector<Value> left;
  std::vector<Value> members;
  collect(group->args->items[1], members);
  for (const Value& member : members) {
    Value other;
    const Value part = split_group(as_exception(member), match, other);
    if (part) taken.push_back(part);
    if (other) left.push_back(other);
  }
  const auto derive = [&](std::vector<Value> all) -> Value {
    if (all.empty()) return {};
    const Value list = ev.list(std::move(all));
    const Value made = call(get_attr(group, "derive"), std::span(&list, 1), {});
    if (Exception* exception = as_exception(made)) {
      exception->place = group->place;
      exception->calls = group->calls;
      exception->cause = group->cause;
      exception->context = group->context;
    }
    return made;
  };
  const Value matched = derive(std::move(taken));
  rest = derive(std::move(left));
  return matched;
}

// ---- the border

void show_outside(Error& error, Place place, std::vector<CallSite> calls) {
  auto inside = [](const Place& at) { return at.source && at.source->path().starts_with("<"); };
  auto outside = std::ranges::find_if(calls, [&](const CallSite& at) { return !inside(at.place); });
  if (inside(place) && outside != calls.end()) {
    place = outside->place;
    calls.erase(calls.begin(), std::next(outside));
  }
  error.with_place(std::move(place)).with_calls(std::move(calls));
}

Error Evaluator::error_from(const Raised& raised) {
  Exception* exception = raised.exception;
  std::string message = exception->cls->name;
  if (exception->cls->module != "builtins" && exception->cls->module != "__main__" &&
      !exception->cls->module.empty()) {
    message = exception->cls->module + "." + exception->cls->qualname;
  }
  if (exception->cls->is_subclass_of(builtin_class("SystemExit"))) {
    const Value status = interpreter_->exception_attr(exception, "code");
    bool done = status.is_none() || (status.is_int() && status.as_int() == 0);
    message = std::string(kExit) + (done ? "" : repr(status)) + ")";
  } else {
    try {
      const std::string text = to_str(exception);
      if (!text.empty()) message += ": " + text;
      if (const Value notes = exception->attributes.find("__notes__")) {
        for (const Value& note : items(notes)) message += "\n" + to_str(note);
      }
    } catch (const Raised&) {
      message += ": <exception str() failed>";
    }
  }
  Error error(code::kScript, std::move(message));
  show_outside(error, exception->place, exception->calls);
  if (!exception->hint.empty()) error.with_hint(exception->hint);
  return error;
}

}  // namespace retort::python
