#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/interrupt.h"
#include "python/evaluator.h"
#include "python/heap.h"
#include "python/value_text.h"

// The inside of an Evaluator: what execute*, expression*, call*, class*, import* and the others
// share. Nothing outside of src/python includes it.
namespace retort::python {

// Lets a map of texts be asked with any kind of text.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

// A few values without the heap.
template <typename T, std::size_t N>
class SmallVector {
 public:
  SmallVector() = default;
  SmallVector(const SmallVector&) = delete;
  SmallVector& operator=(const SmallVector&) = delete;
  void push_back(T value) {
    if (size_ < N && more_.empty()) {
      inline_[size_++] = std::move(value);
      return;
    }
    if (more_.empty()) more_.assign(inline_, inline_ + size_);
    more_.push_back(std::move(value));
    ++size_;
  }
  void resize(std::size_t size) {
    if (size > N || !more_.empty()) {
      if (more_.empty()) more_.assign(inline_, inline_ + size_);
      more_.resize(size);
    }
    size_ = size;
  }
  T* data() { return more_.empty() ? inline_ : more_.data(); }
  T& operator[](std::size_t i) { return data()[i]; }
  std::size_t size() const { return size_; }
  std::span<T> span() { return {data(), size_}; }

 private:
  T inline_[N] = {};
  std::vector<T> more_;
  std::size_t size_ = 0;
};
using ValueBuffer = SmallVector<Value, 6>;
using NamedBuffer = SmallVector<NamedValue, 4>;

// How a statement ended, where not by falling through to the next.
enum class Flow : std::uint8_t { kNext, kBreak, kContinue, kReturn, kYield };

// One level of the statement stack of a frame: what to do when everything above it is done. The
// stack lives on the heap, so that a generator can stop between any two statements.
struct Level {
  enum class Kind : std::uint8_t { kBlock, kWhile, kFor, kWith, kTry, kFinally };
  enum class Phase : std::uint8_t { kBody, kHandler, kElse, kEntering };
  Kind kind = Kind::kBlock;
  Phase phase = Phase::kBody;
  Flow pending = Flow::kNext;  // kFinally: how to go on after it
  std::uint32_t index = 0;     // next statement, item or handler
  const ast::Stmt* statement = nullptr;
  ast::Block block{};
  Value value{};                   // iterator; __exit__; pending return value
  Exception* exception = nullptr;  // handled or pending
  Value saved{};                   // what was being handled around
  std::uint32_t star_handler = 0;
  std::shared_ptr<struct StarState> star{};  // except*: what is left and what was raised
};
struct StarState {
  Value rest{};
  bool wrapped = false;
  std::vector<Value> raised{};
  Exception* original = nullptr;
};

// One activation of a function, a class body, a module or a comprehension.
struct Frame {
  const ast::ScopeInfo* scope = nullptr;
  Module* module = nullptr;
  const SourcePtr* source = nullptr;
  Function* function = nullptr;
  std::span<Cell* const> closure{};
  std::vector<Value> slots{};
  std::vector<Level> stack{};
  Attributes* class_names = nullptr;  // of a class body
  Class* class_binder = nullptr;      // metaclass with on_bind
  bool comprehension = false;
  bool collects = false;    // garbage is freed at the end of its statements
  bool annotation = false;  // evaluates an annotation
  Value class_dict{};       // what __prepare__ gave, when no plain dict
  std::string_view class_name{};
  std::string_view class_qualname{};
  std::vector<Annotation>* class_annotations = nullptr;
  Cell* class_cell = nullptr;
  std::shared_ptr<AnnotationScope> annotation_scope{};
  Span span{};
  Frame* caller = nullptr;
  Value handled{};  // the exception whose handler runs
  Value result{};   // returned or yielded
  // Of a generator:
  const ast::Stmt* resume = nullptr;  // the statement that yielded
  Value delegate{};                   // yield from
  Value sent{};
  Exception* thrown = nullptr;
  void reset();
};

// A generator, coroutine or generator expression.
struct Generator : Object {
  static constexpr ObjectKind kKind = ObjectKind::kGenerator;
  enum class What : std::uint8_t { kGenerator, kCoroutine, kAsyncGenerator, kExpression };
  enum class State : std::uint8_t { kNew, kSuspended, kRunning, kDone };
  explicit Generator(What w) : Object(kKind), what(w) {}
  const What what;
  State state = State::kNew;
  std::unique_ptr<Frame> frame;
  std::string_view name;
  std::string qualname;
  // kExpression:
  const ast::Comprehension* comprehension = nullptr;
  std::vector<Value> iterators;
  std::vector<Cell*> closure;
  // kCoroutine: what it returned, for a second await
  Value returned{};
};

// What names the top-level statements of a module bind, and which of them have run.
struct ModuleCode {
  ProgramPtr program;
  SourcePtr source;
  std::string package;  // what relative imports start from
  enum class Status : std::uint8_t { kPending, kRunning, kDone };
  struct Statement {
    const ast::Stmt* node = nullptr;
    Status status = Status::kPending;
    bool star = false;                      // has `from x import *`
    std::vector<std::string_view> binds;    // sorted, unique
    std::vector<std::string_view> touches;  // changes in place: N.append(), N[k] = v, ...
    std::vector<std::string_view> uses;     // mentions, in function bodies too
    std::vector<std::string_view> calls;    // roots of what it calls or decorates with
  };
  std::vector<Statement> statements;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> writers;  // by name, in order
  std::vector<std::uint32_t> stars;
  std::vector<std::uint32_t> running;  // stack of statements being run
  std::unordered_map<std::string_view, std::vector<std::string_view>> mutators;  // def -> globals
  std::size_t pending = 0;
  bool eager = false;
  std::shared_ptr<AnnotationScope> annotation_scope{};
  std::vector<Value> unknown_stars;    // modules retort can't know, imported by `*`
  bool postponed_annotations = false;  // from __future__ import annotations
  bool immediate = false;              // its __dict__ was asked for: no Deferred may be in it
};

// Gives an error its place and calls: what a stand-in of a package ("<pydantic>") refuses is shown
// where the project's file asked for it.
void show_outside(Error& error, Place place, std::vector<CallSite> calls);

class Interpreter {
 public:
  Interpreter(Evaluator& evaluator, Evaluator::Options options);

