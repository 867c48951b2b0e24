#include <utility>

#include "base/text.h"
#include "python/evaluator_state.h"

// Evaluation of expressions. Each kind that needs much of the stack has a function of its own, so
// that the recursion through eval() stays shallow.
namespace retort::python {

Value Interpreter::constant(const ast::Constant& node) {
  switch (node.constant) {
    case ast::ConstantKind::kNone:
      return Value::none();
    case ast::ConstantKind::kTrue:
      return Value::boolean(true);
    case ast::ConstantKind::kFalse:
      return Value::boolean(false);
    case ast::ConstantKind::kEllipsis:
      return ellipsis;
    case ast::ConstantKind::kInteger:
      if (node.text.empty()) return Value::integer(node.integer);
      break;
    case ast::ConstantKind::kFloat:
      return Value::floating(node.number);
    case ast::ConstantKind::kImaginary:
      ev.raise("NotImplementedError", "complex numbers are not supported");
    default:
      break;
  }
  Value& made = constants[&node];
  if (!made) {
    switch (node.constant) {
      case ast::ConstantKind::kInteger:
        made = ev.integer_from(node.text);
        break;
      case ast::ConstantKind::kBytes:
        made = ev.bytes(node.text);
        break;
      default:
        made = str(node.text);
    }
  }
  return made;
}

Value Interpreter::eval(Frame& frame, const ast::Expr* expr) {
  using ast::as;
  switch (expr->kind) {
    case ast::ExprKind::kConstant:
      return constant(as<ast::Constant>(expr));
    case ast::ExprKind::kName:
      return eval_name(frame, as<ast::Name>(expr));
    case ast::ExprKind::kAttribute:
      return eval_attribute(frame, as<ast::Attribute>(expr));
    case ast::ExprKind::kSubscript:
      return eval_subscript(frame, as<ast::Subscript>(expr));
    case ast::ExprKind::kSlice:
      return eval_slice(frame, as<ast::Slice>(expr));
    case ast::ExprKind::kCall:
      return eval_call(frame, as<ast::Call>(expr));
    case ast::ExprKind::kUnary: {
      const auto& node = as<ast::Unary>(expr);
      const Value operand = eval(frame, node.operand);
      frame.span = expr->span;
      return unary(node.op, operand);
    }
    case ast::ExprKind::kBinary:
      return eval_binary(frame, as<ast::Binary>(expr));
    case ast::ExprKind::kBool: {
      const auto& node = as<ast::Bool>(expr);
      Value value;
      for (std::size_t i = 0; i < node.values.size(); ++i) {
        value = eval(frame, node.values[i]);
        if (i + 1 == node.values.size()) break;
        frame.span = node.values[i]->span;
        if (truthy(value) == (node.op == ast::BoolOp::kOr)) break;
      }
      return value;
    }
    case ast::ExprKind::kCompare:
      return eval_compare(frame, as<ast::Compare>(expr));
    case ast::ExprKind::kConditional: {
      const auto& node = as<ast::Conditional>(expr);
      const Value test = eval(frame, node.test);
      frame.span = node.test->span;
      return eval(frame, truthy(test) ? node.body : node.orelse);
    }
    case ast::ExprKind::kLambda:
      return make_lambda(frame, as<ast::Lambda>(expr));
    case ast::ExprKind::kTuple:
    case ast::ExprKind::kList:
    case ast::ExprKind::kSet:
      return eval_sequence(frame, *static_cast<const ast::Sequence*>(expr));
    case ast::ExprKind::kDict:
      return eval_dict(frame, as<ast::Dict>(expr));
    case ast::ExprKind::kComprehension:
      return eval_comprehension(frame, as<ast::Comprehension>(expr));
    case ast::ExprKind::kNamed: {
      const auto& node = as<ast::Named>(expr);
      const Value value = eval(frame, node.value);
      store_name(frame, *node.target, value);
      return value;
    }
    case ast::ExprKind::kJoinedString:
      return eval_joined(frame, as<ast::JoinedString>(expr));
    case ast::ExprKind::kAwait:
      return eval_await(frame, *static_cast<const ast::Yield*>(expr));
    case ast::ExprKind::kStarred:
    case ast::ExprKind::kYield:
    case ast::ExprKind::kYieldFrom:
      break;
  }
  frame.span = expr->span;
  ev.raise("SyntaxError", "this expression can't stand here");
}

// ---- names

Value Interpreter::resolve(Value value, Value* home) {
  if (!value.is(ObjectKind::kDeferred)) return value;
  value = resolve_deferred(static_cast<Deferred*>(value.object()));
  if (home) *home = value;
  return value;
}

namespace {

[[noreturn]] void unbound(Interpreter& in, Frame& frame, const ast::Name& name) {
  frame.span = name.span;
  in.ev.raise("UnboundLocalError", "cannot access local variable '" + std::string(name.id) +
                                       "' where it is not associated with a value");
}

[[noreturn]] void unbound_free(Interpreter& in, Frame& frame, const ast::Name& name) {
  frame.span = name.span;
  in.ev.raise("NameError", "cannot access free variable '" + std::string(name.id) +
                               "' where it is not associated with a value in enclosing scope");
}

}  // namespace

Value Interpreter::eval_name(Frame& frame, const ast::Name& name) {
  switch (name.scope) {
    case ast::Scope::kLocal: {
      if (name.slot >= frame.slots.size()) unbound(*this, frame, name);
      Value& slot = frame.slots[name.slot];
      if (!slot) unbound(*this, frame, name);
      if (slot.is(ObjectKind::kDeferred)) {
        frame.span = name.span;
        const Value value = resolve(slot, nullptr);
        return frame.slots[name.slot] = value;
      }
      return slot;
    }
    case ast::Scope::kCell: {
      Cell* cell = name.slot < frame.slots.size() ? frame.slots[name.slot].get<Cell>() : nullptr;
      if (!cell || !cell->value) unbound(*this, frame, name);
      frame.span = name.span;
      return resolve(cell->value, &cell->value);
    }
    case ast::Scope::kClassFree:
      if (const Value found = find_class_name(frame, name.id)) return found;
      [[fallthrough]];
    case ast::Scope::kFree: {
      Cell* cell = frame.closure[name.slot];
      if (!cell->value) unbound_free(*this, frame, name);
      frame.span = name.span;
      return resolve(cell->value, &cell->value);
    }
    case ast::Scope::kClass:
      if (const Value found = find_class_name(frame, name.id)) return found;
      break;
    default:
      break;
  }
  frame.span = name.span;
  return load_global(frame, name.id);
}

Value Interpreter::find_class_name(Frame& frame, std::string_view name) {
  if (frame.class_dict) {
    const Method missing = special(frame.class_dict, "__missing__");
    const Dict* dict = frame.class_dict.get<Dict>();
    if (dict && !missing.function) return dict->find(name);
    if (contains(frame.class_dict, str(name))) return get_item(frame.class_dict, str(name));
    return {};
  }
  return frame.class_names ? frame.class_names->find(name) : Value();
}

Value Interpreter::find_global(Module* module, std::string_view name) {
  if (module->code) return demand(*module, name);
  return module->attributes.find(name);
}

Value Interpreter::load_global(Frame& frame, std::string_view name) {
  if (const Value found = find_global(frame.module, name)) return found;
  if (frame.annotation && frame.class_names) {
    if (const Value found = frame.class_names->find(name)) return found;
  }
  if (const Value found = builtin(name)) return found;
  if (frame.module->code && !frame.module->code->unknown_stars.empty()) {
    const Unknown* from = frame.module->code->unknown_stars.back().get<Unknown>();
    return unknown(from->origin + "." + std::string(name), true);
  }
  name_error(frame, name);
}

void Interpreter::name_error(Frame& frame, std::string_view name) {
  std::vector<std::string> candidates = names_of(*frame.module);
  for (const std::string& other : builtin_candidates()) candidates.push_back(other);
  if (frame.scope) {
    for (const std::string_view slot : frame.scope->slot_names) candidates.emplace_back(slot);
  }
  if (frame.class_names) {
    for (const auto& [other, value] : frame.class_names->items()) candidates.push_back(other);
  }
  std::erase(candidates, name);
  Exception* exception =
      new_exception("NameError", "name '" + std::string(name) + "' is not defined");
  exception->attributes.set("name", str(name));
  exception->hint = did_you_mean(name, candidates);
  throw_exception(exception);
}

void Interpreter::store_name(Frame& frame, const ast::Name& name, Value value) {
  switch (name.scope) {
    case ast::Scope::kLocal:
      frame.slots[name.slot] = value;
      return;
    case ast::Scope::kCell:
      frame.slots[name.slot].get<Cell>()->value = value;
      return;
    case ast::Scope::kFree:
      frame.closure[name.slot]->value = value;
      return;
    case ast::Scope::kClass:
    case ast::Scope::kClassFree:
      if (frame.class_dict) {
        set_item(frame.class_dict, str(name.id), value);
        return;
      }
      if (frame.class_names) {
        if (const Instance* instance = value.get<Instance>()) {
          for (const Class* cls : instance->cls->mro) {
            if (cls->on_named) cls->on_named(ev, value, name.id);
          }
        }
        if (frame.class_binder) {
          value = frame.class_binder->on_bind(ev, *frame.class_names, name.id, value);
        }
        frame.class_names->set(name.id, value);
        return;
      }
      break;
    default:
      break;
  }
  // A function that assigns a global must not be overwritten by the statement that first binds it.
  if (frame.function && frame.module->code) demand_name(*frame.module, name.id);
  frame.module->attributes.set(name.id, value);
}

void Interpreter::delete_name(Frame& frame, const ast::Name& name) {
  frame.span = name.span;
  switch (name.scope) {
    case ast::Scope::kLocal:
      if (!frame.slots[name.slot]) unbound(*this, frame, name);
      frame.slots[name.slot] = Value();
      return;
    case ast::Scope::kCell: {
      Cell* cell = frame.slots[name.slot].get<Cell>();
      if (!cell->value) unbound(*this, frame, name);
      cell->value = Value();
      return;
    }
    case ast::Scope::kFree:
      if (!frame.closure[name.slot]->value) unbound_free(*this, frame, name);
      frame.closure[name.slot]->value = Value();
      return;
    case ast::Scope::kClass:
    case ast::Scope::kClassFree:
      if (frame.class_dict) {
        del_item(frame.class_dict, str(name.id));
        return;
      }
      if (frame.class_names) {
        if (!frame.class_names->erase(name.id)) name_error(frame, name.id);
        return;
      }
      break;
    default:
      break;
  }
  if (frame.function && frame.module->code) demand_name(*frame.module, name.id);
  if (!frame.module->attributes.erase(name.id)) name_error(frame, name.id);
}

// ---- attributes, calls

Value Interpreter::eval_attribute(Frame& frame, const ast::Attribute& node) {
  const Value value = eval(frame, node.value);
  frame.span = node.attr_span.end > 0 ? node.attr_span : node.span;
  return get_attr(value, node.attr);
}

std::string Interpreter::callee_name(Value callee) {
  if (const BoundMethod* method = callee.get<BoundMethod>()) return callee_name(method->function);
  if (const Function* function = callee.get<Function>()) {
    return function->module->name + "." + function->qualname + "()";
  }
  if (const NativeFunction* function = callee.get<NativeFunction>()) {
    return std::string(function->name) + "()";
  }
  if (const Class* cls = callee.get<Class>()) {
    return (cls->module == "builtins" ? "" : cls->module + ".") + cls->qualname + "()";
  }
  return type_of(callee)->name + " object";
}

void Interpreter::positional_arguments(Frame& frame, ast::ExprList given, ValueBuffer& args,
                                       Value callee) {
  for (const ast::Expr* arg : given) {
    if (arg->kind != ast::ExprKind::kStarred) {
      args.push_back(eval(frame, arg));
      continue;
    }
    const ast::Expr* inner = ast::as<ast::Starred>(arg).value;
    const Value value = eval(frame, inner);
    frame.span = inner->span;
    std::vector<Value> items;
    unpack_arguments(value, callee, items);
    for (const Value& item : items) args.push_back(item);
  }
}

void Interpreter::unpack_arguments(Value value, Value callee, std::vector<Value>& into) {
  if (!is_iterable(value)) {
    ev.type_error((callee ? callee_name(callee) + " argument" : std::string("Value")) +
                  " after * must be an iterable, not " + type_of(value)->name);
  }
  collect(value, into);
}

void Interpreter::keyword_arguments(Frame& frame, std::span<const ast::Keyword> given,
                                    NamedBuffer& keywords, Value callee) {
  bool check = false;
  const auto add = [&](std::string_view name, Value value) {
    if (check) {
      for (const NamedValue& other : keywords.span()) {
        if (other.name == name) {
          ev.type_error(callee_name(callee) + " got multiple values for keyword argument '" +
                        std::string(name) + "'");
        }
      }
    }
    keywords.push_back({name, value});
  };
  for (const ast::Keyword& keyword : given) {
    const Value value = eval(frame, keyword.value);
    if (!keyword.name.empty()) {
      add(keyword.name, value);
      continue;
    }
    check = true;
    frame.span = keyword.value->span;
    if (const Unknown* unknown_map = value.get<Unknown>()) refuse(*unknown_map, "** in a call");
    if (const Dict* dict = value.get<Dict>(); dict && !dict->extension()) {
      for (std::size_t i = 0; i < dict->entries().size(); ++i) {
        const Dict::Entry entry = dict->entries()[i];
        if (!entry.key) continue;
        if (!entry.key.is_str()) ev.type_error("keywords must be strings");
        add(entry.key.as_str(), entry.value);
      }
      continue;
    }
    const Value keys = find_attr(value, "keys");
    if (!keys) {
      ev.type_error(callee_name(callee) + " argument after ** must be a mapping, not " +
                    type_of(value)->name);
    }
    std::vector<Value> names;
    collect(call(keys, {}, {}), names);
    for (const Value& name : names) {
      if (!name.is_str()) ev.type_error("keywords must be strings");
      add(name.as_str(), get_item(value, name));
    }
  }
}

Value Interpreter::eval_call(Frame& frame, const ast::Call& node, CallUse use) {
  Method method;
  if (node.function->kind == ast::ExprKind::kAttribute) {
    const auto& attribute = ast::as<ast::Attribute>(node.function);
    const Value self = eval(frame, attribute.value);
    frame.span = attribute.attr_span.end > 0 ? attribute.attr_span : attribute.span;
    method = find_method(self, attribute.attr);
  } else {
    method.function = eval(frame, node.function);
  }
  ValueBuffer args;
  positional_arguments(frame, node.args, args, method.function);
  NamedBuffer keywords;
  if (!node.keywords.empty()) {
    keyword_arguments(frame, node.keywords, keywords, method.function);
  }
  frame.span = node.span;
  callee_collects =
      use != CallUse::kPart && frame.collects && method.function.is(ObjectKind::kFunction);
  result_unused = use == CallUse::kStatement && method.function.is(ObjectKind::kNativeFunction);
  return call(method, args.span(), keywords.span());
}

// ---- operators

Value Interpreter::eval_binary(Frame& frame, const ast::Binary& node) {
  const Value left = eval(frame, node.left);
  const Value right = eval(frame, node.right);
  frame.span = node.span;
  return binary(node.op, left, right);
}

Value Interpreter::eval_compare(Frame& frame, const ast::Compare& node) {
  Value left = eval(frame, node.left);
  Value result;
  for (std::size_t i = 0; i < node.ops.size(); ++i) {
    const Value right = eval(frame, node.comparators[i]);
    frame.span = node.span;
    result = compare(node.ops[i], left, right);
    if (i + 1 < node.ops.size() && !truthy(result)) return result;
    left = right;
  }
  return result;
}

Value Interpreter::eval_slice(Frame& frame, const ast::Slice& node) {
  const Value lower = node.lower ? eval(frame, node.lower) : Value::none();
  const Value upper = node.upper ? eval(frame, node.upper) : Value::none();
  const Value step = node.step ? eval(frame, node.step) : Value::none();
  return ev.make<Slice>(lower, upper, step);
}

Value Interpreter::eval_subscript(Frame& frame, const ast::Subscript& node) {
  const Value value = eval(frame, node.value);
  const Value key = eval(frame, node.index);
  frame.span = node.span;
  return get_item(value, key);
}

// ---- displays

void Interpreter::expand(Frame& frame, ast::ExprList elements, std::vector<Value>& into) {
  into.reserve(elements.size());
  for (const ast::Expr* element : elements) {
    if (element->kind != ast::ExprKind::kStarred) {
      into.push_back(eval(frame, element));
      continue;
    }
    const ast::Expr* inner = ast::as<ast::Starred>(element).value;
    const Value value = eval(frame, inner);
    frame.span = inner->span;
    unpack_arguments(value, Value(), into);
  }
}

Value Interpreter::eval_sequence(Frame& frame, const ast::Sequence& node) {
  std::vector<Value> items;
  expand(frame, node.elements, items);
  if (node.kind == ast::ExprKind::kTuple) return ev.tuple(std::move(items));
  if (node.kind == ast::ExprKind::kList) return ev.list(std::move(items));
  frame.span = node.span;
  return ev.set(std::move(items));
}

Value Interpreter::eval_dict(Frame& frame, const ast::Dict& node) {
  Dict* dict = ev.dict();
  for (std::size_t i = 0; i < node.values.size(); ++i) {
    if (node.keys[i]) {
      const Value key = eval(frame, node.keys[i]);
      const Value value = eval(frame, node.values[i]);
      frame.span = node.keys[i]->span;
      dict->set(ev, key, value);
      continue;
    }
    const Value other = eval(frame, node.values[i]);
    frame.span = node.values[i]->span;
    update_dict(*dict, other, "'" + type_of(other)->name + "' object is not a mapping");
  }
  return dict;
}

void Interpreter::update_dict(Dict& dict, Value other, const std::string& complaint) {
  if (const Unknown* from = other.get<Unknown>()) refuse(*from, "** in a dict");
  if (const Dict* from = other.get<Dict>(); from && !from->extension()) {
    const std::vector<Dict::Entry> entries = from->entries();
    for (const Dict::Entry& entry : entries) {
      if (entry.key) dict.set(ev, entry.key, entry.hash, entry.value);
    }
    return;
  }
  const Value keys = find_attr(other, "keys");
  if (!keys) ev.type_error(complaint);
  std::vector<Value> names;
  collect(call(keys, {}, {}), names);
  for (const Value& name : names) dict.set(ev, name, get_item(other, name));
}

Value Interpreter::eval_joined(Frame& frame, const ast::JoinedString& node) {
  std::string text;
  for (const ast::StringPart& part : node.parts) {
    if (!part.value) {
      text += part.text;
      continue;
    }
    Value value = eval(frame, part.value);
    frame.span = part.value->span;
    if (const Unknown* from = value.get<Unknown>()) refuse(*from, "the f-string");
    switch (part.conversion) {
      case 'r':
        value = str(repr(value));
        break;
      case 's':
        value = str(to_str(value));
        break;
      case 'a':
        value = str(ascii_escape(repr(value)));
        break;
      default:
        break;
    }
    if (!part.format) {
      text += value.is_str() && !value.object()->extension() ? value.as_str() : format(value, "");
      continue;
    }
    const Value spec = eval_joined(frame, *part.format);
    frame.span = part.value->span;
    text += format(value, spec.as_str());
  }
  return str(std::move(text));
}

// ---- comprehensions

void Interpreter::comprehension_frame(Frame& frame, Frame& inner, const ast::Comprehension& node,
                                      std::vector<Cell*>& closure) {
  capture(frame, *node.scope, closure);
  inner.scope = node.scope;
  inner.module = frame.module;
  inner.source = frame.source;
  inner.comprehension = true;
  inner.closure = closure;
  inner.class_cell = frame.class_cell;
  inner.span = node.span;
  inner.slots.resize(node.scope->slots);
  make_cells(inner);
}

Value Interpreter::eval_comprehension(Frame& frame, const ast::Comprehension& node) {
  const Value source = eval(frame, node.generators.front().iterable);
  frame.span = node.generators.front().iterable->span;
  const Value first = iter(source);
  if (node.what == ast::ComprehensionKind::kGenerator) {
    Generator* generator = ev.make<Generator>(Generator::What::kExpression);
    generator->frame.reset(take_frame());
    generator->name = "<genexpr>";
    generator->qualname = "<genexpr>";
    generator->comprehension = &node;
    comprehension_frame(frame, *generator->frame, node, generator->closure);
    generator->frame->closure = generator->closure;
    generator->iterators.push_back(first);
    return generator;
  }
  struct Lease {
    Interpreter& in;
    Frame* frame;
    ~Lease() { in.give_frame(frame); }
  } lease{*this, take_frame()};
  std::vector<Cell*> closure;
  comprehension_frame(frame, *lease.frame, node, closure);
  Value result;
  switch (node.what) {
    case ast::ComprehensionKind::kList:
      result = ev.list();
      break;
    case ast::ComprehensionKind::kSet:
      result = ev.set();
      break;
    default:
      result = ev.dict();
      break;
  }
  const FrameGuard guard(*this, lease.frame);
  run_comprehension(*lease.frame, node, 0, first, result);
  return result;
}

void Interpreter::run_comprehension(Frame& frame, const ast::Comprehension& node, std::size_t at,
                                    Value iterator, Value result) {
  const ast::Generator& clause = node.generators[at];
  for (;;) {
    step();
    frame.span = clause.iterable->span;
    const Value item = next(iterator);
    if (!item) return;
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
    if (at + 1 < node.generators.size()) {
      const Value source = eval(frame, node.generators[at + 1].iterable);
      frame.span = node.generators[at + 1].iterable->span;
      run_comprehension(frame, node, at + 1, iter(source), result);
      continue;
    }
    const Value element = eval(frame, node.element);
    if (List* list = result.get<List>()) {
      ev.append(*list, element);
    } else if (Set* set = result.get<Set>()) {
      frame.span = node.element->span;
      set->items.set(ev, element, Value::none());
    } else {
      const Value value = eval(frame, node.value);
      frame.span = node.element->span;
      result.get<Dict>()->set(ev, element, value);
    }
  }
}

// ---- assignment

void Interpreter::assign(Frame& frame, const ast::Expr* target, Value value) {
  switch (target->kind) {
    case ast::ExprKind::kName:
      store_name(frame, ast::as<ast::Name>(target), value);
      return;
    case ast::ExprKind::kAttribute: {
      const auto& node = ast::as<ast::Attribute>(target);
      const Value self = eval(frame, node.value);
      frame.span = target->span;
      set_attr(self, node.attr, value);
      return;
    }
    case ast::ExprKind::kSubscript: {
      const auto& node = ast::as<ast::Subscript>(target);
      const Value self = eval(frame, node.value);
      const Value key = eval(frame, node.index);
      frame.span = target->span;
      set_item(self, key, value);
      return;
    }
    case ast::ExprKind::kTuple:
    case ast::ExprKind::kList:
      frame.span = target->span;
      unpack(frame, static_cast<const ast::Sequence*>(target)->elements, value);
      return;
    case ast::ExprKind::kStarred:
      assign(frame, ast::as<ast::Starred>(target).value, value);
      return;
    default:
      ev.raise("SyntaxError", "cannot assign to this expression");
  }
}

void Interpreter::unpack(Frame& frame, ast::ExprList targets, Value value) {
  if (const Unknown* from = value.get<Unknown>()) {
    // `a, b = unknown()`: as many unknown values as there are names.
    for (const ast::Expr* target : targets) {
      if (target->kind == ast::ExprKind::kStarred) refuse(*from, "unpacking");
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      assign(frame, targets[i], unknown(from->origin + "[" + std::to_string(i) + "]"));
    }
    return;
  }
  if (!is_iterable(value)) {
    ev.type_error("cannot unpack non-iterable " + type_of(value)->name + " object");
  }
  std::size_t star = targets.size();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i]->kind == ast::ExprKind::kStarred) star = i;
  }
  std::vector<Value> items;
  if (star < targets.size()) {
    collect(value, items);
  } else {
    // No more is taken from an iterator than is needed to see that there is too much.
    const Value iterator = iter(value);
    while (items.size() <= targets.size()) {
      const Value item = next(iterator);
      if (!item) break;
      items.push_back(item);
    }
  }
  const std::string expected =
      std::to_string(star < targets.size() ? targets.size() - 1 : targets.size());
  if (star < targets.size()) {
    if (items.size() + 1 < targets.size()) {
      ev.value_error("not enough values to unpack (expected at least " + expected + ", got " +
                     std::to_string(items.size()) + ")");
    }
    const std::size_t taken = items.size() - (targets.size() - 1);
    for (std::size_t i = 0; i < star; ++i) assign(frame, targets[i], items[i]);
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(star);
    assign(frame, targets[star], ev.list({begin, begin + static_cast<std::ptrdiff_t>(taken)}));
    for (std::size_t i = star + 1; i < targets.size(); ++i) {
      assign(frame, targets[i], items[i + taken - 1]);
    }
    return;
  }
  if (items.size() > targets.size()) {
    ev.value_error("too many values to unpack (expected " + expected + ")");
  }
  if (items.size() < targets.size()) {
    ev.value_error("not enough values to unpack (expected " + expected + ", got " +
                   std::to_string(items.size()) + ")");
  }
  for (std::size_t i = 0; i < targets.size(); ++i) assign(frame, targets[i], items[i]);
}

void Interpreter::delete_target(Frame& frame, const ast::Expr* target) {
  switch (target->kind) {
    case ast::ExprKind::kName:
      delete_name(frame, ast::as<ast::Name>(target));
      return;
    case ast::ExprKind::kAttribute: {
      const auto& node = ast::as<ast::Attribute>(target);
      const Value self = eval(frame, node.value);
      frame.span = target->span;
      del_attr(self, node.attr);
      return;
    }
    case ast::ExprKind::kSubscript: {
      const auto& node = ast::as<ast::Subscript>(target);
      const Value self = eval(frame, node.value);
      const Value key = eval(frame, node.index);
      frame.span = target->span;
      del_item(self, key);
      return;
    }
    case ast::ExprKind::kTuple:
    case ast::ExprKind::kList:
      for (const ast::Expr* each : static_cast<const ast::Sequence*>(target)->elements) {
        delete_target(frame, each);
      }
      return;
    default:
      ev.raise("SyntaxError", "cannot delete this expression");
  }
}

}  // namespace retort::python
