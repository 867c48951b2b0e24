#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sql/compiler.h"

namespace retort::sql {

namespace {

// The element of SET or VALUES as a clause of its own: an operator's expression in parentheses.
Expression standalone(const Expression& e) {
  if (is_statement(e) && !get<node::SelectGrouping>(e)) return scalar_subquery(e);
  return group(e, Op::kNone);
}

std::string key_of(const node::TableColumn& c) { return c.key.empty() ? c.name : c.key; }

const node::TableColumn* find_column(const std::vector<node::TableColumn>& columns,
                                     std::string_view key) {
  for (const node::TableColumn& c : columns) {
    if (key_of(c) == key) return &c;
  }
  return nullptr;
}

}  // namespace

std::vector<node::Assignment> Compiler::assignments(const Expression& table,
                                                    const std::vector<node::Assignment>& given,
                                                    bool use_execution_values) {
  const std::vector<node::TableColumn> columns = columns_of(table);
  std::vector<node::Assignment> pending = given;
  if (use_execution_values) {
    for (const ExecutionValue& v : options_.values) {
      const node::TableColumn* column = find_column(columns, v.name);
      const bool known = std::any_of(pending.begin(), pending.end(),
                                     [&](const auto& a) { return a.column == v.name; });
      if (!column || known) continue;
      node::Assignment a;
      a.column = v.name;
      a.value = required_bind(v.name, column->type);
      pending.push_back(std::move(a));
    }
  }
  std::vector<node::Assignment> out;
  for (const node::TableColumn& c : columns) {
    for (const node::Assignment& a : pending) {
      if (!a.target && a.column == key_of(c)) {
        out.push_back(a);
        out.back().column = c.name;
      }
    }
  }
  std::vector<std::string> unknown;
  for (const node::Assignment& a : pending) {
    if (a.target) {
      out.push_back(a);
    } else if (!find_column(columns, a.column)) {
      if (columns.empty()) {
        out.push_back(a);
      } else {
        unknown.push_back(a.column);
      }
    }
  }
  if (!unknown.empty()) {
    std::vector<std::string> names;
    for (const node::TableColumn& c : columns) names.push_back(key_of(c));
    throw Error(code::kOperation, "Unconsumed column names: " + retort::join(unknown, ", "))
        .with_hint(did_you_mean(unknown.front(), names));
  }
  return out;
}

std::string Compiler::value(const Expression& e, const Context& context) {
  return visit(standalone(e), context);
}

std::string Compiler::returning(const std::vector<Expression>& columns, const Context& outer) {
  if (columns.empty()) return {};
  Context context = outer;
  context.include_table = options_.table_names && traits_.returning_with_table;
  const std::vector<Labelled> labelled = label_columns(columns);
  std::string out;
  for (const Labelled& l : labelled) {
    if (!out.empty()) out += ", ";
    out += select_column(l, false, context);
  }
  if (stack_.size() == 1) note_columns(labelled);
  return " RETURNING " + out;
}

std::string Compiler::on_conflict(const node::OnConflict& n, const Expression& table,
                                  const Context& outer) {
  Context context = outer;
  std::string target;
  if (!n.constraint.empty()) {
    target = "ON CONSTRAINT " + grammar_.quote(n.constraint);
  } else if (!n.index_elements.empty()) {
    context.include_table = false;
    std::string elements;
    for (const Expression& e : n.index_elements) {
      if (!elements.empty()) elements += ", ";
      elements += visit(e, context);
    }
    target = "(" + elements + ")";
    if (n.index_where) {
      context.literal = true;
      target += " WHERE " + visit(n.index_where, context);
      context.literal = outer.literal;
    }
  }
  if (n.nothing)
    return target.empty() ? " ON CONFLICT DO NOTHING" : " ON CONFLICT " + target + " DO NOTHING";
  context.include_table = true;
  std::string set;
  for (const node::Assignment& a : assignments(table, n.set, false)) {
    if (!set.empty()) set += ", ";
    set += (a.target ? visit(a.target, context) : grammar_.quote(a.column)) + " = " +
           value(a.value, context);
  }
  std::string out = " ON CONFLICT " + target + " DO UPDATE SET " + set;
  if (n.where) out += " WHERE " + visit(n.where, context);
  return out;
}

std::string Compiler::visit(const node::Insert& n, const Context& outer) {
  stack_.push_back(Level{});
  Context context;
  context.include_table = options_.table_names;
  context.literal = outer.literal;
  context.visiting_cte = outer.visiting_cte;
  visit_ctes(n.ctes, context);

  Context table_context = context;
  table_context.as_from = true;
  std::string text = "INSERT ";
  for (const std::string& prefix : n.prefixes) text += prefix + " ";
  text += "INTO " + visit(n.table, table_context);

  const bool executed = n.rows.empty() && !n.select;
  std::vector<std::string> names;
  std::string body;
  if (n.select) {
    names = n.select_columns;
    Context select_context = context;
    select_context.insert_into = true;
    std::string select = visit(n.select, select_context);
    if (traits_.with_after_insert) select = ctes() + select;
    body = " " + select;
  } else if (!n.rows.empty()) {
    // Each row gives the columns that the first one has; a value's bind is named for its row.
    const std::vector<node::Assignment> first = assignments(n.table, n.rows.front(), false);
    for (const node::Assignment& a : first) names.push_back(a.column);
    std::string rows;
    for (std::size_t r = 0; r < n.rows.size(); ++r) {
      std::string row;
      const std::vector<node::Assignment> values = assignments(n.table, n.rows[r], false);
      for (const node::Assignment& column : first) {
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&](const auto& a) { return a.column == column.column; });
        if (found == values.end()) {
          throw Error(code::kOperation,
                      "INSERT value for column " + column.column +
                          " is explicitly rendered as a boundparameter in the VALUES clause; a "
                          "Python-side value or SQL expression is required");
        }
        if (!row.empty()) row += ", ";
        Expression element = found->value;
        if (const auto* b = get<node::Bind>(element)) {
          node::Bind numbered = *b;
          numbered.name += "_m" + std::to_string(r);
          element = make(std::move(numbered), (*element).type);
        }
        row += value(element, context);
      }
      if (!rows.empty()) rows += ", ";
      rows += "(" + row + ")";
    }
    body = " VALUES " + rows;
  } else {
    std::string row;
    for (const node::Assignment& a : assignments(n.table, n.values, executed)) {
      names.push_back(a.column);
      if (!row.empty()) row += ", ";
      row += value(a.value, context);
    }
    body = names.empty() && traits_.insert_default_values ? " DEFAULT VALUES"
                                                          : " VALUES (" + row + ")";
  }
  if (!names.empty() || (!n.select && !traits_.insert_default_values)) {
    for (std::string& name : names) name = grammar_.quote(name);
    text += " (" + retort::join(names, ", ") + ")";
  }
  text += body;
  if (n.on_conflict) text += on_conflict(*n.on_conflict, n.table, context);
  if (!n.on_duplicate.empty()) {
    std::string set;
    for (const node::Assignment& a : n.on_duplicate) {
      if (!set.empty()) set += ", ";
      set += grammar_.quote(a.column) + " = " + value(a.value, context);
    }
    text += " ON DUPLICATE KEY UPDATE " + set;
  }
  text += returning(n.returning, context);
  text = ctes() + text;
  stack_.pop_back();
  return text;
}

