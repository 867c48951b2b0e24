#include <algorithm>
#include <limits>
#include <string>

#include "python/builtin_class.h"
#include "python/builtin_text.h"

// list, tuple, range and slice.
namespace retort::python {

namespace {

List& self_list(Evaluator& evaluator, Arguments& args) { return self_as<List>(evaluator, args); }

// ---- list

Value list_init(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  self.items.clear();
  if (args[1]) {
    std::vector<Value> items = evaluator.items(args[1]);
    evaluator.account(items.size() * sizeof(Value));
    self.items = std::move(items);
  }
  return Value::none();
}

Value append(Evaluator& evaluator, Arguments& args) {
  evaluator.append(self_list(evaluator, args), args[1]);
  return Value::none();
}

Value extend(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  for (const Value& item : evaluator.items(args[1])) evaluator.append(self, item);
  return Value::none();
}

Value insert(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  const auto size = static_cast<std::int64_t>(self.items.size());
  std::int64_t at = evaluator.index(args[1]);
  if (at < 0) at += size;
  at = std::clamp<std::int64_t>(at, 0, size);
  evaluator.account(sizeof(Value));
  self.items.insert(self.items.begin() + at, args[2]);
  return Value::none();
}

Value pop(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  if (self.items.empty()) evaluator.raise("IndexError", "pop from empty list");
  const auto size = static_cast<std::int64_t>(self.items.size());
  std::int64_t at = integer_or(evaluator, args[1], -1);
  if (at < 0) at += size;
  if (at < 0 || at >= size) evaluator.raise("IndexError", "pop index out of range");
  const Value item = self.items[static_cast<std::size_t>(at)];
  self.items.erase(self.items.begin() + at);
  return item;
}

// The position of `item` in items[begin:end], or -1. Asked anew at each step: comparing may run
// code that changes a list.
std::int64_t position_of(Evaluator& evaluator, const std::vector<Value>& items, Value item,
                         std::int64_t begin, std::int64_t end) {
  for (std::int64_t i = begin; i < end && i < static_cast<std::int64_t>(items.size()); ++i) {
    const Value candidate = items[static_cast<std::size_t>(i)];
    if (identical(candidate, item) || evaluator.equal(candidate, item)) return i;
  }
  return -1;
}

Value remove(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  const std::int64_t at =
      position_of(evaluator, self.items, args[1], 0, std::numeric_limits<std::int64_t>::max());
  if (at < 0) evaluator.value_error("list.remove(x): x not in list");
  self.items.erase(self.items.begin() + at);
  return Value::none();
}

const std::vector<Value>& items_of(Evaluator& evaluator, Arguments& args) {
  if (const Tuple* tuple = args[0].get<Tuple>()) return tuple->items;
  return self_list(evaluator, args).items;
}

Value index(Evaluator& evaluator, Arguments& args) {
  const std::vector<Value>& items = items_of(evaluator, args);
  const Window bounds =
      window(evaluator, args[2], args[3], static_cast<std::int64_t>(items.size()));
  const std::int64_t at = position_of(evaluator, items, args[1], bounds.begin, bounds.end);
  if (at >= 0) return Value::integer(at);
  evaluator.value_error(args[0].is(ObjectKind::kTuple)
                            ? "tuple.index(x): x not in tuple"
                            : evaluator.repr(args[1]) + " is not in list");
}

Value count(Evaluator& evaluator, Arguments& args) {
  std::int64_t found = 0;
  const std::vector<Value> items = items_of(evaluator, args);
  for (const Value& item : items) {
    if (identical(item, args[1]) || evaluator.equal(item, args[1])) ++found;
  }
  return Value::integer(found);
}

Value clear(Evaluator& evaluator, Arguments& args) {
  self_list(evaluator, args).items.clear();
  return Value::none();
}

Value copy(Evaluator& evaluator, Arguments& args) {
  return evaluator.list(self_list(evaluator, args).items);
}

Value reverse(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  std::reverse(self.items.begin(), self.items.end());
  return Value::none();
}

Value sort(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  // Sorted aside: the functions it calls may look at the list.
  std::vector<Value> items = self.items;
  sort_values(evaluator, items, args["key"], args["reverse"] && evaluator.truthy(args["reverse"]));
  self.items = std::move(items);
  return Value::none();
}

Value list_set_item(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  List* plain = evaluator.make<List>(self.items);
  evaluator.set_item(plain, args[1], args[2]);
  self.items = plain->items;
  return Value::none();
}

Value list_del_item(Evaluator& evaluator, Arguments& args) {
  List& self = self_list(evaluator, args);
  List* plain = evaluator.make<List>(self.items);
  evaluator.del_item(plain, args[1]);
  self.items = plain->items;
  return Value::none();
}

Value list_in_place_add(Evaluator& evaluator, Arguments& args) {
  extend(evaluator, args);
  return args[0];
}

Value reversed_items(Evaluator& evaluator, Arguments& args) {
  List* self = &self_list(evaluator, args);
  auto at = static_cast<std::int64_t>(self->items.size());
  return evaluator.iterator("list_reverseiterator",
                            [self, at, owner = args[0]](Evaluator&) mutable {
                              if (--at < 0 || at >= static_cast<std::int64_t>(self->items.size())) {
                                at = 0;
                                return Value();
                              }
                              return self->items[static_cast<std::size_t>(at)];
                            });
}

constexpr MethodRow kListMethods[] = {
    {"__init__(self, iterable=(), /)", list_init},
    {"append(self, object, /)", append},
    {"extend(self, iterable, /)", extend},
    {"insert(self, index, object, /)", insert},
    {"pop(self, index=-1, /)", pop},
    {"remove(self, value, /)", remove},
    {"index(self, value, start=0, stop=9223372036854775807, /)", index},
    {"count(self, value, /)", count},
    {"clear(self, /)", clear},
    {"copy(self, /)", copy},
    {"reverse(self, /)", reverse},
    {"sort(self, /, *, key=None, reverse=False)", sort},
    {"__setitem__(self, key, value, /)", list_set_item},
    {"__delitem__(self, key, /)", list_del_item},
    {"__iadd__(self, value, /)", list_in_place_add},
    {"__reversed__(self, /)", reversed_items},
};
constexpr std::string_view kListSpecial[] = {
    "__add__", "__mul__", "__rmul__", "__contains__", "__len__", "__getitem__", "__eq__",
    "__ne__",  "__lt__",  "__le__",   "__gt__",       "__ge__",  "__iter__",    "__repr__"};

// ---- tuple

Value construct_tuple(Evaluator& evaluator, Arguments& args) {
  if (!args[1]) return evaluator.tuple({});
  if (args[1].is(ObjectKind::kTuple) && !args[1].object()->extension()) return args[1];
  return evaluator.tuple(evaluator.items(args[1]));
}

constexpr MethodRow kTupleMethods[] = {
    {"index(self, value, start=0, stop=9223372036854775807, /)", index},
    {"count(self, value, /)", count},
};
constexpr std::string_view kTupleSpecial[] = {"__add__",  "__mul__",     "__rmul__", "__contains__",
                                              "__len__",  "__getitem__", "__eq__",   "__ne__",
                                              "__lt__",   "__le__",      "__gt__",   "__ge__",
                                              "__iter__", "__repr__",    "__hash__"};

// ---- range and slice

Value construct_range(Evaluator& evaluator, Arguments& args) {
  if (!args[2]) return evaluator.make<Range>(0, evaluator.index(args[1]), 1);
  const std::int64_t step = integer_or(evaluator, args[3], 1);
  const std::int64_t begin = evaluator.index(args[1]);
  const std::int64_t end = evaluator.index(args[2]);
  if (step == 0) evaluator.value_error("range() arg 3 must not be zero");
  return evaluator.make<Range>(begin, end, step);
}

Value range_index(Evaluator& evaluator, Arguments& args) {
  const Range& self = self_as<Range>(evaluator, args);
  const Value wanted = evaluator.plain_number(args[1]);
  if (wanted.is_int() || wanted.is_bool()) {
    const std::int64_t offset = wanted.as_int() - self.begin;
    if (offset % self.step == 0 && offset / self.step >= 0 && offset / self.step < self.length()) {
      return Value::integer(offset / self.step);
    }
  }
  evaluator.value_error(evaluator.repr(args[1]) + " is not in range");
}

Value range_count(Evaluator& evaluator, Arguments& args) {
  self_as<Range>(evaluator, args);
  return Value::integer(evaluator.contains(args[0], args[1]) ? 1 : 0);
}

constexpr MethodRow kRangeMethods[] = {
    {"index(self, value, /)", range_index},
    {"count(self, value, /)", range_count},
};
constexpr std::string_view kRangeSpecial[] = {"__contains__", "__len__", "__getitem__",
                                              "__eq__",       "__ne__",  "__iter__",
                                              "__repr__",     "__hash__"};

Value construct_slice(Evaluator& evaluator, Arguments& args) {
  if (!args[2]) return evaluator.make<Slice>(Value::none(), args[1], Value::none());
  return evaluator.make<Slice>(args[1], args[2], args[3] ? args[3] : Value::none());
}

Value slice_indices(Evaluator& evaluator, Arguments& args) {
  const Slice& self = self_as<Slice>(evaluator, args);
  const std::int64_t length = evaluator.index(args[1]);
  if (length < 0) evaluator.value_error("length should not be negative");
  const std::int64_t step = integer_or(evaluator, self.step, 1, true);
  if (step == 0) evaluator.value_error("slice step cannot be zero");
  const std::int64_t low = step < 0 ? -1 : 0;
  const std::int64_t high = step < 0 ? length - 1 : length;
  const auto bound = [&](Value value, std::int64_t otherwise) {
    if (value.is_none()) return otherwise;
    std::int64_t at = evaluator.index(value);
    if (at < 0) at += length;
    return std::clamp(at, low, high);
  };
  return evaluator.tuple({Value::integer(bound(self.lower, step < 0 ? high : low)),
                          Value::integer(bound(self.upper, step < 0 ? low : high)),
                          Value::integer(step)});
}

}  // namespace

void fill_list(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, /, *args, **kwargs)",
                               [](Evaluator& ev, Arguments&) { return ev.list(); });
  define_methods(evaluator, cls, kListMethods);
  define_special_methods(evaluator, cls, kListSpecial);
}

