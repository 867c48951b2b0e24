#include "modules/sqlalchemy/orm.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "modules/arguments.h"
#include "modules/sqlalchemy/contributors.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/mapped_class.h"
#include "modules/sqlalchemy/mapped_column.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"
#include "modules/stdlib/services.h"

namespace retort::modules {

using python::Annotation;
using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

struct Row {
  std::string_view name;
  std::string_view stem;
};
constexpr Row kRows[] = {
    {"_orm_annotation", "orm_annotation"},
    {"_orm_attributes", "orm_attributes"},
    {"_orm_declarative", "orm_declarative"},
    {"_orm_loading", "orm_loading"},
    {"_orm_mutable", "orm_mutable"},
    {"_orm_query", "orm_query"},
    {"_orm_relations", "orm_relations"},
    {"_orm_session", "orm_session"},
    {"_orm_state", "orm_state"},
    {"addon_sqlmodel_types", "addon_sqlmodel_types"},
    {"advanced_alchemy.base", "addon_advanced_alchemy"},
    {"advanced_alchemy.extensions.fastapi", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.flask", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.litestar", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.litestar.base", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.litestar.types", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.sanic", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.extensions.starlette", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.audit", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.bigint", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.nanoid", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.sentinel", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.slug", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.unique", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.mixins.uuid", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.types", "addon_advanced_alchemy_names"},
    {"advanced_alchemy.types.boolean", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.datetime", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.encrypted_string", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.file_object", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.file_object.data_type", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.guid", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.identity", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.json", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.password_hash", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.password_hash.base", "addon_advanced_alchemy_types"},
    {"advanced_alchemy.types.totp", "addon_advanced_alchemy_types"},
    {"fastapi_users.db", "addon_fastapi_users"},
    {"fastapi_users_db_sqlalchemy.access_token", "addon_fastapi_users"},
    {"flask_sqlalchemy", "addon_flask_sqlalchemy"},
    {"flask_sqlalchemy.extension", "addon_flask_sqlalchemy"},
    {"flask_sqlalchemy.model", "addon_flask_sqlalchemy"},
    {"sqlalchemy.event", "orm_event"},
    {"sqlalchemy.events", "orm_event"},
    {"sqlalchemy.orm", "orm"},
    {"sqlalchemy.orm.attributes", "orm"},
    {"sqlalchemy.orm.base", "orm"},
    {"sqlalchemy.orm.collections", "orm"},
    {"sqlalchemy.orm.decl_api", "orm"},
    {"sqlalchemy.orm.decl_base", "orm"},
    {"sqlalchemy.orm.exc", "orm_exc"},
    {"sqlalchemy.orm.mapper", "orm"},
    {"sqlalchemy.orm.properties", "orm"},
    {"sqlalchemy.orm.query", "orm"},
    {"sqlalchemy.orm.relationships", "orm"},
    {"sqlalchemy.orm.session", "orm"},
    {"sqlalchemy.orm.util", "orm"},
    {"sqlalchemy.ext.associationproxy", "orm_ext"},
    {"sqlalchemy.ext.automap", "orm_ext"},
    {"sqlalchemy.ext.compiler", "orm_ext"},
    {"sqlalchemy.ext.declarative", "orm"},
    {"sqlalchemy.ext.declarative.api", "orm"},
    {"sqlalchemy.ext.hybrid", "orm_ext"},
    {"sqlalchemy.ext.indexable", "orm_ext"},
    {"sqlalchemy.ext.mutable", "orm_mutable"},
    {"sqlalchemy.ext.orderinglist", "orm_ext"},
    {"sqlmodel.main", "addon_sqlmodel"},
};

Value name_column(Evaluator& evaluator, Arguments& args) {
  if (!item<ColumnItem>(args[0])) {
    evaluator.type_error("a Column was expected, not " + evaluator.repr(args[0]));
  }
  give_name(evaluator, args[0], text_of(evaluator, args[1], "a Column's name"));
  return Value::none();
}

// The Enum of a Python enumeration, as the one in a type map says.
Value enum_of(Evaluator& evaluator, Arguments& args) {
  const sql::Type* like = python::native<sql::Type>(args[0]);
  if (!like) return args[0];
  Value made = evaluator.call(Value(type_class(evaluator, "", "Enum")), std::array{args[1]});
  sql::Type type = *like;
  const sql::Type& own = *python::native<sql::Type>(made);
  type.values = own.values;
  Value callable = args[0].get<Instance>()->attributes.find("values_callable");
  if (callable && !callable.is_none()) {
    type.values.clear();
    for (Value each : evaluator.items(evaluator.call(callable, std::array{args[1]}))) {
      type.values.push_back(text_of(evaluator, each, "values_callable"));
    }
    made.get<Instance>()->attributes.set("values_callable", callable);
  }
  if (type.type_name.empty() || type.type_name == "enum") type.type_name = own.type_name;
  made.get<Instance>()->set_native(std::move(type));
  return made;
}

// The foreign keys of a Table: one list a key of (column, full name of the table, its column).
Value references(Evaluator& evaluator, Arguments& args) {
  if (!item<TableItem>(args[0])) return evaluator.list();
  resolve_foreign_keys(evaluator, args[0]);
  const Value metadata = args[0].get<Instance>()->attributes.find("metadata");
  const MetaDataItem* owner = metadata ? item<MetaDataItem>(metadata) : nullptr;
  std::vector<Value> keys;
  for (const schema::Constraint& each : item<TableItem>(args[0])->table.constraints) {
    const auto* key = std::get_if<schema::ForeignKey>(&each);
    if (!key || key->columns.size() != key->referred_columns.size()) continue;
    std::string referred_schema = key->referred_schema;
    if (referred_schema.empty() && owner) referred_schema = owner->metadata.schema;
    const Value table =
        evaluator.str((referred_schema.empty() ? "" : referred_schema + ".") + key->referred_table);
    std::vector<Value> pairs;
    for (std::size_t i = 0; i < key->columns.size(); ++i) {
      pairs.push_back(evaluator.tuple(
          {evaluator.str(key->columns[i]), table, evaluator.str(key->referred_columns[i])}));
    }
    keys.push_back(evaluator.list(std::move(pairs)));
  }
  return evaluator.list(std::move(keys));
}

// What a string in an annotation of `owner` stands for where it was written.
Value forward_reference(Evaluator& evaluator, Arguments& args) {
  const std::string name = text_of(evaluator, args[1], "a name");
  const std::string text = text_of(evaluator, args[2], "an annotation");
  for (const Annotation& found : evaluator.annotations(args[0])) {
    if (found.name == name) return evaluator.resolve_text(found, text);
  }
  evaluator.raise("NameError", "name '" + text + "' is not defined");
}

}  // namespace

void bind_orm(Evaluator& evaluator) {
  for (const Row& row : kRows) {
    evaluator.bind_module(std::string(row.name), [stem = row.stem](Evaluator& e, Module& module) {
      const bool own = module.name.starts_with('_');
      stdlib::load_text(e, module, stem,
                        own ? stdlib::OtherNames::kMissing : stdlib::OtherNames::kUnknown);
    });
  }
  evaluator.bind_module("_orm_support", [](Evaluator& e, Module& module) {
    e.define(module, "name_column(column, name)", name_column);
    e.define(module, "enum_of(like, cls)", enum_of);
    e.define(module, "set_listener(dispatch)", [](Evaluator& ev, Arguments& args) {
      set_listener(ev, args[0]);
      return Value::none();
    });
    e.define(module, "references(table)", references);
    define_mapped_column(e, module);
    define_mapped_class(e, module);
    e.define(module, "forward_reference(owner, name, text)", forward_reference);
    e.define(module, "evaluate_contributors()", [](Evaluator& ev, Arguments&) {
      evaluate_contributors(ev);
      return Value::none();
    });
  });
}

}  // namespace retort::modules
