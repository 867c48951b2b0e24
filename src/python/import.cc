#include <algorithm>
#include <limits>

#include "base/text.h"
#include "python/evaluator_state.h"
#include "python/parser.h"

// Imports. A module of the project is bound by its name and runs nothing; its top-level statements
// run when, and only when, a name they bind is asked for, each once, in source order as far as they
// depend on each other.
namespace retort::python {

namespace {

std::string root_of(std::string_view name) { return std::string(name.substr(0, name.find('.'))); }

struct FrameLease {
  Interpreter& in;
  Frame* frame;
  ~FrameLease() { in.give_frame(frame); }
};

}  // namespace

// ---- finding modules

void Evaluator::bind_module(std::string name, ModuleInit init) {
  Interpreter& in = *interpreter_;
  // The packages it is in are there with it: "a.b.c" makes "a" and "a.b", empty unless bound too.
  for (std::size_t dot = name.rfind('.'); dot != std::string::npos && dot != 0;
       dot = name.rfind('.', dot - 1)) {
    const auto [place, is_new] =
        in.native_index.emplace(name.substr(0, dot), in.native_modules.size());
    if (!is_new) break;
    in.native_modules.emplace_back(place->first, [](Evaluator&, Module&) {});
  }
  in.native_index[name] = in.native_modules.size();
  in.native_modules.emplace_back(std::move(name), std::move(init));
}

bool Evaluator::has_native_module(std::string_view name) const {
  return interpreter_->native_index.contains(std::string(name));
}

std::vector<Module*> Evaluator::modules() const { return interpreter_->module_order; }

Value Evaluator::import_module(std::string_view name) {
  return interpreter_->import_absolute(name);
}

// What __path__ lists: where the modules of the package lie.
Value Interpreter::folder_of(const ModuleFinder::Found& found) {
  if (!found.source) return ev.list({str(found.folder)});
  const std::string& path = found.source->path();
  return ev.list({str(path.substr(0, path.rfind('/')))});
}

Module* Interpreter::load_module(const std::string& name, const ModuleFinder::Found& found) {
  Module* module = ev.make<Module>(name);
  ev.account(1024);
  module->is_package = found.is_package;
  module->guess = found.guess;
  const std::size_t dot = name.rfind('.');
  const std::string package = found.is_package           ? name
                              : dot == std::string::npos ? ""
                                                         : name.substr(0, dot);
  module->attributes.set("__name__", str(name));
  module->attributes.set("__package__", str(package));
  if (found.source) {
    module->attributes.set("__file__", str(found.source->path()));
    module->code = std::make_shared<ModuleCode>();
    module->code->source = found.source;
    module->code->package = package;
  }
  if (found.is_package) module->attributes.set("__path__", folder_of(found));
  return module;
}

void Interpreter::ensure_parsed(Module& module) {
  ModuleCode& code = *module.code;
  if (code.program) return;
  const ProgramPtr program = parse(code.source);
  options.limits.steps += options.limits.steps_of_text * code.source->text().size();
  options.limits.bytes += options.limits.bytes_of_text * code.source->text().size();
  programs.push_back(program);
  code.program = program;
  code.source = program->module->source ? program->module->source : code.source;
  if (program->module->doc.data()) module.attributes.set("__doc__", str(program->module->doc));
  index_module(code);
}

// The module itself, without its parents; absent when there is none.
Value Interpreter::import_one(const std::string& name) {
  if (const auto found = modules.find(name); found != modules.end()) return found->second;
  if (const auto native = native_index.find(name); native != native_index.end()) {
    Module* module = ev.make<Module>(name);
    module->is_package = true;
    modules.emplace(name, module);
    module_order.push_back(module);
    const Heap::Defining defining(heap);
    native_modules[native->second].second(ev, *module);
    return module;
  }
  if (options.finder) {
    if (const auto found = options.finder->find(name)) {
      Module* module = load_module(name, *found);
      modules.emplace(name, module);
      module_order.push_back(module);
      return module;
    }
  }
  return {};
}

Value Interpreter::import_absolute(std::string_view name) {
  if (const auto found = modules.find(name); found != modules.end()) return found->second;
  Value module;
  Value parent;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = name.find('.', end == 0 ? 0 : end + 1);
    const std::string part(name.substr(0, end));
    parent = module;
    if (parent.is(ObjectKind::kUnknown)) {
      return modules[std::string(name)] = unknown(std::string(name), true);
    }
    module = import_one(part);
    if (module) continue;
    const Module* inside = parent.get<Module>();
    if (inside && inside->code && !inside->is_package) {
      Exception* error =
          new_exception("ModuleNotFoundError",
                        "No module named '" + part + "'; '" + inside->name + "' is not a package");
      error->attributes.set("name", str(part));
      throw_exception(error);
    }
    // A folder without __init__.py may be one of several that share a name, the others installed.
    if (inside && inside->code && !native_index.contains(inside->name)) {
      Exception* error = new_exception("ModuleNotFoundError", "No module named '" + part + "'");
      error->attributes.set("name", str(part));
      throw_exception(error);
    }
    module = unknown(part, true);
    modules[part] = module;
    if (parent) parent.get<Module>()->attributes.set(part.substr(part.rfind('.') + 1), module);
  }
  return module;
}

