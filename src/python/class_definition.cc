#include <algorithm>
#include <array>

#include "python/evaluator_state.h"

// The class statement, and annotations.
namespace retort::python {

namespace {

bool has_own_hooks(Interpreter& in, Class* metaclass, std::string_view hook) {
  Class* where = nullptr;
  const Value found = metaclass->lookup(hook, &where);
  return found && where != in.builtin_class("type") && where != in.builtin_class("object");
}

// Bases such as Generic[T] stand for others.
std::vector<Value> real_bases(Interpreter& in, const std::vector<Value>& written) {
  std::vector<Value> bases;
  for (const Value& base : written) {
    if (!base.is(ObjectKind::kClass) && !base.is(ObjectKind::kUnknown)) {
      if (const Value entries = in.find_attr(base, "__mro_entries__")) {
        const Value original = in.ev.tuple(written);
        for (const Value& entry : in.ev.items(in.call(entries, std::span(&original, 1), {}))) {
          if (std::none_of(bases.begin(), bases.end(),
                           [&](Value other) { return identical(other, entry); })) {
            bases.push_back(entry);
          }
        }
        continue;
      }
    }
    bases.push_back(base);
  }
  return bases;
}

}  // namespace

Value Interpreter::class_definition(Frame& frame, const ast::ClassDef& def) {
  enter_call();
  std::vector<Value> written;
  expand(frame, def.bases, written);
  NamedBuffer given;
  keyword_arguments(frame, def.keywords, given, Value());
  frame.span = {def.span.begin, def.target->span.end > 0 ? def.target->span.end : def.span.end};
  const Span here = frame.span;

  std::vector<NamedValue> keywords;
  Value metaclass;
  for (const NamedValue& keyword : given.span()) {
    if (keyword.name == "metaclass") {
      metaclass = keyword.value;
    } else {
      keywords.push_back(keyword);
    }
  }
  const std::vector<Value> bases = real_bases(*this, written);
  if (metaclass.is(ObjectKind::kUnknown)) metaclass = Value();
  if (!metaclass || metaclass.is(ObjectKind::kClass)) {
    std::vector<Class*> classes;
    for (const Value& base : bases) {
      if (Class* cls = base.get<Class>()) classes.push_back(cls);
    }
    metaclass = winning_metaclass(classes, metaclass.get<Class>());
  }
  Class* meta = metaclass.get<Class>();
  const bool plain =
      meta &&
      (meta == builtin_class("type") ||
       (!has_own_hooks(*this, meta, "__new__") && !has_own_hooks(*this, meta, "__init__") &&
        !has_own_hooks(*this, meta, "__prepare__") && !special(metaclass, "__call__").function));

  std::string qualname;
  if (frame.class_names) {
    qualname = std::string(frame.class_qualname) + ".";
  } else if (frame.function) {
    qualname = frame.function->qualname + ".<locals>.";
  }
  qualname += def.target->id;

  Attributes names;
  struct Lease {
    Interpreter& in;
    Frame* frame;
    ~Lease() { in.give_frame(frame); }
  } lease{*this, take_frame()};
  Frame& body = *lease.frame;
  std::vector<Cell*> closure;
  capture(frame, *def.scope, closure);
  body.scope = def.scope;
  body.module = frame.module;
  body.source = frame.source;
  body.closure = closure;
  body.slots.resize(def.scope->slots);
  make_cells(body);
  if (def.scope->has_class_cell) body.class_cell = body.slots[0].get<Cell>();
  body.class_names = &names;
  body.class_name = def.target->id;
  body.class_qualname = qualname;
  body.span = here;
  std::vector<Annotation> annotations;
  body.class_annotations = &annotations;
  if (meta) {
    for (Class* each_meta : meta->mro) {
      if (each_meta->on_bind) body.class_binder = each_meta;
      if (body.class_binder) break;
    }
  }

  const Value name = str(def.target->id);
  Value namespace_dict;
  if (!plain) {
    const Value base_tuple = ev.tuple(bases);
    if (meta && has_own_hooks(*this, meta, "__prepare__")) {
      namespace_dict = call(get_attr(metaclass, "__prepare__"),
                            std::array<Value, 2>{name, base_tuple}, keywords);
    } else {
      namespace_dict = ev.dict();
    }
    const bool ordinary =
        namespace_dict.is(ObjectKind::kDict) && !namespace_dict.object()->extension();
    if (ordinary) {
      names.share(ev, namespace_dict.get<Dict>());
    } else {
      body.class_dict = namespace_dict;
    }
    const auto put = [&](std::string_view key, Value value) {
      if (ordinary) {
        names.set(key, value);
      } else {
        set_item(namespace_dict, str(key), value);
      }
    };
    put("__module__", str(frame.module->name));
    put("__qualname__", str(qualname));
    if (def.doc.data()) put("__doc__", str(def.doc));
  }

  auto scope = annotation_scope(body);
  {
    const FrameGuard guard(*this, &body);
    body.stack.push_back({.block = def.body});
    run(body);
  }

  ClassContext context;
  context.name = def.target->id;
  context.place = place_of(frame, here);
  context.doc = def.doc;
  context.annotations = std::move(annotations);
  context.scope = scope;
  context.cell = body.class_cell;
  struct Restore {
    Interpreter& in;
    ClassContext* around;
    ~Restore() { in.class_context = around; }
  } restore{*this, std::exchange(class_context, &context)};
  frame.span = here;
  Value made;
  if (plain) {
    names.set("__qualname__", str(qualname));
    made = build_class(def.target->id, bases, names, keywords, meta);
  } else {
    made = call(metaclass, std::array<Value, 3>{name, ev.tuple(bases), namespace_dict}, keywords);
  }
  if (body.class_cell && !body.class_cell->value) body.class_cell->value = made;
  Class* cls = made.get<Class>();
  if (cls && bases.size() != written.size()) {
    cls->attributes.set("__orig_bases__", ev.tuple(written));
  } else if (cls) {
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (identical(written[i], bases[i])) continue;
      cls->attributes.set("__orig_bases__", ev.tuple(written));
      break;
    }
  }
  if (cls && !def.type_params.empty()) generic_classes.insert(cls);
  return made;
}

