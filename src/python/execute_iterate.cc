#include <array>

#include "python/evaluator_state.h"
#include "python/value_text.h"

// Iteration over values.
namespace retort::python {

namespace {

struct ListIterator final : Iterator {
  explicit ListIterator(List* l) : Iterator("list_iterator"), owner(l), list(l) {}
  Value next(Evaluator&) override {
    if (!list) return {};
    if (at < list->items.size()) return list->items[at++];
    list = nullptr;
    return {};
  }
  const Value owner;
  List* list;
  std::size_t at = 0;
};

struct TupleIterator final : Iterator {
  explicit TupleIterator(Tuple* t) : Iterator("tuple_iterator"), owner(t), tuple(t) {}
  Value next(Evaluator&) override {
    return at < tuple->items.size() ? tuple->items[at++] : Value();
  }
  const Value owner;
  Tuple* tuple;
  std::size_t at = 0;
};

struct RangeIterator final : Iterator {
  explicit RangeIterator(Range* r)
      : Iterator("range_iterator"), owner(r), range(r), length(r->length()) {}
  Value next(Evaluator&) override {
    return at < length ? Value::integer(range->at(at++)) : Value();
  }
  const Value owner;
  const Range* range;
  const std::int64_t length;
  std::int64_t at = 0;
};

struct StrIterator final : Iterator {
  explicit StrIterator(Str* s) : Iterator("str_iterator"), owner(s), text(s) {}
  Value next(Evaluator& evaluator) override {
    if (at >= text->text.size()) return {};
    std::size_t bytes = 1;
    decode_point(std::string_view(text->text).substr(at), bytes);
    const Value character = evaluator.str(std::string_view(text->text).substr(at, bytes));
    at += bytes;
    return character;
  }
  const Value owner;
  const Str* text;
  std::size_t at = 0;
};

struct BytesIterator final : Iterator {
  explicit BytesIterator(Bytes* b) : Iterator("bytes_iterator"), owner(b), bytes(b) {}
  Value next(Evaluator&) override {
    if (at >= bytes->data.size()) return {};
    return Value::integer(static_cast<unsigned char>(bytes->data[at++]));
  }
  const Value owner;
  const Bytes* bytes;
  std::size_t at = 0;
};

struct DictIterator final : Iterator {
  DictIterator(std::string_view type, Value o, const Dict* d, DictView::What w, const char* c)
      : Iterator(type), owner(std::move(o)), dict(d), what(w), size(d->size()), changed(c) {}
  Value next(Evaluator& evaluator) override {
    if (!dict) return {};
    if (dict->size() != size) {
      dict = nullptr;
      evaluator.raise("RuntimeError", changed);
    }
    while (at < dict->entries().size()) {
      const Dict::Entry& entry = dict->entries()[at++];
      if (!entry.key) continue;
      switch (what) {
        case DictView::What::kKeys:
          return entry.key;
        case DictView::What::kValues:
          return entry.value;
        case DictView::What::kItems:
          return evaluator.tuple({entry.key, entry.value});
      }
    }
    dict = nullptr;
    return {};
  }
  const Value owner;  // of a set: not the dictionary itself
  const Dict* dict;
  const DictView::What what;
  const std::size_t size;
  const char* const changed;
  std::size_t at = 0;
};

constexpr const char* kDictChanged = "dictionary changed size during iteration";
constexpr const char* kSetChanged = "Set changed size during iteration";

// An object with __getitem__ alone.
struct SequenceIterator final : Iterator {
  explicit SequenceIterator(Value s) : Iterator("iterator"), sequence(s) {}
  Value next(Evaluator& evaluator) override {
    if (!sequence) return {};
    try {
      return evaluator.get_item(sequence, Value::integer(at++));
    } catch (const Raised& raised) {
      const Class* cls = raised.exception->cls;
      if (!cls->is_subclass_of(evaluator.builtin_class("IndexError")) &&
          !cls->is_subclass_of(evaluator.builtin_class("StopIteration"))) {
        throw;
      }
      sequence = Value();
      return {};
    }
  }
  Value sequence;
  std::int64_t at = 0;
};

}  // namespace

Value Interpreter::plain_iter(Value value) {
  if (!value.is_object()) return {};
  Object* object = value.object();
  switch (object->kind) {
    case ObjectKind::kList:
      return ev.make<ListIterator>(static_cast<List*>(object));
    case ObjectKind::kTuple:
      return ev.make<TupleIterator>(static_cast<Tuple*>(object));
    case ObjectKind::kRange:
      return ev.make<RangeIterator>(static_cast<Range*>(object));
    case ObjectKind::kStr:
      return ev.make<StrIterator>(static_cast<Str*>(object));
    case ObjectKind::kBytes:
      return ev.make<BytesIterator>(static_cast<Bytes*>(object));
    case ObjectKind::kDict:
      return ev.make<DictIterator>("dict_keyiterator", value, static_cast<Dict*>(object),
                                   DictView::What::kKeys, kDictChanged);
    case ObjectKind::kSet:
      return ev.make<DictIterator>("set_iterator", value, &static_cast<Set*>(object)->items,
                                   DictView::What::kKeys, kSetChanged);
    case ObjectKind::kDictView: {
      const DictView* view = static_cast<DictView*>(object);
      static constexpr std::array<std::string_view, 3> kTypes = {
          "dict_keyiterator", "dict_valueiterator", "dict_itemiterator"};
      return ev.make<DictIterator>(kTypes[static_cast<std::size_t>(view->what)], value, view->dict,
                                   view->what, kDictChanged);
    }
    case ObjectKind::kIterator:
      return value;
    case ObjectKind::kGenerator:
      if (static_cast<Generator*>(object)->what == Generator::What::kCoroutine) return {};
      return value;
    default:
      return {};
  }
}

bool Interpreter::is_iterable(Value value) {
  if (!value.is_object()) return false;
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "the iteration");
  if (has_special(value)) {
    const Method method = special(value, "__iter__");
    if (method.function) return !method.function.is_none();
    if (special(value, "__getitem__").function && !value.is(ObjectKind::kClass)) return true;
  }
  switch (value.object()->kind) {
    case ObjectKind::kList:
    case ObjectKind::kTuple:
    case ObjectKind::kRange:
    case ObjectKind::kStr:
    case ObjectKind::kBytes:
    case ObjectKind::kDict:
    case ObjectKind::kSet:
    case ObjectKind::kDictView:
    case ObjectKind::kIterator:
      return true;
    case ObjectKind::kGenerator:
      return static_cast<Generator*>(value.object())->what != Generator::What::kCoroutine;
    default:
      return static_cast<bool>(type_of(value)->lookup("__iter__"));
  }
}