std::string Compiler::visit(const node::Update& n, const Context& outer) {
  std::vector<Expression> main;
  collect_froms(n.table, main);
  std::vector<Expression> extra;
  const auto add_froms = [&](const Expression& e) {
    std::vector<Expression> found;
    collect_froms(e, found);
    for (const Expression& f : found) {
      if (std::find(main.begin(), main.end(), f) == main.end() &&
          std::find(extra.begin(), extra.end(), f) == extra.end()) {
        extra.push_back(f);
      }
    }
  };
  for (const Expression& w : n.where) add_froms(w);
  for (const node::Assignment& a : n.values) add_froms(a.value);

  Level level;
  level.as_from_froms = main;
  for (const Expression& f : extra) level.as_from_froms.push_back(f);
  level.correlate_froms = level.as_from_froms;
  stack_.push_back(std::move(level));
  Context context;
  context.include_table = options_.table_names;
  context.literal = outer.literal;
  context.visiting_cte = outer.visiting_cte;
  visit_ctes(n.ctes, context);

  Context table_context = context;
  table_context.as_from = true;
  std::string text = "UPDATE ";
  for (const std::string& prefix : n.prefixes) text += prefix + " ";
  text += visit(n.table, table_context);
  const bool multi = traits_.multi_table_update && !extra.empty();
  if (multi) text += ", " + list(extra, ", ", table_context);
  text += " SET ";
  std::string set;
  for (const node::Assignment& a : assignments(n.table, n.values, n.values.empty())) {
    if (!set.empty()) set += ", ";
    Context target = context;
    target.include_table = multi;
    const std::string name = a.target ? visit(a.target, target)
                             : multi  ? qualifier(n.table) + "." + grammar_.quote(a.column)
                                      : grammar_.quote(a.column);
    set += name + "=" + value(a.value, context);
  }
  text += set;
  if (!extra.empty() && !multi) text += " FROM " + list(extra, ", ", table_context);
  if (!n.where.empty()) {
    const std::string where = conditions(n.where, context);
    if (!where.empty()) text += " WHERE " + where;
  }
  if (n.limit) text += " LIMIT " + visit(n.limit, context);
  text += returning(n.returning, context);
  text = ctes() + text;
  stack_.pop_back();
  return text;
}

std::string Compiler::visit(const node::Delete& n, const Context& outer) {
  std::vector<Expression> froms;
  collect_froms(n.table, froms);
  const std::size_t own = froms.size();
  for (const Expression& w : n.where) {
    std::vector<Expression> found;
    collect_froms(w, found);
    for (const Expression& f : found) {
      if (std::find(froms.begin(), froms.end(), f) == froms.end()) froms.push_back(f);
    }
  }
  const std::vector<Expression> extra(froms.begin() + static_cast<std::ptrdiff_t>(own),
                                      froms.end());
  Level level;
  level.correlate_froms = level.as_from_froms = froms;
  stack_.push_back(std::move(level));
  Context context;
  context.include_table = options_.table_names;
  context.literal = outer.literal;
  context.visiting_cte = outer.visiting_cte;
  visit_ctes(n.ctes, context);

  Context table_context = context;
  table_context.as_from = true;
  std::string text = "DELETE ";
  for (const std::string& prefix : n.prefixes) text += prefix + " ";
  text += "FROM ";
  text += visit(n.table, table_context);
  if (!extra.empty()) {
    if (traits_.multi_table_update) {
      text += " USING " + visit(n.table, table_context) + ", " + list(extra, ", ", table_context);
    } else {
      text += " USING " + list(extra, ", ", table_context);
    }
  }
  if (!n.where.empty()) {
    const std::string where = conditions(n.where, context);
    if (!where.empty()) text += " WHERE " + where;
  }
  if (n.limit) text += " LIMIT " + visit(n.limit, context);
  text += returning(n.returning, context);
  text = ctes() + text;
  stack_.pop_back();
  return text;
}

}  // namespace retort::sql
