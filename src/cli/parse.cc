#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

#include "base/error.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/help.h"
#include "cli/version.h"

namespace retort::cli {

namespace {

// What CLI11 fills; deques, because it keeps pointers.
struct Bound {
  struct Option {
    std::string name;
    CLI::Option* option = nullptr;
    std::vector<std::string> values;
    bool flag = false;
  };
  std::deque<Option> options;
  std::deque<Option> positionals;
};

void add_options(CLI::App& app, std::span<const OptionSpec> specs, Bound& bound) {
  for (const OptionSpec& spec : specs) {
    Bound::Option& own = bound.options.emplace_back();
    own.name = long_name(spec);
    if (spec.kind == OptionSpec::Kind::kFlag) {
      own.option = app.add_flag(std::string(spec.names), own.flag, std::string(spec.help));
      continue;
    }
    own.option = app.add_option(std::string(spec.names), own.values, std::string(spec.help));
    own.option->expected(1)->allow_extra_args(false);
    own.option->multi_option_policy(spec.kind == OptionSpec::Kind::kRepeated
                                        ? CLI::MultiOptionPolicy::TakeAll
                                        : CLI::MultiOptionPolicy::TakeLast);
  }
}

void add_positionals(CLI::App& app, std::span<const PositionalSpec> specs, Bound& bound) {
  for (const PositionalSpec& spec : specs) {
    Bound::Option& own = bound.positionals.emplace_back();
    own.name = spec.name;
    own.option = app.add_option(own.name, own.values, std::string(spec.help));
    // The last one takes what is too much, for the message.
    const bool last = &spec == &specs.back();
    own.option->expected(last ? -1 : 1)->allow_extra_args(last);
  }
}

void take(const Bound& bound, Invocation& invocation) {
  for (const Bound::Option& option : bound.options) {
    if (option.option->count() == 0) continue;
    std::vector<std::string>& values = invocation.options[option.name];
    for (const std::string& value : option.values) values.push_back(unmark(value));
  }
  for (const Bound::Option& option : bound.positionals) {
    std::vector<std::string> values;
    for (const std::string& value : option.values) values.push_back(unmark(value));
    if (!values.empty()) invocation.positionals[option.name] = std::move(values);
  }
}

// What the command line says after the program's name, as CLI11 takes it apart.
class CommandLine {
 public:
  explicit CommandLine(const std::string& program)
      : app_("", program), program_(program), global_() {
    add_options(app_, global_options(), global_);
    for (const CommandSpec& command : commands()) {
      CLI::App* subcommand = app_.add_subcommand(std::string(command.name));
      Bound& bound = bounds_.emplace_back();
      add_positionals(*subcommand, command.positionals, bound);
      std::vector<OptionSpec> options = options_of(command);
      add_options(*subcommand, options, bound);
      subcommands_.push_back(subcommand);
    }
    app_.add_flag("--version", version_);
  }

  void parse(std::span<const std::string> arguments) {
    std::vector<std::string> normalized = normalize(program_, arguments);
    try {
      app_.parse(std::vector<std::string>(normalized.rbegin(), normalized.rend()));
    } catch (const CLI::CallForHelp&) {
      help_ = true;
    } catch (const CLI::ExtrasError&) {
      std::vector<std::string> rest = app_.remaining(true);
      for (std::string& each : rest) each = unmark(std::move(each));
      Error error = usage("unrecognized arguments: " + join(rest, " "));
      // A message without -m, or without quotes round its words.
      const CommandSpec* chosen = command();
      if (chosen && chosen->name == "revision") {
        auto at = std::ranges::find(normalized, "--message");
        std::string message = at != normalized.end() && at + 1 != normalized.end()
                                  ? unmark(*(at + 1)) + " " + join(rest, " ")
                                  : join(rest, " ");
        error.with_hint("a message is one argument: -m \"" + message + "\"");
      }
      throw error;
    } catch (const CLI::ParseError& error) {
      throw usage(error.what());
    }
  }

  bool wants_version() const { return version_; }
  bool wants_help() const { return help_; }
  const CommandSpec* command() const {
    for (std::size_t i = 0; i < subcommands_.size(); ++i) {
      if (subcommands_[i]->parsed()) return &commands()[i];
    }
    return nullptr;
  }

  Invocation invocation() const {
    const CommandSpec* chosen = command();
    if (!chosen) throw usage("too few arguments");
    Invocation invocation;
    take(global_, invocation);
    invocation.program = program_;
    invocation.command = chosen->name;
    invocation.config.files = invocation.values("config");
    invocation.config.section = invocation.value("name", "alembic");
    invocation.config.x_arguments = invocation.values("x");
    if (invocation.flag("url")) invocation.config.url = invocation.value("url");
    invocation.quiet = invocation.flag("quiet");
    invocation.raise_errors = invocation.flag("raiseerr");
    take(bounds_[static_cast<std::size_t>(chosen - commands().data())], invocation);
    std::vector<std::string> missing;
    for (const PositionalSpec& each : chosen->positionals) {
      std::string name(each.name);
      if (!each.many && invocation.positionals[name].size() > 1) {
        const std::vector<std::string>& given = invocation.positionals[name];
        throw usage("unrecognized arguments: " +
                    join(std::span<const std::string>(given).subspan(1), " "));
      }
      if (each.required && invocation.positionals[name].empty()) missing.push_back(name);
    }
    if (!missing.empty()) {
      throw usage("the following arguments are required: " + join(missing, ", "));
    }
    return invocation;
  }

 private:
  Error usage(std::string message) const {
    const CommandSpec* chosen = command();
    return Error(code::kUsage, std::move(message))
        .with_hint("see '" + program_ +
                   (chosen ? " help " + std::string(chosen->name) : std::string(" --help")) + "'");
  }

  CLI::App app_;
  const std::string& program_;
  Bound global_;
  std::deque<Bound> bounds_;
  std::vector<CLI::App*> subcommands_;
  bool version_ = false;
  bool help_ = false;
};

// A link named `alembic` answers for the release it stands in for.
std::string version_text(const std::string& program) {
  std::string own(kVersion);
  if (program != "alembic") return program + " " + own + "\n";
  return program + " " + std::string(kAlembicVersion) + " (retort " + own + ")\n";
}

}  // namespace

std::optional<Invocation> parse(const std::string& program, std::span<const std::string> arguments,
                                std::string& text) {
  CommandLine line(program);
  line.parse(arguments);
  if (line.wants_version()) {
    text = version_text(program);
    return std::nullopt;
  }
  if (line.wants_help()) {
    const CommandSpec* command = line.command();
    text = command ? command_help(program, *command) : program_help(program);
    return std::nullopt;
  }
  return line.invocation();
}

}  // namespace retort::cli
