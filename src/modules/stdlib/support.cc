#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "database/sqlite.h"
#include "modules/stdlib/kept_files.h"
#include "modules/stdlib/services.h"
#include "modules/stdlib/setters.h"
#include "modules/stdlib/zone.h"
#include "sql/splitter.h"

// The module `_support`: what modules of the standard library that are written in Python ask of
// C++. The seam to clock, log, environment and files.
namespace retort::modules::stdlib {

using python::Annotation;
using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace fs = std::filesystem;

namespace {

std::string text_of(Evaluator& evaluator, Value value) {
  if (value.is_str()) return value.as_str();
  if (const python::Bytes* bytes = value.get<python::Bytes>()) return bytes->data;
  evaluator.type_error("expected str, bytes or os.PathLike object, not " +
                       evaluator.type_name(value));
}

// The statements of a script, each without what ends it.
Value split_sql(Evaluator& evaluator, Arguments& args) {
  const std::string text = text_of(evaluator, args[1]);
  std::vector<Value> statements;
  for (const sql::SplitStatement& one :
       sql::split_statements(text, sql::split_dialect(text_of(evaluator, args[0])))) {
    if (one.text.begin == one.text.end) continue;
    statements.push_back(evaluator.str(
        std::string_view(text).substr(one.text.begin, one.text.end - one.text.begin)));
  }
  return evaluator.list(std::move(statements));
}

fs::path from_directory(const StdlibServices& services, const fs::path& given) {
  if (given.is_absolute()) return given;
  return (services.directory.empty() ? services.project : services.directory) / given;
}

fs::path canonical(const StdlibServices& services, const std::string& text) {
  std::error_code ignored;
  return fs::weakly_canonical(from_directory(services, text), ignored);
}

// Where a path leads, whatever links lie on the way; absent outside of the project.
std::optional<fs::path> path_inside(const StdlibServices& services, const std::string& text) {
  std::error_code ignored;
  const fs::path root = fs::weakly_canonical(services.project, ignored);
  const fs::path full = fs::weakly_canonical(from_directory(services, text), ignored);
  const auto [at, rest] = std::mismatch(root.begin(), root.end(), full.begin(), full.end());
  if (services.project.empty() || at != root.end()) return std::nullopt;
  return full;
}

// The file that evaluated code names.
fs::path allowed_path(Evaluator& evaluator, const StdlibServices& services,
                      const std::string& text) {
  if (services.project.empty()) {
    evaluator.raise_hinted("PermissionError", "no files can be read here: '" + text + "'",
                           "files can be read only while a project is evaluated");
  }
  if (const std::optional<fs::path> full = path_inside(services, text)) return *full;
  std::error_code ignored;
  evaluator.raise_hinted("PermissionError", "file outside of the project: '" + text + "'",
                         "evaluated files can read only what lies in " +
                             fs::weakly_canonical(services.project, ignored).string());
}

// A folder that a project makes for its database or its logs. Outside of the project nothing is
// made: nobody here will use it.
void make_folder(Evaluator& evaluator, const StdlibServices& services, const std::string& text,
                 bool may_exist) {
  const std::optional<fs::path> full = path_inside(services, text);
  if (!full) return;
  std::error_code error;
  if (fs::exists(*full, error)) {
    if (may_exist && fs::is_directory(*full, error)) return;
    evaluator.raise(evaluator.builtin_class("FileExistsError"),
                    "[Errno 17] File exists: '" + text + "'");
  }
  fs::create_directories(*full, error);
  if (error) {
    evaluator.raise(evaluator.builtin_class("OSError"), error.message() + ": '" + text + "'");
  }
}

[[noreturn]] void no_file(Evaluator& evaluator, const std::string& text) {
  evaluator.raise(evaluator.builtin_class("FileNotFoundError"),
                  "[Errno 2] No such file or directory: '" + text + "'");
}

Value read_bytes(Evaluator& evaluator, Arguments& args, const StdlibServices& services,
                 const KeptFiles& kept) {
  const std::string text = text_of(evaluator, args[0]);
  if (const std::string* data = kept.find(canonical(services, text))) return evaluator.bytes(*data);
  const fs::path path = allowed_path(evaluator, services, text);
  std::error_code error;
  if (fs::is_directory(path, error)) {
    evaluator.raise("IsADirectoryError", "[Errno 21] Is a directory: '" + text + "'");
  }
  if (!fs::exists(path, error)) no_file(evaluator, text);
  try {
    return evaluator.bytes(read_file(path));
  } catch (const Error& refused) {
    evaluator.raise("OSError", refused.message());
  }
}

Value list_folder(Evaluator& evaluator, Arguments& args, const StdlibServices& services,
                  const KeptFiles& kept) {
  const std::string text = text_of(evaluator, args[0]);
  const fs::path path = allowed_path(evaluator, services, text);
  std::error_code error;
  if (!fs::exists(path, error)) no_file(evaluator, text);
  std::vector<std::string> names;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) evaluator.raise("NotADirectoryError", error.message() + ": '" + text + "'");
  for (std::string& name : kept.names_in(path)) names.push_back(std::move(name));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<Value> items;
  for (const std::string& name : names) items.push_back(evaluator.str(name));
  return evaluator.list(std::move(items));
}

// "file", "dir" or None; paths outside of the project don't exist as far as evaluation is
// concerned.
Value path_kind(Evaluator& evaluator, Arguments& args, const StdlibServices& services,
                const KeptFiles& kept) {
  std::error_code error;
  if (kept.find(canonical(services, text_of(evaluator, args[0])))) return evaluator.str("file");
  if (services.project.empty()) return Value::none();
  const fs::path root = fs::weakly_canonical(services.project, error);
  const fs::path given(text_of(evaluator, args[0]));
  const fs::path full = fs::weakly_canonical(from_directory(services, given), error);
  if (std::mismatch(root.begin(), root.end(), full.begin(), full.end()).first != root.end()) {
    return Value::none();
  }
  if (fs::is_directory(full, error)) return evaluator.str("dir");
  if (fs::exists(full, error)) return evaluator.str("file");
  return Value::none();
}

// Whether the file was written, or is kept.
bool write_file(Evaluator& evaluator, Arguments& args, const StdlibServices& services,
                KeptFiles& kept) {
  const std::string text = text_of(evaluator, args[0]);
  std::string data = text_of(evaluator, args[1]);
  const std::optional<fs::path> inside = path_inside(services, text);
  if (inside && services.write_file && services.write_file(inside->string(), data)) return true;
  if (!services.keeps_files || !services.keeps_files()) {
    allowed_path(evaluator, services, text);  // says why, where it is outside
    return false;
  }
  evaluator.account(data.size());
  const bool is_new = kept.write(canonical(services, text), std::move(data));
  if (is_new && services.log) {
    constexpr int kInfo = 20;
    services.log(kInfo, "retort",
                 "'" + text + "' is not written: what evaluated files write ends with the run");
  }
  return true;
}

Value get_environment(Evaluator& evaluator, Arguments& args, const StdlibServices& services) {
  if (!services.environment) return Value::none();
  const auto found = services.environment(text_of(evaluator, args[0]));
  return found ? evaluator.str(*found) : Value::none();
}

// (name, text as written) of each annotation of a class's own body or of a function.
Value annotations(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> rows;
  for (const Annotation& annotation : evaluator.annotations(args[0])) {
    rows.push_back(
        evaluator.tuple({evaluator.str(annotation.name), evaluator.str(annotation.text())}));
  }
  return evaluator.list(std::move(rows));
}

Value annotation(Evaluator& evaluator, Arguments& args) {
  const std::string name = text_of(evaluator, args[1]);
  const bool resolve = args[2] && evaluator.truthy(args[2]);
  for (const Annotation& found : evaluator.annotations(args[0])) {
    if (found.name != name) continue;
    return resolve ? evaluator.resolve_annotation(found) : evaluator.evaluate_annotation(found);
  }
  return Value::none();
}

Value annotation_text(Evaluator& evaluator, Arguments& args) {
  const std::string name = text_of(evaluator, args[1]);
  for (const Annotation& found : evaluator.annotations(args[0])) {
    if (found.name == name) return evaluator.str(found.text());
  }
  return Value::none();
}

// What lies in a class under a name; absent when nothing does.
Value own_attribute(Evaluator& evaluator, Arguments& args) {
  python::Class* cls = args[0].get<python::Class>();
  return cls ? cls->own(text_of(evaluator, args[1])) : Value();
}

Value find_attribute(Evaluator& evaluator, Arguments& args) {
  const python::Class* cls = args[0].get<python::Class>();
  const std::string name = text_of(evaluator, args[1]);
  if (!cls) return Value::none();
  for (python::Class* base : cls->mro) {
    if (const Value found = base->own(name)) return found;
  }
  return Value::none();
}

// (name, kind) of each parameter of a function of evaluated code.
Value parameters(Evaluator& evaluator, Arguments& args) {
  Value callee = args[0];
  if (const auto* bound = callee.get<python::BoundMethod>()) callee = bound->function;
  const auto* function = callee.get<python::Function>();
  std::vector<Value> rows;
  if (!function) return evaluator.list();
  static constexpr std::string_view kKinds[] = {"positional", "plain", "*", "keyword", "**"};
  for (const python::ast::Parameter& parameter : function->parameters) {
    rows.push_back(
        evaluator.tuple({evaluator.str(parameter.name),
                         evaluator.str(kKinds[static_cast<std::size_t>(parameter.kind)])}));
  }
  return evaluator.list(std::move(rows));
}

Value make_alias(Evaluator& evaluator, Arguments& args) {
  Instance* alias = evaluator.new_instance(evaluator.builtin_class("GenericAlias"));
  alias->attributes.set("__origin__", args[0]);
  alias->attributes.set("__args__", args[1]);
  return alias;
}

Value make_union(Evaluator& evaluator, Arguments& args) {
  Instance* made = evaluator.new_instance(evaluator.builtin_class("UnionType"));
  made->attributes.set("__args__", args[0]);
  return made;
}

// What a function returns; None when it fails in whatever way: a guess that fails says nothing.
Value attempt(Evaluator& evaluator, Arguments& args) {
  try {
    return evaluator.call(args[0], {});
  } catch (const python::Raised&) {
    return Value::none();
  } catch (const Error& error) {
    if (error.code() == code::kLimit) throw;
    return Value::none();
  }
}

}  // namespace

