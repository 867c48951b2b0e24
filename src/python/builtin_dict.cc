#include <string>

#include "python/builtin_class.h"
#include "python/builtin_text.h"

// dict and its views.
namespace retort::python {

namespace {

Dict& self_dict(Evaluator& evaluator, Arguments& args) { return self_as<Dict>(evaluator, args); }

void merge(Evaluator& evaluator, Dict& into, const Dict& from) {
  const std::vector<Dict::Entry> entries = from.entries();
  for (const Dict::Entry& entry : entries) {
    if (entry.key) into.set(evaluator, entry.key, entry.hash, entry.value);
  }
}

void merge_pairs(Evaluator& evaluator, Dict& into, Value pairs) {
  std::int64_t count = 0;
  evaluator.iterate(pairs, [&](Value pair) {
    if (!pair.is_object() || pair.is(ObjectKind::kFunction)) {
      evaluator.type_error("cannot convert dictionary update sequence element #" +
                           std::to_string(count) + " to a sequence");
    }
    const std::vector<Value> items = evaluator.items(pair);
    if (items.size() != 2) {
      evaluator.value_error("dictionary update sequence element #" + std::to_string(count) +
                            " has length " + std::to_string(items.size()) + "; 2 is required");
    }
    into.set(evaluator, items[0], items[1]);
    ++count;
    return true;
  });
}

void update_from(Evaluator& evaluator, Dict& self, Value source) {
  if (const Dict* dict = source.get<Dict>()) return merge(evaluator, self, *dict);
  const Value keys = source.is_object() ? evaluator.find_attr(source, "keys") : Value();
  if (keys && !source.is(ObjectKind::kUnknown)) {
    for (const Value& key : evaluator.items(evaluator.call(keys))) {
      self.set(evaluator, key, evaluator.get_item(source, key));
    }
    return;
  }
  merge_pairs(evaluator, self, source);
}

Value update(Evaluator& evaluator, Arguments& args) {
  Dict& self = self_dict(evaluator, args);
  if (args[1]) update_from(evaluator, self, args[1]);
  for (const auto& [name, value] : args.keywords()) {
    self.set(evaluator, evaluator.str(name), value);
  }
  return Value::none();
}

Value get(Evaluator& evaluator, Arguments& args) {
  const Value found = self_dict(evaluator, args).find(evaluator, args[1]);
  if (found) return found;
  return args[2] ? args[2] : Value::none();
}

Value set_default(Evaluator& evaluator, Arguments& args) {
  Dict& self = self_dict(evaluator, args);
  const std::size_t hash = evaluator.hash(args[1]);
  if (const Value found = self.find(evaluator, args[1], hash)) return found;
  const Value value = args[2] ? args[2] : Value::none();
  self.set(evaluator, args[1], hash, value);
  return value;
}

Value pop(Evaluator& evaluator, Arguments& args) {
  Dict& self = self_dict(evaluator, args);
  const Value found = self.find(evaluator, args[1]);
  if (found) {
    self.erase(evaluator, args[1]);
    return found;
  }
  if (args[2]) return args[2];
  evaluator.raise_key_error(args[1]);
}

Value pop_item(Evaluator& evaluator, Arguments& args) {
  Dict& self = self_dict(evaluator, args);
  const std::vector<Dict::Entry>& entries = self.entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (!entry->key) continue;
    const Value key = entry->key;
    const Value pair = evaluator.tuple({key, entry->value});
    self.erase(evaluator, key);
    return pair;
  }
  evaluator.raise_key_error(evaluator.str("popitem(): dictionary is empty"));
}

Value clear(Evaluator& evaluator, Arguments& args) {
  self_dict(evaluator, args).clear();
  return Value::none();
}

Value copy(Evaluator& evaluator, Arguments& args) {
  Dict* result = evaluator.dict();
  merge(evaluator, *result, self_dict(evaluator, args));
  return result;
}

template <DictView::What what>
Value view(Evaluator& evaluator, Arguments& args) {
  return evaluator.make<DictView>(&self_dict(evaluator, args), what);
}

Value set_item(Evaluator& evaluator, Arguments& args) {
  self_dict(evaluator, args).set(evaluator, args[1], args[2]);
  return Value::none();
}

Value get_item(Evaluator& evaluator, Arguments& args) {
  const Value found = self_dict(evaluator, args).find(evaluator, args[1]);
  if (found) return found;
  if (args[0].object()->extension()) {
    if (const Value missing = evaluator.find_attr(args[0], "__missing__")) {
      const Value key[] = {args[1]};
      return evaluator.call(missing, key);
    }
  }
  evaluator.raise_key_error(args[1]);
}

Value delete_item(Evaluator& evaluator, Arguments& args) {
  if (!self_dict(evaluator, args).erase(evaluator, args[1])) evaluator.raise_key_error(args[1]);
  return Value::none();
}

Value has_key(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(static_cast<bool>(self_dict(evaluator, args).find(evaluator, args[1])));
}

Value joined_with(Evaluator& evaluator, Arguments& args) {
  Dict* result = evaluator.dict();
  merge(evaluator, *result, self_dict(evaluator, args));
  const Dict* other = args[1].get<Dict>();
  if (!other) return evaluator.not_implemented();
  merge(evaluator, *result, *other);
  return result;
}

Value join_in_place(Evaluator& evaluator, Arguments& args) {
  update_from(evaluator, self_dict(evaluator, args), args[1]);
  return args[0];
}

Value reversed_keys(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> keys = evaluator.items(&self_dict(evaluator, args));
  return evaluator.iterator("dict_reversekeyiterator",
                            [keys = std::move(keys)](Evaluator&) mutable {
                              if (keys.empty()) return Value();
                              const Value key = keys.back();
                              keys.pop_back();
                              return key;
                            });
}

Value from_keys(Evaluator& evaluator, Arguments& args) {
  const Value result = evaluator.call(args[0]);
  const Value value = args[2] ? args[2] : Value::none();
  evaluator.iterate(args[1], [&](Value key) {
    evaluator.set_item(result, key, value);
    return true;
  });
  return result;
}

constexpr MethodRow kMethods[] = {
    {"__init__(self, mapping=(), /, **kwargs)", update},
    {"get(self, key, default=None, /)", get},
    {"setdefault(self, key, default=None, /)", set_default},
    {"pop(self, key, default=None, /)", pop},
    {"popitem(self, /)", pop_item},
    {"clear(self, /)", clear},
    {"copy(self, /)", copy},
    {"update(self, mapping=(), /, **kwargs)", update},
    {"keys(self, /)", view<DictView::What::kKeys>},
    {"values(self, /)", view<DictView::What::kValues>},
    {"items(self, /)", view<DictView::What::kItems>},
    {"__setitem__(self, key, value, /)", set_item},
    {"__getitem__(self, key, /)", get_item},
    {"__delitem__(self, key, /)", delete_item},
    {"__contains__(self, key, /)", has_key},
    {"__or__(self, value, /)", joined_with},
    {"__ior__(self, value, /)", join_in_place},
    {"__reversed__(self, /)", reversed_keys},
};
constexpr std::string_view kSpecial[] = {"__len__", "__eq__", "__ne__", "__iter__", "__repr__"};

// ---- views

Value is_disjoint(Evaluator& evaluator, Arguments& args) {
  self_as<DictView>(evaluator, args);
  bool disjoint = true;
  evaluator.iterate(args[1], [&](Value item) {
    disjoint = !evaluator.contains(args[0], item);
    return disjoint;
  });
  return Value::boolean(disjoint);
}

}  // namespace

void fill_dict(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, /, *args, **kwargs)",
                               [](Evaluator& ev, Arguments&) { return Value(ev.dict()); });
  define_methods(evaluator, cls, kMethods);
  define_special_methods(evaluator, cls, kSpecial);
  evaluator.define_class_method(cls, "fromkeys(cls, iterable, value=None, /)", from_keys);
}

void fill_dict_view(Evaluator& evaluator, Class& cls) {
  if (cls.name != "dict_values") {
    evaluator.define(cls, "isdisjoint(self, other, /)", is_disjoint);
  }
  evaluator.define_property(
      cls, "mapping", [](Evaluator&, Value self) { return Value(self.get<DictView>()->dict); });
}

}  // namespace retort::python
