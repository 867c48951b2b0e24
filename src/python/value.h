#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/source.h"
#include "python/ast.h"
#include "python/parser.h"

// The values of the evaluated language. Objects belong to the Heap of one Evaluator, which says
// when one is freed (heap.h). Values are small handles to them that count, and never outlive their
// evaluator.
namespace retort::python {

class Attributes;
class Evaluator;
struct Class;

enum class ObjectKind : std::uint8_t {
  kStr,
  kBytes,
  kList,
  kTuple,
  kDict,
  kSet,
  kRange,
  kSlice,
  kFunction,
  kNativeFunction,
  kBoundMethod,
  kProperty,
  kStaticMethod,
  kClassMethod,
  kClass,
  kInstance,
  kModule,
  kSuper,
  kCell,
  kIterator,
  kGenerator,
  kUnknown,
  kEllipsis,
  kNotImplemented,
  kBigInt,
  kNumber,
  kDictView,
  kDeferred,
};

struct Extension;

struct Object {
  explicit Object(ObjectKind k) : kind(k) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object();
  const ObjectKind kind;
  std::uint32_t serial = 0;  // order of making: id(), identity hashes and addresses in repr()
  // Never freed before its heap: for what is pointed to without a Value.
  void stay() {
    stays_ = true;
    collected_ = false;
  }
  // Set on objects of a class derived from a built-in one (`class Role(str)`): such an object is a
  // Str, List, ... in every respect, and has a class of its own, and attributes unless the
  // extension is shared by all (Class::name_items).
  const Extension* extension() const { return extension_; }
  bool owns_extension() const { return owns_extension_; }
  Attributes* extension_attributes();  // nullptr: takes none
  void derive(Class* cls);             // with attributes
  void derive_without_attributes(const Class& cls);

 private:
  friend class Heap;
  friend class Value;
  void let_go();  // of a collected object: nothing refers to it now
  Extension* extension_ = nullptr;
  bool owns_extension_ = false;
  bool stays_ = false;
  bool collected_ = false;
  bool noted_ = false;
  std::uint32_t references_ = 0;
};

class Value {
 public:
  enum class Tag : std::uint8_t { kAbsent, kNone, kBool, kInt, kFloat, kObject };

  Value() = default;  // absent: not a value of the language; an unset slot, an argument not given
  static Value none() { return Value(Tag::kNone); }
  static Value boolean(bool b) {
    Value v(Tag::kBool);
    v.int_ = b;
    return v;
  }
  static Value integer(std::int64_t i) {
    Value v(Tag::kInt);
    v.int_ = i;
    return v;
  }
  static Value floating(double d) {
    Value v(Tag::kFloat);
    v.float_ = d;
    return v;
  }
  // NOLINTNEXTLINE: every object is a value; no object is absent
  Value(Object* object) : tag_(object ? Tag::kObject : Tag::kAbsent), object_(object) {
    if (object) ++object->references_;
  }
  Value(const Value& other) noexcept : tag_(other.tag_), int_(other.int_) {
    if (is_object()) ++object_->references_;
  }
  Value(Value&& other) noexcept : tag_(other.tag_), int_(other.int_) { other.tag_ = Tag::kAbsent; }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Value() {
    if (is_object() && --object_->references_ == 0 && object_->collected_) object_->let_go();
  }

  Tag tag() const { return tag_; }
  explicit operator bool() const { return tag_ != Tag::kAbsent; }  // present; not Python's truth
  bool is_none() const { return tag_ == Tag::kNone; }
  bool is_bool() const { return tag_ == Tag::kBool; }
  bool is_int() const { return tag_ == Tag::kInt; }  // without bool
  bool is_float() const { return tag_ == Tag::kFloat; }
  bool is_object() const { return tag_ == Tag::kObject; }
  bool is(ObjectKind kind) const { return is_object() && object_->kind == kind; }
  bool is_str() const { return is(ObjectKind::kStr); }

  bool as_bool() const { return int_ != 0; }
  std::int64_t as_int() const { return int_; }  // of kInt and kBool
  double as_float() const { return float_; }
  Object* object() const { return object_; }
  const std::string& as_str() const;  // only when is_str()

  // The object as T when it is one, else nullptr.
  template <typename T>
  T* get() const {
    return is(T::kKind) ? static_cast<T*>(object_) : nullptr;
  }

  // Python's `is`.
  friend bool identical(const Value& a, const Value& b) {
    return a.tag_ == b.tag_ && a.int_ == b.int_;  // floats by their bits, so that nan is itself
  }

