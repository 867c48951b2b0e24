#include "python/evaluator.h"

#include <algorithm>

#include "python/builtin.h"
#include "python/evaluator_state.h"

namespace retort::python {

// ---- the heap

Interpreter::Interpreter(Evaluator& evaluator, Evaluator::Options o)
    : ev(evaluator), options(std::move(o)) {}

void* Evaluator::allocate(std::size_t size) {
  void* memory = interpreter_->heap.allocate(size);
  interpreter_->check_memory();
  return memory;
}

void Evaluator::adopt(Object* object) { interpreter_->heap.adopt(*object); }

void Evaluator::account(std::size_t bytes) { interpreter_->account(bytes); }

// ---- frames

void Frame::reset() {
  scope = nullptr;
  module = nullptr;
  source = nullptr;
  function = nullptr;
  closure = {};
  slots.clear();
  stack.clear();
  class_names = nullptr;
  class_binder = nullptr;
  comprehension = false;
  collects = false;
  annotation = false;
  class_dict = Value();
  class_name = {};
  class_qualname = {};
  class_annotations = nullptr;
  class_cell = nullptr;
  annotation_scope.reset();
  span = {};
  caller = nullptr;
  handled = Value();
  result = Value();
  resume = nullptr;
  delegate = Value();
  sent = Value();
  thrown = nullptr;
}

Frame* Interpreter::take_frame() {
  if (pool.empty()) return new Frame();
  Frame* frame = pool.back().release();
  pool.pop_back();
  return frame;
}

void Interpreter::give_frame(Frame* frame) {
  frame->reset();
  pool.emplace_back(frame);
}

std::string_view Interpreter::frame_name(const Frame& frame) const {
  if (frame.function) return frame.function->qualname;
  if (frame.comprehension) return "<comprehension>";
  if (frame.class_names) return frame.class_name;
  return "<module>";
}

Place Interpreter::place() const { return top ? place_of(*top, top->span) : Place{}; }

std::vector<CallSite> Interpreter::calls() const {
  constexpr std::size_t kMost = 40;
  std::vector<CallSite> sites;
  // The innermost place is the error's own.
  const Frame* first = top ? top->caller : nullptr;
  for (const Frame* frame = first; frame && sites.size() < kMost; frame = frame->caller) {
    sites.push_back({place_of(*frame, frame->span), std::string(frame_name(*frame))});
  }
  return sites;
}

// ---- the public interface

Evaluator::Evaluator(Options options)
    : interpreter_(std::make_unique<Interpreter>(*this, std::move(options))) {
  Interpreter& in = *interpreter_;
  in.ellipsis = make<Ellipsis>();
  in.not_implemented = make<NotImplemented>();
  in.empty_tuple = make<Tuple>();
  in.empty_str = make<Str>("");
  in.object_class = in.builtin_class("object");
  in.type_class = in.builtin_class("type");
}
Evaluator::~Evaluator() = default;

Value Interpreter::str(std::string text) {
  if (text.empty()) return empty_str;
  account(text.size());
  return ev.make<Str>(std::move(text));
}

Value Evaluator::str(std::string_view text) { return interpreter_->str(text); }
Value Evaluator::str_of(std::string&& text) { return interpreter_->str(std::move(text)); }
Value Evaluator::bytes(std::string_view data) {
  account(data.size());
  return make<Bytes>(std::string(data));
}
Value Evaluator::list(std::vector<Value> items) {
  account(items.size() * sizeof(Value));
  return make<List>(std::move(items));
}
Value Evaluator::tuple(std::vector<Value> items) {
  if (items.empty()) return interpreter_->empty_tuple;
  account(items.size() * sizeof(Value));
  return make<Tuple>(std::move(items));
}
Value Evaluator::record(const Class& cls, std::vector<Value> items) {
  account(items.size() * sizeof(Value));
  auto* made = make<Tuple>(std::move(items));
  made->derive_without_attributes(cls);
  return made;
}
Dict* Evaluator::dict() { return make<Dict>(); }
Set* Evaluator::set(std::vector<Value> items, bool frozen) {
  Set* made = make<Set>(frozen);
  for (Value item : items) made->items.set(*this, item, Value::none());
  return made;
}
Value Evaluator::ellipsis() { return interpreter_->ellipsis; }
Value Evaluator::not_implemented() { return interpreter_->not_implemented; }
Value Evaluator::unknown(std::string origin) { return interpreter_->unknown(std::move(origin)); }
Value Evaluator::bind(Value self, Value function) { return make<BoundMethod>(self, function); }

namespace {
struct FunctionIterator final : Iterator {
  FunctionIterator(std::string_view type_name, std::function<Value(Evaluator&)> n)
      : Iterator(type_name), step(std::move(n)) {}
  Value next(Evaluator& evaluator) override {
    if (done) return {};
    const Value value = step(evaluator);
    if (!value) done = true;
    return value;
  }
  std::function<Value(Evaluator&)> step;
  bool done = false;
};
}  // namespace

Value Evaluator::iterator(std::string_view type_name, std::function<Value(Evaluator&)> next) {
  return make<FunctionIterator>(type_name, std::move(next));
}

NativeFunction* Evaluator::function(std::string_view signature, NativeCall call) {
  return make<NativeFunction>(signature, std::move(call));
}
void Evaluator::define(Module& module, std::string_view signature, NativeCall call) {
  NativeFunction* made = function(signature, std::move(call));
  module.attributes.set(made->name, made);
}
void Evaluator::define(Class& cls, std::string_view signature, NativeCall call) {
  NativeFunction* made = function(signature, std::move(call));
  made->owner = &cls;
  cls.attributes.set(made->name, made);
}
void Evaluator::define_static(Class& cls, std::string_view signature, NativeCall call) {
  NativeFunction* made = function(signature, std::move(call));
  made->owner = &cls;
  cls.attributes.set(made->name, make<StaticMethod>(made));
}
void Evaluator::define_class_method(Class& cls, std::string_view signature, NativeCall call) {
  NativeFunction* made = function(signature, std::move(call));
  made->owner = &cls;
  cls.attributes.set(made->name, make<ClassMethod>(made));
}
void Evaluator::define_constructor(Class& cls, std::string_view parameters, NativeCall call) {
  NativeFunction* made = function("__new__" + std::string(parameters), std::move(call));
  made->owner = &cls;
  made->is_constructor = true;
  cls.attributes.set("__new__", make<StaticMethod>(made));
}
void Evaluator::define_property(Class& cls, std::string_view name,
                                std::function<Value(Evaluator&, Value)> getter,
                                std::function<void(Evaluator&, Value, Value)> setter) {
  Property* property = make<Property>();
  property->getter =
      function("getter(self)", [property](Evaluator& evaluator, Arguments& arguments) {
        return property->native(evaluator, arguments[0]);
      });
  property->native = std::move(getter);
  if (setter) {
    property->setter =
        function("setter(self, value)",
                 [setter = std::move(setter)](Evaluator& evaluator, Arguments& arguments) {
                   setter(evaluator, arguments[0], arguments[1]);
                   return Value::none();
                 });
  }
  cls.attributes.set(name, property);
}

Value Evaluator::call(Value callee, std::span<const Value> args,
                      std::span<const NamedValue> keywords) {
  return interpreter_->call(callee, args, keywords);
}
Value Evaluator::call_collecting(Value callee, std::span<const Value> args,
                                 std::span<const NamedValue> keywords) {
  const Heap::Collecting collecting(interpreter_->heap);
  interpreter_->callee_collects = callee.is(ObjectKind::kFunction);
  return interpreter_->call(callee, args, keywords);
}
Value Evaluator::call_method(Value self, std::string_view name, std::span<const Value> args,
                             std::span<const NamedValue> keywords) {
  return interpreter_->call(interpreter_->find_method(self, name), args, keywords);
}
Value Evaluator::get_attr(Value self, std::string_view name) {
  return interpreter_->get_attr(self, name);
}
Value Evaluator::find_attr(Value self, std::string_view name) {
  return interpreter_->find_attr(self, name);
}
void Evaluator::set_attr(Value self, std::string_view name, Value value) {
  interpreter_->set_attr(self, name, value);
}
void Evaluator::del_attr(Value self, std::string_view name) { interpreter_->del_attr(self, name); }
Value Evaluator::plain_get_attr(Value self, std::string_view name) {
  Value found = interpreter_->find_plain_attr(self, name);
  if (!found) found = interpreter_->unknown_attr(self, name);
  if (!found) interpreter_->no_attribute(self, name);
  return found;
}
void Evaluator::plain_set_attr(Value self, std::string_view name, Value value) {
  interpreter_->set_plain_attr(self, name, value);
}
Attributes* Evaluator::attributes(Value self) { return interpreter_->own_attributes(self); }

Value Evaluator::get_item(Value self, Value key) { return interpreter_->get_item(self, key); }
void Evaluator::set_item(Value self, Value key, Value value) {
  interpreter_->set_item(self, key, value);
}
void Evaluator::del_item(Value self, Value key) { interpreter_->del_item(self, key); }
bool Evaluator::truthy(Value value) { return interpreter_->truthy(value); }
bool Evaluator::equal(Value a, Value b) { return interpreter_->equal(a, b); }
bool Evaluator::less(Value a, Value b) {
  return truthy(interpreter_->compare(ast::CompareOp::kLt, a, b));
}
Value Evaluator::compare(ast::CompareOp op, Value left, Value right) {
  return interpreter_->compare(op, left, right);
}
bool Evaluator::contains(Value container, Value item) {
  return interpreter_->contains(container, item);
}
std::size_t Evaluator::hash(Value value) { return interpreter_->hash(value); }
std::int64_t Evaluator::length(Value value) { return interpreter_->length(value); }
std::string Evaluator::to_str(Value value) { return interpreter_->to_str(value); }
std::string Evaluator::repr(Value value) { return interpreter_->repr(value); }
std::string Evaluator::format(Value value, std::string_view spec) {
  return interpreter_->format(value, spec);
}
Value Evaluator::binary(ast::BinaryOp op, Value left, Value right) {
  return interpreter_->binary(op, left, right);
}
Value Evaluator::unary(ast::UnaryOp op, Value operand) { return interpreter_->unary(op, operand); }
Value Evaluator::iter(Value iterable) { return interpreter_->iter(iterable); }
Value Evaluator::next(Value iterator) { return interpreter_->next(iterator); }
void Evaluator::iterate(Value iterable, const std::function<bool(Value)>& each) {
  interpreter_->each(iterable, each);
}
std::vector<Value> Evaluator::items(Value iterable) {
  std::vector<Value> values;
  interpreter_->collect(iterable, values);
  return values;
}
Class* Evaluator::type_of(Value value) { return interpreter_->type_of(value); }
std::string Evaluator::type_name(Value value) { return interpreter_->type_of(value)->name; }
bool Evaluator::is_instance(Value value, const Class* cls) {
  return interpreter_->type_of(value)->is_subclass_of(cls);
}
Value Evaluator::builtin(std::string_view name) { return interpreter_->builtin(name); }
std::int64_t Evaluator::index(Value value) {
  if (const auto index = interpreter_->as_index(value)) return *index;
  if (value.is(ObjectKind::kBigInt)) {
    raise("OverflowError", "Python int too large to convert to C ssize_t");
  }
  type_error("'" + type_name(value) + "' object cannot be interpreted as an integer");
}
Value Evaluator::plain_number(Value value) {
  if (const Number* number = value.get<Number>()) return number->value;
  return value;
}

Place Evaluator::place() const { return interpreter_->place(); }
std::vector<CallSite> Evaluator::calls() const { return interpreter_->calls(); }
void Evaluator::refuse_unknown(const Unknown& value, std::string_view what_for) {
  interpreter_->refuse(value, what_for);
}

Module* Evaluator::current_module() const {
  return interpreter_->top ? interpreter_->top->module : nullptr;
}

std::string Evaluator::calling_file() const {
  for (const Frame* frame = interpreter_->top; frame; frame = frame->caller) {
    if (!frame->source || !*frame->source) continue;
    const std::string& path = (*frame->source)->path();
    if (!path.starts_with('<')) return path;
  }
  return {};
}

Value Evaluator::globals() {
  Module* module = current_module();
  return module ? interpreter_->attributes_dict(module) : Value(dict());
}

Value Evaluator::locals() {
  const Frame* frame = interpreter_->top;
  if (!frame || (!frame->function && !frame->class_names)) return globals();
  Dict* names = dict();
  if (frame->class_names) {
    for (const auto& [name, value] : frame->class_names->items()) {
      names->set(*this, str(name), value);
    }
    return names;
  }
  for (std::size_t i = 0; i < frame->slots.size(); ++i) {
    Value value = frame->slots[i];
    if (const Cell* cell = value.get<Cell>()) value = cell->value;
    if (value && i < frame->scope->slot_names.size()) {
      names->set(*this, str(frame->scope->slot_names[i]), interpreter_->resolve(value, nullptr));
    }
  }
  return names;
}

}  // namespace retort::python
