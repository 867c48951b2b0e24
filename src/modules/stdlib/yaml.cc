#include <yaml.h>

#include <string>
#include <vector>

#include "modules/stdlib/services.h"

// _yaml: the events of a YAML text, which the module yaml makes values of.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

struct Parser {
  Parser() { yaml_parser_initialize(&state); }
  ~Parser() { yaml_parser_delete(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  yaml_parser_t state{};
};

struct Event {
  Event() = default;
  ~Event() { yaml_event_delete(&state); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  yaml_event_t state{};
};

Value text_or_none(Evaluator& evaluator, const yaml_char_t* text) {
  return text ? Value(evaluator.str(reinterpret_cast<const char*>(text))) : Value::none();
}

// (kind, anchor, tag, value, plain); absent for what holds no value.
Value event_value(Evaluator& evaluator, const yaml_event_t& event) {
  const auto made = [&](std::string_view kind, const yaml_char_t* anchor, const yaml_char_t* tag,
                        Value value, bool plain) {
    return evaluator.tuple({evaluator.str(kind), text_or_none(evaluator, anchor),
                            text_or_none(evaluator, tag), value, Value::boolean(plain)});
  };
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return made("document", nullptr, nullptr, Value::none(), false);
    case YAML_ALIAS_EVENT:
      return made("alias", event.data.alias.anchor, nullptr, Value::none(), false);
    case YAML_SCALAR_EVENT: {
      const auto& scalar = event.data.scalar;
      const std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
      return made("scalar", scalar.anchor, scalar.tag, evaluator.str(text),
                  scalar.plain_implicit != 0);
    }
    case YAML_SEQUENCE_START_EVENT:
      return made("sequence", event.data.sequence_start.anchor, event.data.sequence_start.tag,
                  Value::none(), false);
    case YAML_MAPPING_START_EVENT:
      return made("mapping", event.data.mapping_start.anchor, event.data.mapping_start.tag,
                  Value::none(), false);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return made("end", nullptr, nullptr, Value::none(), false);
    default:
      return {};
  }
}

std::string problem_of(const yaml_parser_t& parser) {
  std::string text = parser.context ? std::string(parser.context) + ": " : "";
  text += parser.problem ? parser.problem : "the text can't be read";
  return text + " (line " + std::to_string(parser.problem_mark.line + 1) + ", column " +
         std::to_string(parser.problem_mark.column + 1) + ")";
}

Value events(Evaluator& evaluator, Arguments& args) {
  const std::string text = evaluator.to_str(args[0]);
  Parser parser;
  yaml_parser_set_encoding(&parser.state, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser.state, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  std::vector<Value> out;
  for (bool more = true; more;) {
    Event event;
    if (!yaml_parser_parse(&parser.state, &event.state)) {
      evaluator.raise(args[1].get<python::Class>(), problem_of(parser.state));
    }
    more = event.state.type != YAML_STREAM_END_EVENT;
    if (const Value made = event_value(evaluator, event.state)) out.push_back(made);
  }
  return evaluator.list(std::move(out));
}

}  // namespace

void init_yaml(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(module, "events(text, failure)", events);
}

}  // namespace retort::modules::stdlib
