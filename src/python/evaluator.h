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
  std::uint64_t steps = 20'000'000;            // statements, calls and loop turns
  std::size_t depth = 1000;                    // nested calls; the stack may end it earlier
  std::size_t bytes = std::size_t{512} << 20;  // memory of all values together
  // What each byte of an imported file adds to them: thousands of models need more than a script.
  std::uint64_t steps_of_text = 4;
  std::size_t bytes_of_text = 256;
};

// Finds the files of the project that evaluated code imports.
class ModuleFinder {
 public:
  virtual ~ModuleFinder() = default;
  struct Found {
    SourcePtr source{};  // absent for a package without __init__.py
    bool is_package = false;
    std::string folder{};  // of a package without __init__.py
    bool guess = false;    // ... that may only share the name of one that is installed
  };
  // `name` is dotted and absolute. nullopt: no such module in the project.
  virtual std::optional<Found> find(const std::string& name) = 0;
};

// A Python exception on its way up. Thrown by evaluated `raise` and by Evaluator::raise; becomes an
// Error at the border (Evaluator::error_from). Native functions may catch it, and should then look
// at the class (`type_of(raised.value())->is_subclass_of(...)`).
struct Raised {
  Exception* exception = nullptr;
  Value value() const { return exception; }
};

class Interpreter;

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
  bool has_native_module(std::string_view name) const;
  // The modules that were imported so far, in the order of their import.
  std::vector<Module*> modules() const;

  // The text of a module of the project; empty for a native one, or one that can't be read.
  std::string_view text(const Module& module) const;

  // ---- definitions on demand

  // One top-level definition of a module of the project.
  struct Definition {
    std::string_view name;
    bool is_class = false;
    const ast::Stmt* statement = nullptr;
  };
  // The classes and functions a module defines at its top level (also inside if, try and with), in
  // source order, whether evaluated or not. Empty for a native module.
  std::vector<Definition> definitions(const Module& module) const;
  // Evaluates the definitions that `wanted` accepts; absent: all classes.
  void evaluate_all(Module& module, const std::function<bool(const Definition&)>& wanted = nullptr);
  // One top-level statement of a module of the project, with its text.
  struct Statement {
    const ast::Stmt* node = nullptr;
    std::string_view text{};
    bool done = false;
  };
  // Shows `wanted` the top-level statements, in source order, and evaluates those that it accepts
  // and that have not been evaluated yet. Modules that ran as a whole have none.
  void evaluate_statements(Module& module, const std::function<bool(const Statement&)>& wanted);
  // The values of the bases of a class that a module defines at its top level; what is unpacked by
  // `*` is left out.
  std::vector<Value> evaluate_bases(Module& module, const ast::ClassDef& definition);
  // The modules of the project that `module` imports at its top level, and in its functions where
  // that is wanted, without evaluating them. Imports for type checkers alone
  // (`if TYPE_CHECKING:`) don't count.
  std::vector<Module*> imported_modules(Module& module, bool in_functions = false);

  // ---- values in

  Value str(std::string_view text);
  Value str_of(std::string&& text);  // without a copy
  Value bytes(std::string_view data);
  Value list(std::vector<Value> items = {});
  Value tuple(std::vector<Value> items = {});
  // A tuple of a class that has named its items.
  Value record(const Class& cls, std::vector<Value> items);
  Dict* dict();
  Value unknown(std::string origin);
  // A new object on this evaluator's heap.
  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(sizeof(T) <= kLargestObject && alignof(T) <= alignof(std::max_align_t));
    T* object = new (allocate(sizeof(T))) T(std::forward<Args>(args)...);
    adopt(object);
    return object;
  }
  // Gives what is evaluated next the whole number of steps again: the next script of a run.
  void restart_steps();
  // Something has come from outside (a row, the end of a statement): a loop over it has an end, so
  // it may take more steps.
  void earn_steps();
  void account(std::size_t bytes);  // further memory an object took; may throw the limit error
  void append(List& list, Value item) {
    account(sizeof(Value));
    list.items.push_back(item);
  }
  Set* set(std::vector<Value> items = {}, bool frozen = false);
  // A native iterator; `next` gives absent at its end. `type_name` has static storage.
  Value iterator(std::string_view type_name, std::function<Value(Evaluator&)> next);
  Value ellipsis();
  Value not_implemented();
  // What int(text) is, `text` being decimal digits with an optional sign: plain or arbitrarily big.
  Value integer_from(std::string_view digits);

  NativeFunction* function(std::string_view signature, NativeCall call);
  Value bind(Value self, Value function);  // a bound method
  // A native class; bases default to `object`. Methods take the instance as parameter 0.
  Class* define_class(std::string name, std::string module, std::vector<Class*> bases = {});
  void define(Module& module, std::string_view signature, NativeCall call);
  void define(Class& cls, std::string_view signature, NativeCall call);  // method
  void define_static(Class& cls, std::string_view signature, NativeCall call);
  void define_class_method(Class& cls, std::string_view signature, NativeCall call);
  void define_property(Class& cls, std::string_view name,
                       std::function<Value(Evaluator&, Value self)> getter,
                       std::function<void(Evaluator&, Value self, Value)> setter = nullptr);
  // A native __new__, "(cls, ...)": for a class of built-in values. `call` gives a plain value;
  // when a derived class is being made, it becomes an object of that class.
  void define_constructor(Class& cls, std::string_view parameters, NativeCall call);
  Instance* new_instance(Class* cls);  // without __init__
  // A copy of a plain built-in value (str, int, dict, ...) as an object of a class derived from
  // its.
  Value as_subclass(Class* cls, Value plain);
  // type(name, bases, names, **keywords): with __set_name__, __init_subclass__ and the metaclass.
  Value make_class(std::string_view name, std::span<const Value> bases,
                   std::span<const NamedValue> names, std::span<const NamedValue> keywords = {},
                   Class* metaclass = nullptr);

  // ---- values out and the language's operations; they raise Python exceptions as Python does

  Value call(Value callee, std::span<const Value> args = {},
             std::span<const NamedValue> keywords = {});
  // The same for a call that may take long: what its statements leave behind is freed as they end.
  Value call_collecting(Value callee, std::span<const Value> args = {},
                        std::span<const NamedValue> keywords = {});
  // The same as call() from outside of any evaluation: exceptions come out as Error.
  Value invoke(Value callee, std::span<const Value> args = {},
               std::span<const NamedValue> keywords = {});
  Value call_method(Value self, std::string_view name, std::span<const Value> args = {},
                    std::span<const NamedValue> keywords = {});
  Value get_attr(Value self, std::string_view name);   // AttributeError with a suggestion
  Value find_attr(Value self, std::string_view name);  // absent when not there
  void set_attr(Value self, std::string_view name, Value value);
  void del_attr(Value self, std::string_view name);
  // object.__getattribute__, object.__setattr__: past hooks that the class defines.
  Value plain_get_attr(Value self, std::string_view name);
  void plain_set_attr(Value self, std::string_view name, Value value);
  Attributes* attributes(Value self);  // what `__dict__` shows; nullptr when it has none
  std::vector<std::string> dir(Value self);
  Value get_item(Value self, Value key);
  void set_item(Value self, Value key, Value value);
  void del_item(Value self, Value key);
  bool truthy(Value value);
  bool equal(Value a, Value b);
  bool less(Value a, Value b);
  Value compare(ast::CompareOp op, Value left, Value right);  // as the operator; rarely not a bool
  bool contains(Value container, Value item);
  std::size_t hash(Value value);
  std::int64_t length(Value value);
  std::string to_str(Value value);  // str(x)
  std::string repr(Value value);    // repr(x)
  std::string format(Value value, std::string_view spec);
  Value binary(ast::BinaryOp op, Value left, Value right);
  Value unary(ast::UnaryOp op, Value operand);
  Value iter(Value iterable);
  Value next(Value iterator);           // absent at its end
  Value next_or_raise(Value iterator);  // StopIteration at its end, with what a generator returned
  bool callable(Value value);
  Value await(Value value);  // runs a coroutine to its end; else `value` itself
  // The integer that `value` stands for (int, bool, __index__). TypeError: "'str' object cannot be
  // interpreted as an integer".
  std::int64_t index(Value value);
  // The plain int or float under an object of a derived class (IntEnum); else `value` itself.
  Value plain_number(Value value);
  // Where a slice begins and how many items it has in a sequence of `length`.
  struct Extent {
    std::int64_t begin = 0, step = 1, count = 0;
  };
  Extent extent(const Slice& slice, std::int64_t length);
  // Calls `each` for every item until it returns false.
  void iterate(Value iterable, const std::function<bool(Value)>& each);
  std::vector<Value> items(Value iterable);
  Class* type_of(Value value);
  std::string type_name(Value value);  // type(value).__name__
  bool is_instance(Value value, const Class* cls);
  bool is_instance(Value value, Value classes);  // isinstance(): a class or a tuple of them
  bool is_subclass(Value cls, Value classes);    // issubclass()

  // ---- classes every module needs

  Class* builtin_class(std::string_view name);  // "object", "str", "ValueError", ...
  Value builtin(std::string_view name);         // as evaluated code sees it; absent: no such name

  // ---- annotations, evaluated on request only

  Value evaluate_annotation(const Annotation& annotation);  // as written: a string stays a string
  // The same with a string's text evaluated (a forward reference, `from __future__ import
  // annotations`).
  Value resolve_annotation(const Annotation& annotation);
  // Another text, where the annotation was written: a string inside of it.
  Value resolve_text(const Annotation& annotation, const std::string& text);
  std::vector<Annotation> annotations(Value function_or_class);

  void print(std::string_view text);  // to Options::print

  // ---- where evaluation is

  Value globals();  // a dict of the running module's names, now
  Value locals();
  Module* current_module() const;    // nullptr outside of evaluated code
  std::string calling_file() const;  // the innermost file that runs, of those that have a path

  // ---- errors

  [[noreturn]] void raise(Class* exception, std::string message);
  [[noreturn]] void raise(std::string_view builtin_exception, std::string message);
  [[noreturn]] void raise(Value exception, Value cause = {});  // as the statement
  [[noreturn]] void raise_hinted(std::string_view builtin_exception, std::string message,
                                 std::string hint);
  [[noreturn]] void raise_key_error(Value key);
  Exception* exception(Class* cls, std::vector<Value> args);
  Value handled_exception() const;  // whose `except` or `finally` runs: sys.exc_info(); or absent
  [[noreturn]] void type_error(std::string message) { raise("TypeError", std::move(message)); }
  [[noreturn]] void value_error(std::string message) { raise("ValueError", std::move(message)); }
  // Refuses an unknown value where a decision or the schema depends on it.
  [[noreturn]] void refuse_unknown(const Unknown& value, std::string_view what_for);
  Error error_from(const Raised& raised);
  // What the message of that error begins with when the file ended the program by SystemExit, and
  // the whole of it when that was no failure: sys.exit(), sys.exit(0).
  static constexpr std::string_view kExit = "the file called sys.exit(";
  static constexpr std::string_view kExitDone = "the file called sys.exit()";
  // Where evaluation is: the innermost expression of evaluated code being run.
  Place place() const;
  std::vector<CallSite> calls() const;

 private:
  friend class Interpreter;
  static constexpr std::size_t kLargestObject = 4096;
  void* allocate(std::size_t size);
  void adopt(Object* object);
  std::unique_ptr<Interpreter> interpreter_;
};

}  // namespace retort::python
