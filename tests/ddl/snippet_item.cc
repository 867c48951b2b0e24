#include "snippet_value.h"
#include "sql/build.h"
#include "sql/node.h"

namespace retort::tests {
namespace {

schema::SequenceOptions sequence_options(const Call& call) {
  schema::SequenceOptions made;
  auto number = [&](const char* key, std::optional<std::int64_t>& field) {
    const Value* value = call.find(key);
    if (value && value->get<std::int64_t>()) field = *value->get<std::int64_t>();
  };
  number("start", made.start);
  number("increment", made.increment);
  number("minvalue", made.min_value);
  number("maxvalue", made.max_value);
  number("cache", made.cache);
  made.no_min_value = call.flag("nominvalue");
  made.no_max_value = call.flag("nomaxvalue");
  if (call.given("cycle")) made.cycle = call.flag("cycle");
  return made;
}

schema::Deferral deferral(const Call& call) {
  schema::Deferral made;
  if (call.given("deferrable")) made.deferrable = call.flag("deferrable");
  made.initially = call.text("initially");
  return made;
}

// "schema.table.column"
void refer(const std::string& target, schema::ForeignKey& key) {
  std::size_t dot = target.rfind('.');
  std::string table = target.substr(0, dot);
  key.referred_columns.push_back(target.substr(dot + 1));
  std::size_t before = table.rfind('.');
  key.referred_table = before == std::string::npos ? table : table.substr(before + 1);
  key.referred_schema = before == std::string::npos ? "" : table.substr(0, before);
}

schema::ForeignKey foreign_key(const Call& call) {
  schema::ForeignKey key;
  key.name = call.name_at(99, "name");
  key.onupdate = call.text("onupdate");
  key.ondelete = call.text("ondelete");
  key.match = call.text("match");
  key.deferral = deferral(call);
  key.use_alter = call.flag("use_alter");
  key.options = call.options();
  return key;
}

Value make_column(const Call& call) {
  ColumnValue made;
  schema::Column& column = made.column;
  column.name = text_of(call.args[0]);
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    const Value& value = call.args[i];
    if (const auto* type = value.get<sql::Type>()) column.type = *type;
    if (const auto* computed = value.get<schema::Computed>()) column.computed = *computed;
    if (const auto* identity = value.get<schema::Identity>()) column.identity = *identity;
    if (const auto* sequence = value.get<schema::Sequence>()) column.sequence = *sequence;
    if (const auto* constraint = value.get<schema::Constraint>()) {
      made.constraints.push_back(*constraint);
    }
  }
  column.primary_key = call.flag("primary_key");
  column.nullable_given = call.given("nullable");
  column.nullable =
      column.nullable_given ? call.flag("nullable") : !column.primary_key && !column.identity;
  column.index = call.flag("index");
  column.unique = call.flag("unique");
  column.system = call.flag("system");
  column.client_default = call.given("default");
  if (call.given("autoincrement")) {
    column.autoincrement =
        call.flag("autoincrement") ? schema::Autoincrement::kTrue : schema::Autoincrement::kFalse;
  }
  if (call.given("comment")) column.comment = call.text("comment");
  if (const Value* value = call.find("server_default")) column.server_default = default_of(*value);
  column.options = call.options();
  return {std::move(made)};
}

Value make_constraint(const std::string& name, const Call& call) {
  if (name == "PrimaryKeyConstraint") {
    schema::PrimaryKey key;
    key.columns = names_of(call.args);
    key.name = call.name_at(99, "name");
    key.deferral = deferral(call);
    key.options = call.options();
    return {schema::Constraint(std::move(key))};
  }
  if (name == "UniqueConstraint") {
    schema::Unique unique;
    unique.columns = names_of(call.args);
    unique.name = call.name_at(99, "name");
    unique.deferral = deferral(call);
    unique.options = call.options();
    return {schema::Constraint(std::move(unique))};
  }
  if (name == "CheckConstraint") {
    schema::Check check;
    check.condition = sql_of(call.args[0]);
    check.name = call.name_at(1, "name");
    check.options = call.options();
    return {schema::Constraint(std::move(check))};
  }
  if (name == "ForeignKeyConstraint") {
    schema::ForeignKey key = foreign_key(call);
    key.columns = texts_of(call.args[0]);
    for (const std::string& target : texts_of(call.args[1])) refer(target, key);
    return {schema::Constraint(std::move(key))};
  }
  schema::Exclude exclude;
  for (const Value& pair : call.args) {
    const List& parts = *pair.get<List>();
    sql::Expression element =
        parts[0].get<std::string>() ? sql::column(text_of(parts[0])) : expression_of(parts[0]);
    exclude.elements.push_back({element, text_of(parts[1])});
  }
  exclude.name = call.name_at(99, "name");
  exclude.deferral = deferral(call);
  if (call.given("using")) exclude.method = call.text("using");
  if (const Value* where = call.find("where")) exclude.where = sql_of(*where);
  return {schema::Constraint(std::move(exclude))};
}

}  // namespace