void init_support(Evaluator& evaluator, Module& module, const Services& services) {
  const auto with_services = [&](std::string_view signature,
                                 Value (*call)(Evaluator&, Arguments&, const StdlibServices&)) {
    evaluator.define(module, signature, [call, services](Evaluator& ev, Arguments& args) {
      return call(ev, args, *services);
    });
  };
  const auto kept = std::make_shared<KeptFiles>();
  const auto with_files = [&](std::string_view signature, auto call) {
    evaluator.define(module, signature, [call, services, kept](Evaluator& ev, Arguments& args) {
      return call(ev, args, *services, *kept);
    });
  };
  with_files("read_bytes(path)", read_bytes);
  with_files("list_folder(path)", list_folder);
  with_files("path_kind(path)", path_kind);
  with_files("write_file(path, data)", [](Evaluator& ev, Arguments& args, auto& own, auto& files) {
    return Value::boolean(write_file(ev, args, own, files));
  });
  // Of files that are kept alone; False for others.
  with_files("is_kept(path)", [](Evaluator& ev, Arguments& args, auto& own, auto& files) {
    return Value::boolean(files.find(canonical(own, text_of(ev, args[0]))) != nullptr);
  });
  with_files("remove_kept(path)", [](Evaluator& ev, Arguments& args, auto& own, auto& files) {
    return Value::boolean(files.remove(canonical(own, text_of(ev, args[0]))));
  });
  with_files("rename_kept(source, target)",
             [](Evaluator& ev, Arguments& args, auto& own, auto& files) {
               return Value::boolean(files.rename(canonical(own, text_of(ev, args[0])),
                                                  canonical(own, text_of(ev, args[1]))));
             });
  with_services("getenv(name)", get_environment);
  evaluator.define(module, "environment_names()", [services](Evaluator& ev, Arguments&) {
    std::vector<Value> names;
    if (services->environment_names) {
      for (const std::string& name : services->environment_names()) names.push_back(ev.str(name));
    }
    return ev.list(std::move(names));
  });
  evaluator.define(module, "handled_exception()", [](Evaluator& ev, Arguments&) {
    const Value handled = ev.handled_exception();
    return handled ? handled : Value::none();
  });
  evaluator.define(module, "calling_file()",
                   [](Evaluator& ev, Arguments&) { return ev.str(ev.calling_file()); });
  evaluator.define(module, "project()", [services](Evaluator& ev, Arguments&) {
    std::error_code ignored;
    if (services->project.empty()) return ev.str("/");
    return ev.str(fs::weakly_canonical(from_directory(*services, "."), ignored).string());
  });
  evaluator.define(module, "path()", [services](Evaluator& ev, Arguments&) {
    std::vector<Value> items;
    if (services->path) {
      for (const std::string& path : services->path()) items.push_back(ev.str(path));
    }
    return ev.list(std::move(items));
  });
  evaluator.define(module, "host_address(host)", [services](Evaluator& ev, Arguments& args) {
    const std::string host = text_of(ev, args[0]);
    const auto found = services->host_address ? services->host_address(host) : std::nullopt;
    return found ? ev.str(*found) : Value::none();
  });
  evaluator.define(module, "make_folder(path, exist_ok)",
                   [services](Evaluator& ev, Arguments& args) {
                     make_folder(ev, *services, text_of(ev, args[0]), ev.truthy(args[1]));
                     return Value::none();
                   });
  evaluator.define(module, "split_sql(dialect, text)", split_sql);
  evaluator.define(module, "sqlite_version()",
                   [](Evaluator& ev, Arguments&) { return ev.str(database::sqlite_version()); });
  evaluator.define(module, "now()", [services](Evaluator&, Arguments&) {
    return Value::integer(now_in_microseconds(*services));
  });
  evaluator.define(module, "random_bytes(count)", [services](Evaluator& ev, Arguments& args) {
    const std::int64_t count = ev.index(args[0]);
    if (count < 0) ev.value_error("negative argument not allowed");
    ev.account(static_cast<std::size_t>(count));
    std::string data(static_cast<std::size_t>(count), '\0');
    fill_random(*services, std::as_writable_bytes(std::span(data)));
    return ev.bytes(data);
  });
  evaluator.define(module, "log(level, logger, message)",
                   [services](Evaluator& ev, Arguments& args) {
                     if (services->log) {
                       services->log(static_cast<int>(ev.index(args[0])), ev.to_str(args[1]),
                                     ev.to_str(args[2]));
                     }
                     return Value::none();
                   });
  evaluator.define(module, "log_level(logger, level)", [services](Evaluator& ev, Arguments& args) {
    if (services->log_level) {
      services->log_level(ev.to_str(args[0]), static_cast<int>(ev.index(args[1])));
    }
    return Value::none();
  });
  evaluator.define(module, "write(text)", [](Evaluator& ev, Arguments& args) {
    ev.print(text_of(ev, args[0]));
    return Value::none();
  });
  evaluator.define(module, "argv()", [services](Evaluator& ev, Arguments&) {
    std::vector<Value> items;
    for (const std::string& arg : services->argv) items.push_back(ev.str(arg));
    return ev.list(std::move(items));
  });
  evaluator.define(module, "refuse(what, hint)", [](Evaluator& ev, Arguments& args) -> Value {
    ev.raise_hinted("RuntimeError", text_of(ev, args[0]), text_of(ev, args[1]));
  });
  define_zones(evaluator, module);
  evaluator.define(module, "annotations(owner)", annotations);
  evaluator.define(module, "annotation(owner, name, resolve=False)", annotation);
  evaluator.define(module, "annotation_text(owner, name)", annotation_text);
  evaluator.define(module, "own_attribute(cls, name, default=None)",
                   [](Evaluator& ev, Arguments& args) {
                     const Value found = own_attribute(ev, args);
                     return found ? found : args[2] ? args[2] : Value::none();
                   });
  evaluator.define(module, "has_own_attribute(cls, name)", [](Evaluator& ev, Arguments& args) {
    return Value::boolean(static_cast<bool>(own_attribute(ev, args)));
  });
  evaluator.define(module, "find_attribute(cls, name)", find_attribute);
  evaluator.define(module, "unknown(origin)",
                   [](Evaluator& ev, Arguments& args) { return ev.unknown(text_of(ev, args[0])); });
  evaluator.define(module, "is_unknown(value)", [](Evaluator&, Arguments& args) {
    return Value::boolean(args[0].is(python::ObjectKind::kUnknown));
  });
  evaluator.define(module, "attempt(function)", attempt);
  evaluator.define(module, "evaluate_setters()",
                   [done = std::make_shared<std::set<const Module*>>()](Evaluator& ev, Arguments&) {
                     evaluate_setters(ev, *done);
                     return Value::none();
                   });
  evaluator.define(module, "parameters(function)", parameters);
  evaluator.define(module, "make_alias(origin, args)", make_alias);
  evaluator.define(module, "make_union(args)", make_union);
  evaluator.define(module, "import_module(name)", [](Evaluator& ev, Arguments& args) {
    return ev.import_module(text_of(ev, args[0]));
  });
  evaluator.define(module, "globals()", [](Evaluator& ev, Arguments&) { return ev.globals(); });
  evaluator.define(module, "modules()", [](Evaluator& ev, Arguments&) {
    python::Dict* dict = ev.dict();
    for (Module* imported : ev.modules()) dict->set(ev, ev.str(imported->name), imported);
    return Value(dict);
  });
  for (const std::string_view name : {"GenericAlias",
                                      "UnionType",
                                      "TypeVar",
                                      "ParamSpec",
                                      "TypeVarTuple",
                                      "TypeAliasType",
                                      "NoneType",
                                      "function",
                                      "builtin_function_or_method",
                                      "method",
                                      "module",
                                      "generator",
                                      "coroutine",
                                      "async_generator",
                                      "cell",
                                      "ellipsis",
                                      "NotImplementedType",
                                      "dict_keys",
                                      "dict_values",
                                      "dict_items",
                                      "CancelledError",
                                      "code",
                                      "traceback"}) {
    module.attributes.set(name, evaluator.builtin_class(name));
  }
}

}  // namespace retort::modules::stdlib
