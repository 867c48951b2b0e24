#include "modules/stdlib/stdlib.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <random>

#include "modules/stdlib/datetime.h"
#include "modules/stdlib/embedded.h"
#include "modules/stdlib/refused.h"
#include "modules/stdlib/services.h"
#include "modules/stdlib/uuid.h"
#include "python/parser.h"

namespace retort::modules {

using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace stdlib {

std::int64_t now_in_microseconds(const StdlibServices& services) {
  const auto now = services.clock ? services.clock() : std::chrono::system_clock::now();
  return std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
}

void fill_random(const StdlibServices& services, std::span<std::byte> bytes) {
  if (services.random) return services.random(bytes);
  static thread_local std::random_device device;
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(device());
}

namespace {

// The texts are parsed once in a process, however many evaluators use them.
python::ProgramPtr program_of(std::string_view stem) {
  static std::mutex mutex;
  static std::map<std::string, python::ProgramPtr, std::less<>> programs;
  const std::lock_guard lock(mutex);
  const auto found = programs.find(stem);
  if (found != programs.end()) return found->second;
  const std::string path = "<" + std::string(stem) + ">";
  std::string_view text = embedded::stdlib_module(stem);
  if (text.empty()) text = embedded::package_module(stem);
  python::ProgramPtr program =
      python::parse(std::make_shared<const Source>(path, std::string(text)));
  programs.emplace(std::string(stem), program);
  return program;
}

// The names of a text in one evaluator: modules that share a text share its classes.
constexpr std::string_view kTextsRun = "retort.texts";

Module* run_once(Evaluator& evaluator, std::string_view stem, const std::string& name) {
  Module& runs = *evaluator.import_module(kTextsRun).get<Module>();
  if (const Value made = runs.attributes.find(stem)) return made.get<Module>();
  Module* made = evaluator.run(program_of(stem), name);
  runs.attributes.set(stem, made);
  return made;
}

}  // namespace

void load_text(Evaluator&, Module& module, std::string_view stem, OtherNames others) {
  enum class Status { kPending, kRunning, kDone };
  module.on_missing = [&module, stem, others, status = std::make_shared<Status>(Status::kPending)](
                          Evaluator& ev, std::string_view name) -> Value {
    const auto now = status;  // outlives this function object
    if (*now == Status::kPending) {
      *now = Status::kRunning;
      const Module* made = run_once(ev, stem, module.name);
      *now = Status::kDone;
      for (const auto& [key, value] : made->attributes.items()) {
        if (!module.attributes.find(key)) module.attributes.set(key, value);
      }
      if (const Value found = module.attributes.find(name)) return found;
    }
    const std::string full = module.name + "." + std::string(name);
    if (ev.has_native_module(full)) return ev.import_module(full);
    const bool unknown =
        others == OtherNames::kUnknown && *now == Status::kDone && !name.starts_with("__");
    return unknown ? ev.unknown(full) : Value();
  };
}

}  // namespace stdlib

namespace {

struct NativeRow {
  std::string_view name;
  stdlib::Init init;
};
constexpr NativeRow kNative[] = {
    {"_crypt", stdlib::init_crypt},      {"_digest", stdlib::init_digest},
    {"_json", stdlib::init_json},        {"_literal", stdlib::init_literal},
    {"_regex", stdlib::init_re},         {"_support", stdlib::init_support},
    {"datetime", stdlib::init_datetime}, {"math", stdlib::init_math},
    {"_toml", stdlib::init_toml},        {"uuid", stdlib::init_uuid},
    {"_yaml", stdlib::init_yaml},
};

// Modules written in Python: the dotted name and the stem of the file.
struct TextRow {
  std::string_view name;
  std::string_view stem;
};
constexpr TextRow kTexts[] = {
    // Column types and directives of packages that revision scripts name; they lean on the modules
    // sqlalchemy and alembic.
    {"alembic_postgresql_enum", "addon_alembic_postgresql_enum"},
    {"alembic_postgresql_enum.sql_commands.indexes", "addon_alembic_postgresql_enum"},
    {"alembic_utils", "addon_alembic_utils"},
    {"alembic_utils.pg_extension", "addon_alembic_utils"},
    {"alembic_utils.pg_function", "addon_alembic_utils"},
    {"alembic_utils.pg_materialized_view", "addon_alembic_utils"},
    {"alembic_utils.pg_policy", "addon_alembic_utils"},
    {"alembic_utils.pg_trigger", "addon_alembic_utils"},
    {"alembic_utils.pg_view", "addon_alembic_utils"},
    {"alembic_utils.replaceable_entity", "addon_alembic_utils"},
    {"citext", "addon_citext"},
    {"fastapi_users_db_sqlalchemy", "addon_fastapi_users"},
    {"fastapi_users_db_sqlalchemy.generics", "addon_fastapi_users"},
    {"fastapi_storages.integrations.sqlalchemy", "addon_fastapi_storages"},
    {"geoalchemy2", "addon_geoalchemy2"},
    {"geoalchemy2.types", "addon_geoalchemy2"},
    {"oslo_db.sqlalchemy.enginefacade", "addon_oslo_db"},
    {"oslo_db.sqlalchemy.models", "addon_oslo_db"},
    {"oslo_db.sqlalchemy.types", "addon_oslo_db"},
    {"oslo_utils.importutils", "addon_oslo_utils"},
    {"oslo_utils.timeutils", "addon_oslo_utils"},
    {"oslo_utils.uuidutils", "addon_oslo_utils"},
    {"pgvector.sqlalchemy", "addon_pgvector"},
    {"pgvector.sqlalchemy.halfvec", "addon_pgvector"},
    {"pgvector.sqlalchemy.vector", "addon_pgvector"},
    {"sqlalchemy_utils", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.arrow", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.choice", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.color", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.country", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.currency", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.email", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.encrypted", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.encrypted.encrypted_type", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.ip_address", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.json", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.locale", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.ltree", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.password", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.phone_number", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.scalar_list", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.timezone", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.ts_vector", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.url", "addon_sqlalchemy_utils"},
    {"sqlalchemy_utils.types.uuid", "addon_sqlalchemy_utils"},
    {"sqlmodel", "addon_sqlmodel"},
    {"sqlmodel.sql", "addon_sqlmodel_types"},
    {"sqlmodel.sql.sqltypes", "addon_sqlmodel_types"},
    {"abc", "abc"},
    {"ast", "ast"},
    {"asyncio", "asyncio"},
    {"base64", "base64"},
    {"binascii", "binascii"},
    {"bisect", "bisect"},
    {"builtins", "builtins"},
    {"calendar", "calendar"},
    {"codecs", "codecs"},
    {"collections", "collections"},
    {"collections.abc", "collections_abc"},
    {"configparser", "configparser"},
    {"contextlib", "contextlib"},
    {"contextvars", "contextvars"},
    {"copy", "copy"},
    {"csv", "csv"},
    {"dataclasses", "dataclasses"},
    {"decimal", "decimal"},
    {"enum", "enum"},
    {"errno", "errno"},
    {"fnmatch", "fnmatch"},
    {"functools", "functools"},
    {"getpass", "getpass"},
    {"glob", "glob"},
    {"hashlib", "hashlib"},
    {"heapq", "heapq"},
    {"hmac", "hmac"},
    {"html", "html"},
    {"importlib", "importlib"},
    {"importlib.metadata", "importlib_metadata"},
    {"importlib.util", "importlib_util"},
    {"inspect", "inspect"},
    {"io", "io"},
    {"ipaddress", "ipaddress"},
    {"itertools", "itertools"},
    {"json", "json"},
    {"json.decoder", "json"},
    {"json.encoder", "json"},
    {"logging", "logging"},
    {"logging.config", "logging_config"},
    {"logging.handlers", "logging_handlers"},
    {"_math", "math_integer"},
    {"numbers", "numbers"},
    {"operator", "operator"},
    {"os", "os"},
    {"os.path", "os_path"},
    {"pathlib", "pathlib"},
    {"pkgutil", "pkgutil"},
    {"platform", "platform"},
    {"posixpath", "os_path"},
    {"pprint", "pprint"},
    {"random", "random"},
    {"re", "re"},
    {"secrets", "secrets"},
    {"shlex", "shlex"},
    {"statistics", "statistics"},
    {"string", "string"},
    {"struct", "struct"},
    {"sys", "sys"},
    {"textwrap", "textwrap"},
    {"threading", "threading"},
    {"time", "time"},
    {"tkinter", "tkinter_constants"},
    {"tkinter.constants", "tkinter_constants"},
    {"toml", "toml"},
    {"tomli", "tomllib"},
    {"tomllib", "tomllib"},
    {"traceback", "traceback"},
    {"types", "types"},
    {"typing", "typing"},
    {"typing_extensions", "typing"},
    {"_unicode_table", "unicode_table"},
    {"unicodedata", "unicodedata"},
    {"urllib", "urllib"},
    {"urllib.parse", "urllib_parse"},
    {"warnings", "warnings"},
    {"weakref", "weakref"},
    {"zoneinfo", "zoneinfo"},
};

// Of these a part is here; the rest is unknown and no error until its value is needed.
constexpr std::string_view kParts[] = {"ast",        "calendar", "codecs",     "pprint",
                                       "statistics", "struct",   "unicodedata"};

}  // namespace

void bind_stdlib(Evaluator& evaluator, StdlibServices given) {
  const auto services = std::make_shared<const StdlibServices>(std::move(given));
  for (const NativeRow& row : kNative) {
    evaluator.bind_module(
        std::string(row.name),
        [init = row.init, services](Evaluator& ev, Module& module) { init(ev, module, services); });
  }
  evaluator.bind_module(std::string(stdlib::kTextsRun), [](Evaluator&, Module&) {});
  for (const TextRow& row : kTexts) {
    evaluator.bind_module(std::string(row.name), [stem = row.stem](Evaluator& ev, Module& module) {
      // Other packages have more than their types, and some modules more than scripts use of them.
      const bool part =
          stem.starts_with("addon_") || std::ranges::find(kParts, stem) != std::end(kParts);
      stdlib::load_text(ev, module, stem,
                        part ? stdlib::OtherNames::kUnknown : stdlib::OtherNames::kMissing);
    });
  }
  stdlib::bind_refused(evaluator);
}

StdlibKind stdlib_kind(Evaluator& evaluator, Value value) {
  const Instance* instance = value.get<Instance>();
  if (!instance) return StdlibKind::kOther;
  if (const stdlib::Moment* moment = python::native<stdlib::Moment>(value)) {
    switch (moment->kind) {
      case stdlib::Moment::Kind::kDate:
        return StdlibKind::kDate;
      case stdlib::Moment::Kind::kTime:
        return StdlibKind::kTime;
      case stdlib::Moment::Kind::kDateTime:
        return StdlibKind::kDateTime;
    }
  }
  if (python::native<stdlib::Duration>(value)) return StdlibKind::kTimeDelta;
  if (python::native<stdlib::Uuid>(value)) return StdlibKind::kUuid;
  for (const python::Class* cls : evaluator.type_of(value)->mro) {
    if (cls->module == "decimal" && cls->name == "Decimal") return StdlibKind::kDecimal;
  }
  return StdlibKind::kOther;
}

std::string stdlib_text(Evaluator& evaluator, Value value) { return evaluator.to_str(value); }

Value stdlib_value(Evaluator& evaluator, StdlibKind kind, std::string_view text) {
  const auto call = [&](std::string_view module, std::string_view cls, std::string_view method) {
    Value callee = evaluator.get_attr(evaluator.import_module(module), cls);
    if (!method.empty()) callee = evaluator.get_attr(callee, method);
    const Value args[] = {evaluator.str(text)};
    return evaluator.call(callee, args);
  };
  switch (kind) {
    case StdlibKind::kDate:
      return call("datetime", "date", "fromisoformat");
    case StdlibKind::kTime:
      return call("datetime", "time", "fromisoformat");
    case StdlibKind::kDateTime:
      return call("datetime", "datetime", "fromisoformat");
    case StdlibKind::kUuid:
      return call("uuid", "UUID", "");
    case StdlibKind::kDecimal:
      return call("decimal", "Decimal", "");
    case StdlibKind::kTimeDelta: {
      const Value seconds[] = {evaluator.str(text)};
      const Value number[] = {Value::integer(0),
                              evaluator.call(evaluator.builtin("float"), seconds)};
      return evaluator.call(stdlib::datetime_class(evaluator, "timedelta"), number);
    }
    case StdlibKind::kOther:
      break;
  }
  return evaluator.str(text);
}

Value enum_value(Evaluator& evaluator, Value value) {
  const python::Class* cls = value.is_object() ? evaluator.type_of(value) : nullptr;
  if (!cls) return {};
  for (const python::Class* base : cls->mro) {
    if (base->module == "enum" && base->name == "Enum") return evaluator.find_attr(value, "value");
  }
  return {};
}

}  // namespace retort::modules
