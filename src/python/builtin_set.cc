#include <string>

#include "python/builtin_class.h"
#include "python/builtin_text.h"

// set and frozenset.
namespace retort::python {

namespace {

Set& self_set(Evaluator& evaluator, Arguments& args) { return self_as<Set>(evaluator, args); }

void add_to(Evaluator& evaluator, Set& set, Value item) {
  set.items.set(evaluator, item, Value::none());
}

void add_all(Evaluator& evaluator, Set& set, Value items) {
  for (const Value& item : evaluator.items(items)) add_to(evaluator, set, item);
}

std::vector<Value> members(const Set& set) {
  std::vector<Value> out;
  out.reserve(set.items.size());
  for (const Dict::Entry& entry : set.items.entries()) {
    if (entry.key) out.push_back(entry.key);
  }
  return out;
}

bool has(Evaluator& evaluator, const Set& set, Value item) {
  return static_cast<bool>(set.items.find(evaluator, item));
}

// `value` itself when it is a set, else a set of its items.
Set& as_set(Evaluator& evaluator, Value value) {
  if (Set* set = value.get<Set>()) return *set;
  Set* made = evaluator.set();
  add_all(evaluator, *made, value);
  return *made;
}

Value init(Evaluator& evaluator, Arguments& args) {
  Set& self = self_set(evaluator, args);
  self.items.clear();
  if (args[1]) add_all(evaluator, self, args[1]);
  return Value::none();
}

Value construct_frozen(Evaluator& evaluator, Arguments& args) {
  if (!args[1]) return evaluator.set({}, true);
  const Set* given = args[1].get<Set>();
  if (given && given->frozen && !given->extension()) return args[1];
  return evaluator.set(evaluator.items(args[1]), true);
}

Value add(Evaluator& evaluator, Arguments& args) {
  add_to(evaluator, self_set(evaluator, args), args[1]);
  return Value::none();
}

Value discard(Evaluator& evaluator, Arguments& args) {
  self_set(evaluator, args).items.erase(evaluator, args[1]);
  return Value::none();
}

Value remove(Evaluator& evaluator, Arguments& args) {
  if (!self_set(evaluator, args).items.erase(evaluator, args[1])) {
    evaluator.raise_key_error(args[1]);
  }
  return Value::none();
}

Value pop(Evaluator& evaluator, Arguments& args) {
  Set& self = self_set(evaluator, args);
  for (const Dict::Entry& entry : self.items.entries()) {
    if (!entry.key) continue;
    const Value item = entry.key;
    self.items.erase(evaluator, item);
    return item;
  }
  evaluator.raise_key_error(evaluator.str("pop from an empty set"));
}

Value clear(Evaluator& evaluator, Arguments& args) {
  self_set(evaluator, args).items.clear();
  return Value::none();
}

Value copy(Evaluator& evaluator, Arguments& args) {
  const Set& self = self_set(evaluator, args);
  return evaluator.set(members(self), self.frozen);
}

Value update(Evaluator& evaluator, Arguments& args) {
  Set& self = self_set(evaluator, args);
  for (const Value& other : args.rest()) add_all(evaluator, self, other);
  return Value::none();
}

Value joined(Evaluator& evaluator, Arguments& args) {
  const Set& self = self_set(evaluator, args);
  Set* result = evaluator.set(members(self), self.frozen);
  for (const Value& other : args.rest()) add_all(evaluator, *result, other);
  return result;
}

// Which of `items` are in all (`wanted`) or in none of the others.
std::vector<Value> filtered(Evaluator& evaluator, std::vector<Value> items,
                            std::span<const Value> others, bool wanted) {
  for (const Value& other : others) {
    const Set& set = as_set(evaluator, other);
    std::erase_if(items, [&](Value item) { return has(evaluator, set, item) != wanted; });
  }
  return items;
}

template <bool wanted>
Value filtered_by(Evaluator& evaluator, Arguments& args) {
  const Set& self = self_set(evaluator, args);
  return evaluator.set(filtered(evaluator, members(self), args.rest(), wanted), self.frozen);
}

void replace_members(Evaluator& evaluator, Set& self, const std::vector<Value>& items) {
  self.items.clear();
  for (const Value& item : items) add_to(evaluator, self, item);
}

template <bool wanted>
Value filter_in_place(Evaluator& evaluator, Arguments& args) {
  Set& self = self_set(evaluator, args);
  replace_members(evaluator, self, filtered(evaluator, members(self), args.rest(), wanted));
  return Value::none();
}

std::vector<Value> symmetric_difference_of(Evaluator& evaluator, const Set& self, Value other) {
  const Set& set = as_set(evaluator, other);
  std::vector<Value> out;
  for (const Value& item : members(self)) {
    if (!has(evaluator, set, item)) out.push_back(item);
  }
  for (const Value& item : members(set)) {
    if (!has(evaluator, self, item)) out.push_back(item);
  }
  return out;
}

Value symmetric_difference(Evaluator& evaluator, Arguments& args) {
  const Set& self = self_set(evaluator, args);
  return evaluator.set(symmetric_difference_of(evaluator, self, args[1]), self.frozen);
}

Value symmetric_difference_update(Evaluator& evaluator, Arguments& args) {
  Set& self = self_set(evaluator, args);
  replace_members(evaluator, self, symmetric_difference_of(evaluator, self, args[1]));
  return Value::none();
}

bool includes(Evaluator& evaluator, const Set& outer, const Set& inner) {
  for (const Value& item : members(inner)) {
    if (!has(evaluator, outer, item)) return false;
  }
  return true;
}

Value is_subset(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(includes(evaluator, as_set(evaluator, args[1]), self_set(evaluator, args)));
}

Value is_superset(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(includes(evaluator, self_set(evaluator, args), as_set(evaluator, args[1])));
}

Value is_disjoint(Evaluator& evaluator, Arguments& args) {
  const Set& self = self_set(evaluator, args);
  for (const Value& item : evaluator.items(args[1])) {
    if (has(evaluator, self, item)) return Value::boolean(false);
  }
  return Value::boolean(true);
}

constexpr MethodRow kMethods[] = {
    {"copy(self, /)", copy},
    {"union(self, /, *others)", joined},
    {"intersection(self, /, *others)", filtered_by<true>},
    {"difference(self, /, *others)", filtered_by<false>},
    {"symmetric_difference(self, other, /)", symmetric_difference},
    {"issubset(self, other, /)", is_subset},
    {"issuperset(self, other, /)", is_superset},
    {"isdisjoint(self, other, /)", is_disjoint},
};
constexpr MethodRow kMutableMethods[] = {
    {"__init__(self, iterable=(), /)", init},
    {"add(self, object, /)", add},
    {"discard(self, object, /)", discard},
    {"remove(self, object, /)", remove},
    {"pop(self, /)", pop},
    {"clear(self, /)", clear},
    {"update(self, /, *others)", update},
    {"intersection_update(self, /, *others)", filter_in_place<true>},
    {"difference_update(self, /, *others)", filter_in_place<false>},
    {"symmetric_difference_update(self, other, /)", symmetric_difference_update},
};
constexpr std::string_view kSpecial[] = {"__and__", "__or__", "__xor__",  "__sub__", "__contains__",
                                         "__len__", "__eq__", "__ne__",   "__lt__",  "__le__",
                                         "__gt__",  "__ge__", "__iter__", "__repr__"};
constexpr std::string_view kHash[] = {"__hash__"};

}  // namespace

void fill_set(Evaluator& evaluator, Class& cls) {
  const bool frozen = cls.name == "frozenset";
  if (frozen) {
    evaluator.define_constructor(cls, "(cls, iterable=(), /)", construct_frozen);
    define_special_methods(evaluator, cls, kHash);
  } else {
    evaluator.define_constructor(cls, "(cls, /, *args, **kwargs)",
                                 [](Evaluator& ev, Arguments&) { return Value(ev.set()); });
    define_methods(evaluator, cls, kMutableMethods);
  }
  define_methods(evaluator, cls, kMethods);
  define_special_methods(evaluator, cls, kSpecial);
}

}  // namespace retort::python
