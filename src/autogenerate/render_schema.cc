#include "autogenerate/render_schema.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "python/value_text.h"
#include "schema/dump.h"
#include "sql/grammar.h"
#include "sql/node.h"

namespace retort::autogenerate {
namespace {

using python::str_repr;
using Parts = std::vector<std::string>;

void deferral(const schema::Deferral& given, Parts& out) {
  if (given.deferrable.value_or(false)) out.emplace_back("deferrable=True");
  if (!given.initially.empty()) out.push_back("initially=" + str_repr(given.initially));
}

}  // namespace

bool wants_parentheses(std::string_view text) {
  if (text.empty()) return false;
  bool digit = text.size() == 1 && ((text[0] >= '0' && text[0] <= '9') || text[0] == '.');
  bool string = text.size() > 2 && text.front() == '\'' && text.back() == '\'';
  bool enclosed = text.size() > 2 && text.front() == '(' && text.back() == ')';
  return !digit && !string && !enclosed;
}

bool is_operation(const sql::Expression& expression) {
  const auto* unary = sql::get<sql::node::Unary>(expression);
  return sql::get<sql::node::Binary>(expression) || sql::get<sql::node::List>(expression) ||
         sql::get<sql::node::Case>(expression) || sql::get<sql::node::AsBoolean>(expression) ||
         (unary && unary->op != sql::Op::kNone);
}

std::string list(const std::vector<std::string>& names) {
  Parts out;
  for (const std::string& one : names) out.push_back(str_repr(one));
  return "[" + join(out, ", ") + "]";
}

std::string flag(bool value) { return value ? "True" : "False"; }

std::string SchemaRenderer::sql(const sql::Expression& expression) const {
  return sql::compile_ddl(expression, options_.dialect.grammar());
}

std::string SchemaRenderer::text(const sql::Expression& expression) {
  return sa() + "text(" + str_repr(sql(expression)) + ")";
}

std::string SchemaRenderer::server_default(const schema::ServerDefault& value) {
  if (auto text = rendered_by_user({"server_default", &value}, state_)) return *text;
  if (const auto* plain = std::get_if<std::string>(&value)) {
    std::string_view bare = *plain;
    if (bare.starts_with('\'')) bare.remove_prefix(1);
    if (bare.ends_with('\'')) bare.remove_suffix(1);
    return str_repr(bare);
  }
  std::string text = sql(std::get<sql::Expression>(value));
  if (options_.dialect.name() == "sqlite" && wants_parentheses(text)) text = "(" + text + ")";
  return sa() + "text(" + str_repr(text) + ")";
}

std::string SchemaRenderer::computed(const schema::Computed& value) {
  std::string out = sa() + "Computed(" + str_repr(sql(value.expression)) + ", ";
  if (value.persisted) out += "persisted=" + flag(*value.persisted);
  return out + ")";
}

std::string SchemaRenderer::identity(const schema::Identity& value) {
  Parts out;
  auto number = [&](std::string_view name, const std::optional<std::int64_t>& given) {
    if (given) out.push_back(std::string(name) + "=" + std::to_string(*given));
  };
  out.push_back("always=" + flag(value.always));
  if (value.on_null) out.emplace_back("on_null=True");
  number("start", value.sequence.start);
  number("increment", value.sequence.increment);
  number("minvalue", value.sequence.min_value);
  number("maxvalue", value.sequence.max_value);
  if (value.sequence.no_min_value) out.emplace_back("nominvalue=True");
  if (value.sequence.no_max_value) out.emplace_back("nomaxvalue=True");
  if (value.sequence.cycle) out.push_back("cycle=" + flag(*value.sequence.cycle));
  number("cache", value.sequence.cache);
  return sa() + "Identity(" + join(out, ", ") + ")";
}

std::string SchemaRenderer::column(const schema::Column& column) {
  if (auto text = rendered_by_user({"column", &column}, state_)) return *text;
  std::string out = sa() + "Column(" + str_repr(column.name) + ", " + type(column.type) + ", ";
  Parts keywords;
  if (column.computed) {
    out += computed(*column.computed) + ", ";
  } else if (column.identity) {
    out += identity(*column.identity) + ", ";
  } else if (column.server_default) {
    keywords.push_back("server_default=" + server_default(*column.server_default));
  }
  if (column.autoincrement == schema::Autoincrement::kTrue) {
    keywords.emplace_back("autoincrement=True");
  } else if (column.autoincrement == schema::Autoincrement::kFalse) {
    keywords.emplace_back("autoincrement=False");
  } else if (column.autoincrement == schema::Autoincrement::kIgnoreForeignKey) {
    keywords.emplace_back("autoincrement='ignore_fk'");
  }
  keywords.push_back("nullable=" + flag(column.nullable));
  if (column.system) keywords.emplace_back("system=True");
  if (column.comment) keywords.push_back("comment=" + str_repr(*column.comment));
  for (std::string& option : dialect_options(column.options)) {
    keywords.push_back(std::move(option));
  }
  return out + join(keywords, ", ") + ")";
}

std::string SchemaRenderer::name(const schema::Name& name) const {
  if (name.empty()) return "None";
  return name.final ? prefix + "f(" + str_repr(name.text) + ")" : str_repr(name.text);
}

std::string SchemaRenderer::index_key(const schema::IndexKey& key) {
  if (!key.expression) return str_repr(key.column);
  const auto* label = sql::get<sql::node::Label>(key.expression);
  const sql::Expression& element = label ? label->element : key.expression;
  std::string text = sql(element);
  if (options_.dialect.name() == "postgresql" && is_operation(element)) text = "(" + text + ")";
  std::string out = sa() + "literal_column(" + str_repr(text) + ")";
  return label && !label->name.empty() ? out + ".label(" + str_repr(label->name) + ")" : out;
}

std::string SchemaRenderer::option_value(const schema::Option& option) {
  struct Visitor {
    SchemaRenderer& self;
    bool numbers;
    std::string operator()(std::monostate) const { return "None"; }
    std::string operator()(bool value) const { return flag(value); }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return str_repr(value); }
    std::string operator()(const Parts& value) const { return list(value); }
    std::string operator()(const std::vector<std::pair<std::string, std::string>>& value) const {
      Parts out;
      for (const auto& [key, text] : value) {
        out.push_back(str_repr(key) + ": " + (numbers ? text : str_repr(text)));
      }
      return "{" + join(out, ", ") + "}";
    }
    std::string operator()(const sql::Expression& value) const {
      return value ? self.text(value) : "None";
    }
  };
  // mysql_length: characters of a column by its name.
  return std::visit(Visitor{*this, option.name.ends_with("_length")}, option.value);
}

