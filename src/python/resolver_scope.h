#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "python/arena.h"
#include "python/ast.h"

// The scopes of one file, as the resolver collects them before it decides where each name lives.
namespace retort::python::resolver {

using NameId = std::uint32_t;

struct Symbol {
  NameId id = 0;
  std::string_view name{};
  bool bound = false;  // assigned, imported, defined, a parameter
  bool parameter = false;
  bool iteration = false;  // target of a comprehension's `for`
  bool used = false;
  bool global = false;    // declared
  bool nonlocal = false;  // declared
  bool annotated = false;
  bool cell = false;
  std::uint32_t slot = 0;
  Span declared{};  // the first mention, or the declaration
};

enum class Kind : std::uint8_t { kModule, kFunction, kLambda, kComprehension, kClass, kTypeParams };

struct Scope {
  Kind kind = Kind::kModule;
  // The scope in whose frame this one is made; that of type parameters is not one of them.
  Scope* parent = nullptr;
  // The scope whose frame its names live in: itself, but for type parameters the one around them.
  Scope* frame = nullptr;
  ast::ScopeInfo* info = nullptr;
  std::vector<Symbol> symbols{};
  struct Use {
    ast::Name* name;
    std::uint32_t symbol;
  };
  std::vector<Use> uses{};
  std::vector<Scope*> children{};
  std::vector<ast::TypeParam*> type_params{};  // kTypeParams: to be renamed

  bool is_async = false;
  bool is_generator = false;
  ast::ComprehensionKind comprehension = ast::ComprehensionKind::kList;
  Span span{};  // of a comprehension

  // While walking: the symbols of outer scopes that this one's hide, and names that assignment
  // expressions of comprehensions bind here.
  struct Hidden {
    NameId id;
    Scope* scope;
    std::uint32_t symbol;
  };
  std::vector<Hidden> hidden{};
  std::vector<ast::Name*> walrus_names{};

  // While placing.
  std::uint32_t slots = 0;
  std::vector<std::string_view> slot_names{};
  std::vector<std::uint32_t> cell_slots{};
  std::vector<ast::ScopeInfo::Capture> captures{};
  std::vector<std::string_view> capture_names{};
  std::unordered_map<const Symbol*, std::uint32_t> capture_of{};
  Symbol class_cell{};                    // a class body: `__class__`
  std::deque<Symbol> hidden_variables{};  // type parameters that live in this frame

  bool is_function() const { return kind != Kind::kModule && kind != Kind::kClass; }
};

class Names {
 public:
  NameId id(std::string_view name) {
    auto [at, fresh] = ids_.try_emplace(name, static_cast<NameId>(ids_.size()));
    return at->second;
  }
  std::size_t size() const { return ids_.size(); }

 private:
  std::unordered_map<std::string_view, NameId> ids_;
};

// Second half of the resolver: from the collected scopes to slots, cells and captures.
void place_names(Scope& module, const ast::Module& tree, Names& names, Arena& arena);

}  // namespace retort::python::resolver
