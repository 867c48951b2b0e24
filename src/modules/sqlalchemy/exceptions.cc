#include "modules/sqlalchemy/exceptions.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "database/mariadb_error.h"

namespace retort::modules {

using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::string_view kModule = "sqlalchemy.exc";

struct ExceptionSpec {
  std::string_view name;
  std::string_view base;
};

// https://docs.sqlalchemy.org/en/20/core/exceptions.html
constexpr auto kExceptions = std::to_array<ExceptionSpec>({
    {"SQLAlchemyError", "Exception"},
    {"ArgumentError", "SQLAlchemyError"},
    {"DuplicateColumnError", "ArgumentError"},
    {"ObjectNotExecutableError", "ArgumentError"},
    {"NoSuchModuleError", "ArgumentError"},
    {"NoForeignKeysError", "ArgumentError"},
    {"AmbiguousForeignKeysError", "ArgumentError"},
    {"CircularDependencyError", "SQLAlchemyError"},
    {"CompileError", "SQLAlchemyError"},
    {"UnsupportedCompilationError", "CompileError"},
    {"IdentifierError", "SQLAlchemyError"},
    {"DisconnectionError", "SQLAlchemyError"},
    {"InvalidRequestError", "SQLAlchemyError"},
    {"IllegalStateChangeError", "InvalidRequestError"},
    {"NoInspectionAvailable", "InvalidRequestError"},
    {"PendingRollbackError", "InvalidRequestError"},
    {"ResourceClosedError", "InvalidRequestError"},
    {"NoSuchColumnError", "InvalidRequestError"},
    {"NoResultFound", "InvalidRequestError"},
    {"MultipleResultsFound", "InvalidRequestError"},
    {"NoReferenceError", "InvalidRequestError"},
    {"NoReferencedTableError", "NoReferenceError"},
    {"NoReferencedColumnError", "NoReferenceError"},
    {"NoSuchTableError", "InvalidRequestError"},
    {"UnreflectableTableError", "InvalidRequestError"},
    {"UnboundExecutionError", "InvalidRequestError"},
    {"TimeoutError", "SQLAlchemyError"},
    {"StatementError", "SQLAlchemyError"},
    {"DBAPIError", "StatementError"},
    {"InterfaceError", "DBAPIError"},
    {"DatabaseError", "DBAPIError"},
    {"DataError", "DatabaseError"},
    {"OperationalError", "DatabaseError"},
    {"IntegrityError", "DatabaseError"},
    {"InternalError", "DatabaseError"},
    {"ProgrammingError", "DatabaseError"},
    {"NotSupportedError", "DatabaseError"},
    {"SAWarning", "RuntimeWarning"},
    {"SADeprecationWarning", "DeprecationWarning"},
    {"RemovedIn20Warning", "SADeprecationWarning"},
    {"MovedIn20Warning", "SADeprecationWarning"},
});

constexpr std::size_t kStateSize = 5;  // of a SQLSTATE

// What PyMySQL and mysqlclient raise, by the server's number.
std::string_view mariadb_exception(int number) {
  struct Group {
    std::string_view name;
    std::initializer_list<int> numbers;
  };
  static const Group kGroups[] = {
      {"ProgrammingError",
       {1007, 1149, 1064, 1146, 1102, 1103, 1110, 1111, 1112, 1113, 1166, 1179}},
      {"DataError", {1265, 1263, 1264, 1230, 1171, 1406, 1441, 1366, 1367}},
      {"IntegrityError", {1062, 1216, 1452, 1217, 1451, 1215, 1048}},
      {"NotSupportedError", {1196, 1235, 1289, 1286}},
  };
  for (const Group& group : kGroups) {
    if (std::ranges::find(group.numbers, number) != group.numbers.end()) return group.name;
  }
  return number < 1000 ? "InternalError" : "OperationalError";
}

// What the Python drivers raise: by number on MySQL and MariaDB, by result code on SQLite, where
// pysqlite knows three kinds. Of PostgreSQL's SQLSTATE psycopg2.errors knows.
std::string_view exception_for(const Error& error) {
  if (error.code() == code::kOperation) return "CompileError";
  if (auto mariadb = database::mariadb_error_text(error)) {
    return mariadb_exception(mariadb->number);
  }
  std::string_view state = error.sqlstate();
  if (state.starts_with("SQLITE_CONSTRAINT")) return "IntegrityError";
  if (state.starts_with("SQLITE_MISMATCH") || state.starts_with("SQLITE_TOOBIG"))
    return "DataError";
  if (state.starts_with("SQLITE_MISUSE") || state.starts_with("SQLITE_RANGE")) {
    return "ProgrammingError";
  }
  if (state.starts_with("SQLITE_CORRUPT") || state.starts_with("SQLITE_NOTADB")) {
    return "DatabaseError";
  }
  if (state.starts_with("SQLITE_INTERNAL") || state.starts_with("SQLITE_NOTFOUND")) {
    return "InternalError";
  }
  if (state.starts_with("SQLITE")) return "OperationalError";
  if (error.code() == code::kLocked) return "OperationalError";
  return "DatabaseError";
}

Class* make_exception(Evaluator& evaluator, const ExceptionSpec& spec) {
  Class* base = exception_class(evaluator, spec.base);
  if (!base) base = evaluator.builtin_class(spec.base);
  return evaluator.define_class(std::string(spec.name), std::string(kModule), {base});
}

}  // namespace