Value Interpreter::iter(Value iterable) {
  if (has_special(iterable)) {
    const Method method = special(iterable, "__iter__");
    if (method.function && !method.function.is_none()) {
      const Value iterator = call_special(method, {});
      if (const Unknown* from = iterator.get<Unknown>()) refuse(*from, "the iteration");
      if (!iterator.is(ObjectKind::kIterator) && !iterator.is(ObjectKind::kGenerator) &&
          !special(iterator, "__next__").function) {
        ev.type_error("iter() returned non-iterator of type '" + type_of(iterator)->name + "'");
      }
      return iterator;
    }
    if (!method.function && !iterable.is(ObjectKind::kClass) &&
        special(iterable, "__getitem__").function && !plain_iter(iterable)) {
      return ev.make<SequenceIterator>(iterable);
    }
  }
  if (const Value iterator = plain_iter(iterable)) return iterator;
  if (const Unknown* from = iterable.get<Unknown>()) refuse(*from, "the iteration");
  if (type_of(iterable)->unknown_base && iterable.is(ObjectKind::kInstance)) {
    refuse(*type_of(iterable)->unknown_base, "the iteration");
  }
  ev.type_error("'" + type_of(iterable)->name + "' object is not iterable");
}

Value Interpreter::next(Value iterator) {
  if (iterator.is_object()) {
    Object* object = iterator.object();
    if (object->kind == ObjectKind::kIterator) {
      enter_call();  // one may ask another, which asks another
      return static_cast<Iterator*>(object)->next(ev);
    }
    if (object->kind == ObjectKind::kGenerator) {
      return resume(*static_cast<Generator*>(object), Value(), nullptr);
    }
    if (const Unknown* from = iterator.get<Unknown>()) refuse(*from, "the iteration");
    if (has_special(iterator)) {
      Value returned;
      if (special(iterator, "__next__").function) {
        return next_or_return(iterator, Value(), returned);
      }
    }
  }
  ev.type_error("'" + type_of(iterator)->name + "' object is not an iterator");
}

bool Interpreter::each(Value iterable, const std::function<bool(Value)>& visit) {
  const Value iterator = iter(iterable);
  for (;;) {
    step();
    const Value item = next(iterator);
    if (!item) return true;
    if (!visit(item)) return false;
  }
}

void Interpreter::collect(Value iterable, std::vector<Value>& into) {
  if (iterable.is_object() && !iterable.object()->extension()) {
    if (const List* list = iterable.get<List>()) {
      into.insert(into.end(), list->items.begin(), list->items.end());
      return;
    }
    if (const Tuple* tuple = iterable.get<Tuple>()) {
      into.insert(into.end(), tuple->items.begin(), tuple->items.end());
      return;
    }
  }
  const Value iterator = iter(iterable);
  for (;;) {
    step();
    const Value item = next(iterator);
    if (!item) return;
    if ((into.size() & 0xFF) == 0xFF) ev.account(256 * sizeof(Value));
    into.push_back(item);
  }
}

}  // namespace retort::python
