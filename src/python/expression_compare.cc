#include <array>
#include <cmath>

#include "python/evaluator_state.h"

// Comparison, hash, truth, membership and length.
namespace retort::python {

namespace {

using ast::CompareOp;

constexpr std::array<const char*, 10> kSymbols = {"==", "!=", "<",      "<=", ">",
                                                  ">=", "is", "is not", "in", "not in"};
constexpr std::array<const char*, 6> kMethods = {"__eq__", "__ne__", "__lt__",
                                                 "__le__", "__gt__", "__ge__"};

CompareOp reflected(CompareOp op) {
  switch (op) {
    case CompareOp::kLt:
      return CompareOp::kGt;
    case CompareOp::kLtE:
      return CompareOp::kGtE;
    case CompareOp::kGt:
      return CompareOp::kLt;
    case CompareOp::kGtE:
      return CompareOp::kLtE;
    default:
      return op;
  }
}

template <typename Order>
bool holds(CompareOp op, Order order) {
  switch (op) {
    case CompareOp::kEq:
      return order == 0;
    case CompareOp::kNotEq:
      return order != 0;
    case CompareOp::kLt:
      return order < 0;
    case CompareOp::kLtE:
      return order <= 0;
    case CompareOp::kGt:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace

std::string_view compare_symbol(ast::CompareOp op) {
  return kSymbols[static_cast<std::size_t>(op)];
}

Value Interpreter::compare(ast::CompareOp op, Value left, Value right) {
  switch (op) {
    case CompareOp::kIs:
    case CompareOp::kIsNot: {
      if (!identical(left, right)) {
        for (const Value& value : {left, right}) {
          const Unknown* from = value.get<Unknown>();
          if (from && !from->imported) refuse(*from, "the comparison");
        }
      }
      return Value::boolean(identical(left, right) == (op == CompareOp::kIs));
    }
    case CompareOp::kIn:
      return Value::boolean(contains(right, left));
    case CompareOp::kNotIn:
      return Value::boolean(!contains(right, left));
    default:
      return rich_compare(op, left, right);
  }
}

Value Interpreter::rich_compare(ast::CompareOp op, Value left, Value right) {
  if (left.is_int() && right.is_int()) {
    return Value::boolean(holds(op, left.as_int() <=> right.as_int()));
  }
  const bool left_special = has_special(left);
  const bool right_special = has_special(right);
  if (left_special || right_special) {
    const auto attempt = [&](Value self, CompareOp as, Value other) -> Value {
      const Method method = special(self, kMethods[static_cast<std::size_t>(as)]);
      if (method.function && !method.function.is_none()) {
        const Value result = call_special(method, std::span(&other, 1));
        if (!identical(result, not_implemented)) return result;
        return {};
      }
      // Without __ne__ the answer of __eq__ counts, inverted.
      if (as != CompareOp::kNotEq) return {};
      const Method equal_method = special(self, "__eq__");
      if (!equal_method.function || equal_method.function.is_none()) return {};
      const Value result = call_special(equal_method, std::span(&other, 1));
      if (identical(result, not_implemented)) return {};
      return Value::boolean(!truthy(result));
    };
    Class* left_class = type_of(left);
    Class* right_class = type_of(right);
    const bool right_first =
        right_special && right_class != left_class && right_class->is_subclass_of(left_class);
    if (right_first) {
      if (const Value result = attempt(right, reflected(op), left)) return result;
    }
    if (left_special) {
      if (const Value result = attempt(left, op, right)) return result;
    }
    if (right_special && !right_first) {
      if (const Value result = attempt(right, reflected(op), left)) return result;
    }
  }
  for (const Value& value : {left, right}) {
    if (const Unknown* from = value.get<Unknown>()) refuse(*from, "the comparison");
  }
  if (const auto result = plain_compare(op, left, right)) return Value::boolean(*result);
  if (op == CompareOp::kEq || op == CompareOp::kNotEq) {
    return Value::boolean(identical(left, right) == (op == CompareOp::kEq));
  }
  ev.type_error("'" + std::string(compare_symbol(op)) + "' not supported between instances of '" +
                type_of(left)->name + "' and '" + type_of(right)->name + "'");
}

namespace {

std::optional<bool> compare_items(Interpreter& in, CompareOp op, const std::vector<Value>& a,
                                  const std::vector<Value>& b) {
  if ((op == CompareOp::kEq || op == CompareOp::kNotEq) && a.size() != b.size()) {
    return op == CompareOp::kNotEq;
  }
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const Value x = a[i];
    const Value y = b[i];
    if (in.equal(x, y)) continue;
    if (op == CompareOp::kEq) return false;
    if (op == CompareOp::kNotEq) return true;
    return in.truthy(in.compare(op, x, y));
  }
  return holds(op, a.size() <=> b.size());
}

bool subset(Interpreter& in, const Set& a, const Set& b) {
  if (a.items.size() > b.items.size()) return false;
  for (const Dict::Entry& entry : a.items.entries()) {
    if (entry.key && !b.items.find(in.ev, entry.key, entry.hash)) return false;
  }
  return true;
}

bool compare_sets(Interpreter& in, CompareOp op, const Set& a, const Set& b) {
  switch (op) {
    case CompareOp::kEq:
      return a.items.size() == b.items.size() && subset(in, a, b);
    case CompareOp::kNotEq:
      return a.items.size() != b.items.size() || !subset(in, a, b);
    case CompareOp::kLt:
      return a.items.size() < b.items.size() && subset(in, a, b);
    case CompareOp::kLtE:
      return subset(in, a, b);
    case CompareOp::kGt:
      return b.items.size() < a.items.size() && subset(in, b, a);
    default:
      return subset(in, b, a);
  }
}

bool same_dicts(Interpreter& in, const Dict& a, const Dict& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.entries().size(); ++i) {
    const Dict::Entry entry = a.entries()[i];
    if (!entry.key) continue;
    const Value other = b.find(in.ev, entry.key, entry.hash);
    if (!other || !in.equal(entry.value, other)) return false;
  }
  return true;
}

}  // namespace

// Of built-in values as such; nullopt: they can't be compared so.
std::optional<bool> Interpreter::plain_compare(ast::CompareOp op, Value left, Value right) {
  left = ev.plain_number(left);
  right = ev.plain_number(right);
  if (const auto order = number_compare(left, right)) return holds(op, *order);
  if (!left.is_object() || !right.is_object()) return std::nullopt;
  const bool equality = op == CompareOp::kEq || op == CompareOp::kNotEq;
  if (left.is_str() && right.is_str()) {
    return holds(op, left.as_str().compare(right.as_str()) <=> 0);  // UTF-8 sorts as code points
  }
  if (const Bytes* a = left.get<Bytes>()) {
    const Bytes* b = right.get<Bytes>();
    if (b) return holds(op, a->data.compare(b->data) <=> 0);
  }
  if (const List* a = left.get<List>()) {
    if (const List* b = right.get<List>()) {
      enter_call();
      return compare_items(*this, op, a->items, b->items);
    }
  }
  if (const Tuple* a = left.get<Tuple>()) {
    if (const Tuple* b = right.get<Tuple>()) {
      enter_call();
      return compare_items(*this, op, a->items, b->items);
    }
  }
  if (const Dict* a = left.get<Dict>(); a && equality) {
    if (const Dict* b = right.get<Dict>()) {
      enter_call();
      return same_dicts(*this, *a, *b) == (op == CompareOp::kEq);
    }
  }
  const auto as_set = [&](Value v) -> const Set* {
    if (const Set* set = v.get<Set>()) return set;
    const DictView* view = v.get<DictView>();
    if (!view || view->what == DictView::What::kValues) return nullptr;
    std::vector<Value> items;
    collect(v, items);
    return ev.set(std::move(items));
  };
  if (const Set* a = as_set(left)) {
    if (const Set* b = as_set(right)) return compare_sets(*this, op, *a, *b);
  }
  if (const Range* a = left.get<Range>(); a && equality) {
    if (const Range* b = right.get<Range>()) {
      const std::int64_t length = a->length();
      const bool same =
          length == b->length() &&
          (length == 0 || (a->begin == b->begin && (length == 1 || a->step == b->step)));
      return same == (op == CompareOp::kEq);
    }
  }
  if (const Slice* a = left.get<Slice>(); a && equality) {
    if (const Slice* b = right.get<Slice>()) {
      const bool same =
          equal(a->lower, b->lower) && equal(a->upper, b->upper) && equal(a->step, b->step);
      return same == (op == CompareOp::kEq);
    }
  }
  if (const BoundMethod* a = left.get<BoundMethod>(); a && equality) {
    if (const BoundMethod* b = right.get<BoundMethod>()) {
      const bool same = identical(a->self, b->self) && identical(a->function, b->function);
      return same == (op == CompareOp::kEq);
    }
  }
  if (equality && is_alias(left) && type_of(left) == type_of(right)) {
    const bool same = same_alias(left, right);
    return same == (op == CompareOp::kEq);
  }
  return std::nullopt;
}

bool Interpreter::equal(Value a, Value b) {
  if (identical(a, b) && !a.is(ObjectKind::kUnknown)) return true;
  return truthy(rich_compare(CompareOp::kEq, a, b));
}

// ---- hash

std::size_t Interpreter::hash(Value value) {
  switch (value.tag()) {
    case Value::Tag::kObject:
      break;
    case Value::Tag::kInt:
    case Value::Tag::kBool:
    case Value::Tag::kFloat:
      return number_hash(value);
    default:
      return 0xFCA86420u;
  }
  if (has_special(value) && !value.is(ObjectKind::kClass)) {
    const Method method = special(value, "__hash__");
    if (method.function.is_none()) {
      ev.type_error("unhashable type: '" + type_of(value)->name + "'");
    }
    if (method.function) {
      const Value result = ev.plain_number(call_special(method, {}));
      if (!result.is_int() && !result.is_bool() && !result.is(ObjectKind::kBigInt)) {
        ev.type_error("__hash__ method should return an integer");
      }
      return number_hash(result);
    }
  }
  return plain_hash(value);
}

std::size_t Interpreter::plain_hash(Value value) {
  if (!value.is_object()) return hash(value);
  Object* object = value.object();
  switch (object->kind) {
    case ObjectKind::kStr:
      return std::hash<std::string_view>()(value.as_str());
    case ObjectKind::kBytes:
      return std::hash<std::string_view>()(static_cast<Bytes*>(object)->data) ^ 1;
    case ObjectKind::kBigInt:
      return number_hash(value);
    case ObjectKind::kNumber:
      return hash(static_cast<Number*>(object)->value);
    case ObjectKind::kTuple: {
      enter_call();  // a tuple in a tuple in a tuple
      std::size_t mixed = 0x345678;
      for (const Value& item : static_cast<Tuple*>(object)->items) {
        mixed = (mixed ^ hash(item)) * 1000003u + 82520u;
      }
      return mixed;
    }
    case ObjectKind::kSet: {
      const Set* set = static_cast<Set*>(object);
      if (!set->frozen) break;
      std::size_t mixed = 1927868237u;
      for (const Dict::Entry& entry : set->items.entries()) {
        if (entry.key) mixed ^= (entry.hash ^ 89869747u) * 3644798167u;
      }
      return mixed;
    }
    case ObjectKind::kRange: {
      const Range* range = static_cast<Range*>(object);
      return static_cast<std::size_t>(range->length() * 31 + (range->length() ? range->begin : 0));
    }
    case ObjectKind::kBoundMethod: {
      const BoundMethod* method = static_cast<BoundMethod*>(object);
      return (method->self.is_object() ? method->self.object()->serial : 0) * 31u +
             method->function.object()->serial;
    }
    case ObjectKind::kInstance:
      if (is_alias(value)) return std::hash<std::string>()(repr(value));
      return object->serial * 16u;
    case ObjectKind::kList:
    case ObjectKind::kDict:
    case ObjectKind::kSlice:
    case ObjectKind::kDictView:
      break;
    default:
      return object->serial * 16u;
  }
  ev.type_error("unhashable type: '" + type_of(value)->name + "'");
}

// ---- truth, membership, length

bool Interpreter::truthy(Value value) {
  switch (value.tag()) {
    case Value::Tag::kAbsent:
    case Value::Tag::kNone:
      return false;
    case Value::Tag::kBool:
    case Value::Tag::kInt:
      return value.as_int() != 0;
    case Value::Tag::kFloat:
      return value.as_float() != 0;
    case Value::Tag::kObject:
      break;
  }
  if (has_special(value)) {
    if (const Method method = special(value, "__bool__"); method.function) {
      const Value result = call_special(method, {});
      if (const Unknown* from = result.get<Unknown>()) refuse(*from, "the condition");
      if (!result.is_bool()) {
        ev.type_error("__bool__ should return bool, returned " + type_of(result)->name);
      }
      return result.as_bool();
    }
    if (special(value, "__len__").function) return length(value) != 0;
    if (type_of(value)->unknown_base && value.is(ObjectKind::kInstance)) return true;
  }
  Object* object = value.object();
  switch (object->kind) {
    case ObjectKind::kStr:
      return !value.as_str().empty();
    case ObjectKind::kBytes:
      return !static_cast<Bytes*>(object)->data.empty();
    case ObjectKind::kList:
      return !static_cast<List*>(object)->items.empty();
    case ObjectKind::kTuple:
      return !static_cast<Tuple*>(object)->items.empty();
    case ObjectKind::kDict:
      return static_cast<Dict*>(object)->size() != 0;
    case ObjectKind::kSet:
      return static_cast<Set*>(object)->items.size() != 0;
    case ObjectKind::kRange:
      return static_cast<Range*>(object)->length() != 0;
    case ObjectKind::kDictView:
      return static_cast<DictView*>(object)->dict->size() != 0;
    case ObjectKind::kNumber:
      return truthy(static_cast<Number*>(object)->value);
    case ObjectKind::kUnknown:
      refuse(*static_cast<Unknown*>(object), "the condition");
    default:
      return true;
  }
}

std::optional<std::int64_t> Interpreter::plain_length(Value value) {
  if (!value.is_object()) return std::nullopt;
  Object* object = value.object();
  switch (object->kind) {
    case ObjectKind::kStr:
      return static_cast<Str*>(object)->length();
    case ObjectKind::kBytes:
      return static_cast<Bytes*>(object)->data.size();
    case ObjectKind::kList:
      return static_cast<List*>(object)->items.size();
    case ObjectKind::kTuple:
      return static_cast<Tuple*>(object)->items.size();
    case ObjectKind::kDict:
      return static_cast<Dict*>(object)->size();
    case ObjectKind::kSet:
      return static_cast<Set*>(object)->items.size();
    case ObjectKind::kRange:
      return static_cast<Range*>(object)->length();
    case ObjectKind::kDictView:
      return static_cast<DictView*>(object)->dict->size();
    default:
      return std::nullopt;
  }
}

std::int64_t Interpreter::length(Value value) {
  if (has_special(value)) {
    if (const Method method = special(value, "__len__"); method.function) {
      const Value result = call_special(method, {});
      if (const Unknown* from = result.get<Unknown>()) refuse(*from, "len()");
      const auto size = as_index(result);
      if (!size) {
        ev.type_error("'" + type_of(result)->name + "' object cannot be interpreted as an integer");
      }
      if (*size < 0) ev.value_error("__len__() should return >= 0");
      return *size;
    }
  }
  if (const auto size = plain_length(value)) return *size;
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "len()");
  ev.type_error("object of type '" + type_of(value)->name + "' has no len()");
}

bool Interpreter::contains(Value container, Value item) {
  if (has_special(container)) {
    const Method method = special(container, "__contains__");
    if (method.function && !method.function.is_none()) {
      return truthy(call_special(method, std::span(&item, 1)));
    }
    if (const Method each_method = special(container, "__iter__"); each_method.function) {
      bool found = false;
      each(container, [&](Value other) {
        found = equal(other, item);
        return !found;
      });
      return found;
    }
  }
  return plain_contains(container, item);
}

bool Interpreter::plain_contains(Value container, Value item) {
  if (container.is_object()) {
    Object* object = container.object();
    const auto among = [&](const std::vector<Value>& items) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (equal(items[i], item)) return true;
      }
      return false;
    };
    switch (object->kind) {
      case ObjectKind::kStr:
        if (const Unknown* from = item.get<Unknown>()) refuse(*from, "the test with 'in'");
        if (!item.is_str()) {
          ev.type_error("'in <string>' requires string as left operand, not " +
                        type_of(item)->name);
        }
        return container.as_str().find(item.as_str()) != std::string::npos;
      case ObjectKind::kBytes: {
        const std::string& data = static_cast<Bytes*>(object)->data;
        if (const Bytes* part = item.get<Bytes>())
          return data.find(part->data) != std::string::npos;
        if (const auto byte = as_index(item)) {
          return data.find(static_cast<char>(*byte)) != std::string::npos;
        }
        ev.type_error("a bytes-like object is required, not '" + type_of(item)->name + "'");
      }
      case ObjectKind::kList:
        return among(static_cast<List*>(object)->items);
      case ObjectKind::kTuple:
        return among(static_cast<Tuple*>(object)->items);
      case ObjectKind::kDict:
        return static_cast<bool>(static_cast<Dict*>(object)->find(ev, item));
      case ObjectKind::kSet: {
        const Set* inner = item.get<Set>();
        if (inner && !inner->frozen) {
          std::vector<Value> items;
          collect(item, items);
          item = ev.set(std::move(items), true);
        }
        return static_cast<bool>(static_cast<Set*>(object)->items.find(ev, item));
      }
      case ObjectKind::kRange: {
        const Range* range = static_cast<Range*>(object);
        const Value number = ev.plain_number(item);
        std::int64_t n = 0;
        if (number.is_int() || number.is_bool()) {
          n = number.as_int();
        } else if (number.is_float() && number.as_float() == std::floor(number.as_float()) &&
                   std::abs(number.as_float()) < 9e18) {
          n = static_cast<std::int64_t>(number.as_float());
        } else {
          return false;
        }
        const std::int64_t offset = n - range->begin;
        return offset % range->step == 0 && offset / range->step >= 0 &&
               offset / range->step < range->length();
      }
      case ObjectKind::kDictView: {
        const DictView* view = static_cast<DictView*>(object);
        if (view->what == DictView::What::kKeys) {
          return static_cast<bool>(view->dict->find(ev, item));
        }
        break;
      }
      case ObjectKind::kUnknown:
        refuse(*static_cast<Unknown*>(object), "the test with 'in'");
      default:
        break;
    }
  }
  if (!is_iterable(container)) {
    ev.type_error("argument of type '" + type_of(container)->name + "' is not iterable");
  }
  bool found = false;
  each(container, [&](Value other) {
    found = equal(other, item);
    return !found;
  });
  return found;
}

}  // namespace retort::python
