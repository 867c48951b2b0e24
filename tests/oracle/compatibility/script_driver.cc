// Runs single revision files on paper: one JSON object a line on standard input ({"path": file,
// "direction": "upgrade" or "downgrade", "dialect": name, "import_paths": [folders],
// "project": folder}), one line of answer each: {"sql": text} or {"error": first line of the
// message, "code": its code, "line": number, "text": the whole message}.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "runtime/environment_run.h"
#include "runtime/migration_context.h"
#include "runtime/script_runner.h"
#include "script/directory.h"

namespace {

using nlohmann::json;
using namespace retort;

struct Silent final : runtime::Log {
  void write(Level, std::string_view, std::string_view) override {}
  void output(std::string_view) override {}
};

std::string run(const json& job) {
  config::ConfigRequest request;
  request.ini_text =
      "[alembic]\nscript_location = .\nsqlalchemy.url = " + job.at("dialect").get<std::string>() +
      "://\n";
  request.directory = job.at("project").get<std::string>();
  const config::Config config = config::Config::load(std::move(request));
  config::Settings settings = config::read_settings(config);
  settings.use_env_py = false;
  settings.prepend_sys_path.clear();
  for (const json& path : job.at("import_paths")) {
    settings.prepend_sys_path.emplace_back(path.get<std::string>());
  }
  std::string sql;
  Silent log;
  const script::Directory none;
  runtime::EnvironmentRun environment(config, settings, none, {.command = {.sql = true}}, log,
                                      [&](std::string_view text) { sql += text; });
  environment.run([&](runtime::MigrationContext& context) {
    runtime::ScriptRunner runner(context, context.printer());
    script::Script script{.path = job.at("path").get<std::string>()};
    runner.run(script, job.at("direction") == "upgrade"
                           ? runtime::ScriptRunner::Direction::kUpgrade
                           : runtime::ScriptRunner::Direction::kDowngrade);
  });
  return sql;
}

json answer(const json& job) {
  try {
    return {{"sql", run(job)}};
  } catch (const Error& error) {
    std::string message = error.message().substr(0, error.message().find('\n'));
    const Place& place = error.place();
    std::uint32_t line = place ? place.source->position(place.span.begin).line : 0;
    return {{"error", message}, {"code", error.code()}, {"line", line}, {"text", error.render()}};
  } catch (const std::exception& error) {
    return {{"error", error.what()}, {"code", "crash"}, {"line", 0}, {"text", error.what()}};
  }
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << answer(json::parse(line)).dump(-1, ' ', false, json::error_handler_t::replace)
              << std::endl;
  }
}
