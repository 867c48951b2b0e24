#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sql/build.h"

namespace retort::sql {

namespace {

std::string key_of(const node::TableColumn& c) { return c.key.empty() ? c.name : c.key; }

void add_column(std::vector<node::TableColumn>& into, node::TableColumn column) {
  into.push_back(std::move(column));
}

// The name a select's column has for those who select from it; empty: none can be told.
std::string result_name(const Expression& e) {
  if (const auto* c = get<node::Column>(e)) return c->name;
  if (const auto* l = get<node::Label>(e)) return l->name;
  if (const auto* f = get<node::Function>(e)) return f->name;
  if (const auto* c = get<node::Cast>(e)) return result_name(c->element);
  if (const auto* t = get<node::TypeCoerce>(e)) return result_name(t->element);
  return {};
}

std::vector<node::TableColumn> columns_of_list(const std::vector<Expression>& list) {
  std::vector<node::TableColumn> out;
  for (const Expression& e : list) {
    if (is_from(e)) {
      for (node::TableColumn& c : columns_of(e)) add_column(out, std::move(c));
      continue;
    }
    node::TableColumn c;
    c.name = result_name(e);
    c.type = (*e).type;
    if (const auto* column = get<node::Column>(e); column && column->from) {
      for (const node::TableColumn& own : columns_of(column->from)) {
        if (own.name != c.name) continue;
        c.key = own.key;
        c.primary_key = own.primary_key;
      }
    }
    add_column(out, std::move(c));
  }
  // Names that repeat are told apart as the compiler writes them: id, id_1.
  for (std::size_t i = 0; i < out.size(); ++i) {
    int repeats = 0;
    for (std::size_t j = 0; j < i; ++j) repeats += out[j].name == out[i].name;
    if (repeats > 0 && !out[i].name.empty()) {
      out[i].name += "_" + std::to_string(repeats);
      out[i].key.clear();
    }
  }
  return out;
}

// The tables (and aliases of tables) below a FROM item.
void leaves(const Expression& from, std::vector<Expression>& into) {
  if (const auto* j = get<node::Join>(from)) {
    leaves(j->left, into);
    leaves(j->right, into);
  } else if (const auto* g = get<node::FromGrouping>(from)) {
    leaves(g->element, into);
  } else {
    into.push_back(from);
  }
}

const node::Table* table_of(const Expression& from) {
  if (const auto* a = get<node::Alias>(from)) return table_of(a->element);
  return get<node::Table>(from);
}

std::string describe(const Expression& from) {
  if (const auto* t = table_of(from)) return t->name;
  return "the subquery";
}

}  // namespace

bool is_from(const Expression& e) {
  return get<node::Table>(e) || get<node::Alias>(e) || get<node::Cte>(e) || get<node::Join>(e) ||
         get<node::FromGrouping>(e) || get<node::FromText>(e) || get<node::Values>(e);
}

bool is_statement(const Expression& e) {
  return get<node::Select>(e) || get<node::Compound>(e) || get<node::TextSelect>(e) ||
         get<node::Insert>(e) || get<node::Update>(e) || get<node::Delete>(e) ||
         get<node::SelectGrouping>(e);
}

std::vector<node::TableColumn> columns_of(const Expression& from) {
  if (const auto* t = get<node::Table>(from)) return t->columns;
  if (const auto* a = get<node::Alias>(from)) {
    return a->columns.empty() ? columns_of(a->element) : a->columns;
  }
  if (const auto* c = get<node::Cte>(from)) return columns_of(c->element);
  if (const auto* v = get<node::Values>(from)) return v->columns;
  if (const auto* g = get<node::FromGrouping>(from)) return columns_of(g->element);
  if (const auto* g = get<node::SelectGrouping>(from)) return columns_of(g->select);
  if (const auto* j = get<node::Join>(from)) {
    std::vector<node::TableColumn> out;
    for (const Expression& side : {j->left, j->right}) {
      for (node::TableColumn c : columns_of(side)) {
        if (!get<node::Join>(side)) {
          // A join's columns are named for their tables.
          if (const std::string table = describe(side); table_of(side)) {
            const auto* alias = get<node::Alias>(side);
            c.key = (alias && !alias->name.empty() ? alias->name : table) + "_" + key_of(c);
          }
        }
        add_column(out, std::move(c));
      }
    }
    return out;
  }
  if (const auto* s = get<node::Select>(from)) return columns_of_list(s->columns);
  if (const auto* c = get<node::Compound>(from)) {
    return c->selects.empty() ? std::vector<node::TableColumn>{} : columns_of(c->selects.front());
  }
  if (const auto* t = get<node::TextSelect>(from)) return columns_of_list(t->columns);
  if (const auto* i = get<node::Insert>(from)) return columns_of_list(i->returning);
  if (const auto* u = get<node::Update>(from)) return columns_of_list(u->returning);
  if (const auto* d = get<node::Delete>(from)) return columns_of_list(d->returning);
  return {};
}

void collect_froms(const Expression& e, std::vector<Expression>& into) {
  if (!e) return;
  const auto all = [&](const std::vector<Expression>& list) {
    for (const Expression& item : list) collect_froms(item, into);
  };
  struct Visitor {
    const Expression& self;
    std::vector<Expression>& into;
    const decltype(all)& each;
    void operator()(const node::Text&) const {}
    void operator()(const node::Bind&) const {}
    void operator()(const node::Column& n) const {
      if (n.from) into.push_back(n.from);
    }
    void operator()(const node::Label& n) const { collect_froms(n.element, into); }
    void operator()(const node::Function& n) const { each(n.arguments); }
    void operator()(const node::Filter& n) const {
      collect_froms(n.function, into);
      collect_froms(n.criterion, into);
    }
    void operator()(const node::Over& n) const {
      collect_froms(n.element, into);
      each(n.partition_by);
      each(n.order_by);
    }
    void operator()(const node::WithinGroup& n) const {
      collect_froms(n.element, into);
      each(n.order_by);
    }
    void operator()(const node::AggregateOrderBy& n) const {
      collect_froms(n.target, into);
      each(n.order_by);
    }
    void operator()(const node::Unary& n) const { collect_froms(n.element, into); }
    void operator()(const node::Binary& n) const {
      collect_froms(n.left, into);
      collect_froms(n.right, into);
    }
    void operator()(const node::List& n) const { each(n.clauses); }
    void operator()(const node::Grouping& n) const { collect_froms(n.element, into); }
    void operator()(const node::AsBoolean& n) const { collect_froms(n.element, into); }
    void operator()(const node::Case& n) const {
      collect_froms(n.value, into);
      for (const auto& [when, then] : n.whens) {
        collect_froms(when, into);
        collect_froms(then, into);
      }
      collect_froms(n.otherwise, into);
    }
    void operator()(const node::Cast& n) const { collect_froms(n.element, into); }
    void operator()(const node::TypeCoerce& n) const { collect_froms(n.element, into); }
    void operator()(const node::Extract& n) const { collect_froms(n.element, into); }
    void operator()(node::Constant) const {}
    void operator()(const node::Collation&) const {}
    void operator()(const node::LabelReference&) const {}
    void operator()(const node::Tuple& n) const { each(n.clauses); }
    void operator()(const node::Array& n) const { each(n.elements); }
    void operator()(const node::Slice& n) const {
      collect_froms(n.start, into);
      collect_froms(n.stop, into);
    }
    void operator()(const node::ScalarSubquery&) const {}
    void operator()(const node::Exists&) const {}
    void operator()(const node::Table&) const { into.push_back(self); }
    void operator()(const node::Alias&) const { into.push_back(self); }
    void operator()(const node::Cte&) const { into.push_back(self); }
    void operator()(const node::Join& n) const {
      into.push_back(self);
      collect_froms(n.left, into);
      collect_froms(n.right, into);
    }
    void operator()(const node::FromGrouping&) const { into.push_back(self); }
    void operator()(const node::FromText&) const { into.push_back(self); }
    void operator()(const node::Values&) const { into.push_back(self); }
    void operator()(const node::Select&) const {}
    void operator()(const node::Compound&) const {}
    void operator()(const node::SelectGrouping&) const {}
    void operator()(const node::TextSelect&) const {}
    void operator()(const node::Insert&) const {}
    void operator()(const node::Update&) const {}
    void operator()(const node::Delete&) const {}
  };
  std::visit(Visitor{e, into, all}, (*e).kind);
}

Expression alias(const Expression& element, std::string name) {
  node::Alias a;
  a.element = element;
  if (name.empty()) a.id = next_id();
  a.name = std::move(name);
  return make(std::move(a));
}
Expression subquery(const Expression& select, std::string name) {
  return alias(select, std::move(name));
}
Expression lateral(const Expression& element, std::string name) {
  node::Alias a;
  a.element = element;
  if (name.empty()) a.id = next_id();
  a.name = std::move(name);
  a.lateral = true;
  return make(std::move(a));
}
Expression cte(const Expression& statement, std::string name, bool recursive) {
  node::Cte c;
  c.element = statement;
  c.id = next_id();
  c.name = std::move(name);
  c.recursive = recursive;
  return make(std::move(c));
}
Expression join(const Expression& left, const Expression& right, Expression on, bool outer,
                bool full) {
  node::Join j;
  j.left = left;
  j.right = get<node::Join>(right) ? make(node::FromGrouping{right}) : right;
  j.on = on ? group(on, Op::kAsBool) : join_condition(left, right);
  j.outer = outer;
  j.full = full;
  return make(std::move(j));
}

Expression join_condition(const Expression& left, const Expression& right) {
  std::vector<Expression> lefts, rights;
  leaves(left, lefts);
  leaves(right, rights);
  // Pairs from the foreign keys of `child` to `parent`.
  const auto pairs = [](const Expression& child, const Expression& parent, bool child_first,
                        std::vector<Expression>& into) {
    const node::Table* from = table_of(child);
    const node::Table* to = table_of(parent);
    if (!from || !to) return;
    const std::string prefix = (to->schema.empty() ? to->name : to->schema + "." + to->name) + ".";
    for (const node::TableColumn& c : from->columns) {
      for (const std::string& target : c.references) {
        if (!target.starts_with(prefix)) continue;
        const Expression referred = column_of(parent, target.substr(prefix.size()));
        if (!referred) continue;
        const Expression own = column(c.name, c.type, child);
        into.push_back(child_first ? binary(Op::kEq, own, referred)
                                   : binary(Op::kEq, referred, own));
      }
    }
  };
  std::vector<Expression> conditions;
  for (const Expression& l : lefts) {
    for (const Expression& r : rights) {
      pairs(r, l, false, conditions);
      if (!(l == r)) pairs(l, r, true, conditions);
    }
  }
  if (conditions.empty()) {
    throw Error(code::kOperation, "Can't find any foreign key relationships between '" +
                                      describe(left) + "' and '" + describe(right) + "'.")
        .with_hint("give the condition of the join");
  }
  return and_(std::move(conditions));
}

}  // namespace retort::sql
