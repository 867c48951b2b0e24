#include "autogenerate/render_type.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "python/value_text.h"
#include "sql/engine.h"

namespace retort::autogenerate {
namespace {

using python::str_repr;
using sql::Type;

// Names that a dialect's module takes over from SQLAlchemy's own types.
constexpr auto kShared = std::to_array<std::string_view>(
    {"BIGINT", "BOOLEAN", "CHAR", "DATE", "DOUBLE_PRECISION", "FLOAT", "INTEGER", "NUMERIC", "REAL",
     "SMALLINT", "TEXT", "UUID", "VARCHAR"});
constexpr auto kSqliteOwn = std::to_array<std::string_view>({"DATE", "DATETIME", "JSON", "TIME"});
constexpr auto kMysqlShared =
    std::to_array<std::string_view>({"BINARY", "BLOB", "BOOLEAN", "DATE", "VARBINARY"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// The dialect whose module the name comes from; empty for SQLAlchemy's own.
std::string module_of(const Type& type) {
  if (type.dialect == "postgresql" && contains(kShared, type.name)) return {};
  if (type.dialect == "sqlite" && !contains(kSqliteOwn, type.name)) return {};
  if (type.dialect == "mysql" && contains(kMysqlShared, type.name)) return {};
  return type.dialect;
}

std::string option_value(std::string_view text) {
  if (text == "true") return "True";
  if (text == "false") return "False";
  bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  return number ? std::string(text) : str_repr(text);
}

class Arguments {
 public:
  void add(std::string text) { parts_.push_back(std::move(text)); }
  void add(std::string_view name, const std::string& value) {
    parts_.push_back(std::string(name) + "=" + value);
  }
  void number(std::string_view name, const std::optional<int>& value) {
    if (value) add(name, std::to_string(*value));
  }
  void text(std::string_view name, const std::string& value) {
    if (!value.empty()) add(name, str_repr(value));
  }
  void option(const Type& type, std::string_view name) {
    std::string_view value = type.option(name);
    if (!value.empty()) add(name, option_value(value));
  }
  // Those that were not asked for by name, in their order.
  void other_options(const Type& type, std::initializer_list<std::string_view> asked) {
    for (const auto& [name, value] : type.options) {
      if (std::ranges::find(asked, name) == asked.end()) add(name, option_value(value));
    }
  }
  std::string str() const { return "(" + join(parts_, ", ") + ")"; }

 private:
  std::vector<std::string> parts_;
};

void enum_arguments(const Type& type, Arguments& out) {
  for (const std::string& value : type.values) out.add(str_repr(value));
  out.text("name", type.type_name);
  out.text("schema", type.schema);
  if (type.name == "ENUM" && !type.create_type) out.add("create_type", "False");
  if (!type.native) out.add("native_enum", "False");
  if (type.create_constraint) out.add("create_constraint", "True");
  out.number("length", type.length);
}

std::string arguments(const Type& type, RenderState& state) {
  Arguments out;
  const std::string& name = type.name;
  bool mysql = sql::is_mysql_like(type.dialect);
  if (!type.values.empty() || name == "Enum" || name == "ENUM" || name == "SET") {
    enum_arguments(type, out);
    return out.str();
  }
  if (name == "Boolean") {
    if (type.create_constraint) {
      out.add("create_constraint", "True");
      out.text("name", type.type_name);
    }
    return out.str();
  }
  if (name == "Interval" || name == "PickleType") return out.str();
  if (name == "DOMAIN") {
    out.add(str_repr(type.type_name));
    for (const Type& argument : type.arguments) out.add(render_type(argument, state));
    out.text("collation", type.collation);
    if (std::string_view value = type.option("default_sql"); !value.empty()) {
      out.add("default",
              state.hooks.sqlalchemy_module_prefix + "text(" + str_repr(std::string(value)) + ")");
    }
    out.other_options(type, {"default_sql"});
    out.text("schema", type.schema);
    if (!type.create_type) out.add("create_type", "False");
    return out.str();
  }
  if (name == "ARRAY") {
    for (const Type& argument : type.arguments) out.add(render_type(argument, state));
    out.number("dimensions", type.dimensions);
    return out.str();
  }
  if (name == "JSON" || name == "JSONB" || name == "HSTORE") {
    out.option(type, "none_as_null");
    if (type.dialect == "postgresql") {
      Type text{.name = "Text"};
      out.add(name == "HSTORE" ? "text_type" : "astext_type",
              render_type(type.arguments.empty() ? text : type.arguments[0], state));
    }
    return out.str();
  }
  if (mysql) {
    for (std::string_view option : {"display_width", "unsigned", "zerofill", "charset"}) {
      out.option(type, option);
    }
    out.text("collation", type.collation);
  }
  if (type.timezone) out.add("timezone", "True");
  out.number("length", type.length);
  if (!mysql) out.text("collation", type.collation);
  out.number(
      mysql && (name == "DATETIME" || name == "TIMESTAMP" || name == "TIME") ? "fsp" : "precision",
      type.precision);
  out.number("scale", type.scale);
  if (!type.native) out.add("native_uuid", "False");
  out.other_options(type, {"display_width", "unsigned", "zerofill", "charset"});
  return out.str();
}

std::string render_plain(const Type& type, RenderState& state) {
  if (!type.origin.module.empty()) {
    const std::optional<std::string>& prefix = state.hooks.user_module_prefix;
    if (prefix) return *prefix + type.origin.call;
    state.imports.insert("import " + type.origin.module);
    return type.origin.module + "." + type.origin.call;
  }
  std::string module = module_of(type);
  if (module.empty())
    return state.hooks.sqlalchemy_module_prefix + type.name + arguments(type, state);
  state.imports.insert("from sqlalchemy.dialects import " + module);
  return module + "." + type.name + arguments(type, state);
}

}  // namespace

std::optional<std::string> rendered_by_user(const runtime::RenderSubject& subject,
                                            RenderState& state) {
  if (!state.hooks.render_item) return std::nullopt;
  std::vector<std::string> imports;
  std::optional<std::string> text = state.hooks.render_item(subject, imports);
  state.imports.insert(imports.begin(), imports.end());
  return text;
}

std::string render_type(const Type& type, RenderState& state) {
  if (auto text = rendered_by_user({"type", &type}, state)) return *text;
  std::string out = render_plain(type, state);
  std::vector<std::pair<std::string, Type>> variants = type.variants;
  std::ranges::stable_sort(variants, {}, [](const auto& one) { return one.first; });
  for (const auto& [dialect, variant] : variants) {
    out += ".with_variant(" + render_type(variant, state) + ", " + str_repr(dialect) + ")";
  }
  return out;
}

}  // namespace retort::autogenerate
