#include <algorithm>
#include <map>

#include "base/error.h"
#include "sql/compiler.h"

namespace retort::sql {

namespace {

bool contains(const std::vector<Expression>& list, const Expression& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// The name that an expression brings by itself; empty for one without.
std::string own_name(const Expression& e) {
  if (const auto* c = get<node::Column>(e)) return c->name;
  if (const auto* l = get<node::Label>(e)) return l->name;
  return {};
}

// The stem of the label for an expression without a name: count_1, anon_1.
std::string label_stem(const Expression& e) {
  if (const auto* c = get<node::Column>(e); c && !c->literal) return c->name;
  if (const auto* f = get<node::Function>(e)) return f->name;
  return "anon";
}

// CAST(x AS ...) and the like take the name of what they wrap.
std::string wrapped_name(const Expression& e) {
  if (const auto* c = get<node::Cast>(e)) return own_name(c->element);
  if (const auto* t = get<node::TypeCoerce>(e)) return own_name(t->element);
  if (const auto* a = get<node::AsBoolean>(e)) return own_name(a->element);
  return {};
}

// Whether a unary's operand has no name of its own either.
bool wraps_unnamed(const Expression& e) {
  if (const auto* u = get<node::Unary>(e)) return wraps_unnamed(u->element);
  if (const auto* g = get<node::Grouping>(e)) return wraps_unnamed(g->element);
  return own_name(e).empty();
}

}  // namespace

std::vector<Compiler::Labelled> Compiler::label_columns(const std::vector<Expression>& columns) {
  std::vector<Expression> flat;
  for (const Expression& e : columns) {
    if (is_from(e)) {
      for (const node::TableColumn& c : columns_of(e)) {
        Expression column = column_of(e, c.key.empty() ? c.name : c.key);
        flat.push_back(column ? column : sql::column(c.name, c.type, e));
      }
    } else {
      flat.push_back(e);
    }
  }
  std::vector<Labelled> out;
  std::map<std::string, Expression> names;
  std::map<std::string, int> repeats;
  for (const Expression& e : flat) {
    Labelled labelled;
    labelled.column = e;
    const auto* column = get<node::Column>(e);
    if (get<node::Text>(e) || (column && column->literal)) {
      labelled.name = column ? column->name : "";
      out.push_back(std::move(labelled));
      continue;
    }
    const std::string name = own_name(e);
    if (name.empty()) {
      const std::string wrapped = wrapped_name(e);
      if (!wrapped.empty() && !names.contains(wrapped)) {
        names.emplace(wrapped, e);
        labelled.required = labelled.name = wrapped;
      } else {
        const std::string stem = wrapped.empty() ? label_stem(e) : wrapped;
        // The number is given when it is written, in the order of the text.
        labelled.fallback = stem;
      }
      out.push_back(std::move(labelled));
      continue;
    }
    labelled.name = name;
    const auto found = names.find(name);
    if (found == names.end()) {
      names.emplace(name, e);
    } else if (!(found->second == e)) {
      labelled.required = name + "_" + std::to_string(++counters_[name]);
      labelled.name = labelled.required;
      names.emplace(labelled.required, e);
    } else {
      labelled.required = name + "__" + std::to_string(++repeats[name]);
    }
    out.push_back(std::move(labelled));
  }
  return out;
}

std::string Compiler::select_column(const Labelled& labelled, bool as_from, Context context) {
  const Expression& e = labelled.column;
  context.within_columns = true;
  context.within_label = false;
  context.as_from = false;
  if (const auto* l = get<node::Label>(e)) {
    if (labelled.required.empty()) return visit(e, context);
    context.within_label = true;
    return visit(l->element, context) + " AS " + grammar_.quote(labelled.required);
  }
  std::string label = labelled.required;
  if (label.empty()) {
    bool wanted = false;
    if (const auto* c = get<node::Column>(e)) {
      wanted = as_from && !c->literal && c->from;
      if (wanted) label = c->name;
    } else if (get<node::Text>(e)) {
      wanted = false;
    } else if (get<node::Unary>(e) && get<node::Unary>(e)->op != Op::kAny &&
               get<node::Unary>(e)->op != Op::kAll) {
      wanted = as_from || wraps_unnamed(e);
    } else {
      wanted = true;
    }
    if (!wanted) return visit(e, context);
    if (label.empty()) {
      const std::string text = visit(e, context);
      const std::string stem = labelled.fallback.empty() ? "anon" : labelled.fallback;
      // A bind has a name already, that of its value.
      return text + " AS " +
             grammar_.quote(get<node::Bind>(e) ? stem + "_" + std::to_string(++counters_[stem])
                                               : anonymous(e.node().get(), stem));
    }
  }
  context.within_label = true;
  return visit(e, context) + " AS " + grammar_.quote(label);
}

void Compiler::note_columns(const std::vector<Labelled>& columns) {
  if (columns_noted_) return;
  columns_noted_ = true;
  for (const Labelled& l : columns) {
    std::string name = l.name;
    if (name.empty() && !l.fallback.empty()) {
      const auto found = node_names_.find(l.column.node().get());
      name = found == node_names_.end() ? l.fallback : found->second;
    }
    columns_.push_back({name, (*l.column).type, l.column});
  }
}

std::vector<Expression> Compiler::display_froms(const node::Select& n, const Context& context) {
  std::vector<Expression> explicit_froms = n.from;
  for (const node::SelectJoin& j : n.joins) {
    Expression left = j.left;
    std::size_t replaced = explicit_froms.size();
    if (left) {
      for (std::size_t i = 0; i < explicit_froms.size(); ++i) {
        std::vector<Expression> inside;
        collect_froms(explicit_froms[i], inside);
        if (contains(inside, left)) {
          left = explicit_froms[i];
          replaced = i;
          break;
        }
      }
    } else if (!explicit_froms.empty()) {
      // The last FROM that the right side can be joined to; with a condition given, the first.
      replaced = 0;
      left = explicit_froms.front();
    } else {
      std::vector<Expression> found;
      for (const Expression& c : n.columns) collect_froms(c, found);
      for (const Expression& f : found) {
        if (!(f == j.right)) {
          left = f;
          break;
        }
      }
    }
    if (!left) {
      throw Error(code::kOperation, "Can't determine which FROM clause to join from")
          .with_hint("say it with select_from(...)");
    }
    Expression joined = sql::join(left, j.right, j.on, j.outer, j.full);
    if (replaced < explicit_froms.size()) {
      explicit_froms[replaced] = std::move(joined);
    } else {
      explicit_froms.push_back(std::move(joined));
    }
  }

  std::vector<Expression> candidates;
  for (const Expression& f : explicit_froms) collect_froms(f, candidates);
  for (const Expression& c : n.columns) collect_froms(c, candidates);
  for (const Expression& w : n.where) collect_froms(w, candidates);

  std::vector<Expression> hidden;
  for (const Expression& f : candidates) {
    if (const auto* j = get<node::Join>(f)) {
      for (const Expression& side : {j->left, j->right}) {
        collect_froms(side, hidden);
        if (const auto* g = get<node::FromGrouping>(side)) collect_froms(g->element, hidden);
      }
    }
  }
  std::vector<Expression> froms;
  for (const Expression& f : candidates) {
    if (!contains(hidden, f) && !contains(froms, f)) froms.push_back(f);
  }
  // What a join's parts bring along when a join is itself grouped.
  if (stack_.empty()) return froms;

  const Level& outer = stack_.back();
  std::vector<Expression> explicit_correlate;
  std::vector<Expression> implicit_correlate;
  if (context.as_from && !context.lateral) {
    for (const Expression& f : outer.correlate_froms) {
      if (!contains(outer.as_from_froms, f)) explicit_correlate.push_back(f);
    }
  } else {
    explicit_correlate = outer.correlate_froms;
    implicit_correlate = outer.as_from_froms;
  }
  const auto without = [&](auto drop) {
    std::vector<Expression> kept;
    for (const Expression& f : froms) {
      if (!drop(f)) kept.push_back(f);
    }
    return kept;
  };
  if (n.correlate) {
    froms = without([&](const Expression& f) {
      return contains(*n.correlate, f) && contains(explicit_correlate, f);
    });
  } else if (n.correlate_except) {
    froms = without([&](const Expression& f) {
      return !contains(*n.correlate_except, f) && contains(explicit_correlate, f);
    });
  } else if (!implicit_correlate.empty() && froms.size() > 1) {
    froms = without([&](const Expression& f) { return contains(implicit_correlate, f); });
    if (froms.empty()) {
      throw Error(code::kOperation,
                  "Select statement returned no FROM clauses due to auto-correlation")
          .with_hint("specify correlate(<tables>) to control correlation manually");
    }
  }
  return froms;
}

std::string Compiler::order_by(const std::vector<Expression>& items, const Context& outer) {
  std::string out;
  for (const Expression& item : items) {
    Context context = outer;
    // A label of the select list is referred to by its name.
    Expression inner = item;
    while (const auto* u = get<node::Unary>(inner)) {
      if (!is_ordering(u->modifier)) break;
      inner = u->element;
    }
    if (get<node::Label>(inner) && !stack_.empty() && stack_.back().select &&
        contains(stack_.back().select->columns, inner)) {
      context.label_as_name = inner.node().get();
    }
    const std::string text = visit(item, context);
    if (text.empty()) continue;
    if (!out.empty()) out += ", ";
    out += text;
  }
  return out;
}

std::string Compiler::visit(const node::LabelReference& n, const Context& outer) {
  Context context = outer;
  if (!stack_.empty() && stack_.back().select) {
    std::vector<Expression> froms;
    for (const Expression& c : stack_.back().select->columns) {
      if (own_name(c) == n.name) {
        if (get<node::Label>(c)) context.label_as_name = c.node().get();
        return visit(c, context);
      }
      collect_froms(c, froms);
    }
    for (const Expression& f : froms) {
      if (Expression column = column_of(f, n.name)) return visit(column, context);
    }
  } else if (!stack_.empty()) {
    return grammar_.quote(n.name);
  } else {
    return n.name;  // of no statement, as in CREATE INDEX: a text
  }
  throw Error(code::kOperation,
              "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT "
              "etc. Textual SQL expression '" +
                  n.name + "' should be explicitly declared as text('" + n.name + "')");
}

std::string Compiler::row_limits(const Expression& limit, const Expression& offset,
                                 const Context& context) {
  if (!limit && !offset) return {};
  const std::string l = limit ? visit(limit, context) : std::string();
  const std::string o = offset ? visit(offset, context) : std::string();
  return grammar_.limit(l, o);
}

std::string Compiler::visit(const Expression& self, const node::Select& n, const Context& outer) {
  static_cast<void>(self);
  const bool toplevel = stack_.empty();
  const bool wants_columns = outer.compound_index <= 0 && (toplevel || stack_.back().wants_columns);
  const std::vector<Expression> froms = display_froms(n, outer);

  Level level;
  for (const Expression& f : froms) collect_froms(f, level.as_from_froms);
  level.correlate_froms = level.as_from_froms;
  if (!toplevel) {
    for (const Expression& f : stack_.back().correlate_froms) level.correlate_froms.push_back(f);
  }
  level.select = &n;
  stack_.push_back(std::move(level));

  Context context;
  context.include_table = options_.table_names;
  context.literal = outer.literal;
  context.visiting_cte = outer.visiting_cte;

  std::string text = "SELECT ";
  visit_ctes(n.ctes, context);
  for (const std::string& prefix : n.prefixes) text += prefix + " ";
  if (n.distinct) {
    text += "DISTINCT ";
    if (!n.distinct_on.empty() && traits_.distinct_on) {
      text += "ON (" + list(n.distinct_on, ", ", context) + ") ";
    }
  }
  const std::vector<Labelled> columns = label_columns(n.columns);
  std::string columns_text;
  for (const Labelled& c : columns) {
    if (!columns_text.empty()) columns_text += ", ";
    columns_text += select_column(c, outer.as_from, context);
  }
  if (columns_text.empty()) text.pop_back();
  text += columns_text;
  if (wants_columns) note_columns(columns);

  if (!froms.empty()) {
    Context from_context = context;
    from_context.as_from = true;
    text += " \nFROM " + list(froms, ", ", from_context);
  } else if (traits_.from_dual && !n.where.empty()) {
    text += " FROM DUAL";
  }
  if (!n.where.empty()) {
    const std::string where = conditions(n.where, context);
    if (!where.empty()) text += " \nWHERE " + where;
  }
  if (!n.group_by.empty()) text += " GROUP BY " + order_by(n.group_by, context);
  if (!n.having.empty()) text += " \nHAVING " + conditions(n.having, context);
  if (!n.order_by.empty()) text += " ORDER BY " + order_by(n.order_by, context);
  if (n.fetch) {
    if (n.offset) text += "\n OFFSET " + visit(n.offset, context) + " ROWS";
    text += "\n FETCH FIRST " + visit(n.fetch, context) + " ROWS ONLY";
  } else {
    text += row_limits(n.limit, n.offset, context);
  }
  if (n.for_update) {
    std::vector<std::string> of;
    for (const Expression& item : n.for_update->of) {
      const auto* c = get<node::Column>(item);
      const std::string name = qualifier(c ? c->from : item);
      if (std::find(of.begin(), of.end(), name) == of.end()) of.push_back(name);
    }
    text += grammar_.for_update(*n.for_update, of);
  }
  if (!(outer.compound_index >= 0 || outer.insert_into) || toplevel) text = ctes() + text;
  for (const std::string& suffix : n.suffixes) text += " " + suffix;
  stack_.pop_back();
  return text;
}

std::string Compiler::visit(const node::Compound& n, const Context& outer) {
  const bool toplevel = stack_.empty();
  Level level;
  level.wants_columns = toplevel || (outer.compound_index <= 0 && stack_.back().wants_columns);
  if (!toplevel) {
    level.correlate_froms = stack_.back().correlate_froms;
    level.as_from_froms = stack_.back().as_from_froms;
  }
  stack_.push_back(std::move(level));
  Context context = outer;
  context.within_columns = false;
  context.insert_into = false;
  visit_ctes(n.ctes, context);
  std::string text;
  int index = 0;
  for (const Expression& select : n.selects) {
    if (index > 0) text += " " + n.keyword + " ";
    context.compound_index = index++;
    text += visit(select, context);
  }
  context.compound_index = -1;
  context.as_from = false;
  context.include_table = false;
  if (!n.group_by.empty()) text += " GROUP BY " + list(n.group_by, ", ", context);
  if (!n.order_by.empty()) text += " ORDER BY " + list(n.order_by, ", ", context);
  text += row_limits(n.limit, n.offset, context);
  if (outer.compound_index < 0 && !outer.insert_into) text = ctes() + text;
  stack_.pop_back();
  return text;
}

std::string Compiler::visit(const node::TextSelect& n, const Context& outer) {
  const bool toplevel = stack_.empty();
  Level level;
  stack_.push_back(std::move(level));
  Context context;
  context.literal = outer.literal;
  if (toplevel) {
    std::vector<Labelled> columns;
    for (const Expression& c : n.columns) {
      Labelled l;
      l.column = c;
      l.name = own_name(c);
      columns.push_back(std::move(l));
    }
    note_columns(columns);
  }
  std::string text = visit(n.text, context);
  text = ctes() + text;
  stack_.pop_back();
  return text;
}

}  // namespace retort::sql
