#include "python/builtin_class.h"

#include <string>

#include "python/builtin.h"

namespace retort::python {

void define_methods(Evaluator& evaluator, Class& cls, std::span<const MethodRow> rows) {
  for (const MethodRow& row : rows) evaluator.define(cls, row.signature, row.call);
}

void refuse_self(Evaluator& evaluator, Arguments& args, ObjectKind wanted) {
  std::string_view owner = "object";
  switch (wanted) {
    case ObjectKind::kStr:
      owner = "str";
      break;
    case ObjectKind::kBytes:
      owner = "bytes";
      break;
    case ObjectKind::kList:
      owner = "list";
      break;
    case ObjectKind::kDict:
      owner = "dict";
      break;
    case ObjectKind::kSet:
      owner = "set";
      break;
    case ObjectKind::kRange:
      owner = "range";
      break;
    default:
      break;
  }
  evaluator.type_error("descriptor '" + args.signature().name + "' for '" + std::string(owner) +
                       "' objects doesn't apply to a '" + evaluator.type_name(args[0]) +
                       "' object");
}

void fill_builtin_class(Evaluator& evaluator, Class& cls) {
  struct Row {
    std::string_view name;
    void (*fill)(Evaluator&, Class&);
  };
  static constexpr Row kRows[] = {
      {"str", fill_str},
      {"bytes", fill_bytes},
      {"int", fill_int},
      {"float", fill_float},
      {"bool", fill_bool},
      {"list", fill_list},
      {"tuple", fill_tuple},
      {"range", fill_range},
      {"slice", fill_slice},
      {"dict", fill_dict},
      {"dict_keys", fill_dict_view},
      {"dict_values", fill_dict_view},
      {"dict_items", fill_dict_view},
      {"set", fill_set},
      {"frozenset", fill_set},
  };
  for (const Row& row : kRows) {
    if (row.name == cls.name) return row.fill(evaluator, cls);
  }
}

Value plain_copy(Evaluator& evaluator, Value value) {
  if (!value.is_object() || !value.object()->extension()) return value;
  if (const Number* number = value.get<Number>()) return number->value;
  if (const Str* text = value.get<Str>()) return evaluator.str(text->text);
  if (const Bytes* bytes = value.get<Bytes>()) return evaluator.bytes(bytes->data);
  if (const List* list = value.get<List>()) return evaluator.list(list->items);
  if (const Tuple* tuple = value.get<Tuple>()) return evaluator.tuple(tuple->items);
  const auto copy_entries = [&](const Dict& from, Dict& to) {
    for (const Dict::Entry& entry : from.entries()) {
      if (entry.key) to.set(evaluator, entry.key, entry.hash, entry.value);
    }
  };
  if (const Dict* dict = value.get<Dict>()) {
    Dict* copy = evaluator.dict();
    copy_entries(*dict, *copy);
    return copy;
  }
  if (const Set* set = value.get<Set>()) {
    Set* copy = evaluator.set({}, set->frozen);
    copy_entries(set->items, copy->items);
    return copy;
  }
  return value;
}

namespace {

using Special = Value (*)(Evaluator&, Value self, Value other);

bool is_number(Value value) {
  return value.is_int() || value.is_bool() || value.is_float() || value.is(ObjectKind::kBigInt);
}

// Whether a binary special method of `self` takes `other`, rather than give NotImplemented.
bool takes(ast::BinaryOp op, Value self, Value other) {
  if (is_number(self)) return is_number(other) && (self.is_float() || !other.is_float());
  if (op == ast::BinaryOp::kMod && self.is_str()) return true;
  if (op == ast::BinaryOp::kMul) return true;
  return self.is_object() && other.is_object() && self.object()->kind == other.object()->kind;
}

template <ast::BinaryOp op, bool reflected = false>
Value binary(Evaluator& evaluator, Value self, Value other) {
  other = plain_copy(evaluator, other);
  if (!takes(op, self, other)) return evaluator.not_implemented();
  return reflected ? evaluator.binary(op, other, self) : evaluator.binary(op, self, other);
}

template <ast::UnaryOp op>
Value unary(Evaluator& evaluator, Value self, Value) {
  return evaluator.unary(op, self);
}

template <ast::CompareOp op>
Value compare(Evaluator& evaluator, Value self, Value other) {
  other = plain_copy(evaluator, other);
  const bool comparable = is_number(self)
                              ? is_number(other)
                              : other.is_object() && self.object()->kind == other.object()->kind;
  if (!comparable) return evaluator.not_implemented();
  return evaluator.compare(op, self, other);
}

struct SpecialRow {
  std::string_view name;
  bool takes_other;
  Special call;
};

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

constexpr SpecialRow kSpecials[] = {
    {"__add__", true, binary<BinaryOp::kAdd>},
    {"__radd__", true, binary<BinaryOp::kAdd, true>},
    {"__sub__", true, binary<BinaryOp::kSub>},
    {"__rsub__", true, binary<BinaryOp::kSub, true>},
    {"__mul__", true, binary<BinaryOp::kMul>},
    {"__rmul__", true, binary<BinaryOp::kMul, true>},
    {"__truediv__", true, binary<BinaryOp::kDiv>},
    {"__rtruediv__", true, binary<BinaryOp::kDiv, true>},
    {"__floordiv__", true, binary<BinaryOp::kFloorDiv>},
    {"__rfloordiv__", true, binary<BinaryOp::kFloorDiv, true>},
    {"__mod__", true, binary<BinaryOp::kMod>},
    {"__rmod__", true, binary<BinaryOp::kMod, true>},
    {"__pow__", true, binary<BinaryOp::kPow>},
    {"__rpow__", true, binary<BinaryOp::kPow, true>},
    {"__lshift__", true, binary<BinaryOp::kLeftShift>},
    {"__rshift__", true, binary<BinaryOp::kRightShift>},
    {"__and__", true, binary<BinaryOp::kAnd>},
    {"__rand__", true, binary<BinaryOp::kAnd, true>},
    {"__or__", true, binary<BinaryOp::kOr>},
    {"__ror__", true, binary<BinaryOp::kOr, true>},
    {"__xor__", true, binary<BinaryOp::kXor>},
    {"__rxor__", true, binary<BinaryOp::kXor, true>},
    {"__neg__", false, unary<UnaryOp::kMinus>},
    {"__pos__", false, unary<UnaryOp::kPlus>},
    {"__invert__", false, unary<UnaryOp::kInvert>},
    {"__eq__", true, compare<CompareOp::kEq>},
    {"__ne__", true, compare<CompareOp::kNotEq>},
    {"__lt__", true, compare<CompareOp::kLt>},
    {"__le__", true, compare<CompareOp::kLtE>},
    {"__gt__", true, compare<CompareOp::kGt>},
    {"__ge__", true, compare<CompareOp::kGtE>},
    {"__contains__", true,
     [](Evaluator& evaluator, Value self, Value other) {
       return Value::boolean(evaluator.contains(self, other));
     }},
    {"__getitem__", true,
     [](Evaluator& evaluator, Value self, Value other) { return evaluator.get_item(self, other); }},
    {"__len__", false,
     [](Evaluator& evaluator, Value self, Value) {
       return Value::integer(evaluator.length(self));
     }},
    {"__bool__", false,
     [](Evaluator& evaluator, Value self, Value) {
       return Value::boolean(evaluator.truthy(self));
     }},
    {"__hash__", false,
     [](Evaluator& evaluator, Value self, Value) {
       return Value::integer(static_cast<std::int64_t>(evaluator.hash(self)));
     }},
    {"__iter__", false,
     [](Evaluator& evaluator, Value self, Value) { return evaluator.iter(self); }},
    {"__str__", false,
     [](Evaluator& evaluator, Value self, Value) { return evaluator.str(evaluator.to_str(self)); }},
    {"__repr__", false,
     [](Evaluator& evaluator, Value self, Value) { return evaluator.str(evaluator.repr(self)); }},
    {"__int__", false,
     [](Evaluator& evaluator, Value self, Value) {
       const Value args[] = {self};
       return evaluator.call(evaluator.builtin("int"), args);
     }},
    {"__index__", false, [](Evaluator&, Value self, Value) { return self; }},
    {"__float__", false,
     [](Evaluator& evaluator, Value self, Value) {
       const Value args[] = {self};
       return evaluator.call(evaluator.builtin("float"), args);
     }},
    {"__abs__", false,
     [](Evaluator& evaluator, Value self, Value) {
       const Value args[] = {self};
       return evaluator.call(evaluator.builtin("abs"), args);
     }},
    {"__format__", true,
     [](Evaluator& evaluator, Value self, Value spec) {
       return evaluator.str(evaluator.format(self, spec.is_str() ? spec.as_str() : ""));
     }},
    {"__divmod__", true,
     [](Evaluator& evaluator, Value self, Value other) {
       const Value args[] = {self, other};
       return evaluator.call(evaluator.builtin("divmod"), args);
     }},
};

}  // namespace

void define_special_methods(Evaluator& evaluator, Class& cls,
                            std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    for (const SpecialRow& row : kSpecials) {
      if (row.name != name) continue;
      const Special call = row.call;
      const bool takes_other = row.takes_other;
      evaluator.define(cls, std::string(name) + (takes_other ? "(self, value, /)" : "(self, /)"),
                       [call, takes_other, owner = &cls](Evaluator& ev, Arguments& args) {
                         if (!ev.is_instance(args[0], owner)) {
                           ev.type_error("descriptor '" + args.signature().name + "' requires a '" +
                                         owner->name + "' object but received a '" +
                                         ev.type_name(args[0]) + "'");
                         }
                         return call(ev, plain_copy(ev, args[0]), takes_other ? args[1] : Value());
                       });
    }
  }
}

}  // namespace retort::python
