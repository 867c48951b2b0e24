#include "modules/sqlalchemy/database.h"

#include "base/error.h"
#include "config/url.h"
#include "modules/arguments.h"
#include "modules/environment_host.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/exceptions.h"

namespace retort::modules {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

Value optional_text(Evaluator& evaluator, const std::optional<std::string>& text) {
  return text ? evaluator.str(*text) : Value::none();
}

// (drivername, username, password, host, port, database, query)
[[noreturn]] void refuse(Evaluator& evaluator, std::string message, std::string hint) {
  python::Exception* made = evaluator.exception(exception_class(evaluator, "ArgumentError"),
                                                {evaluator.str(std::move(message))});
  made->hint = std::move(hint);
  evaluator.raise(made);
}

// What the configuration says of a URL that env.py hasn't got, or has only as an example.
std::string missing_url_hint(const Host& host) {
  const EnvironmentHost* environment = const_cast<Host&>(host).environment();
  try {
    if (environment) environment->default_url();
  } catch (const Error& error) {
    return error.message() + "\n  " + error.hint();
  }
  return "what this line takes the URL from is not set";
}

Value parse(Evaluator& evaluator, const Host& host, Arguments& args) {
  if (!args[0].is_str()) {
    refuse(evaluator, "Expected string or URL object, got " + evaluator.repr(args[0]),
           missing_url_hint(host));
  }
  config::Url url;
  try {
    url = config::parse_url(args[0].as_str());
  } catch (const Error& error) {
    refuse(evaluator, error.message(),
           args[0].as_str().starts_with("driver://") ? missing_url_hint(host) : error.hint());
  }
  python::Dict* query = evaluator.dict();
  for (const auto& [key, values] : url.query) {
    std::vector<Value> texts;
    for (const std::string& value : values) texts.push_back(evaluator.str(value));
    query->set(evaluator, evaluator.str(key),
               texts.size() == 1 ? texts.front() : evaluator.tuple(std::move(texts)));
  }
  return evaluator.tuple({evaluator.str(url.drivername), optional_text(evaluator, url.username),
                          optional_text(evaluator, url.password),
                          optional_text(evaluator, url.host),
                          url.port ? Value::integer(*url.port) : Value::none(),
                          optional_text(evaluator, url.database), query});
}

std::optional<std::string> text_argument(Evaluator& evaluator, Value value) {
  if (!value || value.is_none()) return std::nullopt;
  return evaluator.to_str(value);
}

Value render(Evaluator& evaluator, Arguments& args) {
  config::Url url;
  url.drivername = text_of(evaluator, args["drivername"], "drivername");
  url.username = text_argument(evaluator, args["username"]);
  url.password = text_argument(evaluator, args["password"]);
  url.host = text_argument(evaluator, args["host"]);
  if (present(args, "port")) {
    // A port from an environment variable is often a str.
    const std::vector<Value> port{args["port"]};
    url.port = static_cast<int>(evaluator.index(evaluator.call(evaluator.builtin("int"), port)));
  }
  url.database = text_argument(evaluator, args["database"]);
  if (present(args, "query")) {
    for (const Value& item : evaluator.items(evaluator.call_method(args["query"], "items"))) {
      const std::vector<Value> pair = evaluator.items(item);
      std::vector<std::string>& values = url.query[evaluator.to_str(pair[0])];
      if (pair[1].is_str()) {
        values.push_back(pair[1].as_str());
      } else {
        for (const Value& value : evaluator.items(pair[1])) {
          values.push_back(evaluator.to_str(value));
        }
      }
    }
  }
  return evaluator.str(url.render(evaluator.truthy(args["hide_password"])));
}

Value connect(Evaluator& evaluator, Host& host, Arguments& args) {
  EnvironmentHost* environment = host.environment();
  if (!environment) {
    evaluator.raise_hinted("RuntimeError", "engines can't be made here",
                           "use the connection of op.get_bind()");
  }
  const std::string url = text_of(evaluator, args["url"], "a database URL");
  try {
    return connection_of(evaluator, environment->open(url), args["engine"]);
  } catch (const Error& error) {
    if (error.code() != code::kUrl) throw;
    refuse(evaluator, error.message(), error.hint());
  }
}

}  // namespace

void bind_database(Evaluator& evaluator, Host& host) {
  evaluator.bind_module("_database", [&host](Evaluator& e, Module& module) {
    e.define(module, "parse_url(text)",
             [&host](Evaluator& ev, Arguments& args) { return parse(ev, host, args); });
    e.define(module,
             "render_url(drivername, username, password, host, port, database, query, "
             "hide_password)",
             render);
    e.define(module, "connect(url, engine)",
             [&host](Evaluator& ev, Arguments& args) { return connect(ev, host, args); });
    e.define(module, "default_url()", [&host](Evaluator& ev, Arguments&) {
      EnvironmentHost* environment = host.environment();
      return environment ? ev.str(environment->default_url()) : Value::none();
    });
    e.define(module, "has_default_url()", [&host](Evaluator&, Arguments&) {
      EnvironmentHost* environment = host.environment();
      if (!environment) return Value::boolean(false);
      try {
        environment->default_url();
        return Value::boolean(true);
      } catch (const Error& error) {
        if (error.code() != code::kConfig) throw;
        return Value::boolean(false);
      }
    });
    e.define(module, "dialect()",
             [&host](Evaluator& ev, Arguments&) { return dialect_object(ev, host); });
  });
}

}  // namespace retort::modules
