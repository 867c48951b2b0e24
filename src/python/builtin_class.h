#pragma once

#include <span>
#include <string_view>

#include "python/evaluator.h"

// How the methods of built-in classes are defined: static tables, one file a class.
namespace retort::python {

using PlainCall = Value (*)(Evaluator&, Arguments&);

struct MethodRow {
  std::string_view signature;
  PlainCall call;
};

void define_methods(Evaluator& evaluator, Class& cls, std::span<const MethodRow> rows);

void fill_str(Evaluator& evaluator, Class& cls);
void fill_bytes(Evaluator& evaluator, Class& cls);
void fill_int(Evaluator& evaluator, Class& cls);
void fill_float(Evaluator& evaluator, Class& cls);
void fill_bool(Evaluator& evaluator, Class& cls);
void fill_list(Evaluator& evaluator, Class& cls);
void fill_tuple(Evaluator& evaluator, Class& cls);
void fill_range(Evaluator& evaluator, Class& cls);
void fill_slice(Evaluator& evaluator, Class& cls);
void fill_dict(Evaluator& evaluator, Class& cls);
void fill_dict_view(Evaluator& evaluator, Class& cls);
void fill_set(Evaluator& evaluator, Class& cls);  // set and frozenset

// The special methods of a built-in class, for super().__repr__() and str.__eq__: what the operator
// does to plain values, past what a derived class defines.
void define_special_methods(Evaluator& evaluator, Class& cls,
                            std::span<const std::string_view> names);

// The value as one of the built-in class itself, when it is an object of a derived class.
Value plain_copy(Evaluator& evaluator, Value value);

[[noreturn]] void refuse_self(Evaluator& evaluator, Arguments& args, ObjectKind wanted);

// `self` of a method, TypeError when it is called on something else.
template <typename T>
T& self_as(Evaluator& evaluator, Arguments& args) {
  if (T* self = args[0].get<T>()) return *self;
  refuse_self(evaluator, args, T::kKind);
}

// list.sort and sorted(): stable, by `key` when it is present.
void sort_values(Evaluator& evaluator, std::vector<Value>& items, Value key, bool reverse);

}  // namespace retort::python
