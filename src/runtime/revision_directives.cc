#include "runtime/revision_directives.h"

#include <array>

#include "base/error.h"
#include "modules/alembic/operation_objects.h"
#include "modules/arguments.h"
#include "modules/project_modules.h"
#include "modules/sqlalchemy/types.h"
#include "sql/build.h"

namespace retort::runtime {

using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "_alembic_ops";
constexpr std::string_view kAutogenerate = "alembic.autogenerate";

class Directives {
 public:
  explicit Directives(Evaluation& evaluation)
      : evaluator_(evaluation.evaluator()),
        module_(evaluator_.import_module(kModule)),
        operations_(evaluator_, *evaluation.current()) {}

  Value script(const RevisionDraft& draft) {
    Instance* made = instance("MigrationScript");
    const auto set = [&](std::string_view name, Value value) { made->attributes.set(name, value); };
    set("rev_id", evaluator_.str(draft.rev_id));
    set("message", draft.message ? evaluator_.str(*draft.message) : Value::none());
    set("head", texts(draft.head));
    set("splice", Value::boolean(draft.splice));
    set("branch_label", draft.branch_labels.empty() ? Value::none() : texts(draft.branch_labels));
    set("depends_on", draft.depends_on.empty() ? Value::none() : texts(draft.depends_on));
    set("version_path",
        draft.version_path.empty() ? Value::none() : evaluator_.str(draft.version_path));
    set("imports", evaluator_.set());
    set("_upgrade_ops", containers("UpgradeOps", "upgrade_token", draft.upgrade));
    set("_downgrade_ops", containers("DowngradeOps", "downgrade_token", draft.downgrade));
    return made;
  }

  RevisionDraft read(Value script, RevisionDraft draft) {
    draft.rev_id = modules::text_of(evaluator_, attribute(script, "rev_id"), "script.rev_id");
    Value message = attribute(script, "message");
    draft.message.reset();
    if (!message.is_none()) draft.message = evaluator_.to_str(message);
    read_texts(script, "head", draft.head);
    draft.splice = evaluator_.truthy(attribute(script, "splice"));
    read_texts(script, "branch_label", draft.branch_labels);
    read_texts(script, "depends_on", draft.depends_on);
    Value path = attribute(script, "version_path");
    draft.version_path = path.is_none() ? "" : evaluator_.to_str(path);
    for (const Value& line : evaluator_.items(attribute(script, "imports"))) {
      draft.imports.push_back(evaluator_.to_str(line));
    }
    draft.upgrade = all_operations(script, "upgrade_ops_list", "upgrade_token");
    draft.downgrade = all_operations(script, "downgrade_ops_list", "downgrade_token");
    return draft;
  }

 private:
  Instance* instance(std::string_view cls) {
    return evaluator_.new_instance(evaluator_.get_attr(module_, cls).get<python::Class>());
  }

  Value attribute(Value object, std::string_view name) { return evaluator_.get_attr(object, name); }

  Value texts(const std::vector<std::string>& all) {
    std::vector<Value> items;
    for (const std::string& text : all) items.push_back(evaluator_.str(text));
    return evaluator_.list(std::move(items));
  }

  void read_texts(Value script, std::string_view name, std::vector<std::string>& target) {
    Value value = attribute(script, name);
    target.clear();
    if (!value.is_none()) target = modules::texts_of(evaluator_, value, name);
  }

  // One container for each database.
  Value containers(std::string_view cls, std::string_view token,
                   const std::vector<DraftOperations>& all) {
    std::vector<Value> made;
    for (const DraftOperations& one : all) {
      Instance* container = instance(cls);
      container->attributes.set("ops", operations_.list(one.operations));
      container->attributes.set(token, evaluator_.str(one.token));
      made.emplace_back(container);
    }
    return evaluator_.list(std::move(made));
  }

  std::vector<DraftOperations> all_operations(Value script, std::string_view name,
                                              std::string_view token) {
    std::vector<DraftOperations> out;
    for (const Value& container : evaluator_.items(attribute(script, name))) {
      out.push_back({evaluator_.to_str(attribute(container, token)),
                     operations_.read(evaluator_.items(attribute(container, "ops")))});
    }
    return out;
  }