Value Interpreter::find_submodule(Module& module, std::string_view name) {
  if (!module.is_package) return {};
  const Value sub = import_one(module.name + "." + std::string(name));
  if (sub && !sub.is(ObjectKind::kUnknown)) module.attributes.set(name, sub);
  return sub;
}

std::string Interpreter::absolute_name(Frame& frame, std::string_view module, std::uint32_t level) {
  if (level == 0) return std::string(module);
  std::string package;
  if (frame.module->code) package = frame.module->code->package;
  if (package.empty()) {
    ev.raise("ImportError", "attempted relative import with no known parent package");
  }
  for (std::uint32_t i = 1; i < level; ++i) {
    const std::size_t dot = package.rfind('.');
    if (dot == std::string::npos) {
      ev.raise("ImportError", "attempted relative import beyond top-level package");
    }
    package.resize(dot);
  }
  if (!module.empty()) package += "." + std::string(module);
  return package;
}

// ---- the statements

void Interpreter::exec_import(Frame& frame, const ast::Import& node) {
  for (const ast::Alias& alias : node.names) {
    frame.span = alias.span.end > 0 ? alias.span : node.span;
    Value module = import_absolute(alias.name);
    if (alias.as_name.empty() && alias.name.find('.') != std::string_view::npos) {
      module = import_absolute(root_of(alias.name));
    }
    store_name(frame, *alias.target, module);
  }
}

void Interpreter::exec_import_from(Frame& frame, const ast::ImportFrom& node) {
  if (node.module == "__future__" && node.level == 0) {
    if (frame.module->code) {
      for (const ast::Alias& alias : node.names) {
        if (alias.name == "annotations") frame.module->code->postponed_annotations = true;
      }
    }
    return;
  }
  const std::string name = absolute_name(frame, node.module, node.level);
  const Value from = import_absolute(name);
  for (const ast::Alias& alias : node.names) {
    frame.span = alias.span.end > 0 ? alias.span : node.span;
    if (alias.name == "*") {
      import_star(frame, from);
      continue;
    }
    store_name(frame, *alias.target, import_name(frame, from, alias.name));
  }
}

Value Interpreter::import_name(Frame& frame, Value from, std::string_view name) {
  if (const Unknown* origin = from.get<Unknown>()) {
    return unknown(origin->origin + "." + std::string(name), true);
  }
  Module* module = from.get<Module>();
  const bool lazy = module->code && !module->code->eager && !frame.class_names &&
                    !(frame.module->code && frame.module->code->immediate);
  if (lazy) {
    bool possible = false;
    try {
      possible = may_provide(*module, name);
    } catch (const Error&) {
      possible = true;  // its text can't be read: an error where the name is used
    }
    if (possible) return ev.make<Deferred>(module, std::string(name));
  } else if (const Value found = find_module_attr(module, name)) {
    return found;
  }
  if (const Value sub = find_submodule(*module, name)) return sub;
  if (module->guess) return unknown(module->name + "." + std::string(name), true);
  no_such_name(*module, name);
}