  Evaluator& ev;
  Evaluator::Options options;

  // ---- heap; before all that holds values
  Heap heap;
  void account(std::size_t size) {
    heap.account(size);
    check_memory();
  }
  void check_memory() {
    if (heap.bytes() > options.limits.bytes && heap.count() > options.limits.bytes) [[unlikely]]
      out_of_memory();
  }
  [[noreturn]] void out_of_memory();

  // ---- limits
  std::uint64_t steps = 0;
  std::uint64_t earned = 0;  // further steps, by what has come from outside
  std::size_t depth = 0;
  const char* stack_base = nullptr;
  void step() {
    if (++steps > options.limits.steps + earned || interrupt_signal() != 0) [[unlikely]]
      out_of_steps();
  }
  [[noreturn]] void out_of_steps();
  void enter_call();  // checks the depth

  // ---- frames
  Frame* top = nullptr;
  std::vector<std::unique_ptr<Frame>> pool;
  Frame* take_frame();
  void give_frame(Frame* frame);
  // Told to the function that is called next: it may collect, and nobody wants what it gives.
  bool callee_collects = false;
  bool result_unused = false;
  Place place_of(const Frame& frame, Span span) const { return Place{*frame.source, span}; }
  std::string_view frame_name(const Frame& frame) const;
  Place place() const;
  std::vector<CallSite> calls() const;