 private:
  explicit Value(Tag tag) : tag_(tag) {}
  void swap(Value& other) noexcept {
    std::swap(tag_, other.tag_);
    std::swap(int_, other.int_);
  }
  Tag tag_ = Tag::kAbsent;
  union {
    std::int64_t int_ = 0;
    double float_;
    Object* object_;
  };
};

// Named values in insertion order: a module's or class's or instance's attributes.
class Attributes {
 public:
  Value find(std::string_view name) const;  // absent when not there
  void set(std::string_view name, Value value);
  bool erase(std::string_view name);
  std::size_t size() const { return items().size(); }
  const std::vector<std::pair<std::string, Value>>& items() const {
    if (shared_) refresh();
    return items_;
  }
  // From now on the names live in `dict`, which evaluated code holds as `__dict__`.
  void share(Evaluator& evaluator, struct Dict* dict);
  struct Dict* shared() const { return shared_; }

 private:
  void refresh() const;
  std::ptrdiff_t locate(std::string_view name) const;
  void index_all();
  mutable std::vector<std::pair<std::string, Value>> items_;
  std::vector<std::uint32_t> buckets_;  // positions + 1 by hash of the name; empty while few
  struct Dict* shared_ = nullptr;
  Evaluator* evaluator_ = nullptr;
};

struct Extension {
  Class* cls = nullptr;
  Attributes attributes{};
};
inline Attributes* Object::extension_attributes() {
  return extension_ != nullptr && owns_extension_ ? &extension_->attributes : nullptr;
}

struct Str : Object {
  static constexpr ObjectKind kKind = ObjectKind::kStr;
  explicit Str(std::string t) : Object(kKind), text(std::move(t)) {}
  const std::string text;       // UTF-8
  std::int64_t length() const;  // in code points
  bool ascii() const { return length() == static_cast<std::int64_t>(text.size()); }

 private:
  mutable std::int64_t length_ = -1;
};
inline const std::string& Value::as_str() const { return static_cast<Str*>(object_)->text; }

struct Bytes : Object {
  static constexpr ObjectKind kKind = ObjectKind::kBytes;
  explicit Bytes(std::string d) : Object(kKind), data(std::move(d)) {}
  const std::string data;
};

struct List : Object {
  static constexpr ObjectKind kKind = ObjectKind::kList;
  explicit List(std::vector<Value> i = {}) : Object(kKind), items(std::move(i)) {}
  std::vector<Value> items;
};

struct Tuple : Object {
  static constexpr ObjectKind kKind = ObjectKind::kTuple;
  explicit Tuple(std::vector<Value> i = {}) : Object(kKind), items(std::move(i)) {}
  const std::vector<Value> items;
};

// Insertion-ordered hash table; keys hash and compare as Python's do, through the evaluator.
struct Dict : Object {
  static constexpr ObjectKind kKind = ObjectKind::kDict;
  struct Entry {
    std::size_t hash = 0;
    Value key{};  // absent: erased
    Value value{};
  };
  Dict() : Object(kKind) {}

  Value find(Evaluator& evaluator, Value key) const;  // absent when not there
  Value find(std::string_view key) const;             // for str keys, needs no evaluator
  void set(Evaluator& evaluator, Value key, Value value);
  bool erase(Evaluator& evaluator, Value key);
  void clear();
  std::size_t size() const { return size_; }
  const std::vector<Entry>& entries() const { return entries_; }  // skip those with an absent key
  // As above for a key whose hash is known.
  Value find(Evaluator& evaluator, Value key, std::size_t hash) const;
  void set(Evaluator& evaluator, Value key, std::size_t hash, Value value);