void fill_tuple(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, iterable=(), /)", construct_tuple);
  define_methods(evaluator, cls, kTupleMethods);
  define_special_methods(evaluator, cls, kTupleSpecial);
}

void fill_range(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, start, stop=None, step=1, /)", construct_range);
  define_methods(evaluator, cls, kRangeMethods);
  define_special_methods(evaluator, cls, kRangeSpecial);
  evaluator.define_property(cls, "start", [](Evaluator&, Value self) {
    return Value::integer(self.get<Range>()->begin);
  });
  evaluator.define_property(
      cls, "stop", [](Evaluator&, Value self) { return Value::integer(self.get<Range>()->end); });
  evaluator.define_property(
      cls, "step", [](Evaluator&, Value self) { return Value::integer(self.get<Range>()->step); });
}

void fill_slice(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, start, stop=None, step=None, /)", construct_slice);
  evaluator.define(cls, "indices(self, length, /)", slice_indices);
  evaluator.define_property(cls, "start",
                            [](Evaluator&, Value self) { return self.get<Slice>()->lower; });
  evaluator.define_property(cls, "stop",
                            [](Evaluator&, Value self) { return self.get<Slice>()->upper; });
  evaluator.define_property(cls, "step",
                            [](Evaluator&, Value self) { return self.get<Slice>()->step; });
}

}  // namespace retort::python