  // ---- singletons
  Value ellipsis, not_implemented, empty_tuple, empty_str;
  std::vector<Value> letters;  // one-character strings
  Value str(std::string text);
  Value str(std::string_view text) { return str(std::string(text)); }
  Value constant(const ast::Constant& constant);
  std::unordered_map<const ast::Constant*, Value> constants;

  // ---- classes
  std::unordered_map<std::string_view, Class*> builtin_classes;
  std::unordered_map<std::string_view, Value> builtins;
  Class *object_class = nullptr, *type_class = nullptr, *int_class = nullptr, *bool_class = nullptr,
        *float_class = nullptr, *str_class = nullptr, *list_class = nullptr, *tuple_class = nullptr,
        *dict_class = nullptr, *none_class = nullptr;
  Class* kind_classes[40] = {};
  Class* make_builtin_class(std::string_view name);
  Class* builtin_class(std::string_view name);
  Value builtin(std::string_view name);
  std::vector<std::string> builtin_candidates();
  Class* type_of(Value value);
  Class* new_class(std::string name, std::string module, std::vector<Class*> bases,
                   Class* metaclass = nullptr);
  void compute_mro(Class& cls);
  void inherit_flags(Class& cls);
  Class* metaclass_of(const Class& cls) const { return cls.metaclass ? cls.metaclass : type_class; }
  Class* winning_metaclass(std::span<Class* const> bases, Class* wanted);
  // type.__new__ and what follows it.
  Value build_class(std::string_view name, std::span<const Value> bases, const Attributes& names,
                    std::span<const NamedValue> keywords, Class* metaclass);
  // The `class` statement being carried out, until type.__new__ has made its class.
  struct ClassContext {
    std::string_view name{};
    Place place{};
    std::string_view doc{};
    std::vector<Annotation> annotations{};
    std::shared_ptr<AnnotationScope> scope{};
    Cell* cell = nullptr;
    Class* made = nullptr;
  };
  ClassContext* class_context = nullptr;
  Value create_class(Value metaclass, Value name, Value bases, Value names,
                     std::span<const NamedValue> keywords);
  Value class_definition(Frame& frame, const ast::ClassDef& def);
  Value new_object(Class* cls);  // object.__new__
  Value instantiate(Class* cls, std::span<const Value> args, std::span<const NamedValue> keywords);
  void fill_object(Class& cls);
  void fill_type(Class& cls);
  void fill_exception(Class& cls);
  void fill_exception_group(Class& cls);
  void fill_descriptor(Class& cls);
  void fill_callable(Class& cls);
  void fill_generator(Class& cls);
  void fill_typing(Class& cls);
  void fill_special(Class& cls);
  void define_builtin(Class& cls);
  Value qualified_repr(Class& cls);

  // ---- attributes
  Value find_attr(Value self, std::string_view name);
  Value find_plain_attr(Value self, std::string_view name);
  Value get_attr(Value self, std::string_view name);
  Value get_native(const Property& property, const Value& self);
  Value find_instance_attr(Value self, Class* cls, Attributes* own, std::string_view name);
  // Of a tuple whose class names its items; nullptr when it is none or none is called so.
  const Value* named_item(const Value& self, std::string_view name) const;
  // Of what may have attribute hooks of its own; absent when they give none.
  Value find_hooked_attr(Value self, std::string_view name);
  Value find_class_attr(Class* cls, std::string_view name);
  Value find_module_attr(Module* module, std::string_view name);
  Value find_super_attr(Super* super, std::string_view name);
  Value function_attr(Value self, std::string_view name);
  Value function_code(const Function& function);
  Value annotations_dict(Value function_or_class);
  Value exception_attr(Exception* exception, std::string_view name);
  Value bind_descriptor(Value found, Value self, Class* cls);
  Value unknown_attr(Value self, std::string_view name);
  [[noreturn]] void no_attribute(Value self, std::string_view name);
  void set_attr(Value self, std::string_view name, Value value);
  void set_plain_attr(Value self, std::string_view name, Value value);
  bool set_by_descriptor(Value self, Class* cls, std::string_view name, Value value);
  bool set_exception_attr(Exception* exception, std::string_view name, Value value);
  void del_attr(Value self, std::string_view name);
  void del_plain_attr(Value self, std::string_view name);
  Attributes* own_attributes(Value self);
  bool set_dict(Value self, Value dict);
  Value attributes_dict(Value self);
  // A method to call without making a bound one: `function` with `self` in front when present.
  struct Method {
    Value function{};
    Value self{};
  };
  Method find_method(Value self, std::string_view name);
  // A special method of the class of `self`, when evaluated code or a native class defines one;
  // built-in classes' own don't count.
  Method special(Value self, std::string_view name);
  bool has_special(Value value) const {
    if (!value.is_object()) return false;
    const Object* object = value.object();
    return object->kind == ObjectKind::kInstance || object->extension() != nullptr ||
           object->kind == ObjectKind::kClass || object->kind == ObjectKind::kSuper;
  }
  Value call_special(const Method& method, std::span<const Value> args);