 private:
  std::ptrdiff_t locate(Evaluator& evaluator, Value key, std::size_t hash) const;
  void rehash(std::size_t buckets);
  std::vector<Entry> entries_;
  std::vector<std::int32_t> buckets_;
  std::size_t size_ = 0;
};

struct Set : Object {
  static constexpr ObjectKind kKind = ObjectKind::kSet;
  explicit Set(bool f = false) : Object(kKind), frozen(f) {}
  Dict items;  // keys only; iteration is in insertion order, so that runs repeat exactly
  const bool frozen;
};

// d.keys(), d.values(), d.items()
struct DictView : Object {
  static constexpr ObjectKind kKind = ObjectKind::kDictView;
  enum class What : std::uint8_t { kKeys, kValues, kItems };
  DictView(Dict* d, What w) : Object(kKind), dict(d), what(w) {}
  Dict* const dict;
  const Value owner = dict;
  const What what;
};

struct Range : Object {
  static constexpr ObjectKind kKind = ObjectKind::kRange;
  Range(std::int64_t b, std::int64_t e, std::int64_t s)
      : Object(kKind), begin(b), end(e), step(s) {}
  const std::int64_t begin, end, step;
  std::int64_t length() const;
  std::int64_t at(std::int64_t i) const { return begin + i * step; }
};

struct Slice : Object {
  static constexpr ObjectKind kKind = ObjectKind::kSlice;
  Slice(Value l, Value u, Value s) : Object(kKind), lower(l), upper(u), step(s) {}
  const Value lower, upper, step;  // None when not given
};

// An int or float of a class derived from int or float (IntEnum): `value` is the plain number.
struct Number : Object {
  static constexpr ObjectKind kKind = ObjectKind::kNumber;
  explicit Number(Value v) : Object(kKind), value(v) {}
  const Value value;
};

// A native iterator. Other iterators are generators and instances with __next__.
struct Iterator : Object {
  static constexpr ObjectKind kKind = ObjectKind::kIterator;
  explicit Iterator(std::string_view t) : Object(kKind), type_name(t) {}
  virtual Value next(Evaluator& evaluator) = 0;  // absent: exhausted
  const std::string_view type_name;              // "list_iterator", "map": static storage
};

struct Cell : Object {
  static constexpr ObjectKind kKind = ObjectKind::kCell;
  explicit Cell(Value v = {}) : Object(kKind), value(v) {}
  Value value;
};

struct Ellipsis : Object {
  static constexpr ObjectKind kKind = ObjectKind::kEllipsis;
  Ellipsis() : Object(kKind) {}
};
struct NotImplemented : Object {
  static constexpr ObjectKind kKind = ObjectKind::kNotImplemented;
  NotImplemented() : Object(kKind) {}
};

// ---- functions

struct Module;

// A function of evaluated code.
struct Function : Object {
  static constexpr ObjectKind kKind = ObjectKind::kFunction;
  Function() : Object(kKind) {}
  std::string_view name;  // of the `def`; "<lambda>"
  std::string qualname;
  const ast::FunctionDef* definition = nullptr;  // one of the two is set
  const ast::Lambda* lambda = nullptr;
  ast::Parameters parameters;
  ast::ScopeInfo* scope = nullptr;
  bool is_async = false;
  SourcePtr source;
  Module* module = nullptr;     // whose names are its globals
  std::vector<Value> defaults;  // by parameter; absent where there is none
  std::vector<Cell*> closure;
  Cell* class_cell = nullptr;  // of the class whose body defined it: super()
  Attributes attributes;       // set by `f.x = ...`
  std::shared_ptr<const struct AnnotationScope> annotation_scope;
  std::string_view doc() const { return definition ? definition->doc : std::string_view(); }
};

struct NamedValue {
  std::string_view name;
  Value value;
};

// The parameters of a native function, written as Python writes them:
//   "create_table(table_name, *columns, schema=None, if_not_exists=None, **kw)"
// A default is only shown to people: a parameter with one that is not given arrives absent.
// "/" and a bare "*" work as in Python. Drives argument checking and error messages.
struct Signature {
  using Kind = ast::Parameter::Kind;
  struct Param {
    std::string name;
    ast::Parameter::Kind kind = ast::Parameter::Kind::kPlain;
    bool required = true;
  };
  std::string name;
  std::vector<Param> params;
  std::uint32_t positional = 0;                     // how many parameters can be given by position
  std::ptrdiff_t var_args = -1, var_keywords = -1;  // their positions in params
  static Signature parse(std::string_view text);
};

// The arguments of one native call, bound to its signature.
class Arguments {
 public:
  // By position in the signature (`self` of a method is 0). Absent when not given.
  Value operator[](std::size_t i) const { return values_[i]; }
  Value operator[](std::string_view name) const;
  bool given(std::string_view name) const { return static_cast<bool>((*this)[name]); }
  std::size_t size() const { return values_.size(); }
  std::span<const Value> rest() const { return rest_; }                                  // *args
  std::span<const std::pair<std::string, Value>> keywords() const { return keywords_; }  // **kw
  const Signature& signature() const { return *signature_; }
  // False where the call is a whole statement: what it gives is thrown away.
  bool result_used() const { return result_used_; }

