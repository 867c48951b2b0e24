#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <deque>

#include "base/error.h"
#include "base/text.h"
#include "cli/version.h"

namespace retort::cli {

namespace {

// Argument parsing is CLI11's, with two habits of Python's argparse that Alembic's users have: long
// options may be abbreviated, and "-1" is a revision where a positional is expected.

constexpr std::string_view kRelativeMark = "\x01";

bool is_relative_revision(const std::string& argument) {
  return argument.size() > 1 && argument[0] == '-' &&
         std::isdigit(static_cast<unsigned char>(argument[1]));
}

std::string unmark(std::string text) {
  return text.starts_with(kRelativeMark) ? text.substr(kRelativeMark.size()) : text;
}

std::string long_name(const OptionSpec& option) {
  std::string longest;
  for (const std::string& name : split(option.names, ',')) {
    std::size_t dashes = name.find_first_not_of('-');
    if (name.size() - dashes > longest.size()) longest = name.substr(dashes);
  }
  return longest;
}

std::vector<std::string> long_options(std::span<const OptionSpec> options) {
  std::vector<std::string> names{"--help"};
  for (const OptionSpec& option : options) {
    for (const std::string& name : split(option.names, ',')) {
      if (name.starts_with("--")) names.push_back(name);
    }
  }
  return names;
}

std::string expand_abbreviation(const std::string& argument, std::span<const OptionSpec> options) {
  if (!argument.starts_with("--") || argument.size() < 3) return argument;
  std::size_t equals = std::min(argument.find('='), argument.size());
  std::string name = argument.substr(0, equals);
  std::vector<std::string> matches;
  for (const std::string& known : long_options(options)) {
    if (known == name) return argument;
    if (known.starts_with(name)) matches.push_back(known);
  }
  if (matches.empty()) return argument;
  if (matches.size() > 1) {
    throw Error(code::kUsage, "ambiguous option: " + name + " could match " + join(matches, ", "));
  }
  return matches[0] + argument.substr(equals);
}

const CommandSpec* find_command(const std::string& name) {
  for (const CommandSpec& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

// Whether a global option's value is the next argument.
bool takes_next(const std::string& argument) {
  if (argument.find('=') != std::string::npos) return false;
  for (const OptionSpec& option : global_options()) {
    if (option.kind == OptionSpec::Kind::kFlag) continue;
    std::vector<std::string> names = split(option.names, ',');
    if (std::ranges::find(names, argument) != names.end()) return true;
  }
  return false;
}

std::vector<std::string> normalize(std::span<const std::string> arguments) {
  std::vector<std::string> out;
  const CommandSpec* command = nullptr;
  bool value_follows = false;
  for (const std::string& argument : arguments) {
    if (value_follows) {
      value_follows = false;
      out.push_back(argument);
      continue;
    }
    if (!command) {
      std::string expanded = expand_abbreviation(argument, global_options());
      value_follows = takes_next(expanded);
      if (!value_follows && !expanded.starts_with("-")) command = find_command(expanded);
      out.push_back(std::move(expanded));
    } else if (is_relative_revision(argument) && !command->positionals.empty()) {
      out.push_back(std::string(kRelativeMark) + argument);
    } else {
      out.push_back(expand_abbreviation(argument, command->options));
    }
  }
  return out;
}

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
    own.option->type_name(std::string(spec.value))->expected(1);
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
    own.option->type_name("")->expected(1, spec.many ? 1000 : 1);
    if (spec.required) own.option->required();
  }
}

void take(const Bound& bound, Invocation& invocation) {
  for (const Bound::Option& option : bound.options) {
    if (option.option->count() > 0) invocation.options[option.name] = option.values;
  }
  for (const Bound::Option& option : bound.positionals) {
    std::vector<std::string> values;
    for (const std::string& value : option.values) values.push_back(unmark(value));
    if (!values.empty()) invocation.positionals[option.name] = std::move(values);
  }
}

[[noreturn]] void unknown_command(const std::string& name) {
  std::vector<std::string> names;
  for (const CommandSpec& command : commands()) names.emplace_back(command.name);
  throw Error(code::kUsage,
              "invalid command '" + name + "' (choose from " + join(names, ", ") + ")")
      .with_hint(did_you_mean(name, names));
}

std::string usage_message(const CLI::ParseError& error) {
  return replace_all(error.what(), kRelativeMark, "");
}

}  // namespace

std::optional<Invocation> parse(const std::string& program, std::span<const std::string> arguments,
                                std::string& text) {
  CLI::App app("Schema migrations, native: Alembic's commands on Alembic's files.", program);
  app.set_version_flag("--version", program + " " + std::string(kVersion));
  app.option_defaults()->always_capture_default(false);
  Bound global;
  add_options(app, global_options(), global);
  std::map<std::string, Bound> bounds;
  std::map<std::string, CLI::App*> subcommands;
  for (const CommandSpec& command : commands()) {
    std::string name(command.name);
    CLI::App* subcommand = app.add_subcommand(name, std::string(command.help));
    add_positionals(*subcommand, command.positionals, bounds[name]);
    add_options(*subcommand, command.options, bounds[name]);
    subcommands[name] = subcommand;
  }

  std::vector<std::string> normalized = normalize(arguments);
  for (const std::string& argument : normalized) {
    if (!argument.starts_with("-")) break;
    if (takes_next(argument)) break;
  }
  try {
    std::vector<std::string> reversed(normalized.rbegin(), normalized.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    for (const auto& [name, subcommand] : subcommands) {
      if (subcommand->parsed()) {
        text = subcommand->help();
        return std::nullopt;
      }
    }
    text = app.help();
    return std::nullopt;
  } catch (const CLI::CallForVersion& version) {
    text = std::string(version.what()) + "\n";
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    std::vector<std::string> rest = app.remaining();
    bool has_command =
        std::ranges::any_of(subcommands, [](const auto& each) { return each.second->parsed(); });
    if (!has_command && !rest.empty() && !rest[0].starts_with("-")) unknown_command(rest[0]);
    throw Error(code::kUsage, usage_message(error)).with_hint("see '" + program + " --help'");
  }

  Invocation invocation;
  take(global, invocation);
  invocation.config.files = invocation.values("config");
  invocation.config.section = invocation.value("name", "alembic");
  invocation.config.x_arguments = invocation.values("x");
  invocation.quiet = invocation.flag("quiet");
  invocation.raise_errors = invocation.flag("raiseerr");
  for (const auto& [name, subcommand] : subcommands) {
    if (!subcommand->parsed()) continue;
    invocation.command = name;
    take(bounds[name], invocation);
  }
  if (invocation.command.empty()) {
    throw Error(code::kUsage, "too few arguments").with_hint("see '" + program + " --help'");
  }
  return invocation;
}

}  // namespace retort::cli
