#include <string>

#include "python/builtin_function.h"
#include "python/builtin_text.h"

// Built-in functions over iterables.
namespace retort::python {

namespace {

Value length(Evaluator& evaluator, Arguments& args) {
  return Value::integer(evaluator.length(args[0]));
}

template <bool wanted>
Value any_or_all(Evaluator& evaluator, Arguments& args) {
  bool found = false;
  evaluator.iterate(args[0], [&](Value item) {
    found = evaluator.truthy(item) == wanted;
    return !found;
  });
  return Value::boolean(found == wanted);
}

Value iter(Evaluator& evaluator, Arguments& args) {
  if (!args[1]) return evaluator.iter(args[0]);
  if (!evaluator.callable(args[0])) evaluator.type_error("iter(v, w): v must be callable");
  return evaluator.iterator("callable_iterator",
                            [function = args[0], sentinel = args[1]](Evaluator& ev) {
                              const Value value = ev.call(function);
                              return ev.equal(value, sentinel) ? Value() : value;
                            });
}

Value next(Evaluator& evaluator, Arguments& args) {
  if (const Unknown* unknown = args[0].get<Unknown>()) {
    evaluator.refuse_unknown(*unknown, "next()");
  }
  const ObjectKind kind = args[0].is_object() ? args[0].object()->kind : ObjectKind::kStr;
  const bool is_iterator = kind == ObjectKind::kIterator || kind == ObjectKind::kGenerator ||
                           (args[0].is_object() && evaluator.find_attr(args[0], "__next__"));
  if (!is_iterator) {
    evaluator.type_error("'" + evaluator.type_name(args[0]) + "' object is not an iterator");
  }
  if (!args[1]) return evaluator.next_or_raise(args[0]);
  const Value value = evaluator.next(args[0]);
  return value ? value : args[1];
}

Value enumerate(Evaluator& evaluator, Arguments& args) {
  const Value source = evaluator.iter(args[0]);
  Value count = args[1] ? evaluator.plain_number(args[1]) : Value::integer(0);
  if (!is_integer(count)) count = Value::integer(evaluator.index(args[1]));
  return evaluator.iterator("enumerate", [source, count](Evaluator& ev) mutable {
    const Value item = ev.next(source);
    if (!item) return Value();
    const Value pair = ev.tuple({count, item});
    count = ev.binary(ast::BinaryOp::kAdd, count, Value::integer(1));
    return pair;
  });
}

Value zip(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> sources;
  for (const Value& item : args.rest()) sources.push_back(evaluator.iter(item));
  const bool strict = args["strict"] && evaluator.truthy(args["strict"]);
  return evaluator.iterator("zip", [sources, strict](Evaluator& ev) {
    if (sources.empty()) return Value();
    const auto which = [](std::size_t count) {
      return count == 1 ? std::string("argument 1") : "arguments 1-" + std::to_string(count);
    };
    std::vector<Value> items;
    items.reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const Value item = ev.next(sources[i]);
      if (item) {
        items.push_back(item);
        continue;
      }
      if (strict && i > 0) {
        ev.value_error("zip() argument " + std::to_string(i + 1) + " is shorter than " + which(i));
      }
      for (std::size_t j = 1; strict && j < sources.size(); ++j) {
        if (ev.next(sources[j])) {
          ev.value_error("zip() argument " + std::to_string(j + 1) + " is longer than " + which(j));
        }
      }
      return Value();
    }
    return ev.tuple(std::move(items));
  });
}

Value map(Evaluator& evaluator, Arguments& args) {
  if (args.rest().empty()) evaluator.type_error("map() must have at least two arguments.");
  std::vector<Value> sources;
  for (const Value& item : args.rest()) sources.push_back(evaluator.iter(item));
  return evaluator.iterator("map", [function = args[0], sources](Evaluator& ev) {
    std::vector<Value> items;
    items.reserve(sources.size());
    for (const Value& source : sources) {
      const Value item = ev.next(source);
      if (!item) return Value();
      items.push_back(item);
    }
    return ev.call(function, items);
  });
}

Value filter(Evaluator& evaluator, Arguments& args) {
  const Value source = evaluator.iter(args[1]);
  return evaluator.iterator("filter", [function = args[0], source](Evaluator& ev) {
    for (;;) {
      const Value item = ev.next(source);
      if (!item) return Value();
      const Value values[] = {item};
      if (ev.truthy(function.is_none() ? item : ev.call(function, values))) return item;
    }
  });
}

Value reversed(Evaluator& evaluator, Arguments& args) {
  const Value source = args[0];
  if (const Range* range = source.get<Range>()) {
    return evaluator.iterator("range_iterator",
                              [source, range, left = range->length()](Evaluator&) mutable {
                                return --left < 0 ? Value() : Value::integer(range->at(left));
                              });
  }
  const bool has_own =
      source.is(ObjectKind::kInstance) || (source.is_object() && source.object()->extension());
  if (const Value method = has_own || source.is(ObjectKind::kList)
                               ? evaluator.find_attr(source, "__reversed__")
                               : Value()) {
    return evaluator.call(method);
  }
  if (source.is(ObjectKind::kInstance)) {
    if (!evaluator.find_attr(source, "__getitem__") || !evaluator.find_attr(source, "__len__")) {
      evaluator.type_error("'" + evaluator.type_name(source) + "' object is not reversible");
    }
    return evaluator.iterator(
        "reversed", [source, left = evaluator.length(source)](Evaluator& ev) mutable {
          return --left < 0 ? Value() : ev.get_item(source, Value::integer(left));
        });
  }
  if (const Unknown* unknown = source.get<Unknown>()) {
    evaluator.refuse_unknown(*unknown, "reversed()");
  }
  const bool ordered = source.is_str() || source.is(ObjectKind::kTuple) ||
                       source.is(ObjectKind::kDict) || source.is(ObjectKind::kDictView) ||
                       source.is(ObjectKind::kBytes) || source.is(ObjectKind::kList);
  if (!ordered) {
    evaluator.type_error("'" + evaluator.type_name(source) + "' object is not reversible");
  }
  return evaluator.iterator("reversed", [items = evaluator.items(source)](Evaluator&) mutable {
    if (items.empty()) return Value();
    const Value item = items.back();
    items.pop_back();
    return item;
  });
}

Value sorted(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> items = evaluator.items(args[0]);
  sort_values(evaluator, items, args["key"], args["reverse"] && evaluator.truthy(args["reverse"]));
  return evaluator.list(std::move(items));
}

template <bool largest>
Value extreme(Evaluator& evaluator, Arguments& args) {
  const std::string name = largest ? "max" : "min";
  const Value key = args["key"];
  const Value otherwise = args["default"];
  if (args.rest().empty()) {
    evaluator.type_error(name + " expected at least 1 argument, got 0");
  }
  std::vector<Value> items;
  if (args.rest().size() == 1) {
    items = evaluator.items(args.rest()[0]);
  } else {
    if (otherwise) {
      evaluator.type_error("Cannot specify a default for " + name +
                           "() with multiple positional arguments");
    }
    items.assign(args.rest().begin(), args.rest().end());
  }
  if (items.empty()) {
    if (otherwise) return otherwise;
    evaluator.value_error(name + "() iterable argument is empty");
  }
  Value best;
  Value best_key;
  for (const Value& item : items) {
    const Value values[] = {item};
    const Value rank = key && !key.is_none() ? evaluator.call(key, values) : item;
    if (!best || (largest ? evaluator.less(best_key, rank) : evaluator.less(rank, best_key))) {
      best = item;
      best_key = rank;
    }
  }
  return best;
}

constexpr MethodRow kRows[] = {
    {"len(obj, /)", length},
    {"all(iterable, /)", any_or_all<false>},
    {"any(iterable, /)", any_or_all<true>},
    {"iter(object, sentinel=None, /)", iter},
    {"next(iterator, default=None, /)", next},
    {"enumerate(iterable, start=0)", enumerate},
    {"zip(*iterables, strict=False)", zip},
    {"map(function, /, *iterables)", map},
    {"filter(function, iterable, /)", filter},
    {"reversed(sequence, /)", reversed},
    {"sorted(iterable, /, *, key=None, reverse=False)", sorted},
    {"min(*args, key=None, default=None)", extreme<false>},
    {"max(*args, key=None, default=None)", extreme<true>},
};

}  // namespace

std::span<const MethodRow> iteration_functions() { return kRows; }

}  // namespace retort::python