 private:
  friend class Evaluator;
  friend class Interpreter;
  bool result_used_ = true;
  const Signature* signature_ = nullptr;
  std::span<Value> values_;
  std::vector<Value> rest_;
  std::vector<std::pair<std::string, Value>> keywords_;
};

using NativeCall = std::function<Value(Evaluator&, Arguments&)>;

struct NativeFunction : Object {
  static constexpr ObjectKind kKind = ObjectKind::kNativeFunction;
  NativeFunction(std::string_view s, NativeCall c);
  const Signature& signature() const;  // parsed when first asked for
  const std::string text;              // of the signature
  const std::string_view name;         // in `text`
  const NativeCall call;
  Class* owner = nullptr;       // the class it is a method of
  bool is_builtin = false;      // len(), not op.create_table(): decides the words of errors
  bool is_constructor = false;  // a native __new__: its result becomes an object of args[0]

 private:
  mutable std::unique_ptr<Signature> signature_;
};

struct BoundMethod : Object {
  static constexpr ObjectKind kKind = ObjectKind::kBoundMethod;
  BoundMethod(Value s, Value f) : Object(kKind), self(s), function(f) {}
  const Value self;
  const Value function;
};

struct Property : Object {
  static constexpr ObjectKind kKind = ObjectKind::kProperty;
  Property() : Object(kKind) {}
  Value getter{}, setter{}, deleter{};
  std::function<Value(Evaluator&, Value self)> native{};  // the same as `getter`, in C++
  Value doc{};
};
struct StaticMethod : Object {
  static constexpr ObjectKind kKind = ObjectKind::kStaticMethod;
  explicit StaticMethod(Value f) : Object(kKind), function(f) {}
  const Value function;
};
struct ClassMethod : Object {
  static constexpr ObjectKind kKind = ObjectKind::kClassMethod;
  explicit ClassMethod(Value f) : Object(kKind), function(f) {}
  const Value function;
};

// ---- classes and instances

// Where the names of an annotation are looked up when it is evaluated.
struct AnnotationScope {
  SourcePtr source{};
  Module* module = nullptr;
  Class* cls = nullptr;        // of a class body
  std::vector<Value> slots{};  // of the function around, as they were
  std::vector<Cell*> closure{};
};

// The annotation of a parameter, a variable of a class or a return value. Annotations are evaluated
// on request only (Evaluator::evaluate_annotation).
struct Annotation {
  std::string_view name{};
  const ast::Expr* expr = nullptr;
  std::shared_ptr<const AnnotationScope> scope{};  // where its names are looked up
  std::string_view text() const;                   // as written
  Place place() const;
};

struct Class : Object {
  static constexpr ObjectKind kKind = ObjectKind::kClass;
  Class(std::string n, std::string m) : Object(kKind), name(std::move(n)), module(std::move(m)) {}
  std::string name;
  std::string module;  // dotted name of the defining module
  std::vector<Class*> bases;
  std::vector<Class*> mro;     // itself first; C3 order
  Class* metaclass = nullptr;  // nullptr: type
  Attributes attributes;
  Place place{};  // of the `class` statement; none for native classes
  std::string qualname;
  std::vector<Annotation> annotations;  // of its own body, in order
  std::string_view doc{};
  bool native = false;        // made by C++
  bool is_exception = false;  // derives from BaseException
  bool is_metaclass = false;  // derives from type
  bool custom_getattribute = false;
  // The built-in class whose objects its instances are (str, dict, ...), when it derives from one.
  Class* layout = nullptr;
  // Set when a base is a value retort can't know: attributes that are not found are unknown, too.
  struct Unknown* unknown_base = nullptr;
  // Adds the members of a native class when something is first looked up in it.
  std::function<void(Evaluator&, Class&)> fill;
  // Of a native metaclass: told of every name a class body binds, before it is bound; gives what to
  // bind instead.
  std::function<Value(Evaluator&, Attributes& names, std::string_view name, Value)> on_bind;
  // Of a native class: told when a class body binds one of its objects to a name, before the
  // statements that follow use it.
  std::function<void(Evaluator&, Value object, std::string_view name)> on_named;
  // Of a native class or metaclass: told of every class made from it, when it is complete.
  std::function<void(Evaluator&, Class& made)> on_subclass;

  // Of a class of tuples without attributes: the names of their items, "" where one has none. In an
  // object they are found before anything else.
  const std::vector<std::string>& item_names() const { return item_names_; }
  void name_items(std::vector<std::string> names);