std::vector<std::string> SchemaRenderer::dialect_options(const schema::Options& options) {
  Parts out;
  for (const schema::Option& option : options) {
    if (schema::is_inspected_option(option.name)) continue;
    out.push_back(option.name + "=" + option_value(option));
  }
  return out;
}

std::string SchemaRenderer::constraint(const schema::Constraint& constraint) {
  struct Visitor {
    SchemaRenderer& self;
    const schema::Constraint& whole;

    std::string kind_text(std::string_view kind) const {
      return rendered_by_user({kind, &whole}, self.state_).value_or("");
    }
    void add_options(const schema::Options& options, Parts& out) const {
      for (std::string& option : self.dialect_options(options)) out.push_back(std::move(option));
    }
    void add_name(const schema::Name& name, Parts& out) const {
      if (!name.empty()) out.push_back("name=" + self.name(name));
    }

    std::string operator()(const schema::PrimaryKey& key) const {
      if (std::string own = kind_text("primary_key"); !own.empty()) return own;
      if (key.columns.empty()) return {};
      Parts out;
      for (const std::string& column : key.columns) out.push_back(str_repr(column));
      add_name(key.name, out);
      return self.sa() + "PrimaryKeyConstraint(" + join(out, ", ") + ")";
    }
    std::string operator()(const schema::ForeignKey& key) const {
      if (std::string own = kind_text("foreign_key"); !own.empty()) return own;
      Parts referred;
      std::string table = key.referred_schema.empty()
                              ? key.referred_table
                              : key.referred_schema + "." + key.referred_table;
      for (const std::string& column : key.referred_columns)
        referred.push_back(table + "." + column);
      Parts out;
      add_name(key.name, out);
      if (!key.onupdate.empty()) out.push_back("onupdate=" + str_repr(key.onupdate));
      if (!key.ondelete.empty()) out.push_back("ondelete=" + str_repr(key.ondelete));
      if (!key.deferral.initially.empty()) {
        out.push_back("initially=" + str_repr(key.deferral.initially));
      }
      if (key.deferral.deferrable.value_or(false)) out.emplace_back("deferrable=True");
      if (key.use_alter) out.emplace_back("use_alter=True");
      if (!key.match.empty()) out.push_back("match=" + str_repr(key.match));
      add_options(key.options, out);
      return self.sa() + "ForeignKeyConstraint(" + list(key.columns) + ", " + list(referred) +
             ", " + join(out, ", ") + ")";
    }
    std::string operator()(const schema::Unique& unique) const {
      if (std::string own = kind_text("unique"); !own.empty()) return own;
      Parts out;
      for (const std::string& column : unique.columns) out.push_back(str_repr(column));
      deferral(unique.deferral, out);
      add_name(unique.name, out);
      add_options(unique.options, out);
      return self.sa() + "UniqueConstraint(" + join(out, ", ") + ")";
    }
    std::string operator()(const schema::Check& check) const {
      if (std::string own = kind_text("check"); !own.empty()) return own;
      if (!check.type_column.empty()) return {};
      Parts out{str_repr(self.sql(check.condition))};
      add_name(check.name, out);
      add_options(check.options, out);
      return self.sa() + "CheckConstraint(" + join(out, ", ") + ")";
    }
    std::string operator()(const schema::Exclude& exclude) const {
      self.state_.imports.insert("from sqlalchemy.dialects import postgresql");
      Parts out;
      for (const schema::Exclude::Element& element : exclude.elements) {
        const auto* column = sql::get<sql::node::Column>(element.expression);
        std::string text = column && !column->literal
                               ? self.sa() + "column(" + str_repr(column->name) + ")"
                               : self.text(element.expression);
        out.push_back("(" + text + ", " + str_repr(element.op) + ")");
      }
      if (exclude.where) out.push_back("where=" + self.text(exclude.where));
      out.push_back("using=" + str_repr(exclude.method));
      deferral(exclude.deferral, out);
      add_name(exclude.name, out);
      return "postgresql.ExcludeConstraint(" + join(out, ", ") + ")";
    }
  };
  return std::visit(Visitor{*this, constraint}, constraint);
}

}  // namespace retort::autogenerate
