#include "config/toml.h"

#include "base/error.h"
#include "modules/stdlib/services.h"
#include "modules/stdlib/stdlib.h"

// _toml, what tomllib reads with.
namespace retort::modules::stdlib {

using config::TomlTable;
using config::TomlValue;
using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

struct Reader {
  Evaluator& evaluator;
  Value parse_float;

  Value table(const TomlTable& in) const {
    python::Dict* out = evaluator.dict();
    for (const TomlValue& entry : in.entries) {
      out->set(evaluator, evaluator.str(entry.key), value(entry));
    }
    return out;
  }

  Value value(const TomlValue& in) const {
    if (const std::string* text = in.string()) return evaluator.str(*text);
    if (const bool* boolean = in.boolean()) return Value::boolean(*boolean);
    if (const auto* integer = std::get_if<std::int64_t>(&in.value)) return Value::integer(*integer);
    if (const auto* moment = std::get_if<config::TomlMoment>(&in.value)) {
      return stdlib_value(evaluator, kind(moment->text), moment->text);
    }
    if (const config::TomlList* list = in.list()) {
      std::vector<Value> items;
      for (const TomlValue& item : *list) items.push_back(value(item));
      return evaluator.list(std::move(items));
    }
    if (const TomlTable* inner = in.table()) return table(*inner);
    // As it is written: Decimal("0.1") is what parse_float=Decimal is for.
    const Value text[] = {evaluator.str(in.place.source->text().substr(
        in.place.span.begin, in.place.span.end - in.place.span.begin))};
    return evaluator.call(parse_float, text);
  }

  static StdlibKind kind(std::string_view text) {
    const bool date = text.size() >= 10 && text[4] == '-';
    if (!date) return StdlibKind::kTime;
    return text.size() > 10 ? StdlibKind::kDateTime : StdlibKind::kDate;
  }
};

Value loads(Evaluator& evaluator, Arguments& args) {
  const auto source = std::make_shared<const Source>("<toml>", evaluator.to_str(args[0]));
  try {
    return Reader{evaluator, args[1]}.table(config::parse_toml(source));
  } catch (const Error& error) {
    if (error.code() != code::kSyntax) throw;
    std::string message = error.message();
    if (error.place().source) {
      const LineColumn at = source->position(error.place().span.begin);
      message +=
          " (at line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ")";
    }
    evaluator.raise(args[2].get<python::Class>(), message);
  }
}

}  // namespace

void init_toml(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(module, "loads(text, parse_float, failure)", loads);
}

}  // namespace retort::modules::stdlib
