#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/source.h"
#include "python/ast.h"
#include "python/parser.h"

// The values of the evaluated language. Objects belong to the Heap of one Evaluator and live until
// it is destroyed: nothing is collected during a run, the heap's limit bounds it. Values are small
// handles to them, copied freely, and never outlive their evaluator.
namespace retort::python {

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
};

struct Object {
  explicit Object(ObjectKind k) : kind(k) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;
  const ObjectKind kind;
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
  Value(Object* object) : tag_(Tag::kObject), object_(object) {}  // NOLINT: every object is a value

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
    return a.tag_ == b.tag_ && (a.tag_ == Tag::kFloat ? a.float_ == b.float_ : a.int_ == b.int_);
  }

 private:
  explicit Value(Tag tag) : tag_(tag) {}
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
  const std::vector<std::pair<std::string, Value>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::string, Value>> items_;
  std::unordered_map<std::string_view, std::size_t> index_;  // made when there are many
};

struct Str : Object {
  static constexpr ObjectKind kKind = ObjectKind::kStr;
  explicit Str(std::string t) : Object(kKind), text(std::move(t)) {}
  const std::string text;  // UTF-8
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

// ---- functions

struct NamedValue {
  std::string_view name;
  Value value;
};

// The parameters of a native function, written as Python writes them:
//   "create_table(table_name, *columns, schema=None, if_not_exists=None, **kw)"
// A default is only shown to people: a parameter with one that is not given arrives absent.
// "/" and a bare "*" work as in Python. Drives argument checking and error messages.
struct Signature {
  struct Param {
    std::string name;
    ast::Parameter::Kind kind = ast::Parameter::Kind::kPlain;
    bool required = true;
  };
  std::string name;
  std::vector<Param> params;
  static Signature parse(std::string_view text);
};

// The arguments of one native call, bound to its signature.
class Arguments {
 public:
  // By position in the signature (`self` of a method is 0). Absent when not given.
  Value operator[](std::size_t i) const { return values_[i]; }
  Value operator[](std::string_view name) const;
  bool given(std::string_view name) const { return static_cast<bool>((*this)[name]); }
  std::span<const Value> rest() const { return rest_; }                                  // *args
  std::span<const std::pair<std::string, Value>> keywords() const { return keywords_; }  // **kw
  const Signature& signature() const { return *signature_; }

 private:
  friend class Evaluator;
  const Signature* signature_ = nullptr;
  std::vector<Value> values_;
  std::vector<Value> rest_;
  std::vector<std::pair<std::string, Value>> keywords_;
};

using NativeCall = std::function<Value(Evaluator&, Arguments&)>;

struct NativeFunction : Object {
  static constexpr ObjectKind kKind = ObjectKind::kNativeFunction;
  NativeFunction(Signature s, NativeCall c)
      : Object(kKind), signature(std::move(s)), call(std::move(c)) {}
  const Signature signature;
  const NativeCall call;
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
  // Looks along the mro; absent when not there.
  Value lookup(std::string_view name) const;
  bool is_subclass_of(const Class* other) const;
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

// ---- modules and unknown values

struct Module : Object {
  static constexpr ObjectKind kKind = ObjectKind::kModule;
  explicit Module(std::string n) : Object(kKind), name(std::move(n)) {}
  const std::string name;
  Attributes attributes;
  // Asked for names that are not in `attributes` (a project's module evaluated on demand, a
  // native module that makes its members when first used). May return absent.
  std::function<Value(Evaluator&, std::string_view)> on_missing;
};

// A value that retort can't know: it may be stored, passed, called, subclassed, indexed and asked
// for attributes, which gives further unknown values. Deciding on it (truth, comparison, iteration)
// or handing it to something that shapes the schema throws Error(code::kUnknownValue).
struct Unknown : Object {
  static constexpr ObjectKind kKind = ObjectKind::kUnknown;
  Unknown(std::string o, Place p) : Object(kKind), origin(std::move(o)), place(std::move(p)) {}
  const std::string origin;  // how it came to be: "boto3.client('s3')"
  const Place place;         // of the import or use that made it
};

}  // namespace retort::python
