#include <nlohmann/json.hpp>

#include "models/json.h"
#include "sql/build.h"

namespace retort::models {

namespace {

using Json = nlohmann::ordered_json;

// Only what differs from its default is written.
class Writer {
 public:
  explicit Writer(const sql::Grammar& grammar) : grammar_(grammar) {}

  Json metadata(const schema::MetaData& all) const {
    Json out = {{"format", "retort-schema"}, {"version", 1}};
    put(out, "schema", all.schema);
    if (!all.naming_convention.empty()) {
      Json convention = Json::object();
      for (const auto& [key, value] : all.naming_convention) convention[key] = value;
      out["naming_convention"] = convention;
    }
    out["tables"] = Json::array();
    for (const schema::Table& each : all.tables) out["tables"].push_back(table(each));
    for (const schema::Sequence& each : all.sequences) out["sequences"].push_back(sequence(each));
    for (const sql::Type& each : all.enums) out["enums"].push_back(type(each));
    for (const schema::Definition& each : all.definitions) {
      out["definitions"].push_back(definition(each));
    }
    return out;
  }

 private:
  static void put(Json& out, const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  }
  static void put(Json& out, const char* key, bool value, bool otherwise = false) {
    if (value != otherwise) out[key] = value;
  }
  template <typename T>
  static void put(Json& out, const char* key, const std::optional<T>& value) {
    if (value) out[key] = *value;
  }
  static void put(Json& out, const char* key, const std::vector<std::string>& values) {
    if (!values.empty()) out[key] = values;
  }
  static void put(Json& out, const schema::Name& name) {
    put(out, "name", name.text);
    put(out, "name_is_final", name.final);
  }

  Json expression(const sql::Expression& value) const {
    return {{"sql", sql::compile(value, grammar_, {.binds = sql::Binds::kLiteral}).sql}};
  }

  Json options(const schema::Options& all) const {
    Json out = Json::object();
    for (const schema::Option& option : all) {
      out[option.name] = std::visit(
          [&](const auto& value) -> Json {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
              return nullptr;
            } else if constexpr (std::is_same_v<T, sql::Expression>) {
              return expression(value);
            } else if constexpr (std::is_same_v<T,
                                                std::vector<std::pair<std::string, std::string>>>) {
              Json pairs = Json::object();
              for (const auto& [key, text] : value) pairs[key] = text;
              return pairs;
            } else {
              return value;
            }
          },
          option.value);
    }
    return out;
  }
  void put(Json& out, const schema::Options& all) const {
    if (!all.empty()) out["options"] = options(all);
  }

  Json type(const sql::Type& value) const {
    Json out = {{"name", value.name}};
    put(out, "dialect", value.dialect);
    put(out, "length", value.length);
    put(out, "precision", value.precision);
    put(out, "scale", value.scale);
    put(out, "timezone", value.timezone);
    put(out, "collation", value.collation);
    put(out, "values", value.values);
    put(out, "type_name", value.type_name);
    put(out, "type_name_is_final", value.type_name_final);
    put(out, "schema", value.schema);
    put(out, "native", value.native, true);
    put(out, "create_constraint", value.create_constraint);
    put(out, "create_type", value.create_type, true);
    for (const sql::Type& each : value.arguments) out["arguments"].push_back(type(each));
    put(out, "dimensions", value.dimensions);
    for (const auto& [dialect, variant] : value.variants) {
      out["variants"].push_back({{"dialect", dialect}, {"type", type(variant)}});
    }
    put(out, "sql", value.sql);
    for (const auto& [name, text] : value.options) out["options"].push_back({name, text});
    return out;
  }

  static Json sequence_options(const schema::SequenceOptions& value) {
    Json out = Json::object();
    put(out, "start", value.start);
    put(out, "increment", value.increment);
    put(out, "min_value", value.min_value);
    put(out, "max_value", value.max_value);
    put(out, "cache", value.cache);
    put(out, "no_min_value", value.no_min_value);
    put(out, "no_max_value", value.no_max_value);
    put(out, "cycle", value.cycle);
    return out;
  }

  static Json sequence(const schema::Sequence& value) {
    Json out = sequence_options(value.options);
    out["name"] = value.name;
    put(out, "schema", value.schema);
    put(out, "data_type", value.data_type);
    put(out, "optional", value.optional);
    return out;
  }

  static Json definition(const schema::Definition& value) {
    Json out = {{"kind", static_cast<int>(value.kind)}, {"name", value.name}};
    put(out, "schema", value.schema);
    put(out, "table", value.table);
    out["sql"] = value.sql;
    return out;
  }

