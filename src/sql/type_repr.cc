#include "sql/type_repr.h"

namespace retort::sql {
namespace {

std::string quoted(std::string_view text) {
  char quote = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
                   ? '"'
                   : '\'';
  std::string out(1, quote);
  for (char c : text) {
    if (c == '\\' || c == quote) out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + quote;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string option_text(std::string_view text) {
  if (text == "true") return "True";
  if (text == "false") return "False";
  return is_number(text) ? std::string(text) : quoted(text);
}

}  // namespace

std::string repr(const Type& type) {
  if (!type.origin.call.empty()) return type.origin.call;
  if (type.name == "UserDefined") return type.sql;
  std::string arguments;
  auto add = [&](const std::string& text) {
    if (!arguments.empty()) arguments += ", ";
    arguments += text;
  };
  auto number = [&](std::string_view name, const std::optional<int>& value) {
    if (value) add(std::string(name) + "=" + std::to_string(*value));
  };
  for (const std::string& value : type.values) add(quoted(value));
  bool is_json = type.name == "JSON" || type.name == "JSONB";
  for (const Type& argument : type.arguments) {
    add((is_json ? "astext_type=" : "") + repr(argument));
  }
  if (is_json && type.dialect == "postgresql" && type.arguments.empty()) add("astext_type=Text()");
  if (type.timezone) add("timezone=True");
  const bool mysql = type.dialect == "mysql";
  // Its texts tell of the character set first.
  if (mysql && !type.option("charset").empty()) add("charset=" + quoted(type.option("charset")));
  if (mysql && !type.collation.empty()) add("collation=" + quoted(type.collation));
  const bool is_time = type.name == "DATETIME" || type.name == "TIMESTAMP" || type.name == "TIME";
  number("length", type.length);
  number(mysql && is_time ? "fsp" : "precision", type.precision);
  number("scale", type.scale);
  number("dimensions", type.dimensions);
  if (mysql && type.name == "DOUBLE" && type.option("asdecimal").empty()) add("asdecimal=True");
  if (!mysql && !type.collation.empty()) add("collation=" + quoted(type.collation));
  if (!type.type_name.empty()) add("name=" + quoted(type.type_name));
  if (!type.schema.empty()) add("schema=" + quoted(type.schema));
  if (!type.native) add(type.values.empty() ? "native_uuid=False" : "native_enum=False");
  if (type.create_constraint) add("create_constraint=True");
  for (const auto& [name, value] : type.options) {
    if (!mysql || name != "charset") add(name + "=" + option_text(value));
  }
  return type.name + "(" + arguments + ")";
}

}  // namespace retort::sql
