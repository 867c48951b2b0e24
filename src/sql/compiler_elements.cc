#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sql/affinity.h"
#include "sql/compiler.h"

namespace retort::sql {

namespace {

// Writing an expression goes down into its parts, and a stack is finite.
class Nesting {
 public:
  explicit Nesting(int& depth) : depth_(depth) {
    constexpr int kMost = 500;
    if (++depth_ <= kMost) return;
    throw Error(code::kLimit,
                "an SQL expression is nested more than " + std::to_string(kMost) + " levels deep")
        .with_hint("build it flat: sa.and_(*conditions), sa.or_(*conditions), column.in_(values)");
  }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  int& depth_;
};

}  // namespace

std::string Compiler::list(const std::vector<Expression>& items, std::string_view separator,
                           const Context& context) {
  std::string out;
  for (const Expression& item : items) {
    const std::string text = visit(item, context);
    if (text.empty()) continue;
    if (!out.empty()) out += separator;
    out += text;
  }
  return out;
}

std::string Compiler::visit(const Expression& e, const Context& outer) {
  if (!e) return {};
  const Nesting nesting(depth_);
  // Of what only a select list passes down, the element itself takes its share below.
  Context context = outer;
  struct Visitor {
    Compiler& c;
    const Expression& e;
    Context& context;
    std::string operator()(const node::Text& n) { return c.visit(n, context); }
    std::string operator()(const node::Bind& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Column& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Label& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Function& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Filter& n) {
      return c.visit(n.function, context) + " FILTER (WHERE " + c.visit(n.criterion, context) + ")";
    }
    std::string operator()(const node::Over& n) { return c.visit(n, context); }
    std::string operator()(const node::WithinGroup& n) {
      return c.visit(n.element, context) + " WITHIN GROUP (ORDER BY " +
             c.list(n.order_by, ", ", context) + ")";
    }
    std::string operator()(const node::AggregateOrderBy& n) {
      return c.visit(n.target, context) + " ORDER BY " + c.list(n.order_by, ", ", context);
    }
    std::string operator()(const node::Unary& n) { return c.visit(n, context); }
    std::string operator()(const node::Binary& n) { return c.visit(e, n, context); }
    std::string operator()(const node::List& n) { return c.visit(n, context); }
    std::string operator()(const node::Grouping& n) {
      context.as_from = false;
      return "(" + c.visit(n.element, context) + ")";
    }
    std::string operator()(const node::AsBoolean& n) { return c.visit(n, context); }
    std::string operator()(const node::Case& n) { return c.visit(n, context); }
    std::string operator()(const node::Cast& n) { return c.visit(e, n, context); }
    std::string operator()(const node::TypeCoerce& n) { return c.visit(n.element, context); }
    std::string operator()(const node::Extract& n) {
      const std::string inner = c.visit(n.element, context);
      if (auto own = c.grammar_.extract(n.field, inner)) return *own;
      return "EXTRACT(" + n.field + " FROM " + inner + ")";
    }
    std::string operator()(node::Constant n) { return c.constant(n); }
    std::string operator()(const node::Collation& n) { return c.grammar_.quote(n.name); }
    std::string operator()(const node::LabelReference& n) { return c.visit(n, context); }
    std::string operator()(const node::Tuple& n) {
      return "(" + c.list(n.clauses, ", ", context) + ")";
    }
    std::string operator()(const node::Array& n) {
      std::string text = "ARRAY[" + c.list(n.elements, ", ", context) + "]";
      if (n.elements.empty()) text += "::" + c.grammar_.type((*e).type);
      return text;
    }
    std::string operator()(const node::Slice& n) {
      return c.visit(n.start, context) + ":" + c.visit(n.stop, context);
    }
    std::string operator()(const node::ScalarSubquery& n) {
      context.as_from = false;
      return "(" + c.visit(n.select, context) + ")";
    }
    std::string operator()(const node::Exists& n) {
      context.as_from = false;
      return "EXISTS (" + c.visit(n.select, context) + ")";
    }
    std::string operator()(const node::Table& n) { return c.visit(n, context); }
    std::string operator()(const node::Alias& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Cte& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Join& n) { return c.visit(n, context); }
    std::string operator()(const node::FromGrouping& n) {
      return "(" + c.visit(n.element, context) + ")";
    }
    std::string operator()(const node::FromText& n) {
      context.as_from = false;
      return c.visit(n.element, context);
    }
    std::string operator()(const node::Values& n) { return c.visit(n, context); }
    std::string operator()(const node::Select& n) { return c.visit(e, n, context); }
    std::string operator()(const node::Compound& n) { return c.visit(n, context); }
    std::string operator()(const node::SelectGrouping& n) {
      return "(" + c.visit(n.select, context) + ")";
    }
    std::string operator()(const node::TextSelect& n) { return c.visit(n, context); }
    std::string operator()(const node::Insert& n) { return c.visit(n, context); }
    std::string operator()(const node::Update& n) { return c.visit(n, context); }
    std::string operator()(const node::Delete& n) { return c.visit(n, context); }
  };
  // Labels are written in a select list only directly below it.
  if (!get<node::Label>(e) && !get<node::TypeCoerce>(e) && !get<node::Bind>(e)) {
    context.within_columns = false;
  }
  return std::visit(Visitor{*this, e, context}, (*e).kind);
}

std::string Compiler::constant(node::Constant n) {
  switch (n) {
    case node::Constant::kNull:
      return "NULL";
    case node::Constant::kTrue:
      return traits_.native_boolean ? "true" : "1";
    case node::Constant::kFalse:
      return traits_.native_boolean ? "false" : "0";
    case node::Constant::kDefault:
      return "DEFAULT";
  }
  return {};
}

std::string Compiler::visit(const Expression&, const node::Column& n, const Context& context) {
  if (n.literal) return n.name;
  const std::string name = grammar_.quote(n.name);
  if (!n.from || !context.include_table || !options_.table_names) return name;
  const std::string table = qualifier(n.from);
  return table.empty() ? name : table + "." + name;
}

std::string Compiler::visit(const Expression& self, const node::Label& n, const Context& outer) {
  Context context = outer;
  const bool with_as = outer.within_columns && !outer.within_label;
  const bool name_only = outer.label_as_name == self.node().get();
  std::string name;
  if (with_as || name_only) {
    name = grammar_.quote(n.name.empty() ? anonymous(self.node().get(), "anon") : n.name);
  }
  if (with_as) {
    context.within_columns = true;
    context.within_label = true;
    return visit(n.element, context) + " AS " + name;
  }
  if (name_only) return name;
  context.within_columns = false;
  return visit(n.element, context);
}

std::string Compiler::visit(const Expression& self, const node::Function& n,
                            const Context& context) {
  static_cast<void>(self);
  std::vector<std::string> parts;
  for (const Expression& argument : n.arguments) parts.push_back(visit(argument, context));
  std::string arguments = retort::join(parts, ", ");
  if (!n.order_by.empty()) arguments += " ORDER BY " + list(n.order_by, ", ", context);
  if (n.packages.empty()) {
    if (auto own = grammar_.function(n.name, arguments, parts)) return *own;
  }
  std::string name;
  for (const std::string& package : n.packages) name += grammar_.quote(package) + ".";
  // A function's name keeps its case; only what can't stand unquoted is quoted.
  const bool plain = std::all_of(n.name.begin(), n.name.end(), [](unsigned char ch) {
    return std::isalnum(ch) || ch == '_' || ch == '$' || ch >= 0x80;
  });
  name += plain ? n.name : grammar_.quote_always(n.name);
  return name + "(" + arguments + ")";
}

std::string Compiler::visit(const node::Over& n, const Context& context) {
  std::string inside;
  const auto add = [&](const std::string& text) {
    if (text.empty()) return;
    if (!inside.empty()) inside += ' ';
    inside += text;
  };
  if (!n.partition_by.empty()) add("PARTITION BY " + list(n.partition_by, ", ", context));
  if (!n.order_by.empty()) add("ORDER BY " + list(n.order_by, ", ", context));
  if (!n.frame_kind.empty()) {
    const auto bound = [](const std::optional<std::int64_t>& at, std::string_view open) {
      if (!at) return "UNBOUNDED " + std::string(open);
      if (*at == 0) return std::string("CURRENT ROW");
      return *at < 0 ? std::to_string(-*at) + " PRECEDING" : std::to_string(*at) + " FOLLOWING";
    };
    add(n.frame_kind + " BETWEEN " + bound(n.frame.lower, "PRECEDING") + " AND " +
        bound(n.frame.upper, "FOLLOWING"));
  }
  return visit(n.element, context) + " OVER (" + inside + ")";
}

std::string Compiler::visit(const node::Unary& n, const Context& context) {
  const std::string element = visit(n.element, context);
  if (n.op != Op::kNone) return std::string(operator_text(n.op)) + element;
  return element + std::string(operator_text(n.modifier));
}

std::string Compiler::visit(const node::List& n, const Context& context) {
  if (n.op == Op::kConcat) {
    std::vector<std::string> parts;
    for (const Expression& clause : n.clauses) parts.push_back(visit(clause, context));
    return grammar_.concat(parts);
  }
  return list(n.clauses, operator_text(n.op), context);
}

std::string Compiler::visit(const node::AsBoolean& n, const Context& context) {
  const bool implicit = traits_.boolean_type || get<node::Binary>(n.element) ||
                        get<node::List>(n.element) || get<node::Exists>(n.element);
  const std::string element = visit(n.element, context);
  if (n.op == Op::kIsTrue) return implicit ? element : element + " = 1";
  return implicit ? "NOT " + element : element + " = 0";
}

std::string Compiler::visit(const node::Case& n, const Context& context) {
  std::string out = "CASE ";
  if (n.value) out += visit(n.value, context) + " ";
  for (const auto& [when, then] : n.whens) {
    out += "WHEN " + visit(when, context) + " THEN " + visit(then, context) + " ";
  }
  if (n.otherwise) out += "ELSE " + visit(n.otherwise, context) + " ";
  return out + "END";
}

std::string Compiler::visit(const Expression& self, const node::Cast& n, const Context& context) {
  const std::string element = visit(n.element, context);
  if (auto own = grammar_.cast(element, (*self).type)) return *own;
  return (n.try_cast ? "TRY_CAST(" : "CAST(") + element + " AS " + grammar_.type((*self).type) +
         ")";
}

std::string Compiler::conditions(const std::vector<Expression>& criteria, const Context& context) {
  // Several criteria read as one AND, in which the first stands as if alone.
  return list(criteria.size() == 1 ? std::vector{group(criteria.front(), Op::kAsBool)}
                                   : std::vector{and_(criteria)},
              " AND ", context);
}

std::string Compiler::literal(const Datum& value, const Type& type) {
  return grammar_.literal(value, type);
}

}  // namespace retort::sql