  Json column(const schema::Column& value) const {
    Json out = {{"name", value.name}, {"type", type(value.type)}};
    put(out, "nullable", value.nullable, true);
    if (value.primary_key && value.nullable)
      out["nullable"] = true;  // the reader takes it for false
    put(out, "primary_key", value.primary_key);
    if (value.autoincrement != schema::Autoincrement::kAuto) {
      out["autoincrement"] = value.autoincrement == schema::Autoincrement::kTrue    ? Json(true)
                             : value.autoincrement == schema::Autoincrement::kFalse ? Json(false)
                                                                                    : "ignore_fk";
    }
    if (value.server_default) {
      const auto* text = std::get_if<std::string>(&*value.server_default);
      out["server_default"] =
          text ? Json(*text) : expression(std::get<sql::Expression>(*value.server_default));
    }
    if (value.computed) {
      out["computed"] = expression(value.computed->expression);
      put(out["computed"], "persisted", value.computed->persisted);
    }
    if (value.identity) {
      out["identity"] = sequence_options(value.identity->sequence);
      put(out["identity"], "always", value.identity->always);
      put(out["identity"], "on_null", value.identity->on_null);
    }
    if (value.sequence) out["sequence"] = sequence(*value.sequence);
    put(out, "comment", value.comment);
    put(out, "index", value.index);
    put(out, "unique", value.unique);
    put(out, "system", value.system);
    put(out, "client_default", value.client_default);
    put(out, "nullable_given", value.nullable_given);
    put(out, value.options);
    put_info(out, value.info);
    return out;
  }

  static void put_info(Json& out, const std::vector<std::pair<std::string, std::string>>& info) {
    for (const auto& [key, text] : info) out["info"][key] = text;
  }

  static void put(Json& out, const schema::Deferral& value) {
    put(out, "deferrable", value.deferrable);
    put(out, "initially", value.initially);
  }

  Json constraint(const schema::Constraint& value) const {
    return std::visit(
        [&](const auto& one) {
          Json out = constraint_body(one);
          put(out, one.name);
          put(out, one.deferral);
          if constexpr (requires { one.options; }) put(out, one.options);
          return out;
        },
        value);
  }

  Json constraint_body(const schema::PrimaryKey& value) const {
    Json out = {{"kind", "primary_key"}, {"columns", value.columns}};
    put(out, "implicit", value.implicit);
    return out;
  }
  Json constraint_body(const schema::ForeignKey& value) const {
    Json out = {{"kind", "foreign_key"}, {"columns", value.columns}};
    put(out, "referred_schema", value.referred_schema);
    out["referred_table"] = value.referred_table;
    put(out, "referred_columns", value.referred_columns);
    put(out, "onupdate", value.onupdate);
    put(out, "ondelete", value.ondelete);
    put(out, "match", value.match);
    put(out, "use_alter", value.use_alter);
    put(out, "column", value.column);
    return out;
  }
  Json constraint_body(const schema::Unique& value) const {
    return {{"kind", "unique"}, {"columns", value.columns}};
  }
  Json constraint_body(const schema::Check& value) const {
    Json out = {{"kind", "check"}};
    out.update(expression(value.condition));
    put(out, "type_column", value.type_column);
    put(out, "column", value.column);
    return out;
  }
  Json constraint_body(const schema::Exclude& value) const {
    Json out = {{"kind", "exclude"}, {"method", value.method}};
    for (const schema::Exclude::Element& element : value.elements) {
      Json one = expression(element.expression);
      one["operator"] = element.op;
      out["elements"].push_back(one);
    }
    if (value.where) out["where"] = expression(value.where);
    return out;
  }

  Json index(const schema::Index& value) const {
    Json out = {{"keys", Json::array()}};
    put(out, value.name);
    for (const schema::IndexKey& key : value.keys) {
      out["keys"].push_back(key.expression ? expression(key.expression) : Json(key.column));
    }
    put(out, "unique", value.unique);
    put(out, value.options);
    return out;
  }

  Json table(const schema::Table& value) const {
    Json out = {{"name", value.name}};
    put(out, "schema", value.schema);
    out["columns"] = Json::array();
    for (const schema::Column& each : value.columns) out["columns"].push_back(column(each));
    for (const schema::Constraint& each : value.constraints) {
      out["constraints"].push_back(constraint(each));
    }
    for (const schema::Index& each : value.indexes) out["indexes"].push_back(index(each));
    put(out, "comment", value.comment);
    put(out, "prefixes", value.prefixes);
    put(out, value.options);
    put_info(out, value.info);
    return out;
  }

  const sql::Grammar& grammar_;
};

}  // namespace

std::string to_json(const schema::MetaData& metadata, const sql::Grammar& grammar) {
  return Writer(grammar).metadata(metadata).dump(2) + "\n";
}

}  // namespace retort::models