  // ---- calls
  Value call(Value callee, std::span<const Value> args, std::span<const NamedValue> keywords);
  Value call(const Method& method, std::span<const Value> args,
             std::span<const NamedValue> keywords);
  Value call_class(Class* cls, std::span<const Value> args, std::span<const NamedValue> keywords);
  Value call_function(Function* function, Value self, std::span<const Value> args,
                      std::span<const NamedValue> keywords);
  Value call_native(NativeFunction* function, Value self, std::span<const Value> args,
                    std::span<const NamedValue> keywords);
  void bind_parameters(Function* function, Value self, std::span<const Value> args,
                       std::span<const NamedValue> keywords, Value* slots);
  [[noreturn]] void wrong_count(const NativeFunction& function, std::size_t given,
                                std::size_t hidden);
  void bind_native(const NativeFunction& function, Arguments& arguments, Value self,
                   std::span<const Value> args, std::span<const NamedValue> keywords);
  [[noreturn]] void too_many_positional(Function* function, std::size_t given,
                                        std::size_t keyword_only);
  Value make_function(Frame& frame, const ast::FunctionDef& def);
  Value make_lambda(Frame& frame, const ast::Lambda& lambda);
  void capture(Frame& frame, const ast::ScopeInfo& scope, std::vector<Cell*>& closure);
  void make_cells(Frame& frame);
  std::shared_ptr<AnnotationScope> annotation_scope(Frame& frame);
  std::string callee_name(Value callee);
  Value make_super(std::span<const Value> args);

