#include <array>

#include "python/builtin.h"
#include "python/evaluator_state.h"

// Binary operators (https://docs.python.org/3/reference/datamodel.html#emulating-numeric-types).
namespace retort::python {

namespace {

using ast::BinaryOp;

struct Names {
  const char* symbol;
  const char* method;
  const char* reflected;
  const char* in_place;
};
constexpr std::array<Names, 13> kNames = {{
    {"+", "__add__", "__radd__", "__iadd__"},
    {"-", "__sub__", "__rsub__", "__isub__"},
    {"*", "__mul__", "__rmul__", "__imul__"},
    {"@", "__matmul__", "__rmatmul__", "__imatmul__"},
    {"/", "__truediv__", "__rtruediv__", "__itruediv__"},
    {"//", "__floordiv__", "__rfloordiv__", "__ifloordiv__"},
    {"%", "__mod__", "__rmod__", "__imod__"},
    {"**", "__pow__", "__rpow__", "__ipow__"},
    {"<<", "__lshift__", "__rlshift__", "__ilshift__"},
    {">>", "__rshift__", "__rrshift__", "__irshift__"},
    {"&", "__and__", "__rand__", "__iand__"},
    {"|", "__or__", "__ror__", "__ior__"},
    {"^", "__xor__", "__rxor__", "__ixor__"},
}};
const Names& method_names(BinaryOp op) { return kNames[static_cast<std::size_t>(op)]; }

// The plain built-in object of the kind, without regard to a derived class.
bool is_sequence(Value v) {
  return v.is_str() || v.is(ObjectKind::kList) || v.is(ObjectKind::kTuple) ||
         v.is(ObjectKind::kBytes);
}

bool is_type_like(Interpreter& in, Value v) {
  if (v.is_none() || v.is(ObjectKind::kClass)) return true;
  if (!v.is(ObjectKind::kInstance)) return false;
  const Class* cls = v.get<Instance>()->cls;
  return cls == in.builtin_class("GenericAlias") || cls == in.builtin_class("UnionType") ||
         cls == in.builtin_class("TypeVar") || cls->module == "typing";
}

}  // namespace

std::string_view operator_symbol(ast::BinaryOp op) { return method_names(op).symbol; }
std::string_view operator_method(ast::BinaryOp op) { return method_names(op).method; }
std::string_view operator_reflected(ast::BinaryOp op) { return method_names(op).reflected; }

Value Interpreter::binary(ast::BinaryOp op, Value left, Value right, bool in_place) {
  if (left.is_int() && right.is_int() && op != BinaryOp::kMatMul) {
    return int_binary(op, left.as_int(), right.as_int());
  }
  if (!left.is_object() && !right.is_object()) {
    if (const Value result = number_binary(op, left, right)) return result;
  }
  const Names& names = method_names(op);
  if (left.is(ObjectKind::kUnknown) || right.is(ObjectKind::kUnknown)) {
    // The other side may know what to do with any value (a column, a query).
    for (const bool reflected : {false, true}) {
      const Value self = reflected ? right : left;
      if (!has_special(self)) continue;
      const Method method = special(self, reflected ? names.reflected : names.method);
      if (!method.function) continue;
      const Value other = reflected ? left : right;
      const Value result = call_special(method, std::span(&other, 1));
      if (!identical(result, not_implemented)) return result;
    }
    // An annotation: `Message | None`.
    const Value known = left.is(ObjectKind::kUnknown) ? right : left;
    if (op == BinaryOp::kOr && is_type_like(*this, known)) return make_union(left, right);
    const auto text = [&](Value v) {
      const std::string inside = describe_arguments(std::span(&v, 1), {});
      return inside.substr(1, inside.size() - 2);
    };
    return unknown("(" + text(left) + " " + names.symbol + " " + text(right) + ")");
  }
  if (has_special(left) || has_special(right)) {
    if (const Value result = special_binary(op, left, right, in_place)) return result;
  }
  if (in_place) {
    if (const Value result = plain_in_place(op, left, right)) return result;
  }
  if (const Value result = plain_binary(op, left, right)) return result;
  if (op == BinaryOp::kOr && is_type_like(*this, left) && is_type_like(*this, right) &&
      !(left.is_none() && right.is_none())) {
    return make_union(left, right);
  }
  const std::string left_type = type_of(left)->name;
  const std::string right_type = type_of(right)->name;
  if (op == BinaryOp::kAdd && is_sequence(left)) {
    if (left.is(ObjectKind::kBytes)) ev.type_error("can't concat " + right_type + " to bytes");
    const std::string kind(left.is_str() ? "str" : left.is(ObjectKind::kList) ? "list" : "tuple");
    ev.type_error("can only concatenate " + kind + " (not \"" + right_type + "\") to " + kind);
  }
  if (op == BinaryOp::kMul && (is_sequence(left) || is_sequence(right))) {
    ev.type_error("can't multiply sequence by non-int of type '" +
                  (is_sequence(left) ? right_type : left_type) + "'");
  }
  std::string symbol = names.symbol;
  if (in_place) {
    symbol += "=";
  } else if (op == BinaryOp::kPow) {
    symbol = "** or pow()";
  }
  ev.type_error("unsupported operand type(s) for " + symbol + ": '" + left_type + "' and '" +
                right_type + "'");
}

Value Interpreter::special_binary(ast::BinaryOp op, Value left, Value right, bool in_place) {
  const Names& names = method_names(op);
  const auto attempt = [&](Value self, const char* name, Value other) -> Value {
    if (!has_special(self)) return {};
    const Method method = special(self, name);
    if (!method.function || method.function.is_none()) return {};
    const Value result = call_special(method, std::span(&other, 1));
    return identical(result, not_implemented) ? Value() : result;
  };
  if (in_place) {
    if (const Value result = attempt(left, names.in_place, right)) return result;
  }
  Class* left_class = type_of(left);
  Class* right_class = type_of(right);
  const bool right_first = right_class != left_class && right_class->is_subclass_of(left_class);
  if (right_first) {
    if (const Value result = attempt(right, names.reflected, left)) return result;
  }
  if (const Value result = attempt(left, names.method, right)) return result;
  if (!right_first && (right_class != left_class || op == BinaryOp::kAdd)) {
    if (const Value result = attempt(right, names.reflected, left)) return result;
  }
  if (left_class->unknown_base || right_class->unknown_base) {
    if (!plain_binary(op, left, right)) {
      return unknown("(" + left_class->name + " " + names.symbol + " " + right_class->name + ")");
    }
  }
  return {};
}

Value Interpreter::plain_in_place(ast::BinaryOp op, Value left, Value right) {
  if (List* list = left.get<List>()) {
    if (op == BinaryOp::kAdd) {
      if (!is_iterable(right)) {
        ev.type_error("'" + type_of(right)->name + "' object is not iterable");
      }
      std::vector<Value> items;
      collect(right, items);
      ev.account(items.size() * sizeof(Value));
      list->items.insert(list->items.end(), items.begin(), items.end());
      return left;
    }
    const auto count = op == BinaryOp::kMul ? as_index(right) : std::nullopt;
    if (count) {
      const Value repeated = repeat(left, *count);
      list->items = repeated.get<List>()->items;
      return left;
    }
  }
  if (Dict* dict = left.get<Dict>(); dict && op == BinaryOp::kOr) {
    if (right.is(ObjectKind::kDict)) {
      update_dict(*dict, right, "");
      return left;
    }
    std::vector<Value> pairs;
    collect(right, pairs);
    for (const Value& pair : pairs) {
      std::vector<Value> two;
      collect(pair, two);
      if (two.size() != 2) ev.value_error("dictionary update sequence element has wrong length");
      dict->set(ev, two[0], two[1]);
    }
    return left;
  }
  if (Set* set = left.get<Set>(); set && !set->frozen && right.is(ObjectKind::kSet)) {
    const Value result = set_binary(op, left, right);
    if (!result) return {};
    const std::vector<Dict::Entry> entries = result.get<Set>()->items.entries();
    set->items.clear();
    for (const Dict::Entry& entry : entries) {
      if (entry.key) set->items.set(ev, entry.key, entry.hash, Value::none());
    }
    return left;
  }
  return {};
}

Value Interpreter::plain_binary(ast::BinaryOp op, Value left, Value right) {
  const Value a = ev.plain_number(left);
  const Value b = ev.plain_number(right);
  if (const Value result = number_binary(op, a, b)) return result;
  if (op == BinaryOp::kAdd || op == BinaryOp::kMul) return sequence_binary(op, left, right);
  if (op == BinaryOp::kMod) {
    if (left.is_str()) return str(format_percent(ev, left.as_str(), right));
    if (const Bytes* bytes = left.get<Bytes>()) {
      return ev.bytes(format_percent(ev, bytes->data, right));
    }
  }
  if (op == BinaryOp::kOr && left.is(ObjectKind::kDict) && right.is(ObjectKind::kDict)) {
    Dict* merged = ev.dict();
    update_dict(*merged, as_plain_dict(left), "");
    update_dict(*merged, as_plain_dict(right), "");
    return merged;
  }
  return set_binary(op, left, right);
}

// The dict itself seen as plain: entries without going through hooks of a derived class.
Value Interpreter::as_plain_dict(Value value) {
  Dict* dict = value.get<Dict>();
  if (!dict->extension()) return value;
  Dict* plain = ev.dict();
  for (const Dict::Entry& entry : dict->entries()) {
    if (entry.key) plain->set(ev, entry.key, entry.hash, entry.value);
  }
  return plain;
}

Value Interpreter::sequence_binary(ast::BinaryOp op, Value left, Value right) {
  if (op == BinaryOp::kMul) {
    if (!is_sequence(left)) std::swap(left, right);
    if (!is_sequence(left)) return {};
    if (is_sequence(right)) return {};
    const auto count = as_index(right);
    if (!count) return {};
    return repeat(left, *count);
  }
  if (left.is_str() && right.is_str()) {
    std::string text;
    text.reserve(left.as_str().size() + right.as_str().size());
    text += left.as_str();
    text += right.as_str();
    return str(std::move(text));
  }
  if (const List* a = left.get<List>()) {
    const List* b = right.get<List>();
    if (!b) return {};
    std::vector<Value> items = a->items;
    items.insert(items.end(), b->items.begin(), b->items.end());
    return ev.list(std::move(items));
  }
  if (const Tuple* a = left.get<Tuple>()) {
    const Tuple* b = right.get<Tuple>();
    if (!b) return {};
    std::vector<Value> items = a->items;
    items.insert(items.end(), b->items.begin(), b->items.end());
    return ev.tuple(std::move(items));
  }
  if (const Bytes* a = left.get<Bytes>()) {
    const Bytes* b = right.get<Bytes>();
    if (b) return ev.bytes(a->data + b->data);
  }
  return {};
}

Value Interpreter::repeat(Value sequence, std::int64_t count) {
  const std::size_t times = count > 0 ? static_cast<std::size_t>(count) : 0;
  const auto check = [&](std::size_t size) {
    if (size != 0 && times > options.limits.bytes / size) out_of_memory();
    ev.account(size * times);
  };
  const auto text = [&](const std::string& one) {
    check(one.size());
    if (one.size() == 1) return std::string(times, one.front());
    std::string all;
    all.reserve(one.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += one;
    return all;
  };
  if (sequence.is_str()) return str(text(sequence.as_str()));
  if (const Bytes* bytes = sequence.get<Bytes>()) return ev.bytes(text(bytes->data));
  const List* list = sequence.get<List>();
  const std::vector<Value>& one = list ? list->items : sequence.get<Tuple>()->items;
  check(one.size() * sizeof(Value));
  std::vector<Value> all;
  all.reserve(one.size() * times);
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), one.begin(), one.end());
  return list ? ev.list(std::move(all)) : ev.tuple(std::move(all));
}

