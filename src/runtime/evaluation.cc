#include "runtime/evaluation.h"

#include <netdb.h>
#include <sys/socket.h>

#include "modules/bind.h"
#include "modules/sqlalchemy/types.h"
#include "python/parser.h"

namespace retort::runtime {

namespace fs = std::filesystem;
using python::Value;

namespace {

python::Evaluator::Options evaluator_options(ProjectFinder& finder, Log& log) {
  python::Evaluator::Options options;
  options.finder = &finder;
  options.print = [&log](std::string_view text) { log.output(text); };
  return options;
}

// The error a database gave, where that is what an uncaught exception stands for.
Error error_of(python::Evaluator& evaluator, const python::Raised& raised) {
  const Error* original = raised.exception->native<Error>();
  if (!original) return evaluator.error_from(raised);
  Error error = *original;
  std::vector<CallSite> calls = raised.exception->calls;
  if (!error.place()) {
    error.with_place(raised.exception->place);
  } else if (error.place().str() != raised.exception->place.str()) {
    // The error shows its place in the statement; the script's line comes first among the calls.
    calls.insert(calls.begin(), {raised.exception->place, ""});
  }
  error.with_calls(std::move(calls));
  return error;
}

}  // namespace

namespace {

std::optional<std::string> host_address(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_INET;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return std::nullopt;
  char text[NI_MAXHOST] = "";
  const int failed =
      getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  freeaddrinfo(found);
  if (failed) return std::nullopt;
  return text;
}

}  // namespace

Evaluation::Evaluation(const Environment& environment, Log& log)
    : settings_(&environment),
      log_(&log),
      finder_([this] { return import_paths(); }, environment.source_folders),
      evaluator_(std::make_unique<python::Evaluator>(evaluator_options(finder_, log))) {
  modules::bind_modules(*evaluator_, *this, services());
  if (!environment.type_map.empty()) modules::map_types(*evaluator_, environment.type_map);
}

Evaluation::~Evaluation() = default;

modules::StdlibServices Evaluation::services() {
  modules::StdlibServices services;
  services.environment = settings_->lookup;
  services.environment_names = settings_->lookup_names;
  services.project = settings_->project_folder;
  services.directory = settings_->directory;
  services.argv = {"alembic"};
  services.path = [this] {
    std::vector<std::string> paths;
    for (const fs::path& path : settings_->import_paths) paths.push_back(path.string());
    return paths;
  };
  services.write_file = [this](const std::string& path, const std::string& text) {
    if (!write_file_) return false;
    write_file_(path, text);
    return true;
  };
  services.keeps_files = [this] { return !in_script_; };
  services.host_address = host_address;
  services.log = [this](int level, std::string_view logger, std::string_view message) {
    constexpr int kInfo = 20;
    constexpr int kWarning = 30;
    constexpr int kError = 40;
    Log::Level own = level >= kError     ? Log::Level::kError
                     : level >= kWarning ? Log::Level::kWarning
                     : level >= kInfo    ? Log::Level::kInfo
                                         : Log::Level::kDebug;
    log_->write(own, logger, message);
  };
  services.log_level = [this](std::string_view logger, int level) {
    log_->set_level(logger, level);
  };
  return services;
}

// sys.path, which evaluated files change; it begins with the configuration's paths.
std::vector<fs::path> Evaluation::import_paths() {
  std::vector<fs::path> paths;
  for (python::Module* module : evaluator_->modules()) {
    if (module->name != "sys") continue;
    const auto* list = module->attributes.find("path").get<python::List>();
    if (!list) break;
    for (Value item : list->items) {
      if (item.is_object()) paths.emplace_back(evaluator_->to_str(item));
    }
    for (fs::path& path : paths) {
      if (path.is_relative()) path = settings_->directory / path;
      path = path.lexically_normal();
    }
    return paths;
  }
  return settings_->import_paths;
}

Session& Evaluation::open(config::Url database, bool offline) {
  return sessions_.emplace_back(std::move(database), *settings_, *log_, offline);
}

Session& Evaluation::open(database::Connection& connection) {
  return sessions_.emplace_back(connection, *settings_, *log_);
}

Session& Evaluation::open(const dialect::Dialect& dialect) {
  return sessions_.emplace_back(dialect, *settings_, *log_);
}

python::Module* Evaluation::run_file(const SourcePtr& source, const std::string& name) {
  return run_program(python::parse(source), name);
}

python::Module* Evaluation::run_program(const python::ProgramPtr& program,
                                        const std::string& name) {
  evaluator_->restart_steps();
  return evaluator_->run(program, name);
}

Value Evaluation::call(Value function, std::span<const Value> args, const Keywords& keywords) {
  std::vector<python::NamedValue> named;
  for (const auto& [name, value] : keywords) named.push_back({name, value});
  try {
    return evaluator_->call_collecting(function, args, named);
  } catch (const python::Raised& raised) {
    throw error_of(*evaluator_, raised);
  }
}

modules::Host& Evaluation::session() {
  if (!current_) {
    throw Error(code::kScript, "No context has been configured yet.")
        .with_place(evaluator_->place())
        .with_hint("call context.configure() before this");
  }
  return *current_;
}

const dialect::Dialect& Evaluation::dialect() const {
  if (current_) return current_->dialect();
  assumption_used_ = true;
  return assumed_ ? *assumed_ : dialect::find_dialect("postgresql");
}

void Evaluation::invoke(operations::Operation operation, const Place& place) {
  session().invoke(std::move(operation), place);
}

schema::NamingConvention Evaluation::naming_convention() const {
  return current_ ? current_->naming_convention() : settings_->naming_convention;
}
std::string Evaluation::version_table() const {
  return current_ ? current_->version_table() : settings_->version_table;
}
std::string Evaluation::version_table_schema() const {
  return current_ ? current_->version_table_schema() : settings_->version_table_schema;
}

}  // namespace retort::runtime