void Interpreter::no_such_name(Module& module, std::string_view name) {
  const bool circular = module.code && !module.code->running.empty();
  std::string where = module.code ? module.code->source->path() : "unknown location";
  Exception* error = new_exception(
      "ImportError", "cannot import name '" + std::string(name) + "' from " +
                         (circular ? "partially initialized module '" : "'") + module.name + "'" +
                         (circular ? " (most likely due to a circular import)" : "") + " (" +
                         where + ")");
  error->attributes.set("name", str(module.name));
  error->hint = did_you_mean(name, names_of(module));
  throw_exception(error);
}

Value Interpreter::resolve_deferred(Deferred* deferred) {
  Module& module = *deferred->module;
  const auto same = [&](const Deferred* other) {
    return other->module == deferred->module && other->name == deferred->name;
  };
  // `from package import part` inside of the package itself, or modules that import a name from
  // each other in a circle: nothing binds it but a submodule.
  if (std::any_of(resolving.begin(), resolving.end(), same)) {
    // A function of another module that is called while the module goes on.
    const Value bound = module.attributes.find(deferred->name);
    if (bound && !bound.get<Deferred>()) return bound;
    if (const Value sub = find_submodule(module, deferred->name)) return sub;
    no_such_name(module, deferred->name);
  }
  resolving.push_back(deferred);
  struct Pop {
    std::vector<Deferred*>& stack;
    ~Pop() { stack.pop_back(); }
  } pop{resolving};
  const Value found = find_module_attr(&module, deferred->name);
  if (!found) no_such_name(module, deferred->name);
  return found;
}

// ---- star imports

namespace {

bool is_public(std::string_view name) { return !name.starts_with('_'); }

}  // namespace

// The names `from module import *` binds; `__all__` is evaluated when there is one.
std::vector<std::string> Interpreter::star_names(Module& module) {
  std::vector<std::string> names;
  const Value all = module.code ? demand(module, "__all__") : find_module_attr(&module, "__all__");
  if (all) {
    for (const Value& name : ev.items(all)) names.push_back(to_str(name));
    return names;
  }
  for (std::string& name : names_of(module)) {
    if (is_public(name)) names.push_back(std::move(name));
  }
  return names;
}

void Interpreter::import_star(Frame& frame, Value from) {
  if (from.is(ObjectKind::kUnknown)) {
    if (frame.module->code) frame.module->code->unknown_stars.push_back(from);
    return;
  }
  Module* module = from.get<Module>();
  for (const std::string& name : star_names(*module)) {
    const Value value = import_name(frame, from, name);
    if (frame.class_names) {
      frame.class_names->set(name, value);
    } else {
      frame.module->attributes.set(name, value);
    }
  }
}

// ---- names on demand