  // ---- expressions
  Value eval(Frame& frame, const ast::Expr* expr);
  Value eval_name(Frame& frame, const ast::Name& name);
  // What a call is to its statement: something in an expression, all that it evaluates, or all of
  // it, so that the result is thrown away.
  enum class CallUse : std::uint8_t { kPart, kValue, kStatement };
  Value eval_call(Frame& frame, const ast::Call& call, CallUse use = CallUse::kPart);
  Value eval_compare(Frame& frame, const ast::Compare& compare);
  Value eval_binary(Frame& frame, const ast::Binary& binary);
  Value eval_subscript(Frame& frame, const ast::Subscript& subscript);
  Value eval_slice(Frame& frame, const ast::Slice& slice);
  Value eval_sequence(Frame& frame, const ast::Sequence& sequence);
  Value eval_dict(Frame& frame, const ast::Dict& dict);
  Value eval_joined(Frame& frame, const ast::JoinedString& joined);
  Value eval_comprehension(Frame& frame, const ast::Comprehension& comprehension);
  void run_comprehension(Frame& frame, const ast::Comprehension& c, std::size_t at, Value iterable,
                         Value result);
  Value eval_attribute(Frame& frame, const ast::Attribute& attribute);
  Value eval_await(Frame& frame, const ast::Yield& await);
  Value await_value(Value value);
  void expand(Frame& frame, ast::ExprList elements, std::vector<Value>& into);
  void positional_arguments(Frame& frame, ast::ExprList given, ValueBuffer& args, Value callee);
  void keyword_arguments(Frame& frame, std::span<const ast::Keyword> given, NamedBuffer& keywords,
                         Value callee);
  void unpack_arguments(Value value, Value callee, std::vector<Value>& into);
  Value load_global(Frame& frame, std::string_view name);
  Value find_class_name(Frame& frame, std::string_view name);
  void update_dict(Dict& dict, Value other, const std::string& complaint);
  void comprehension_frame(Frame& frame, Frame& inner, const ast::Comprehension& node,
                           std::vector<Cell*>& closure);
  bool is_iterable(Value value);
  Value find_global(Module* module, std::string_view name);
  [[noreturn]] void name_error(Frame& frame, std::string_view name);
  void store_name(Frame& frame, const ast::Name& name, Value value);
  void delete_name(Frame& frame, const ast::Name& name);
  void assign(Frame& frame, const ast::Expr* target, Value value);
  void unpack(Frame& frame, ast::ExprList targets, Value value);
  void delete_target(Frame& frame, const ast::Expr* target);
  Value resolve(Value value, Value* home);  // a Deferred
  Value resolve_deferred(Deferred* deferred);

  // ---- operators
  Value binary(ast::BinaryOp op, Value left, Value right, bool in_place = false);
  Value plain_binary(ast::BinaryOp op, Value left, Value right);  // absent: not for these
  Value int_binary(ast::BinaryOp op, std::int64_t a, std::int64_t b);
  Value float_binary(ast::BinaryOp op, double a, double b);
  Value big_binary(ast::BinaryOp op, Value left, Value right);
  Value number_binary(ast::BinaryOp op, Value left, Value right);  // absent: no numbers
  std::optional<std::partial_ordering> number_compare(Value left, Value right);
  std::size_t number_hash(Value value);
  double to_double(Value number);
  Value special_binary(ast::BinaryOp op, Value left, Value right, bool in_place);
  Value plain_in_place(ast::BinaryOp op, Value left, Value right);
  Value as_plain_dict(Value value);
  Value make_union(Value left, Value right);
  bool is_alias(Value value);  // list[int], int | None
  bool same_alias(Value left, Value right);
  std::string type_text(Value type);
  Value sequence_binary(ast::BinaryOp op, Value left, Value right);
  Value set_binary(ast::BinaryOp op, Value left, Value right);
  Value repeat(Value sequence, std::int64_t count);
  Value unary(ast::UnaryOp op, Value operand);
  Value compare(ast::CompareOp op, Value left, Value right);
  Value rich_compare(ast::CompareOp op, Value left, Value right);
  std::optional<bool> plain_compare(ast::CompareOp op, Value left, Value right);
  bool equal(Value a, Value b);
  std::size_t hash(Value value);
  bool truthy(Value value);
  std::size_t plain_hash(Value value);
  bool contains(Value container, Value item);
  bool plain_contains(Value container, Value item);
  std::optional<std::int64_t> plain_length(Value value);
  std::int64_t length(Value value);
  std::optional<std::int64_t> as_index(Value value);
  Value get_item(Value self, Value key);
  void set_item(Value self, Value key, Value value);
  void del_item(Value self, Value key);
  Value plain_get_item(Value self, Value key);
  void plain_set_item(Value self, Value key, Value value);
  void plain_del_item(Value self, Value key);
  std::string plain_repr(Value value);
  std::string plain_str(Value value);
  Value plain_iter(Value value);  // absent: not iterable
  void set_slice(List& list, const Slice& slice, Value value);
  Value class_getitem(Class* cls, Value key);
  std::string repr(Value value);
  std::string repr_items(const Object* container, const std::vector<Value>& items, const char* open,
                         const char* close);
  std::string repr_dict(const Dict& dict);
  std::string exception_repr(Exception* exception);
  Value as_plain(Value value);
  Value slice_text(const Str& text, const Slice& slice);
  Value make_alias(Class* cls, Value key);
  std::unordered_set<const Class*> generic_classes;  // with type parameters in brackets
  std::string to_str(Value value);
  std::string format(Value value, std::string_view spec);
  std::vector<const Object*> repr_stack;
  Value divmod(Value left, Value right);

