#include <algorithm>
#include <array>
#include <limits>

#include "python/evaluator_state.h"
#include "python/value_text.h"

// Subscripts and slices, by code point where they are of strings.
namespace retort::python {

Evaluator::Extent Evaluator::extent(const Slice& slice, std::int64_t length) {
  const auto bound = [&](Value value) {
    const Value number = plain_number(value);
    if (const auto index = interpreter_->as_index(number)) return *index;
    if (number.is(ObjectKind::kBigInt)) {
      return less(number, Value::integer(0)) ? std::numeric_limits<std::int64_t>::min() / 2
                                             : std::numeric_limits<std::int64_t>::max() / 2;
    }
    type_error("slice indices must be integers or None or have an __index__ method");
  };
  Extent extent;
  if (!slice.step.is_none()) extent.step = bound(slice.step);
  if (extent.step == 0) value_error("slice step cannot be zero");
  const bool forward = extent.step > 0;
  const auto clamp = [&](Value value, std::int64_t absent) {
    if (value.is_none()) return absent;
    std::int64_t at = bound(value);
    if (at < 0) at += length;
    const std::int64_t low = forward ? 0 : -1;
    const std::int64_t high = forward ? length : length - 1;
    return std::clamp(at, std::min(low, high), high);
  };
  extent.begin = clamp(slice.lower, forward ? 0 : length - 1);
  const std::int64_t end = clamp(slice.upper, forward ? length : -1);
  if (forward && extent.begin < end) extent.count = (end - 1 - extent.begin) / extent.step + 1;
  if (!forward && extent.begin > end) {
    const std::int64_t magnitude =
        extent.step == std::numeric_limits<std::int64_t>::min() ? length + 1 : -extent.step;
    extent.count = (extent.begin - end - 1) / magnitude + 1;
  }
  return extent;
}

namespace {

// The items of a slice of `items`.
template <typename Items>
std::vector<Value> pick(const Items& items, const Evaluator::Extent& extent) {
  std::vector<Value> picked;
  picked.reserve(static_cast<std::size_t>(extent.count));
  for (std::int64_t i = 0; i < extent.count; ++i) {
    picked.push_back(items[static_cast<std::size_t>(extent.begin + i * extent.step)]);
  }
  return picked;
}

}  // namespace

Value Interpreter::slice_text(const Str& text, const Slice& slice) {
  const auto extent = ev.extent(slice, text.length());
  if (extent.count == 0) return empty_str;
  const std::string& s = text.text;
  std::string out;
  if (text.ascii()) {
    if (extent.step == 1) {
      return str(
          s.substr(static_cast<std::size_t>(extent.begin), static_cast<std::size_t>(extent.count)));
    }
    for (std::int64_t i = 0; i < extent.count; ++i) {
      out += s[static_cast<std::size_t>(extent.begin + i * extent.step)];
    }
    return str(std::move(out));
  }
  const std::vector<std::string_view> points = code_points(s);
  for (std::int64_t i = 0; i < extent.count; ++i) {
    out += points[static_cast<std::size_t>(extent.begin + i * extent.step)];
  }
  return str(std::move(out));
}

Value Interpreter::get_item(Value self, Value key) {
  if (has_special(self)) {
    if (Class* cls = self.get<Class>()) return class_getitem(cls, key);
    if (const Method method = special(self, "__getitem__"); method.function) {
      return call_special(method, std::span(&key, 1));
    }
  }
  return plain_get_item(self, key);
}

Value Interpreter::plain_get_item(Value self, Value key) {
  if (!self.is_object()) {
    ev.type_error("'" + type_of(self)->name + "' object is not subscriptable");
  }
  Object* object = self.object();
  if (object->kind == ObjectKind::kDict) {
    Dict* dict = static_cast<Dict*>(object);
    const Value found =
        key.is_str() && !key.object()->extension() ? dict->find(key.as_str()) : dict->find(ev, key);
    if (found) return found;
    if (dict->extension()) {
      if (const Method method = special(self, "__missing__"); method.function) {
        return call_special(method, std::span(&key, 1));
      }
    }
    if (const Unknown* from = key.get<Unknown>()) refuse(*from, "the look-up");
    ev.raise_key_error(key);
  }
  const Slice* slice = key.get<Slice>();
  const auto position = [&](std::int64_t length, const char* what, const char* requires_text) {
    const auto index = as_index(key);
    if (!index) {
      if (key.is(ObjectKind::kBigInt)) {
        ev.raise("IndexError", "cannot fit 'int' into an index-sized integer");
      }
      std::string got = type_of(key)->name;
      if (object->kind == ObjectKind::kStr) got = "'" + got + "'";
      ev.type_error(requires_text + got);
    }
    const std::int64_t at = *index < 0 ? *index + length : *index;
    if (at < 0 || at >= length) {
      ev.raise("IndexError", std::string(what) + " index out of range");
    }
    return static_cast<std::size_t>(at);
  };
  switch (object->kind) {
    case ObjectKind::kList: {
      const List* list = static_cast<List*>(object);
      const std::int64_t size = static_cast<std::int64_t>(list->items.size());
      if (slice) return ev.list(pick(list->items, ev.extent(*slice, size)));
      return list->items[position(size, "list", "list indices must be integers or slices, not ")];
    }
    case ObjectKind::kTuple: {
      const Tuple* tuple = static_cast<Tuple*>(object);
      const std::int64_t size = static_cast<std::int64_t>(tuple->items.size());
      if (slice) return ev.tuple(pick(tuple->items, ev.extent(*slice, size)));
      return tuple
          ->items[position(size, "tuple", "tuple indices must be integers or slices, not ")];
    }
    case ObjectKind::kStr: {
      const Str* text = static_cast<Str*>(object);
      if (slice) return slice_text(*text, *slice);
      const std::size_t at =
          position(text->length(), "string", "string indices must be integers, not ");
      if (text->ascii()) return str(std::string(1, text->text[at]));
      return str(std::string(code_points(text->text)[at]));
    }
    case ObjectKind::kBytes: {
      const std::string& data = static_cast<Bytes*>(object)->data;
      const std::int64_t size = static_cast<std::int64_t>(data.size());
      if (slice) {
        const auto extent = ev.extent(*slice, size);
        std::string out;
        for (std::int64_t i = 0; i < extent.count; ++i) {
          out += data[static_cast<std::size_t>(extent.begin + i * extent.step)];
        }
        return ev.bytes(out);
      }
      return Value::integer(static_cast<unsigned char>(
          data[position(size, "index", "byte indices must be integers or slices, not ")]));
    }
    case ObjectKind::kRange: {
      const Range* range = static_cast<Range*>(object);
      if (slice) {
        const auto extent = ev.extent(*slice, range->length());
        const std::int64_t begin = range->at(extent.begin);
        return ev.make<Range>(begin, begin + extent.count * extent.step * range->step,
                              extent.step * range->step);
      }
      return Value::integer(range->at(static_cast<std::int64_t>(position(
          range->length(), "range object", "range indices must be integers or slices, not "))));
    }
    case ObjectKind::kUnknown: {
      const Unknown* from = static_cast<Unknown*>(object);
      const std::string inside = describe_arguments(std::span(&key, 1), {});
      return unknown(from->origin + "[" + inside.substr(1, inside.size() - 2) + "]");
    }
    case ObjectKind::kInstance: {
      if (const Value found = type_of(self)->lookup("__getitem__")) {
        return call(Method{found, self}, std::span(&key, 1), {});
      }
      if (type_of(self)->unknown_base) return unknown(type_of(self)->name + "[...]");
      break;
    }
    default:
      break;
  }
  ev.type_error("'" + type_of(self)->name + "' object is not subscriptable");
}

Value Interpreter::class_getitem(Class* cls, Value key) {
  if (cls->metaclass) {
    if (const Method method = special(cls, "__getitem__"); method.function) {
      return call_special(method, std::span(&key, 1));
    }
  }
  if (const Value found = cls->lookup("__class_getitem__")) {
    return call(bind_descriptor(found, Value(), cls), std::span(&key, 1), {});
  }
  if (cls->unknown_base) return cls;
  static constexpr std::array<std::string_view, 13> kGeneric = {"list",
                                                                "dict",
                                                                "set",
                                                                "frozenset",
                                                                "tuple",
                                                                "type",
                                                                "enumerate",
                                                                "property",
                                                                "staticmethod",
                                                                "classmethod",
                                                                "BaseExceptionGroup",
                                                                "ExceptionGroup",
                                                                "super"};
  const bool builtin_generic = std::any_of(cls->mro.begin(), cls->mro.end(), [](const Class* c) {
    return c->native && c->module == "builtins" &&
           std::find(kGeneric.begin(), kGeneric.end(), c->name) != kGeneric.end();
  });
  if (builtin_generic || generic_classes.contains(cls)) return make_alias(cls, key);
  ev.type_error("type '" + cls->name + "' is not subscriptable");
}

void Interpreter::set_item(Value self, Value key, Value value) {
  if (has_special(self)) {
    if (const Method method = special(self, "__setitem__"); method.function) {
      call_special(method, std::array<Value, 2>{key, value});
      return;
    }
  }
  plain_set_item(self, key, value);
}

void Interpreter::plain_set_item(Value self, Value key, Value value) {
  if (Dict* dict = self.get<Dict>()) {
    dict->set(ev, key, value);
    return;
  }
  if (List* list = self.get<List>()) {
    if (const Slice* slice = key.get<Slice>()) {
      set_slice(*list, *slice, value);
      return;
    }
    const auto index = as_index(key);
    if (!index) {
      ev.type_error("list indices must be integers or slices, not " + type_of(key)->name);
    }
    const std::int64_t size = static_cast<std::int64_t>(list->items.size());
    const std::int64_t at = *index < 0 ? *index + size : *index;
    if (at < 0 || at >= size) ev.raise("IndexError", "list assignment index out of range");
    list->items[static_cast<std::size_t>(at)] = value;
    return;
  }
  if (self.is(ObjectKind::kUnknown)) return;
  if (self.is(ObjectKind::kInstance)) {
    if (const Value found = type_of(self)->lookup("__setitem__")) {
      call(Method{found, self}, std::array<Value, 2>{key, value}, {});
      return;
    }
    if (type_of(self)->unknown_base) return;
  }
  ev.type_error("'" + type_of(self)->name + "' object does not support item assignment");
}

void Interpreter::set_slice(List& list, const Slice& slice, Value value) {
  if (!is_iterable(value)) ev.type_error("can only assign an iterable");
  std::vector<Value> items;
  collect(value, items);
  ev.account(items.size() * sizeof(Value));
  const auto extent = ev.extent(slice, static_cast<std::int64_t>(list.items.size()));
  if (extent.step == 1) {
    const auto begin = list.items.begin() + extent.begin;
    list.items.insert(list.items.erase(begin, begin + extent.count), items.begin(), items.end());
    return;
  }
  if (static_cast<std::int64_t>(items.size()) != extent.count) {
    ev.value_error("attempt to assign sequence of size " + std::to_string(items.size()) +
                   " to extended slice of size " + std::to_string(extent.count));
  }
  for (std::int64_t i = 0; i < extent.count; ++i) {
    list.items[static_cast<std::size_t>(extent.begin + i * extent.step)] =
        items[static_cast<std::size_t>(i)];
  }
}

void Interpreter::del_item(Value self, Value key) {
  if (has_special(self)) {
    if (const Method method = special(self, "__delitem__"); method.function) {
      call_special(method, std::span(&key, 1));
      return;
    }
  }
  plain_del_item(self, key);
}

void Interpreter::plain_del_item(Value self, Value key) {
  if (Dict* dict = self.get<Dict>()) {
    if (!dict->erase(ev, key)) ev.raise_key_error(key);
    return;
  }
  if (List* list = self.get<List>()) {
    const std::int64_t size = static_cast<std::int64_t>(list->items.size());
    if (const Slice* slice = key.get<Slice>()) {
      const auto extent = ev.extent(*slice, size);
      std::vector<bool> drop(list->items.size(), false);
      for (std::int64_t i = 0; i < extent.count; ++i) {
        drop[static_cast<std::size_t>(extent.begin + i * extent.step)] = true;
      }
      std::vector<Value> kept;
      for (std::size_t i = 0; i < list->items.size(); ++i) {
        if (!drop[i]) kept.push_back(list->items[i]);
      }
      list->items = std::move(kept);
      return;
    }
    const auto index = as_index(key);
    if (!index) {
      ev.type_error("list indices must be integers or slices, not " + type_of(key)->name);
    }
    const std::int64_t at = *index < 0 ? *index + size : *index;
    if (at < 0 || at >= size) ev.raise("IndexError", "list assignment index out of range");
    list->items.erase(list->items.begin() + at);
    return;
  }
  if (self.is(ObjectKind::kUnknown)) return;
  if (self.is(ObjectKind::kInstance)) {
    if (const Value found = type_of(self)->lookup("__delitem__")) {
      call(Method{found, self}, std::span(&key, 1), {});
      return;
    }
  }
  ev.type_error("'" + type_of(self)->name + "' object doesn't support item deletion");
}

}  // namespace retort::python
