#include "runtime/version_callbacks.h"

namespace retort::runtime {

using python::Value;

namespace {

Value texts(python::Evaluator& evaluator, const std::vector<std::string>& all) {
  std::vector<Value> items;
  for (const std::string& text : all) items.push_back(evaluator.str(text));
  return evaluator.tuple(std::move(items));
}

// MigrationInfo
Value step_object(python::Evaluator& evaluator, const revision::Step& step) {
  const Value module = evaluator.import_module("alembic.util");
  auto* info =
      evaluator.new_instance(evaluator.get_attr(module, "_MigrationInfo").get<python::Class>());
  const std::vector<std::string>& up = step.up_revisions;
  const std::vector<std::string>& down = step.down_revisions;
  const auto set = [&](std::string_view name, Value value) { info->attributes.set(name, value); };
  set("is_upgrade", Value::boolean(step.is_upgrade));
  set("is_stamp", Value::boolean(step.kind == revision::Step::Kind::kStamp));
  set("up_revision_id", up.empty() ? Value::none() : evaluator.str(up.front()));
  set("up_revision_ids", texts(evaluator, up));
  set("down_revision_ids", texts(evaluator, down));
  set("source_revision_ids", texts(evaluator, step.is_upgrade ? down : up));
  set("destination_revision_ids", texts(evaluator, step.is_upgrade ? up : down));
  return info;
}

}  // namespace

std::vector<Environment::VersionCallback> version_callbacks(
    const modules::Configuration& configuration, Evaluation& evaluation) {
  std::vector<Environment::VersionCallback> callbacks;
  for (const Value& function : configuration.on_version_apply) {
    callbacks.push_back(
        [&evaluation, function](const revision::Step& step, const std::vector<std::string>& rows,
                                const std::vector<std::pair<std::string, Value>>& run_arguments) {
          python::Evaluator& evaluator = evaluation.evaluator();
          std::vector<Value> heads;
          for (const std::string& row : rows) heads.push_back(evaluator.str(row));
          python::Dict* arguments = evaluator.dict();
          for (const auto& [name, value] : run_arguments) {
            arguments->set(evaluator, evaluator.str(name), value);
          }
          const Value context =
              evaluator.get_attr(evaluator.import_module("alembic.context"), "get_context");
          evaluation.call(function, {},
                          {{"ctx", evaluator.invoke(context)},
                           {"step", step_object(evaluator, step)},
                           {"heads", evaluator.set(std::move(heads))},
                           {"run_args", arguments}});
        });
  }
  return callbacks;
}

}  // namespace retort::runtime