Class* exception_class(Evaluator& evaluator, std::string_view name) {
  auto* module = evaluator.import_module(kModule).get<Module>();
  if (Value made = module->attributes.find(name)) return made.get<Class>();
  for (const ExceptionSpec& spec : kExceptions) {
    if (spec.name != name) continue;
    Class* cls = make_exception(evaluator, spec);
    module->attributes.set(name, cls);
    return cls;
  }
  return nullptr;
}

void raise_database_error(Evaluator& evaluator, const Error& error) {
  bool expected = error.code() == code::kDatabase || error.code() == code::kLocked ||
                  error.code() == code::kOperation;
  if (!expected) throw Error(error);
  Value text = evaluator.str(error.message());
  const bool of_mariadb = database::mariadb_error_text(error).has_value();
  const bool of_postgresql = error.sqlstate().size() == kStateSize && !of_mariadb;
  Value orig;
  std::string kind(exception_for(error));
  if (of_postgresql) {
    Value errors = evaluator.import_module("psycopg2.errors");
    Value state = evaluator.str(error.sqlstate());
    orig = evaluator.call(evaluator.get_attr(errors, "make_error"), std::array{state, text});
    kind = evaluator.to_str(
        evaluator.call(evaluator.get_attr(errors, "kind_name"), std::array{state}));
  }
  Class* cls = exception_class(evaluator, kind);
  // As SQLAlchemy writes what a driver raised.
  auto driver_text = [&](std::string_view module, Value raised) {
    return evaluator.str("(" + std::string(module) + evaluator.type_name(raised) + ") " +
                         error.message());
  };
  if (auto mariadb = database::mariadb_error_text(error)) {
    // Scripts look at e.orig.args[0].
    Value said = evaluator.str(mariadb->text);
    orig = evaluator.call(cls, std::array{Value::integer(mariadb->number), said});
    text = evaluator.str("(" + std::to_string(mariadb->number) + ", " + evaluator.repr(said) + ")");
  }
  if (of_postgresql) {
    text = driver_text("psycopg2.errors.", orig);
  } else if (error.sqlstate().starts_with("SQLITE")) {
    orig = evaluator.call(cls, std::array{text});
    orig.get<Instance>()->attributes.set("sqlite_errorname", evaluator.str(error.sqlstate()));
    text = driver_text("sqlite3.", orig);
  }
  Value raised = evaluator.call(cls, std::array{text});
  Instance* instance = raised.get<Instance>();
  instance->attributes.set("orig", orig ? orig : raised);
  instance->attributes.set(
      "statement", error.statement().empty() ? Value::none() : evaluator.str(error.statement()));
  instance->attributes.set("params", Value::none());
  instance->attributes.set("connection_invalidated", Value::boolean(false));
  instance->attributes.set("code", Value::none());
  instance->attributes.set(
      "pgcode", error.sqlstate().empty() ? Value::none() : evaluator.str(error.sqlstate()));
  instance->set_native(error);
  evaluator.raise(raised);
}

void bind_exceptions(Evaluator& evaluator) {
  evaluator.bind_module(std::string(kModule), [](Evaluator&, Module& module) {
    module.on_missing = [](Evaluator& e, std::string_view name) {
      Class* cls = exception_class(e, name);
      return cls ? Value(cls) : Value();
    };
  });
}

}  // namespace retort::modules