std::vector<std::string> Interpreter::names_of(Module& module) {
  std::vector<std::string> names;
  for (const auto& [name, value] : module.attributes.items()) names.push_back(name);
  if (module.code && !module.code->eager) {
    ensure_parsed(module);
    for (const auto& [name, writers] : module.code->writers) {
      const bool bound = std::any_of(writers.begin(), writers.end(), [&](std::uint32_t i) {
        const auto& binds = module.code->statements[i].binds;
        return std::binary_search(binds.begin(), binds.end(), name);
      });
      if (bound && !module.attributes.find(name)) names.emplace_back(name);
    }
    for (const std::uint32_t at : module.code->stars) {
      if (module.code->statements[at].status == ModuleCode::Status::kRunning) continue;
      if (Module* source = star_source(module, at)) {
        if (std::find(star_stack.begin(), star_stack.end(), source) != star_stack.end()) continue;
        star_stack.push_back(source);
        for (std::string& name : star_names(*source)) names.push_back(std::move(name));
        star_stack.pop_back();
      }
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The module a top-level `from x import *` names; nullptr when it is unknown or deeper inside.
Module* Interpreter::star_source(Module& module, std::uint32_t at) {
  const ast::Stmt* node = module.code->statements[at].node;
  if (node->kind != ast::StmtKind::kImportFrom) {
    run_statement(module, at);
    return nullptr;
  }
  const auto& import = ast::as<ast::ImportFrom>(node);
  const FrameLease lease{*this, take_frame()};
  lease.frame->module = &module;
  lease.frame->source = &module.code->source;
  lease.frame->span = node->span;
  const FrameGuard guard(*this, lease.frame);
  const Value from = import_absolute(absolute_name(*lease.frame, import.module, import.level));
  return from.get<Module>();
}

// Whether a module of the project can have that name: nothing of it runs.
bool Interpreter::may_provide(Module& module, std::string_view name) {
  if (module.attributes.find(name)) return true;
  if (!module.code) return static_cast<bool>(find_attr(&module, name));  // it may raise
  if (module.code->eager) return false;
  ensure_parsed(module);
  ModuleCode& code = *module.code;
  for (const std::string_view wanted : {name, std::string_view("__getattr__")}) {
    const auto found = code.writers.find(wanted);
    if (found == code.writers.end()) continue;
    for (const std::uint32_t i : found->second) {
      const auto& binds = code.statements[i].binds;
      if (std::binary_search(binds.begin(), binds.end(), wanted)) return true;
    }
  }
  for (const std::uint32_t at : code.stars) {
    if (std::find(star_stack.begin(), star_stack.end(), &module) != star_stack.end()) break;
    star_stack.push_back(&module);
    struct Pop {
      std::vector<Module*>& stack;
      ~Pop() { stack.pop_back(); }
    } pop{star_stack};
    Module* source = star_source(module, at);
    if (!source) {
      if (module.attributes.find(name)) return true;
      if (code.statements[at].node->kind == ast::StmtKind::kImportFrom) return true;  // unknown
      continue;
    }
    if (may_provide(*source, name)) return true;
  }
  return false;
}

Value Interpreter::demand(Module& module, std::string_view name) {
  ModuleCode& code = *module.code;
  if (!code.eager) {
    if (!code.program) ensure_parsed(module);
    if (code.pending > 0) {
      demand_name(module, name);
      if (!code.stars.empty()) demand_from_stars(module, name);
    }
  }
  Value found = module.attributes.find(name);
  if (found.is(ObjectKind::kDeferred)) {
    found = resolve(found, nullptr);
    module.attributes.set(name, found);
  }
  return found;
}

// A name that no statement of the module binds may come from its star imports, the last first.
void Interpreter::demand_from_stars(Module& module, std::string_view name) {
  ModuleCode& code = *module.code;
  if (module.attributes.find(name) || name.starts_with("__")) return;
  if (std::find(star_stack.begin(), star_stack.end(), &module) != star_stack.end()) return;
  star_stack.push_back(&module);
  struct Pop {
    std::vector<Module*>& stack;
    ~Pop() { stack.pop_back(); }
  } pop{star_stack};
  Value possible;  // of a module that isn't known in full: it may have any name
  for (std::size_t i = code.stars.size(); i-- > 0;) {
    const std::uint32_t at = code.stars[i];
    Module* source = star_source(module, at);
    if (!source) {
      if (module.attributes.find(name)) return;
      if (code.statements[at].node->kind == ast::StmtKind::kImportFrom &&
          code.statements[at].status == ModuleCode::Status::kPending) {
        run_statement(module, at);  // remembers the unknown module
      }
      continue;
    }
    if (!may_provide(*source, name)) continue;
    const Value all =
        source->code ? demand(*source, "__all__") : find_module_attr(source, "__all__");
    if (all ? !contains(all, str(name)) : !is_public(name)) continue;
    const Value found = find_module_attr(source, name);
    if (found.is(ObjectKind::kUnknown)) {
      if (!possible) possible = found;
    } else if (found) {
      module.attributes.set(name, found);
      return;
    }
  }
  if (possible && !builtin(name)) module.attributes.set(name, possible);
}

bool Interpreter::demand_name(Module& module, std::string_view name) {
  ensure_parsed(module);
  ModuleCode& code = *module.code;
  const auto found = code.writers.find(name);
  if (found == code.writers.end()) return false;
  const std::vector<std::uint32_t>& writers = found->second;
  const std::uint32_t horizon =
      code.running.empty() ? std::numeric_limits<std::uint32_t>::max() : code.running.back();
  bool bound = static_cast<bool>(module.attributes.find(name));
  const auto binds = [&](std::uint32_t at) {
    const auto& names = code.statements[at].binds;
    return std::binary_search(names.begin(), names.end(), name);
  };
  // What was changed in place can't be seen in a value that is unknown.
  const auto idle = [&](std::uint32_t at) {
    return !binds(at) && module.attributes.find(name).is(ObjectKind::kUnknown);
  };
  for (const std::uint32_t at : writers) {
    if (at >= horizon) break;
    if (code.statements[at].status != ModuleCode::Status::kPending || idle(at)) continue;
    if (!bound && !binds(at)) continue;
    if (bound) run_readers_before(module, at, name);
    run_statement(module, at);
    bound = bound || module.attributes.find(name);
  }
  // Asked for in the middle of the module, by a circular import or a function called early: what
  // comes later may still give it, unless the language has a meaning for the name itself.
  if (!module.attributes.find(name) && horizon != std::numeric_limits<std::uint32_t>::max() &&
      !builtin(name)) {
    for (const std::uint32_t at : writers) {
      if (code.statements[at].status != ModuleCode::Status::kPending || !binds(at)) continue;
      run_statement(module, at);
      if (module.attributes.find(name)) break;
    }
  }
  return static_cast<bool>(module.attributes.find(name));
}

// Statements before a rebinding that read the name want its value of then.
void Interpreter::run_readers_before(Module& module, std::uint32_t before, std::string_view name) {
  ModuleCode& code = *module.code;
  for (std::uint32_t at = 0; at < before; ++at) {
    const ModuleCode::Statement& statement = code.statements[at];
    if (statement.status != ModuleCode::Status::kPending) continue;
    // A definition reads nothing in its body yet.
    if (statement.node->kind == ast::StmtKind::kFunctionDef &&
        ast::as<ast::FunctionDef>(statement.node).decorators.empty()) {
      continue;
    }
    if (may_read(code, statement, name)) run_statement(module, at);
  }
}

void Interpreter::run_statement(Module& module, std::uint32_t at) {
  ModuleCode& code = *module.code;
  ModuleCode::Statement& statement = code.statements[at];
  if (statement.status != ModuleCode::Status::kPending) return;
  enter_call();
  const FrameLease lease{*this, take_frame()};
  Frame& frame = *lease.frame;
  frame.scope = code.program->module->scope;
  frame.module = &module;
  frame.source = &code.source;
  frame.slots.resize(frame.scope->slots);
  frame.annotation_scope = code.annotation_scope;
  frame.span = statement.node->span;
  ast::Stmt* node = const_cast<ast::Stmt*>(statement.node);
  frame.stack.push_back({.block = ast::Block(&node, 1)});
  statement.status = ModuleCode::Status::kRunning;
  code.running.push_back(at);
  struct Finish {
    ModuleCode& code;
    std::uint32_t at;
    bool done = false;
    ~Finish() {
      code.running.pop_back();
      code.statements[at].status = done ? ModuleCode::Status::kDone : ModuleCode::Status::kPending;
      if (done) --code.pending;
    }
  } finish{code, at};
  const FrameGuard guard(*this, &frame);
  make_cells(frame);
  run(frame);
  code.annotation_scope = frame.annotation_scope;
  finish.done = true;
}

void Interpreter::run_all(Module& module) {
  if (!module.code || module.code->eager) return;
  ensure_parsed(module);
  for (std::uint32_t at = 0; at < module.code->statements.size(); ++at) {
    run_statement(module, at);
  }
}

namespace {

bool is_type_checking(const ast::Expr& test) {
  constexpr std::string_view kName = "TYPE_CHECKING";
  if (test.kind == ast::ExprKind::kName) return ast::as<ast::Name>(&test).id == kName;
  return test.kind == ast::ExprKind::kAttribute && ast::as<ast::Attribute>(&test).attr == kName;
}

}  // namespace

std::string_view Evaluator::text(const Module& module) const {
  return module.code && module.code->source ? module.code->source->text() : std::string_view();
}

std::vector<Module*> Evaluator::imported_modules(Module& module, bool in_functions) {
  Interpreter& in = *interpreter_;
  std::vector<Module*> all;
  if (!module.code) return all;
  in.ensure_parsed(module);
  const auto add = [&](const std::string& name) {
    try {
      Module* found = in.import_absolute(name).get<Module>();
      if (!found || !(found->code || found->is_package) || in.native_index.contains(found->name)) {
        return;
      }
      if (std::find(all.begin(), all.end(), found) == all.end()) all.push_back(found);
    } catch (const Raised&) {
      // Not there: an error for who uses it.
    }
  };
  const std::function<void(ast::Block)> walk = [&](ast::Block body) {
    for (const ast::Stmt* node : body) {
      switch (node->kind) {
        case ast::StmtKind::kImport:
          for (const ast::Alias& alias : ast::as<ast::Import>(node).names) {
            add(std::string(alias.name));
          }
          break;
        case ast::StmtKind::kImportFrom: {
          const auto& import = ast::as<ast::ImportFrom>(node);
          if (import.module == "__future__") break;
          const FrameLease lease{in, in.take_frame()};
          lease.frame->module = &module;
          lease.frame->source = &module.code->source;
          lease.frame->span = node->span;
          const FrameGuard guard(in, lease.frame);
          std::string name;
          try {
            name = in.absolute_name(*lease.frame, import.module, import.level);
          } catch (const Raised&) {
            break;
          }
          add(name);
          for (const ast::Alias& alias : import.names) {
            const Module* package = all.empty() ? nullptr : all.back();
            if (alias.name == "*" || !package) continue;
            const std::string sub = name + "." + std::string(alias.name);
            if (in.options.finder && in.options.finder->find(sub)) add(sub);
          }
          break;
        }
        case ast::StmtKind::kIf:
          if (!is_type_checking(*ast::as<ast::If>(node).test)) walk(ast::as<ast::If>(node).body);
          walk(ast::as<ast::If>(node).orelse);
          break;
        case ast::StmtKind::kTry:
          walk(ast::as<ast::Try>(node).body);
          break;
        case ast::StmtKind::kWith:
          walk(ast::as<ast::With>(node).body);
          break;
        case ast::StmtKind::kFunctionDef:
          if (in_functions) walk(ast::as<ast::FunctionDef>(node).body);
          break;
        default:
          break;
      }
    }
  };
  walk(module.code->program->module->body);
  return all;
}

// ---- whole files

Module* Interpreter::run_program(const ProgramPtr& program, std::string name) {
  programs.push_back(program);
  Module* module = ev.make<Module>(std::move(name));
  module->code = std::make_shared<ModuleCode>();
  ModuleCode& code = *module->code;
  code.program = program;
  code.source = program->module->source;
  code.eager = true;
  const std::size_t dot = module->name.rfind('.');
  if (dot != std::string::npos) code.package = module->name.substr(0, dot);
  module->attributes.set("__name__", str(module->name));
  module->attributes.set("__file__", str(code.source->path()));
  if (program->module->doc.data()) module->attributes.set("__doc__", str(program->module->doc));
  const Heap::Collecting collecting(heap);
  const FrameLease lease{*this, take_frame()};
  Frame& frame = *lease.frame;
  frame.collects = true;
  frame.scope = program->module->scope;
  frame.module = module;
  frame.source = &code.source;
  frame.slots.resize(frame.scope->slots);
  frame.stack.push_back({.block = program->module->body});
  enter_call();
  const FrameGuard guard(*this, &frame);
  make_cells(frame);
  run(frame);
  return module;
}

Module* Evaluator::run(const ProgramPtr& program, std::string name) {
  try {
    return interpreter_->run_program(program, std::move(name));
  } catch (const Raised& raised) {
    throw error_from(raised);
  }
}

Value Evaluator::invoke(Value callee, std::span<const Value> args,
                        std::span<const NamedValue> keywords) {
  try {
    return call(callee, args, keywords);
  } catch (const Raised& raised) {
    throw error_from(raised);
  }
}

}  // namespace retort::python
