#include <string>

#include "python/builtin_function.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

// Built-in functions about objects: attributes, classes, text forms.
namespace retort::python {

namespace {

const std::string& attribute_name(Evaluator& evaluator, Value name) {
  if (name.is_str()) return name.as_str();
  evaluator.type_error("attribute name must be string, not '" + evaluator.type_name(name) + "'");
}

Value get_attribute(Evaluator& evaluator, Arguments& args) {
  const std::string& name = attribute_name(evaluator, args[1]);
  if (!args[2]) return evaluator.get_attr(args[0], name);
  const Value found = evaluator.find_attr(args[0], name);
  return found ? found : args[2];
}

Value has_attribute(Evaluator& evaluator, Arguments& args) {
  const std::string& name = attribute_name(evaluator, args[1]);
  if (const Unknown* unknown = args[0].get<Unknown>()) {
    evaluator.refuse_unknown(*unknown, "hasattr()");
  }
  return Value::boolean(static_cast<bool>(evaluator.find_attr(args[0], name)));
}

Value set_attribute(Evaluator& evaluator, Arguments& args) {
  evaluator.set_attr(args[0], attribute_name(evaluator, args[1]), args[2]);
  return Value::none();
}

Value delete_attribute(Evaluator& evaluator, Arguments& args) {
  evaluator.del_attr(args[0], attribute_name(evaluator, args[1]));
  return Value::none();
}

Value is_instance(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(evaluator.is_instance(args[0], args[1]));
}

Value is_subclass(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(evaluator.is_subclass(args[0], args[1]));
}

Value is_callable(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(evaluator.callable(args[0]));
}

Value directory(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> names;
  if (args[0]) {
    for (const std::string& name : evaluator.dir(args[0])) names.push_back(evaluator.str(name));
  } else {
    names = evaluator.items(evaluator.locals());
  }
  sort_values(evaluator, names, Value(), false);
  return evaluator.list(std::move(names));
}

Value variables(Evaluator& evaluator, Arguments& args) {
  if (!args[0]) return evaluator.locals();
  const Value names = evaluator.find_attr(args[0], "__dict__");
  if (!names) evaluator.type_error("vars() argument must have __dict__ attribute");
  return names;
}

Value globals(Evaluator& evaluator, Arguments&) { return evaluator.globals(); }
Value locals(Evaluator& evaluator, Arguments&) { return evaluator.locals(); }

Value identity(Evaluator&, Arguments& args) {
  const Value value = args[0];
  // Of a plain number, None and the like: what tells them apart, away from the objects' numbers.
  if (!value.is_object()) {
    const auto bits = value.is_float()
                          ? static_cast<std::int64_t>(std::hash<double>()(value.as_float()))
                          : value.as_int();
    return Value::integer((std::int64_t{1} << 40) + (bits & 0xFFFFFFFF) * 16 +
                          static_cast<std::int64_t>(value.tag()));
  }
  return Value::integer(static_cast<std::int64_t>(value.object()->serial) * 16 + 8);
}

Value hash(Evaluator& evaluator, Arguments& args) {
  return Value::integer(static_cast<std::int64_t>(evaluator.hash(args[0])));
}

Value representation(Evaluator& evaluator, Arguments& args) {
  return evaluator.str(evaluator.repr(args[0]));
}

Value ascii(Evaluator& evaluator, Arguments& args) {
  return evaluator.str(ascii_repr(evaluator.repr(args[0])));
}

Value format(Evaluator& evaluator, Arguments& args) {
  if (args[1] && !args[1].is_str()) {
    evaluator.type_error("format() argument 2 must be str, not " + evaluator.type_name(args[1]));
  }
  return evaluator.str(evaluator.format(args[0], args[1] ? args[1].as_str() : ""));
}

Value character(Evaluator& evaluator, Arguments& args) {
  const std::int64_t code = evaluator.index(args[0]);
  if (code < 0 || code > 0x10FFFF) evaluator.value_error("chr() arg not in range(0x110000)");
  std::string out;
  append_utf8(out, static_cast<char32_t>(code));
  return evaluator.str(out);
}

Value ordinal(Evaluator& evaluator, Arguments& args) {
  std::int64_t length = -1;
  if (const Str* text = args[0].get<Str>()) {
    length = text->length();
    if (length == 1) return Value::integer(decode_utf8(text->text, 0, true).character);
  } else if (const Bytes* bytes = args[0].get<Bytes>()) {
    length = static_cast<std::int64_t>(bytes->data.size());
    if (length == 1) return Value::integer(static_cast<unsigned char>(bytes->data[0]));
  } else {
    evaluator.type_error("ord() expected string of length 1, but " + evaluator.type_name(args[0]) +
                         " found");
  }
  evaluator.type_error("ord() expected a character, but string of length " +
                       std::to_string(length) + " found");
}

constexpr MethodRow kRows[] = {
    {"getattr(object, name, default=None, /)", get_attribute},
    {"hasattr(obj, name, /)", has_attribute},
    {"setattr(obj, name, value, /)", set_attribute},
    {"delattr(obj, name, /)", delete_attribute},
    {"isinstance(obj, class_or_tuple, /)", is_instance},
    {"issubclass(cls, class_or_tuple, /)", is_subclass},
    {"callable(obj, /)", is_callable},
    {"dir(object=None, /)", directory},
    {"vars(object=None, /)", variables},
    {"globals()", globals},
    {"locals()", locals},
    {"id(obj, /)", identity},
    {"hash(obj, /)", hash},
    {"repr(obj, /)", representation},
    {"ascii(obj, /)", ascii},
    {"format(value, format_spec='', /)", format},
    {"chr(i, /)", character},
    {"ord(c, /)", ordinal},
};

}  // namespace

std::span<const MethodRow> object_functions() { return kRows; }

}  // namespace retort::python
