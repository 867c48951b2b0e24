#include <algorithm>
#include <string>

#include "base/error.h"
#include "python/resolver_scope.h"

namespace retort::python::resolver {
namespace {

class Placer {
 public:
  Placer(const ast::Module& tree, Names& names, Arena& arena)
      : tree_(tree), arena_(arena), class_id_(names.id("__class__")), bindings_(names.size()) {}

  void place(Scope& scope);

 private:
  // The variable a name means, seen from inside the functions below it.
  struct Binding {
    Scope* owner = nullptr;  // null: a global
    Symbol* symbol = nullptr;
    std::string_view renamed{};  // a type parameter of a module
  };
  struct Undo {
    NameId id;
    Binding old;
  };

  void bind(NameId id, Binding binding, std::vector<Undo>& undo) {
    undo.push_back({id, bindings_[id]});
    bindings_[id] = binding;
  }
  void number_variables(Scope& scope, std::vector<Undo>& undo);
  void name_type_params(Scope& scope, std::vector<Undo>& undo);
  std::uint32_t capture(Scope& scope, Scope* owner, Symbol* symbol);
  struct Location {
    ast::Scope scope = ast::Scope::kGlobal;
    std::uint32_t slot = 0;
    Symbol* own = nullptr;  // a slot that turns out to be a cell or not when all is seen
    std::string_view renamed{};
  };
  Location locate(Scope& scope, const Symbol& symbol);
  void finish(Scope& scope);