  // ---- iteration
  Value iter(Value iterable);
  Value next(Value iterator);
  bool each(Value iterable, const std::function<bool(Value)>& visit);
  void collect(Value iterable, std::vector<Value>& into);

  // ---- generators
  Value make_generator(Function* function, Frame* frame);
  Value resume(Generator& generator, Value sent, Exception* thrown);  // absent: done
  Value resume_expression(Generator& generator);
  Value next_or_return(Value iterator, Value sent, Value& returned);
  void close(Generator& generator);
  Value run_coroutine(Generator& generator);
  [[noreturn]] void stop_iteration(Value value);

  // ---- statements
  Flow run(Frame& frame);  // until it returns or yields; frame.result is what
  Flow execute(Frame& frame, const ast::Stmt* statement);
  // All that a statement evaluates; `use`: what a call is to it.
  Value eval_statement(Frame& frame, const ast::Expr* value, CallUse use = CallUse::kValue);
  Flow execute_yield(Frame& frame, const ast::Stmt* statement, const ast::Yield& yield);
  Flow resume_frame(Frame& frame);
  Flow finish_yield(Frame& frame, const ast::Stmt* statement, Value value);
  Value delegate_step(Value delegate, Value sent, Exception* thrown, Value& returned);
  bool unwind(Frame& frame, Flow flow);                       // true: the frame is done
  void unwind_exception(Frame& frame, Exception* exception);  // throws when nothing catches
  bool unwind_level(Frame& frame, Exception* exception);      // true: goes on in the frame
  bool handle(Frame& frame, Exception* exception);
  bool next_star_handler(Frame& frame);
  bool begin_finally(Frame& frame, Flow pending, Exception* exception);
  void leave_handler(Frame& frame, Level& level);
  void finish_star(Frame& frame);
  void enter_with(Frame& frame, const ast::With& with, std::uint32_t item);
  bool leave_with(Value exit, bool is_async, Exception* exception);
  Value find_on_class(Value self, std::string_view name);
  Value next_async(Value iterator);
  void unset_name(Frame& frame, const ast::Name& name);
  bool continue_level(Frame& frame);  // true: the frame is done
  bool matches(Frame& frame, Exception* exception, Value type);
  void exec_raise(Frame& frame, const ast::Raise& raise);
  void exec_assert(Frame& frame, const ast::Assert& assertion);
  void exec_aug_assign(Frame& frame, const ast::AugAssign& assign, Value given);
  void exec_ann_assign(Frame& frame, const ast::AnnAssign& assign, Value value);
  void exec_function_def(Frame& frame, const ast::FunctionDef& def);
  void exec_class_def(Frame& frame, const ast::ClassDef& def);
  void exec_match(Frame& frame, const ast::Match& match);
  bool match_pattern(Frame& frame, const ast::Pattern& pattern, Value subject);
  bool match_sequence(Frame& frame, const ast::Pattern& pattern, Value subject);
  bool match_mapping(Frame& frame, const ast::Pattern& pattern, Value subject);
  bool is_registered(Value value, std::string_view collection);
  bool match_class(Frame& frame, const ast::Pattern& pattern, Value subject);
  Value decorate(std::span<const Value> decorators, Value value);
  Value make_type_alias(Frame& frame, const ast::TypeAlias& alias);
  void bind_type_params(Frame& frame, ast::TypeParams params);