  // Looks along the mro; absent when not there. `where` gets the class that has it.
  Value lookup(std::string_view name, Class** where = nullptr) const;
  Value own(std::string_view name);  // in this class alone
  bool is_subclass_of(const Class* other) const;

 private:
  friend class Evaluator;
  friend class Interpreter;
  Evaluator* evaluator_ = nullptr;  // for `fill`
  friend struct Object;
  std::vector<Class*> subclasses_;  // direct ones: __subclasses__()
  std::vector<std::string> item_names_;
  std::unique_ptr<Extension> shared_;  // of its objects, with name_items()
};

// A C++ value carried by an instance of a native class (or of a Python class derived from one).
struct Payload {
  virtual ~Payload() = default;
  virtual std::type_index type() const = 0;
};
template <typename T>
struct PayloadOf final : Payload {
  explicit PayloadOf(T v) : value(std::move(v)) {}
  std::type_index type() const override { return typeid(T); }
  T value;
};

struct Instance : Object {
  static constexpr ObjectKind kKind = ObjectKind::kInstance;
  explicit Instance(Class* c) : Object(kKind), cls(c) {}
  Class* cls;
  Attributes attributes;
  std::unique_ptr<Payload> payload;

  template <typename T>
  T* native() const {
    return payload && payload->type() == typeid(T)
               ? &static_cast<PayloadOf<T>*>(payload.get())->value
               : nullptr;
  }
  template <typename T>
  T& set_native(T value) {
    auto box = std::make_unique<PayloadOf<T>>(std::move(value));
    T& inside = box->value;
    payload = std::move(box);
    return inside;
  }
};

// The C++ value inside an instance, or nullptr when it is none or another type's.
template <typename T>
T* native(Value value) {
  Instance* instance = value.get<Instance>();
  return instance ? instance->native<T>() : nullptr;
}

// An instance of a class derived from BaseException.
struct Exception : Instance {
  explicit Exception(Class* c) : Instance(c) { stay(); }
  Tuple* args = nullptr;
  void set_args(Tuple* given) {
    given->stay();
    args = given;
  }
  Value cause{}, context{};  // absent: none
  bool suppress_context = false;
  Place place{};                  // where it was first raised
  std::vector<CallSite> calls{};  // innermost first
  std::string hint{};             // "did you mean" and other advice for people
};
Exception* as_exception(Value value);  // nullptr when it is none

// super(): attributes of `self` found after `after` in the mro of `start`.
struct Super : Object {
  static constexpr ObjectKind kKind = ObjectKind::kSuper;
  Super(Class* a, Value s, Class* st) : Object(kKind), after(a), self(s), start(st) {}
  Class* const after;
  const Value self;  // absent: unbound
  Class* const start;
};

// ---- modules and unknown values

struct Module : Object {
  static constexpr ObjectKind kKind = ObjectKind::kModule;
  explicit Module(std::string n) : Object(kKind), name(std::move(n)) {}
  const std::string name;
  Attributes attributes;
  // Asked for names that are not in `attributes` (a project's module evaluated on demand, a
  // native module that makes its members when first used). May return absent.
  std::function<Value(Evaluator&, std::string_view)> on_missing;
  // The file it is evaluated from, and what of it has been; absent for native modules.
  std::shared_ptr<struct ModuleCode> code;
  bool is_package = false;
  // A folder that the finder only takes for a package: a name that it lacks is not known.
  bool guess = false;
};

// A name that `from m import name` bound and nothing has read yet. Reading the variable resolves
// it; no native function ever meets one.
struct Deferred : Object {
  static constexpr ObjectKind kKind = ObjectKind::kDeferred;
  Deferred(Module* m, std::string n) : Object(kKind), module(m), name(std::move(n)) {}
  Module* const module;
  const std::string name;
};

// A value that retort can't know: it may be stored, passed, called, subclassed, indexed and asked
// for attributes, which gives further unknown values. Deciding on it (truth, comparison, iteration)
// or handing it to something that shapes the schema throws Error(code::kUnknownValue).
struct Unknown : Object {
  static constexpr ObjectKind kKind = ObjectKind::kUnknown;
  Unknown(std::string o, Place p) : Object(kKind), origin(std::move(o)), place(std::move(p)) {}
  const std::string origin;  // how it came to be: "boto3.client('s3')"
  const Place place;         // of the import or use that made it
  bool imported = false;     // a module or a name of one: certainly not None
};

}  // namespace retort::python