Value Interpreter::set_binary(ast::BinaryOp op, Value left, Value right) {
  if (op != BinaryOp::kAnd && op != BinaryOp::kOr && op != BinaryOp::kXor && op != BinaryOp::kSub) {
    return {};
  }
  // Keys and items of a dict take part as sets do; their partner may be any iterable.
  const auto is_set = [](Value v) { return v.is(ObjectKind::kSet); };
  const auto is_view = [](Value v) {
    const DictView* view = v.get<DictView>();
    return view && view->what != DictView::What::kValues;
  };
  if (!is_set(left) && !is_view(left)) return {};
  if (!is_set(right) && !is_view(right) && !is_view(left)) return {};
  if (is_set(left) && !is_set(right) && !is_view(right)) return {};
  const auto as_set = [&](Value v) -> const Set* {
    if (const Set* set = v.get<Set>()) return set;
    std::vector<Value> items;
    collect(v, items);
    return ev.set(std::move(items));
  };
  const Set* a = as_set(left);
  const Set* b = as_set(right);
  const Set* left_set = left.get<Set>();
  Set* result = ev.make<Set>(left_set && left_set->frozen);
  const auto add_if = [&](const Set* from, const Set* other, bool wanted) {
    for (const Dict::Entry& entry : from->items.entries()) {
      if (!entry.key) continue;
      if (!other || static_cast<bool>(other->items.find(ev, entry.key, entry.hash)) == wanted) {
        result->items.set(ev, entry.key, entry.hash, Value::none());
      }
    }
  };
  switch (op) {
    case BinaryOp::kAnd:
      add_if(a, b, true);
      break;
    case BinaryOp::kSub:
      add_if(a, b, false);
      break;
    case BinaryOp::kXor:
      add_if(a, b, false);
      add_if(b, a, false);
      break;
    default:
      add_if(a, nullptr, true);
      add_if(b, nullptr, true);
  }
  return result;
}

}  // namespace retort::python
