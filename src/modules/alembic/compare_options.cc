#include "modules/alembic/compare_options.h"

#include <array>

#include "modules/alembic/schema_objects.h"
#include "modules/arguments.h"

namespace retort::modules {

using python::Evaluator;
using python::Value;

namespace {

// A bool, or a function that decides; a function that can't be known decides nothing.
bool is_function(Evaluator& evaluator, Value value) {
  return value && !value.is_bool() && evaluator.callable(value);
}

Value text_or_none(Evaluator& evaluator, std::string_view text) {
  return text.empty() ? Value::none() : evaluator.str(text);
}

// The answer of a filter, which is asked as Python asks: `if not include_object(...)`.
bool answer(Evaluator& evaluator, Value function, std::span<const Value> args) {
  return evaluator.truthy(evaluator.invoke(function, args));
}

auto wrap_include_object(Evaluator& evaluator, Value function) {
  auto objects = std::make_shared<SchemaObjects>(evaluator);
  return [&evaluator, function, objects](const compare::Candidate& candidate) {
    Value object = objects->of(candidate);
    return answer(evaluator, function,
                  std::array{object, text_or_none(evaluator, candidate.name),
                             evaluator.str(candidate.kind), Value::boolean(candidate.reflected),
                             candidate.has_counterpart ? object : Value::none()});
  };
}

auto wrap_include_name(Evaluator& evaluator, Value function) {
  return [&evaluator, function](const std::optional<std::string>& name, std::string_view kind,
                                const std::map<std::string, std::optional<std::string>>& parents) {
    python::Dict* dict = evaluator.dict();
    for (const auto& [key, value] : parents) {
      dict->set(evaluator, evaluator.str(key), value ? evaluator.str(*value) : Value::none());
    }
    return answer(
        evaluator, function,
        std::array{name ? evaluator.str(*name) : Value::none(), evaluator.str(kind), Value(dict)});
  };
}

std::optional<bool> decision(Evaluator& evaluator, Value result) {
  if (result.is_none()) return std::nullopt;
  return evaluator.truthy(result);
}

Value context_of(Evaluator& evaluator) {
  return evaluator.call(
      evaluator.get_attr(evaluator.import_module("alembic.context"), "get_context"));
}

auto wrap_compare_type(Evaluator& evaluator, Value function) {
  auto objects = std::make_shared<SchemaObjects>(evaluator);
  return [&evaluator, function, objects](const schema::Table& table, const schema::Column& have,
                                         const schema::Column& want) {
    const Value inspected = objects->column(table, have);
    const Value wanted = objects->column(table, want);
    return decision(evaluator,
                    evaluator.invoke(function, std::array{context_of(evaluator), inspected, wanted,
                                                          evaluator.get_attr(inspected, "type"),
                                                          evaluator.get_attr(wanted, "type")}));
  };
}

auto wrap_compare_default(Evaluator& evaluator, Value function) {
  auto objects = std::make_shared<SchemaObjects>(evaluator);
  return [&evaluator, function, objects](const schema::Table& table, const schema::Column& have,
                                         const schema::Column& want) {
    const Value wanted = objects->default_text(want);
    return decision(
        evaluator,
        evaluator.invoke(function, std::array{context_of(evaluator), objects->column(table, have),
                                              objects->column(table, want),
                                              objects->default_text(have), wanted, wanted}));
  };
}

}  // namespace

void read_compare_options(Evaluator& evaluator, const Configuration& configuration,
                          compare::Options& options) {
  if (is_function(evaluator, configuration.compare_type)) {
    options.compare_type = true;
    options.decide_type = wrap_compare_type(evaluator, configuration.compare_type);
  } else if (configuration.compare_type) {
    options.compare_type = flag_of(evaluator, configuration.compare_type, "compare_type");
  }
  const Value defaults = configuration.compare_server_default;
  if (is_function(evaluator, defaults)) {
    options.compare_server_default = true;
    options.decide_server_default = wrap_compare_default(evaluator, defaults);
  } else if (defaults) {
    options.compare_server_default = flag_of(evaluator, defaults, "compare_server_default");
  }
  if (configuration.include_name) {
    options.include_name = wrap_include_name(evaluator, configuration.include_name);
  }
  if (configuration.include_object) {
    auto own = options.include_object;
    auto given = wrap_include_object(evaluator, configuration.include_object);
    options.include_object = [own, given](const compare::Candidate& candidate) {
      return (!own || own(candidate)) && given(candidate);
    };
  }
}

}  // namespace retort::modules
