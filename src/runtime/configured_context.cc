#include "runtime/configured_context.h"

#include "models/evaluated.h"
#include "modules/alembic/compare_options.h"
#include "modules/sqlalchemy/schema_items.h"
#include "runtime/object_patterns.h"
#include "runtime/revision_directives.h"
#include "runtime/version_callbacks.h"

namespace retort::runtime {

using python::Value;

namespace {

template <typename T>
void take(const std::optional<T>& given, T& target) {
  if (given) target = *given;
}

// Of a MetaData object, without evaluating any table; empty for another value.
schema::NamingConvention naming_convention_of(Value value) {
  auto* held = modules::item<modules::MetaDataItem>(value);
  return held ? held->metadata.naming_convention : schema::NamingConvention();
}

// The wanted schemas, evaluated when they are asked for.
std::function<std::vector<schema::MetaData>()> lazily(Evaluation& evaluation,
                                                      std::vector<Value> values) {
  return [&evaluation, values = std::move(values)] {
    std::vector<schema::MetaData> out;
    for (const Value& value : values) {
      out.push_back(models::evaluated_schema(evaluation.evaluator(), value));
    }
    return out;
  };
}

}  // namespace

void read_configured(const config::Config&, const config::Settings& settings,
                     Evaluation& evaluation, Environment& environment) {
  environment.compare.own_tables.emplace_back(environment.version_table_schema,
                                              environment.version_table);
  environment.compare.own_tables.emplace_back("", "retort_history");
  take(settings.compare_type, environment.compare.compare_type);
  take(settings.compare_server_default, environment.compare.compare_server_default);
  take(settings.include_schemas, environment.compare.include_schemas);
  take(settings.render_as_batch, environment.compare.render_as_batch);
  if (!settings.include.empty() || !settings.exclude.empty()) {
    environment.compare.include_object =
        ObjectPatterns(settings.include, settings.exclude).filter();
  }
  if (settings.target_metadata.empty()) return;
  environment.target_metadata = [&evaluation, &settings] {
    std::vector<schema::MetaData> out;
    python::Evaluator& evaluator = evaluation.evaluator();
    for (const std::string& module : settings.model_modules) evaluator.import_module(module);
    for (const std::string& name : settings.target_metadata) {
      out.push_back(models::evaluated_schema(evaluator, models::find_target(evaluator, name)));
    }
    return out;
  };
}

void read_configuration(const modules::Configuration& configuration, Evaluation& evaluation,
                        Environment& environment) {
  python::Evaluator& evaluator = evaluation.evaluator();
  if (configuration.version_table || configuration.version_table_schema) {
    take(configuration.version_table, environment.version_table);
    take(configuration.version_table_schema, environment.version_table_schema);
    environment.compare.own_tables.emplace_back(environment.version_table_schema,
                                                environment.version_table);
  }
  take(configuration.version_table_pk, environment.version_table_pk);
  take(configuration.transaction_per_migration, environment.transaction_per_migration);
  if (configuration.transactional_ddl) {
    environment.transactional_ddl = configuration.transactional_ddl;
  }
  take(configuration.starting_revision, environment.starting_revision);
  take(configuration.tag, environment.tag);
  take(configuration.include_schemas, environment.compare.include_schemas);
  take(configuration.render_as_batch, environment.compare.render_as_batch);
  take(configuration.upgrade_token, environment.hooks.upgrade_token);
  take(configuration.downgrade_token, environment.hooks.downgrade_token);
  take(configuration.alembic_module_prefix, environment.hooks.alembic_module_prefix);
  take(configuration.sqlalchemy_module_prefix, environment.hooks.sqlalchemy_module_prefix);
  if (configuration.user_module_prefix) {
    environment.hooks.user_module_prefix = configuration.user_module_prefix;
  }
  read_hooks(configuration, evaluation, environment.hooks);
  environment.on_version_apply = version_callbacks(configuration, evaluation);
  modules::read_compare_options(evaluator, configuration, environment.compare);
  if (!configuration.target_metadata.empty()) {
    environment.target_metadata = lazily(evaluation, configuration.target_metadata);
    environment.naming_convention = naming_convention_of(configuration.target_metadata.front());
  }
}

}  // namespace retort::runtime
