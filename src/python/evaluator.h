#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "python/parser.h"
#include "python/value.h"

namespace retort::python {

// How much one evaluation may use. Reaching a limit throws Error(code::kLimit) with the place, and
// evaluated code cannot catch it.
struct Limits {
  std::uint64_t steps = 50'000'000;            // statements, calls and loop turns
  std::size_t depth = 400;                     // nested calls
  std::size_t bytes = std::size_t{512} << 20;  // memory of all values together
};

// Finds the files of the project that evaluated code imports.
class ModuleFinder {
 public:
  virtual ~ModuleFinder() = default;
  struct Found {
    SourcePtr source{};  // absent for a package without __init__.py
    bool is_package = false;
  };
  // `name` is dotted and absolute. nullopt: no such module in the project.
  virtual std::optional<Found> find(const std::string& name) = 0;
};

// A Python exception on its way up. Thrown by evaluated `raise` and by Evaluator::raise; becomes an
// Error at the border (Evaluator::error_from).
struct Raised {
  Value exception{};              // an instance of a class derived from BaseException
  Place place{};                  // where it was raised
  std::vector<CallSite> calls{};  // innermost first
};

// One evaluation: its heap, its modules and its limits. Deterministic and without any way to the
// outside but the native modules bound to it. Not thread-safe; independent evaluators are.
class Evaluator {
 public:
  struct Options {
    Limits limits{};
    ModuleFinder* finder = nullptr;                 // not owned; may be absent
    std::function<void(std::string_view)> print{};  // where print() goes; absent: nowhere
  };
  Evaluator() : Evaluator(Options()) {}
  explicit Evaluator(Options options);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // ---- running

  // A native module, made when first imported. `init` fills it.
  using ModuleInit = std::function<void(Evaluator&, Module&)>;
  void bind_module(std::string name, ModuleInit init);
  // Evaluates a whole file at once as module `name` (not put in the import table).
  // Errors come out as Error, exceptions included.
  Module* run(const ProgramPtr& program, std::string name);
  // What `import name` gives: a native module, a module of the project (evaluated on demand, name
  // by name), or an Unknown for a module that is not there.
  Value import_module(std::string_view name);

  // ---- values in

  Value str(std::string_view text);
  Value bytes(std::string_view data);
  Value list(std::vector<Value> items = {});
  Value tuple(std::vector<Value> items = {});
  Dict* dict();
  Value unknown(std::string origin);
  // A new object on this evaluator's heap.
  template <typename T, typename... Args>
  T* make(Args&&... args) {
    auto object = std::make_unique<T>(std::forward<Args>(args)...);
    T* raw = object.get();
    adopt(std::move(object), sizeof(T));
    return raw;
  }
  void account(std::size_t bytes);  // further memory an object took; may throw the limit error

  NativeFunction* function(std::string_view signature, NativeCall call);
  // A native class; bases default to `object`. Methods take the instance as parameter 0.
  Class* define_class(std::string name, std::string module, std::vector<Class*> bases = {});
  void define(Module& module, std::string_view signature, NativeCall call);
  void define(Class& cls, std::string_view signature, NativeCall call);  // method
  void define_static(Class& cls, std::string_view signature, NativeCall call);
  void define_class_method(Class& cls, std::string_view signature, NativeCall call);
  void define_property(Class& cls, std::string_view name,
                       std::function<Value(Evaluator&, Value self)> getter);
  Instance* new_instance(Class* cls);  // without __init__

  // ---- values out and the language's operations; they raise Python exceptions as Python does

  Value call(Value callee, std::span<const Value> args = {},
             std::span<const NamedValue> keywords = {});
  Value call_method(Value self, std::string_view name, std::span<const Value> args = {},
                    std::span<const NamedValue> keywords = {});
  Value get_attr(Value self, std::string_view name);   // AttributeError with a suggestion
  Value find_attr(Value self, std::string_view name);  // absent when not there
  void set_attr(Value self, std::string_view name, Value value);
  Value get_item(Value self, Value key);
  void set_item(Value self, Value key, Value value);
  bool truthy(Value value);
  bool equal(Value a, Value b);
  bool less(Value a, Value b);
  bool contains(Value container, Value item);
  std::size_t hash(Value value);
  std::int64_t length(Value value);
  std::string to_str(Value value);  // str(x)
  std::string repr(Value value);    // repr(x)
  std::string format(Value value, std::string_view spec);
  Value binary(ast::BinaryOp op, Value left, Value right);
  // Calls `each` for every item until it returns false.
  void iterate(Value iterable, const std::function<bool(Value)>& each);
  std::vector<Value> items(Value iterable);
  Class* type_of(Value value);
  bool is_instance(Value value, const Class* cls);

  // ---- classes every module needs

  Class* builtin_class(std::string_view name);  // "object", "str", "ValueError", ...

  // ---- errors

  [[noreturn]] void raise(Class* exception, std::string message);
  [[noreturn]] void raise(std::string_view builtin_exception, std::string message);
  [[noreturn]] void type_error(std::string message) { raise("TypeError", std::move(message)); }
  [[noreturn]] void value_error(std::string message) { raise("ValueError", std::move(message)); }
  // Refuses an unknown value where a decision or the schema depends on it.
  [[noreturn]] void refuse_unknown(const Unknown& value, std::string_view what_for);
  Error error_from(const Raised& raised);
  // Where evaluation is: the innermost expression of evaluated code being run.
  Place place() const;
  std::vector<CallSite> calls() const;

 private:
  void adopt(std::unique_ptr<Object> object, std::size_t bytes);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace retort::python
