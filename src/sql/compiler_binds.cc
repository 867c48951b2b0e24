#include <cctype>

#include "base/error.h"
#include "sql/compiler.h"

namespace retort::sql {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string Compiler::visit(const node::Text& n, const Context& context) {
  if (!n.parse) return n.sql;
  std::string out;
  const std::string& s = n.sql;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\' && i + 1 < s.size() && s[i + 1] == ':') {
      out += ':';
      ++i;
      continue;
    }
    // A bind: a colon not after a word, a colon or a backslash, before a name that no colon ends.
    const bool starts = s[i] == ':' && i + 1 < s.size() && is_word(s[i + 1]) &&
                        (i == 0 || (s[i - 1] != ':' && s[i - 1] != '\\' && !is_word(s[i - 1])));
    if (!starts) {
      out += s[i];
      continue;
    }
    std::size_t end = i + 1;
    while (end < s.size() && is_word(s[end])) ++end;
    if (end < s.size() && s[end] == ':') {
      // ":name:" is no bind; SQLAlchemy's pattern then tries the name without its last letter.
      --end;
      if (end == i + 1) {
        out += s[i];
        continue;
      }
    }
    const std::string name = s.substr(i + 1, end - i - 1);
    Expression parameter;
    for (const Expression& b : n.binds) {
      if (get<node::Bind>(b)->name == name) parameter = b;
    }
    if (!parameter) parameter = required_bind(name);
    out += visit(parameter, context);
    i = end - 1;
  }
  return out;
}

std::string Compiler::visit(const Expression& self, const node::Bind& n, const Context& context) {
  const std::string name = n.unique ? anonymous(self.node().get(), n.name) : n.name;
  const ExecutionValue* given = execution_value(name);
  if (n.expanding || (given && given->expanding)) return expanding(self, n, context);
  std::optional<Datum> value;
  if (given && given->values.size() == 1) {
    value = given->values.front();
  } else if (const auto* own = std::get_if<Datum>(&n.value)) {
    value = *own;
  } else if (!n.required) {
    value = Null{};
  }
  const bool inlined = options_.binds == Binds::kLiteral || context.literal || n.literal_execute;
  if (inlined) {
    if (!value) {
      throw Error(code::kOperation,
                  "Bind parameter '" + name + "' without a renderable value not allowed here.")
          .with_hint(
              "write '\\:' for a colon that is not a parameter, or give the value with "
              "bindparams()");
    }
    return literal(*value, (*self).type);
  }
  if (options_.binds == Binds::kNamed) return ":" + name;
  return mark(Slot{name, (*self).type, std::move(value)});
}

std::string Compiler::expanding(const Expression& self, const node::Bind& n,
                                const Context& context) {
  const std::string name = n.unique ? anonymous(self.node().get(), n.name) : n.name;
  const bool inlined = options_.binds == Binds::kLiteral || context.literal || n.literal_execute;
  if (options_.binds == Binds::kNamed && !inlined) return "(__[POSTCOMPILE_" + name + "])";
  const Type& type = (*self).type;
  const ExecutionValue* given = execution_value(name);
  const auto one = [&](const Datum& value, const Type& as, const std::string& suffix) {
    return inlined ? literal(value, as) : mark(Slot{name + suffix, as, value});
  };
  std::vector<Datum> values;
  if (given) {
    values = given->values;
  } else if (const auto* own = std::get_if<std::vector<Datum>>(&n.value)) {
    values = *own;
  } else if (const auto* rows = std::get_if<std::vector<std::vector<Datum>>>(&n.value)) {
    std::string out;
    int number = 0;
    for (const std::vector<Datum>& row : *rows) {
      ++number;
      std::string inside;
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) inside += ", ";
        const Type as = i < type.arguments.size() ? type.arguments[i] : type_of(row[i]);
        inside += one(row[i], as, "_" + std::to_string(number) + "_" + std::to_string(i + 1));
      }
      if (!out.empty()) out += ", ";
      out += "(" + inside + ")";
    }
    if (rows->empty()) {
      if (traits_.empty_in_as_subquery) return "(" + grammar_.empty_set(type.arguments) + ")";
      out = context.negated_op == Op::kNotIn ? "NULL) OR (1 = 1" : "NULL) AND (1 != 1";
      return "(" + out + ")";
    }
    return std::string(traits_.tuple_in_values ? "(VALUES " : "(") + out + ")";
  } else if (const auto* single = std::get_if<Datum>(&n.value)) {
    values = {*single};
  } else {
    throw Error(code::kOperation, "A value is required for bind parameter '" + name + "'");
  }
  if (values.empty()) {
    if (traits_.empty_in_as_subquery) return "(" + grammar_.empty_set({type}) + ")";
    if (context.negated_op == Op::kNotIn) return "(NULL) OR (1 = 1)";
    if (context.negated_op == Op::kIn) return "(NULL) AND (1 != 1)";
    return "(" + grammar_.empty_set({type}) + ")";
  }
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ", ";
    out += one(values[i], type.is_null() ? type_of(values[i]) : type, "_" + std::to_string(i + 1));
  }
  return "(" + out + ")";
}

}  // namespace retort::sql