  const ast::Module& tree_;
  Arena& arena_;
  NameId class_id_;
  std::vector<Binding> bindings_;
};

void Placer::number_variables(Scope& scope, std::vector<Undo>& undo) {
  if (scope.kind == Kind::kComprehension) {
    scope.slot_names.push_back(".0");
    scope.slots = 1;
  }
  for (Symbol& symbol : scope.symbols) {
    if (symbol.global) {
      bind(symbol.id, {}, undo);
    } else if (symbol.bound && !symbol.nonlocal) {
      symbol.slot = scope.slots++;
      scope.slot_names.push_back(symbol.name);
      bind(symbol.id, {&scope, &symbol, {}}, undo);
    }
  }
}

// Type parameters become variables of the frame around them, under names of their own.
void Placer::name_type_params(Scope& scope, std::vector<Undo>& undo) {
  Scope& frame = *scope.frame;
  for (Symbol& symbol : scope.symbols) {
    if (!symbol.bound) continue;
    std::string name = "." + std::string(symbol.name) + ":" + std::to_string(symbol.declared.begin);
    std::string_view renamed = arena_.copy(name);
    if (frame.kind == Kind::kModule) {
      bind(symbol.id, {nullptr, nullptr, renamed}, undo);
      continue;
    }
    if (frame.kind == Kind::kClass && frame.slots == 0) {
      frame.slots = 1;  // kept for `__class__`
      frame.slot_names.push_back("__class__");
    }
    Symbol& variable = frame.hidden_variables.emplace_back(symbol);
    variable.name = renamed;
    variable.slot = frame.slots++;
    frame.slot_names.push_back(renamed);
    bind(symbol.id, {&frame, &variable, {}}, undo);
  }
}

// The index in the closure of `scope` that leads to the owner's variable.
std::uint32_t Placer::capture(Scope& scope, Scope* owner, Symbol* symbol) {
  auto known = scope.capture_of.find(symbol);
  if (known != scope.capture_of.end()) return known->second;
  ast::ScopeInfo::Capture from;
  if (scope.parent == owner) {
    symbol->cell = true;
    from = {symbol->slot, false};
  } else {
    from = {capture(*scope.parent, owner, symbol), true};
  }
  auto index = static_cast<std::uint32_t>(scope.captures.size());
  scope.captures.push_back(from);
  scope.capture_names.push_back(symbol->name);
  scope.capture_of.emplace(symbol, index);
  if (symbol == &owner->class_cell) scope.info->class_capture = static_cast<std::int32_t>(index);
  return index;
}

Placer::Location Placer::locate(Scope& scope, const Symbol& symbol) {
  Scope& frame = *scope.frame;
  bool own_variable = symbol.bound && !symbol.nonlocal && !symbol.global;
  if (symbol.global) return {};
  if (scope.kind == Kind::kModule) return {};
  if (scope.kind == Kind::kClass && own_variable) return {ast::Scope::kClass, 0, nullptr, {}};
  const Binding& binding = bindings_[symbol.id];
  if (binding.owner == nullptr) {
    if (symbol.nonlocal) {
      throw Error(code::kSyntax, "no binding for nonlocal '" + std::string(symbol.name) + "' found")
          .with_place({tree_.source, symbol.declared});
    }
    if (!binding.renamed.empty()) return {ast::Scope::kGlobal, 0, nullptr, binding.renamed};
    return {frame.kind == Kind::kClass ? ast::Scope::kClass : ast::Scope::kGlobal, 0, nullptr, {}};
  }
  // Type parameters' names, and what stands beside them, are looked up from the frame itself.
  if (binding.owner == &frame) return {ast::Scope::kLocal, 0, binding.symbol, {}};
  std::uint32_t index = capture(frame, binding.owner, binding.symbol);
  bool through_class = frame.kind == Kind::kClass && !symbol.nonlocal;
  return {through_class ? ast::Scope::kClassFree : ast::Scope::kFree, index, nullptr, {}};
}

void Placer::place(Scope& scope) {
  std::vector<Undo> undo;
  std::vector<Location> locations;
  if (scope.kind == Kind::kTypeParams) {
    name_type_params(scope, undo);
  } else if (scope.is_function()) {
    number_variables(scope, undo);
  }
  locations.reserve(scope.symbols.size());
  for (const Symbol& symbol : scope.symbols) locations.push_back(locate(scope, symbol));
  if (scope.kind == Kind::kClass) {
    scope.class_cell.name = "__class__";
    bind(class_id_, {&scope, &scope.class_cell, {}}, undo);
  }
  for (Scope* child : scope.children) place(*child);

  for (const Scope::Use& use : scope.uses) {
    const Location& at = locations[use.symbol];
    use.name->scope = at.scope;
    use.name->slot = at.slot;
    if (!at.renamed.empty()) use.name->id = at.renamed;
    if (at.own != nullptr) {
      use.name->scope = at.own->cell ? ast::Scope::kCell : ast::Scope::kLocal;
      use.name->slot = at.own->slot;
      if (at.own->name[0] == '.') use.name->id = at.own->name;
    }
  }
  if (scope.kind != Kind::kTypeParams) finish(scope);
  for (auto last = undo.rbegin(); last != undo.rend(); ++last) bindings_[last->id] = last->old;
}

void Placer::finish(Scope& scope) {
  ast::ScopeInfo& info = *scope.info;
  if (scope.kind == Kind::kClass && scope.class_cell.cell) {
    if (scope.slots == 0) {
      scope.slots = 1;
      scope.slot_names.push_back("__class__");
    }
    info.has_class_cell = true;
    scope.cell_slots.push_back(0);
  }
  if (scope.is_function()) {
    for (const Symbol& symbol : scope.symbols) {
      if (symbol.cell) scope.cell_slots.push_back(symbol.slot);
    }
  }
  for (const Symbol& symbol : scope.hidden_variables) {
    if (symbol.cell) scope.cell_slots.push_back(symbol.slot);
  }
  info.slots = scope.slots;
  info.slot_names = arena_.copy(scope.slot_names);
  info.cell_slots = arena_.copy(scope.cell_slots);
  info.captures = arena_.copy(scope.captures);
  info.capture_names = arena_.copy(scope.capture_names);
  info.is_generator = scope.is_generator;
}

}  // namespace

void place_names(Scope& module, const ast::Module& tree, Names& names, Arena& arena) {
  Placer(tree, names, arena).place(module);
}

}  // namespace retort::python::resolver
