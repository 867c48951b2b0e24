#include <algorithm>

#include "base/error.h"
#include "sql/compiler.h"

namespace retort::sql {

std::string Compiler::visit(const node::Table& n, const Context& context) {
  if (!context.as_from) return {};
  const std::string name = grammar_.quote(n.name);
  return n.schema.empty() ? name : grammar_.quote(n.schema) + "." + name;
}

std::string Compiler::alias_base(const Expression& element) {
  if (const auto* t = get<node::Table>(element)) return t->name;
  if (const auto* a = get<node::Alias>(element); a && !a->name.empty()) return a->name;
  if (const auto* c = get<node::Cte>(element); c && !c->name.empty()) return c->name;
  return "anon";
}

std::string Compiler::qualifier(const Expression& from) {
  if (const auto* t = get<node::Table>(from)) {
    const std::string name = grammar_.quote(t->name);
    return t->schema.empty() ? name : grammar_.quote(t->schema) + "." + name;
  }
  if (const auto* a = get<node::Alias>(from)) {
    return grammar_.quote(a->name.empty() ? anonymous(a->id, alias_base(a->element)) : a->name);
  }
  if (const auto* c = get<node::Cte>(from)) {
    return grammar_.quote(c->name.empty() ? anonymous(c->restates ? c->restates : c->id, "anon")
                                          : c->name);
  }
  if (const auto* v = get<node::Values>(from)) {
    return grammar_.quote(v->name.empty() ? anonymous(v->id, "anon") : v->name);
  }
  return {};
}

std::string Compiler::visit(const Expression& self, const node::Alias& n, const Context& outer) {
  Context context = outer;
  const bool wraps_statement = is_statement(n.element);
  if (!outer.as_from) {
    // A reference, as in count(alias): the element itself.
    return visit(n.element, context);
  }
  context.lateral = n.lateral;
  const std::string name = qualifier(self);
  std::string inner = visit(n.element, context);
  if (wraps_statement && !get<node::SelectGrouping>(n.element)) inner = "(" + inner + ")";
  if (n.with_ordinality) inner += " WITH ORDINALITY";
  std::string out = (n.lateral ? "LATERAL " : "") + inner + " AS " + name;
  if (n.derived) {
    std::string columns;
    for (const node::TableColumn& c : n.columns) {
      if (!columns.empty()) columns += ", ";
      columns += grammar_.quote(c.name);
      if (n.derived_types) columns += " " + grammar_.type(c.type);
    }
    out += "(" + columns + ")";
  }
  if (n.tablesample) {
    out += " TABLESAMPLE " + visit(n.tablesample, Context{});
    if (n.seed) out += " REPEATABLE (" + visit(n.seed, Context{}) + ")";
  }
  return out;
}

std::string Compiler::visit(const Expression& self, const node::Cte& n, const Context& outer) {
  const std::string name = qualifier(self);
  const std::uint64_t origin = n.restates ? n.restates : n.id;
  const auto same = [&](const node::Cte* other) {
    return (other->restates ? other->restates : other->id) == origin;
  };
  const bool open = std::any_of(open_ctes_.begin(), open_ctes_.end(), same);
  const auto written =
      std::find_if(ctes_.begin(), ctes_.end(), [&](const WrittenCte& w) { return same(w.node); });
  if (!open && (written == ctes_.end() || (n.restates && !written->node->restates))) {
    for (const WrittenCte& w : ctes_) {
      if (!same(w.node) && !n.name.empty() && w.node->name == n.name) {
        throw Error(code::kOperation,
                    "Multiple, unrelated CTEs found with the same name: '" + n.name + "'");
      }
    }
    if (written != ctes_.end()) ctes_.erase(written);
    open_ctes_.push_back(&n);
    std::string text = name;
    if (n.recursive) {
      std::string columns;
      for (const node::TableColumn& c : columns_of(n.element)) {
        if (!columns.empty()) columns += ", ";
        columns += grammar_.quote(c.name.empty() ? "anon_1" : c.name);
      }
      text += "(" + columns + ")";
    }
    text += " AS ";
    if (n.materialized) text += *n.materialized ? "MATERIALIZED " : "NOT MATERIALIZED ";
    Context context;
    context.as_from = true;
    context.include_table = outer.include_table;
    context.visiting_cte = &n;
    if (stack_.empty()) {
      open_ctes_.pop_back();
      context.as_from = false;
      return visit(n.element, context);
    }
    text += "\n(" + visit(n.element, context) + ")";
    open_ctes_.pop_back();
    ctes_.push_back({&n, std::move(text)});
  }
  return outer.as_from ? name : std::string();
}

// The outermost statement shows the CTEs of all that is inside it.
std::string Compiler::ctes() {
  if (ctes_.empty() || !open_ctes_.empty() || stack_.size() > 1) return {};
  bool recursive = false;
  std::string out;
  for (const WrittenCte& w : ctes_) {
    recursive = recursive || w.node->recursive;
    if (!out.empty()) out += ", \n";
    out += w.text;
  }
  ctes_.clear();
  return (recursive ? "WITH RECURSIVE " : "WITH ") + out + "\n ";
}

void Compiler::visit_ctes(const std::vector<Expression>& items, const Context& context) {
  for (const Expression& item : items) {
    Context c = context;
    c.as_from = false;
    visit(item, c);
  }
}

std::string Compiler::visit(const node::Join& n, const Context& outer) {
  Context context = outer;
  context.as_from = true;
  context.enclosing_alias = nullptr;
  std::string out = visit(n.left, context);
  out += n.full ? " FULL OUTER JOIN " : n.outer ? " LEFT OUTER JOIN " : traits_.join;
  out += visit(n.right, context);
  context.as_from = false;
  return out + " ON " + visit(n.on, context);
}

std::string Compiler::visit(const node::Values& n, const Context& outer) {
  Context context = outer;
  context.literal = context.literal || n.literal_binds;
  context.as_from = false;
  std::string rows;
  for (const auto& row : n.rows) {
    if (!rows.empty()) rows += ", ";
    rows += "(" + list(row, ", ", context) + ")";
  }
  std::string out = "VALUES " + rows;
  if (!outer.as_from) return out;
  out = "(" + out + ")";
  const std::string name =
      n.name.empty() ? (n.id ? anonymous(n.id, "anon") : std::string()) : n.name;
  if (!name.empty()) {
    std::string columns;
    for (const node::TableColumn& c : n.columns) {
      if (!columns.empty()) columns += ", ";
      columns += grammar_.quote(c.name);
    }
    out =
        (n.lateral ? "LATERAL " : "") + out + " AS " + grammar_.quote(name) + " (" + columns + ")";
  }
  return out;
}

}  // namespace retort::sql
