#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command/output.h"
#include "command/project.h"
#include "config/config.h"
#include "runtime/log.h"

// The one table of commands: arguments, help texts, completion and the man page are made from it.
namespace retort::cli {

struct OptionSpec {
  // An optional value can only be given as --option=value.
  enum class Kind { kFlag, kValue, kRepeated, kOptionalValue };
  std::string_view names;  // "-m,--message"
  Kind kind;
  std::string_view value;  // its name in help: "MESSAGE"
  std::string_view help;
};

struct PositionalSpec {
  std::string_view name;
  bool many;
  bool required;
  std::string_view help;
};

// What the command line said, by the longest name of each option without dashes.
struct Invocation {
  std::string program{};  // as it was called
  std::string command{};
  config::ConfigRequest config{};
  const command::Embedded* embedded = nullptr;  // null: the project is in files
  bool quiet = false;
  bool raise_errors = false;
  std::map<std::string, std::vector<std::string>, std::less<>> options{};
  std::map<std::string, std::vector<std::string>, std::less<>> positionals{};

  bool flag(std::string_view name) const { return options.find(name) != options.end(); }
  // The last value given; `otherwise` when there was none.
  std::string value(std::string_view name, std::string otherwise = "") const;
  std::vector<std::string> values(std::string_view name) const;
  std::string positional(std::string_view name, std::string otherwise = "") const;
};

struct Io {
  command::Output& output;
  runtime::Log& log;
};

struct CommandSpec {
  std::string_view name;
  std::string_view help;
  std::span<const PositionalSpec> positionals;
  std::span<const OptionSpec> options;
  void (*run)(const Invocation&, Io);
};

std::span<const CommandSpec> commands();
std::span<const OptionSpec> global_options();
// The options that a command takes: its own, and --verbose, which every command accepts.
std::vector<OptionSpec> options_of(const CommandSpec& command);

}  // namespace retort::cli
