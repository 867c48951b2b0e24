#include "python/evaluator_state.h"

// Values retort can't know: what comes from modules that are neither bound nor in the project.
// They may be stored, passed and followed by attributes, calls, subscripts and operators, which
// gives further unknown values. A decision on one ends the evaluation with an error that names its
// origin.
//
// Two rules beside: an unknown value that is applied as a decorator gives back what it decorates,
// so that the function or class stays usable; and a class may derive from an unknown one:
// attributes that are not found in it or its instances are then unknown.
namespace retort::python {

Value Interpreter::unknown(std::string origin, bool imported) {
  constexpr std::size_t kLongest = 120;
  if (origin.size() > kLongest) {
    origin.resize(kLongest);
    while (!origin.empty() && (static_cast<unsigned char>(origin.back()) & 0xC0) == 0x80) {
      origin.pop_back();
    }
    if (!origin.empty() && (static_cast<unsigned char>(origin.back()) & 0x80) != 0) {
      origin.pop_back();
    }
    origin += "...";
  }
  Unknown* made = ev.make<Unknown>(std::move(origin), place());
  ev.account(made->origin.size());
  made->imported = imported;
  return made;
}

void Interpreter::refuse(const Unknown& value, std::string_view what_for) {
  Error error(code::kUnknownValue, std::string(what_for) + " needs the value of " + value.origin +
                                       ", which retort can't know");
  show_outside(error, top ? place() : value.place, calls());
  std::string hint = value.origin;
  hint.resize(std::min(hint.find_first_of(".([ "), hint.size()));
  std::string from = value.place ? " (it comes from " + value.place.str() + ")" : "";
  error.with_hint(
      "'" + hint + "' is neither part of retort nor of the project" + from +
      "; write the value into the file, or make what needs it independent of it, or add "
      "the folder of a module of yours to prepend_sys_path");
  throw error;
}

std::string Interpreter::describe_arguments(std::span<const Value> args,
                                            std::span<const NamedValue> keywords) {
  std::string text = "(";
  const auto add = [&](Value value) {
    switch (value.tag()) {
      case Value::Tag::kObject:
        if (const Unknown* other = value.get<Unknown>()) {
          text += other->origin;
        } else if (value.is_str()) {
          text += str_repr(value.as_str());
        } else if (const Class* cls = value.get<Class>()) {
          text += cls->name;
        } else {
          text += "...";
        }
        break;
      default:
        text += repr(value);
    }
  };
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) text += ", ";
    add(args[i]);
  }
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if (i > 0 || !args.empty()) text += ", ";
    text += keywords[i].name;
    text += "=";
    add(keywords[i].value);
  }
  return text + ")";
}

}  // namespace retort::python
