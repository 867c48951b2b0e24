#include "schema/naming.h"

#include <md5.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "sql/node.h"

namespace retort::schema {
namespace {

std::string_view template_of(const NamingConvention& convention, std::string_view kind) {
  for (const auto& [key, text] : convention) {
    if (key == kind) return text;
  }
  return {};
}

// One column, or one of those referred to, as `form` ("name", "key", "label") asks for it.
std::string column_token(const NameSubject& subject, const std::string& column,
                         std::string_view form) {
  if (form != "label") return column;
  std::string label;
  if (!subject.schema.empty()) label = replace_all(std::string(subject.schema), ".", "_") + "_";
  return label + std::string(subject.table) + "_" + column;
}

// "column_0_name", "column_0N_label", "column_0_N_key" and the same of the columns referred to.
std::optional<std::string> columns_token(const NameSubject& subject, std::string_view token) {
  bool referred = token.starts_with("referred_");
  if (referred) token.remove_prefix(std::string_view("referred_").size());
  if (!token.starts_with("column_")) return std::nullopt;
  token.remove_prefix(std::string_view("column_").size());
  std::size_t index = 0;
  auto [end, failed] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (failed != std::errc()) return std::nullopt;
  token.remove_prefix(static_cast<std::size_t>(end - token.data()));

  bool all = false;
  std::string_view separator;
  if (token.starts_with("N_")) {
    all = true;
    token.remove_prefix(2);
  } else if (token.starts_with("_N_")) {
    all = true;
    separator = "_";
    token.remove_prefix(3);
  } else if (token.starts_with("_")) {
    token.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  if (token != "name" && token != "key" && token != "label") return std::nullopt;
  if (referred && token != "name") return std::nullopt;

  const std::vector<std::string>& columns = referred ? subject.referred_columns : subject.columns;
  if (!all) return index < columns.size() ? column_token(subject, columns[index], token) : "";
  std::vector<std::string> parts;
  for (const std::string& column : columns) parts.push_back(column_token(subject, column, token));
  return join(parts, separator);
}

std::string value_of(const NamingConvention& convention, const NameSubject& subject,
                     std::string_view token) {
  if (token == "table_name") return std::string(subject.table);
  if (token == "referred_table_name") return subject.referred_table;
  if (token == "constraint_name") {
    if (subject.name.empty()) {
      throw Error(code::kOperation, "the naming convention '" +
                                        std::string(template_of(convention, subject.kind)) +
                                        "' needs %(constraint_name)s, but a constraint of table '" +
                                        std::string(subject.table) + "' has no name")
          .with_hint("name the constraint: name='...'");
    }
    return subject.name.text;
  }
  if (auto value = columns_token(subject, token)) return *value;
  throw Error(code::kOperation, "the naming convention '" +
                                    std::string(template_of(convention, subject.kind)) +
                                    "' has the unknown token %(" + std::string(token) + ")s")
      .with_hint(
          "tokens are table_name, constraint_name, referred_table_name, column_0_name, "
          "column_0_label, column_0_key, column_0N_name, column_0_N_name and "
          "referred_column_0_name");
}

std::string apply(const NamingConvention& convention, const NameSubject& subject) {
  std::string_view text = template_of(convention, subject.kind);
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      made += text[at++];
      continue;
    }
    if (text.substr(at, 2) == "%%") {
      made += '%';
      at += 2;
      continue;
    }
    std::size_t close = text.find(")s", at);
    if (text.substr(at, 2) != "%(" || close == std::string_view::npos) {
      throw Error(code::kOperation,
                  "the naming convention '" + std::string(text) + "' has a '%' that is no token")
          .with_hint("write tokens as %(table_name)s and a percent sign as %%");
    }
    made += value_of(convention, subject, text.substr(at + 2, close - at - 2));
    at = close + 2;
  }
  return made;
}

// The columns in an expression; text stands for a column of that name.
void collect_columns(const sql::Expression& expression, std::vector<std::string>& into) {
  if (const auto* text = sql::get<sql::node::Text>(expression)) into.push_back(text->sql);
  if (const auto* column = sql::get<sql::node::Column>(expression)) into.push_back(column->name);
  if (const auto* label = sql::get<sql::node::Label>(expression)) {
    collect_columns(label->element, into);
  }
  if (const auto* unary = sql::get<sql::node::Unary>(expression)) {
    collect_columns(unary->element, into);
  }
  if (const auto* binary = sql::get<sql::node::Binary>(expression)) {
    collect_columns(binary->left, into);
    collect_columns(binary->right, into);
  }
  if (const auto* function = sql::get<sql::node::Function>(expression)) {
    for (const sql::Expression& argument : function->arguments) collect_columns(argument, into);
  }
}

std::vector<std::string> key_columns(const Index& index) {
  std::vector<std::string> columns;
  auto add = [&](const std::string& name) {
    if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
  };
  for (const IndexKey& key : index.keys) {
    std::vector<std::string> found;
    if (key.expression) {
      collect_columns(key.expression, found);
    } else {
      found.push_back(key.column);
    }
    for (const std::string& name : found) add(name);
  }
  return columns;
}

NameSubject subject_of(const PrimaryKey& key) {
  return {"pk", key.name, {}, {}, key.columns, {}, {}};
}
NameSubject subject_of(const Unique& unique) {
  return {"uq", unique.name, {}, {}, unique.columns, {}, {}};
}
NameSubject subject_of(const Check& check) {
  std::vector<std::string> columns;
  if (!check.type_column.empty()) columns.push_back(check.type_column);
  return {"ck", check.name, {}, {}, columns, {}, {}};
}
NameSubject subject_of(const ForeignKey& key) {
  return {"fk", key.name, {}, {}, key.columns, key.referred_table, key.referred_columns};
}
NameSubject subject_of(const Exclude& exclude) { return {{}, exclude.name, {}, {}, {}, {}, {}}; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// The first `count` characters.
std::string_view cut(std::string_view text, std::size_t count) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] & 0xC0) != 0x80 && count-- == 0) return text.substr(0, at);
  }
  return text;
}