  Evaluator& evaluator_;
  Value module_;
  modules::OperationObjects operations_;
};

Value context_of(Evaluator& evaluator) {
  return evaluator.invoke(
      evaluator.get_attr(evaluator.import_module("alembic.context"), "get_context"));
}

// Whether the project has comparators or renderers of its own, which modules that env.py imports
// register.
bool has_registered(Evaluation& evaluation) {
  Evaluator& evaluator = evaluation.evaluator();
  static constexpr std::array<std::string_view, 1> kWords{"dispatch_for("};
  try {
    modules::evaluate_statements_with(evaluator, kWords);
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
  const Value autogenerate = evaluator.import_module(kAutogenerate);
  return evaluator.truthy(evaluation.call(evaluator.get_attr(autogenerate, "_registered")));
}

// The container of the database that was compared last.
Value last(Evaluator& evaluator, Value script, std::string_view name) {
  return evaluator.items(evaluator.get_attr(script, name)).back();
}

// `function`, process_revision_directives(), may be absent.
std::optional<RevisionDraft> process(Evaluation& evaluation, Value function, RevisionDraft draft) {
  Evaluator& evaluator = evaluation.evaluator();
  const bool registered = has_registered(evaluation);
  if (!function && !registered) return draft;
  Directives directives(evaluation);
  const Value script = directives.script(draft);
  const Value context = context_of(evaluator);
  if (registered && draft.compared) {
    const Value compare = evaluator.get_attr(evaluator.import_module(kAutogenerate), "_compare");
    evaluation.call(compare, std::array{context, last(evaluator, script, "upgrade_ops_list"),
                                        last(evaluator, script, "downgrade_ops_list")});
  }
  Value list = evaluator.list({script});
  std::vector<Value> head;
  for (const std::string& id : draft.head) head.push_back(evaluator.str(id));
  if (function) {
    evaluation.call(function, std::array{context, evaluator.tuple(std::move(head)), list});
  }
  const std::vector<Value> left = evaluator.items(list);
  if (left.empty()) return std::nullopt;
  if (left.size() > 1) {
    throw Error(code::kScript, "process_revision_directives() left " + std::to_string(left.size()) +
                                   " scripts, and a run writes one")
        .with_hint("make the others with runs of their own");
  }
  try {
    return directives.read(left.front(), std::move(draft));
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
}

struct ObjectOf {
  Evaluator& evaluator;
  modules::SchemaObjects objects;

  Value operator()(const sql::Type* type) { return modules::from_type(evaluator, *type); }
  Value operator()(const schema::ServerDefault* server_default) {
    schema::Column column;
    column.server_default = *server_default;
    return objects.default_text(column);
  }
  Value operator()(const schema::Column* column) { return objects.column({}, *column); }
  Value operator()(const schema::Table* table) { return objects.table(*table); }
  Value operator()(const schema::Index* index) { return objects.index({}, *index); }
  Value operator()(const schema::Constraint* constraint) {
    return objects.constraint({}, *constraint);
  }
};

std::optional<std::string> render_item(Evaluation& evaluation, Value function,
                                       const RenderSubject& subject,
                                       std::vector<std::string>& imports) {
  Evaluator& evaluator = evaluation.evaluator();
  ObjectOf object_of{evaluator, modules::SchemaObjects(evaluator)};
  const Value context =
      evaluator.call(evaluator.get_attr(evaluator.import_module(kAutogenerate), "AutogenContext"),
                     std::array{context_of(evaluator)});
  const Value lines = evaluator.get_attr(context, "imports");
  Value result = evaluation.call(
      function,
      std::array{evaluator.str(subject.kind), std::visit(object_of, subject.object), context});
  for (const Value& line : evaluator.items(lines)) imports.push_back(evaluator.to_str(line));
  // False leaves it to the own rendering.
  if (result.is_bool() && !result.as_bool()) return std::nullopt;
  if (result.is_none()) return "";
  return evaluator.to_str(result);
}

}  // namespace

void read_hooks(const modules::Configuration& configuration, Evaluation& evaluation,
                RevisionHooks& hooks) {
  hooks.process = [&evaluation,
                   function = configuration.process_revision_directives](RevisionDraft draft) {
    return process(evaluation, function, std::move(draft));
  };
  if (configuration.render_item) {
    hooks.render_item = [&evaluation, function = configuration.render_item](
                            const RenderSubject& subject, std::vector<std::string>& imports) {
      return render_item(evaluation, function, subject, imports);
    };
  }
}

}  // namespace retort::runtime