Value make_item(const Call& call) {
  const std::string& name = call.name;
  std::string last = name.substr(name.rfind('.') + 1);
  if (name == "op.f") return {schema::Name{text_of(call.args[0]), true}};
  if (name == "op.inline_literal") return call.args[0];
  if (name == "sa.Column") return make_column(call);
  if (name == "sa.ForeignKey") {
    schema::ForeignKey key = foreign_key(call);
    refer(text_of(call.args[0]), key);
    return {schema::Constraint(std::move(key))};
  }
  if (last.ends_with("Constraint")) return make_constraint(last, call);
  if (name == "sa.Index") {
    schema::Index index;
    index.name = call.name_at(0, "name");
    for (std::size_t i = 1; i < call.args.size(); ++i) index.keys.push_back(key_of(call.args[i]));
    index.unique = call.flag("unique");
    index.options = call.options();
    return {std::move(index)};
  }
  if (name == "sa.Computed") {
    schema::Computed computed{sql_of(call.args[0]), {}};
    if (call.given("persisted")) computed.persisted = call.flag("persisted");
    return {std::move(computed)};
  }
  if (name == "sa.Identity") {
    return {schema::Identity{call.flag("always"), false, sequence_options(call)}};
  }
  if (name == "sa.Sequence") {
    schema::Sequence sequence;
    sequence.name = text_of(call.args[0]);
    sequence.schema = call.text("schema");
    sequence.optional = call.flag("optional");
    sequence.options = sequence_options(call);
    return {std::move(sequence)};
  }
  if (name == "sa.table") {
    schema::Table table;
    table.name = text_of(call.args[0]);
    table.schema = call.text("schema");
    for (std::size_t i = 1; i < call.args.size(); ++i) {
      const sql::Expression* column = call.args[i].get<sql::Expression>();
      schema::Column made;
      made.name = sql::get<sql::node::Column>(*column)->name;
      made.type = (**column).type;
      table.columns.push_back(std::move(made));
    }
    return {std::move(table)};
  }
  if (name == "sa.text") return {sql::text(text_of(call.args[0]))};
  if (name == "sa.true") return {sql::true_()};
  if (name == "sa.false") return {sql::false_()};
  if (name == "sa.null") return {sql::null()};
  if (name == "sa.literal") return {expression_of(call.args[0])};
  if (name == "sa.literal_column") return {sql::literal_column(text_of(call.args[0]))};
  if (name == "sa.column") {
    sql::Type type = call.args.size() > 1 ? *call.args[1].get<sql::Type>() : sql::Type{};
    return {sql::column(text_of(call.args[0]), type)};
  }
  if (name.starts_with("sa.func.")) {
    std::vector<sql::Expression> arguments;
    for (const Value& value : call.args) arguments.push_back(expression_of(value));
    return {sql::function(last, std::move(arguments))};
  }
  unknown(name);
}

}  // namespace retort::tests