  // ---- exceptions
  [[noreturn]] void throw_exception(Exception* exception);
  Exception* new_exception(std::string_view builtin, std::string message);
  Value exception_with(std::string_view builtin, std::vector<Value> args);
  Exception* exception_from(Value value);  // of `raise value`
  Value handled_exception() const;
  Value exception_group(Value type, std::string_view message, std::vector<Value> exceptions);
  Value split_group(Exception* group, const std::function<bool(Exception*)>& match, Value& rest);
  std::string exception_str(Exception* exception);

  // ---- modules
  std::vector<std::pair<std::string, Evaluator::ModuleInit>> native_modules;
  std::unordered_map<std::string, std::size_t> native_index;
  std::unordered_map<std::string, Value, TextHash, std::equal_to<>> modules;
  std::vector<Module*> module_order;
  std::vector<ProgramPtr> programs;
  Module* main = nullptr;
  Value import_absolute(std::string_view name);  // the module of the whole dotted name
  Value import_one(const std::string& name);     // absent: not there
  std::string absolute_name(Frame& frame, std::string_view module, std::uint32_t level);
  void exec_import(Frame& frame, const ast::Import& import);
  void exec_import_from(Frame& frame, const ast::ImportFrom& import);
  Value import_name(Frame& frame, Value from, std::string_view name);
  [[noreturn]] void no_such_name(Module& module, std::string_view name);
  std::vector<std::string> star_names(Module& module);
  void import_star(Frame& frame, Value from);
  std::vector<Deferred*> resolving;  // names of imports that are being looked up, outer first
  std::vector<Module*> star_stack;   // modules whose star imports are being looked through
  Module* star_source(Module& module, std::uint32_t at);
  void demand_from_stars(Module& module, std::string_view name);
  void ensure_parsed(Module& module);
  bool may_read(const ModuleCode& code, const ModuleCode::Statement& statement,
                std::string_view name);
  void run_readers_before(Module& module, std::uint32_t before, std::string_view name);
  Module* load_module(const std::string& name, const ModuleFinder::Found& found);
  Value folder_of(const ModuleFinder::Found& found);
  void index_module(ModuleCode& code);
  Value demand(Module& module, std::string_view name);
  bool demand_name(Module& module, std::string_view name);
  bool may_provide(Module& module, std::string_view name);
  void run_statement(Module& module, std::uint32_t at);
  void run_all(Module& module);
  Value find_submodule(Module& module, std::string_view name);
  Module* run_program(const ProgramPtr& program, std::string name);
  std::vector<std::string> names_of(Module& module);

  // ---- unknown values
  Value unknown(std::string origin, bool imported = false);
  [[noreturn]] void refuse(const Unknown& value, std::string_view what_for);
  std::string describe_arguments(std::span<const Value> args, std::span<const NamedValue> keywords);

  // ---- annotations
  Value evaluate_annotation(const Annotation& annotation, bool resolve_strings,
                            const std::string* text = nullptr);
  Value eval_text(Frame& frame, const std::string& text);
};

// Makes `frame` the running one until the end of the block.
class FrameGuard {
 public:
  FrameGuard(Interpreter& in, Frame* frame) : in_(in), frame_(frame) {
    frame->caller = in.top;
    in.top = frame;
    ++in.depth;
  }
  ~FrameGuard() {
    in_.top = frame_->caller;
    --in_.depth;
  }
  FrameGuard(const FrameGuard&) = delete;
  FrameGuard& operator=(const FrameGuard&) = delete;

 private:
  Interpreter& in_;
  Frame* frame_;
};

std::string_view operator_symbol(ast::BinaryOp op);
std::string_view operator_method(ast::BinaryOp op);
std::string_view operator_reflected(ast::BinaryOp op);
std::string_view compare_symbol(ast::CompareOp op);

}  // namespace retort::python