// ---- annotations

Value Interpreter::evaluate_annotation(const Annotation& annotation, bool resolve_strings,
                                       const std::string* text) {
  const AnnotationScope& scope = *annotation.scope;
  struct Lease {
    Interpreter& in;
    Frame* frame;
    ~Lease() { in.give_frame(frame); }
  } lease{*this, take_frame()};
  Frame& frame = *lease.frame;
  static const ast::ScopeInfo kNoScope{};
  frame.scope = &kNoScope;
  frame.module = scope.module;
  frame.source = &scope.source;
  frame.closure = scope.closure;
  frame.slots = scope.slots;
  frame.annotation = true;
  if (scope.cls) {
    frame.class_names = &scope.cls->attributes;
    frame.class_name = scope.cls->name;
    frame.class_qualname = scope.cls->qualname;
  }
  frame.span = annotation.expr->span;
  enter_call();
  const FrameGuard guard(*this, &frame);
  if (text) return eval_text(frame, *text);
  const Value value = eval(frame, annotation.expr);
  if (!resolve_strings || !value.is_str()) return value;
  return eval_text(frame, value.as_str());
}

// The value of an expression given as text, with the names of `frame`.
Value Interpreter::eval_text(Frame& frame, const std::string& text) {
  auto source = std::make_shared<const Source>("<annotation>", text);
  const ProgramPtr program = parse_expression(source);
  programs.push_back(program);
  const ast::Stmt* statement = program->module->body.front();
  const SourcePtr kept = source;
  const SourcePtr* around = std::exchange(frame.source, &program->module->source);
  const Span span = frame.span;
  struct Restore {
    Frame& frame;
    const SourcePtr* around;
    Span span;
    ~Restore() {
      frame.source = around;
      frame.span = span;
    }
  } restore{frame, around, span};
  return eval(frame, ast::as<ast::ExprStmt>(statement).value);
}

Value Evaluator::evaluate_annotation(const Annotation& annotation) {
  return interpreter_->evaluate_annotation(annotation, false);
}
Value Evaluator::resolve_annotation(const Annotation& annotation) {
  return interpreter_->evaluate_annotation(annotation, true);
}
Value Evaluator::resolve_text(const Annotation& annotation, const std::string& text) {
  return interpreter_->evaluate_annotation(annotation, true, &text);
}

std::vector<Annotation> Evaluator::annotations(Value function_or_class) {
  if (const Class* cls = function_or_class.get<Class>()) return cls->annotations;
  if (const BoundMethod* method = function_or_class.get<BoundMethod>()) {
    return annotations(method->function);
  }
  std::vector<Annotation> all;
  const Function* function = function_or_class.get<Function>();
  if (!function || !function->annotation_scope) return all;
  for (const ast::Parameter& parameter : function->parameters) {
    if (parameter.annotation) {
      all.push_back({parameter.name, parameter.annotation, function->annotation_scope});
    }
  }
  if (function->definition && function->definition->returns) {
    all.push_back({"return", function->definition->returns, function->annotation_scope});
  }
  return all;
}

Value Interpreter::annotations_dict(Value function_or_class) {
  Class* cls = function_or_class.get<Class>();
  Dict* dict = ev.dict();
  for (const Annotation& annotation : ev.annotations(function_or_class)) {
    const bool as_text =
        annotation.scope->module->code && annotation.scope->module->code->postponed_annotations;
    dict->set(ev, str(annotation.name),
              as_text ? str(annotation.text()) : evaluate_annotation(annotation, false));
  }
  if (cls && !cls->native) cls->attributes.set("__annotations__", dict);
  return dict;
}

}  // namespace retort::python