std::string md5(std::string_view text) {
  char digits[MD5_DIGEST_STRING_LENGTH];
  MD5Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digits);
  return digits;
}

}  // namespace

const NamingConvention& default_naming_convention() {
  static const NamingConvention convention = {{"ix", "ix_%(column_0_label)s"}};
  return convention;
}

Name resolve_name(const NamingConvention& given, const NameSubject& subject) {
  if (subject.name.final) return subject.name;
  const NamingConvention& convention = given.empty() ? default_naming_convention() : given;
  std::string_view text = template_of(convention, subject.kind);
  if (subject.kind.empty() || text.empty()) return subject.name;
  if (!subject.name.empty() && text.find("constraint_name") == std::string_view::npos) {
    return subject.name;
  }
  return {apply(convention, subject), true};
}

Name resolve_name(const NamingConvention& convention, const Constraint& constraint,
                  std::string_view schema, std::string_view table) {
  NameSubject subject = std::visit([](const auto& one) { return subject_of(one); }, constraint);
  subject.schema = schema;
  subject.table = table;
  return resolve_name(convention, subject);
}

Name resolve_name(const NamingConvention& convention, const Index& index, std::string_view schema,
                  std::string_view table) {
  return resolve_name(convention, {"ix", index.name, schema, table, key_columns(index), {}, {}});
}

std::string distinct_name(const std::string& name, std::set<std::string>& taken) {
  std::string made = name;
  for (int number = 1; !taken.insert(made).second; ++number) {
    made = name + "_" + std::to_string(number);
  }
  return made;
}

std::string fit_name(const Name& name, std::size_t limit) {
  if (characters(name.text) <= limit) return name.text;
  if (!name.final) {
    throw Error(code::kOperation, "Identifier '" + name.text + "' exceeds maximum length of " +
                                      std::to_string(limit) + " characters")
        .with_hint("give it a shorter name, or wrap it in op.f() to have it cut");
  }
  return std::string(cut(name.text, limit - 8)) + "_" + md5(name.text).substr(28);
}

}  // namespace retort::schema
