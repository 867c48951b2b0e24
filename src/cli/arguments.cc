#include "cli/arguments.h"

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "base/text.h"

namespace retort::cli {

namespace {

// Before every value and positional: neither "-1" nor a revision named like a command misleads a
// parser.
constexpr std::string_view kMark = "\x01";

using Options = std::span<const OptionSpec>;

bool is_relative_revision(std::string_view argument) {
  return argument.size() > 1 && argument[0] == '-' &&
         std::isdigit(static_cast<unsigned char>(argument[1]));
}

bool has_name(const OptionSpec& option, std::string_view name) {
  std::vector<std::string> names = split(option.names, ',');
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> long_options(Options options) {
  std::vector<std::string> names{"--help"};
  if (options.data() == global_options().data()) names.push_back("--version");
  for (const OptionSpec& option : options) {
    for (const std::string& name : split(option.names, ',')) {
      if (name.starts_with("--")) names.push_back(name);
    }
  }
  return names;
}

const OptionSpec* find_option(Options options, std::string_view name) {
  for (const OptionSpec& option : options) {
    if (has_name(option, name)) return &option;
  }
  return nullptr;
}

// The name of a long option written out; unchanged when nothing known starts so.
std::string expand(const std::string& name, Options options) {
  if (!name.starts_with("--") || name.size() < 3) return name;
  std::vector<std::string> matches;
  for (const std::string& known : long_options(options)) {
    if (known == name) return name;
    if (known.starts_with(name)) matches.push_back(known);
  }
  if (matches.size() > 1) {
    throw Error(code::kUsage, "ambiguous option: " + name + " could match " + join(matches, ", "));
  }
  return matches.empty() ? name : matches[0];
}

class Normalizer {
 public:
  Normalizer(const std::string& program, std::span<const std::string> arguments)
      : program_(program), arguments_(arguments) {}

  std::vector<std::string> run() {
    bool only_positionals = false;
    for (; at_ < arguments_.size(); ++at_) {
      const std::string& argument = arguments_[at_];
      if (only_positionals) {
        out_.push_back(std::string(kMark) + argument);
      } else if (argument == "--") {
        only_positionals = true;
        out_.push_back(argument);
      } else if (argument.starts_with("-") && argument.size() > 1) {
        dashed(argument);
      } else {
        positional(argument);
      }
    }
    return std::move(out_);
  }

 private:
  void positional(const std::string& argument) {
    if (command_) {
      out_.push_back(std::string(kMark) + argument);
      return;
    }
    command_ = find_command(argument);
    if (!command_) unknown_command(argument);
    options_ = options_of(*command_);
    out_.push_back(argument);
  }

  // A command named further on, which a misplaced option may belong to.
  const CommandSpec* later_command() const {
    for (const std::string& argument : arguments_.subspan(at_)) {
      if (const CommandSpec* found = find_command(argument)) return found;
    }
    return nullptr;
  }

  [[noreturn]] void unknown_option(const std::string& argument, const std::string& name) const {
    Error error(code::kUsage, "unrecognized arguments: " + argument);
    if (!command_) {
      const CommandSpec* later = later_command();
      if (later && find_option(options_of(*later), name)) {
        throw error.with_hint(name + " goes after the command: " + program_ + " " +
                              std::string(later->name) + " ... " + name);
      }
      throw error.with_hint(did_you_mean(name, long_options(global_options())));
    }
    if (find_option(global_options(), name)) {
      throw error.with_hint(name + " goes before the command: " + program_ + " " + name + " ... " +
                            std::string(command_->name));
    }
    std::string hint = did_you_mean(name, long_options(options_));
    for (std::string_view revision : {"head", "heads", "base"}) {
      if (command_->positionals.empty() || name != "--" + std::string(revision)) continue;
      hint = "a revision has no dashes: " + program_ + " " + std::string(command_->name) + " " +
             std::string(revision);
    }
    if (hint.empty()) hint = "see '" + program_ + " help " + std::string(command_->name) + "'";
    throw error.with_hint(hint);
  }

  void dashed(const std::string& argument) {
    Options options = command_ ? Options(options_) : global_options();
    std::size_t equals = argument.find('=');
    bool is_long = argument.starts_with("--");
    std::string name = expand(is_long ? argument.substr(0, equals) : argument, options);
    if (name == "--help" || (!command_ && name == "--version")) {
      out_.push_back(name);
      return;
    }
    const OptionSpec* option = find_option(options, name);
    if (!option) {
      if (command_ && !command_->positionals.empty() && is_relative_revision(argument)) {
        out_.push_back(std::string(kMark) + argument);
      } else if (is_long) {
        unknown_option(argument, name);
      } else if (argument.size() == 2 && argument != "-h") {
        unknown_option(argument, argument);
      } else {
        out_.push_back(argument);  // -h, -vi, -mtext
      }
      return;
    }
    bool has_value = is_long && equals != std::string::npos;
    if (option->kind == OptionSpec::Kind::kFlag) {
      out_.push_back(name + (has_value ? argument.substr(equals) : ""));
    } else if (has_value) {
      put(*option, argument.substr(equals + 1));
    } else if (option->kind == OptionSpec::Kind::kOptionalValue) {
      put(*option, "");
    } else {
      put_next(*option, name, options);
    }
  }

  void put_next(const OptionSpec& option, const std::string& name, Options options) {
    if (at_ + 1 >= arguments_.size() || find_option(options, arguments_[at_ + 1])) {
      throw Error(code::kUsage, "argument " + replace_all(std::string(option.names), ",", "/") +
                                    ": expected one argument")
          .with_hint("say " + name + (name.starts_with("--") ? "=" : " ") +
                     std::string(option.value));
    }
    put(option, arguments_[++at_]);
  }

  void put(const OptionSpec& option, const std::string& value) {
    std::string full = "--" + long_name(option);
    out_.push_back(has_name(option, full) ? full : "-" + long_name(option));
    out_.push_back(std::string(kMark) + value);
  }

  const std::string& program_;
  std::span<const std::string> arguments_;
  std::size_t at_ = 0;
  const CommandSpec* command_ = nullptr;
  std::vector<OptionSpec> options_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> normalize(const std::string& program,
                                   std::span<const std::string> arguments) {
  return Normalizer(program, arguments).run();
}

std::string unmark(std::string text) {
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::string long_name(const OptionSpec& option) {
  std::string longest;
  for (const std::string& name : split(option.names, ',')) {
    std::size_t dashes = name.find_first_not_of('-');
    if (name.size() - dashes > longest.size()) longest = name.substr(dashes);
  }
  return longest;
}

const CommandSpec* find_command(std::string_view name) {
  for (const CommandSpec& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

void unknown_command(const std::string& name) {
  // What the commands of other tools are called here.
  static constexpr std::pair<std::string_view, std::string_view> kElsewhere[] = {
      {"db", "leave 'db' away: the commands of 'flask db' stand alone here"},
      {"makemigrations", "new revisions are made by 'revision --autogenerate -m \"...\"'"},
      {"generate", "new revisions are made by 'revision --autogenerate -m \"...\"'"},
      {"showmigrations", "'history' lists the revisions, 'current' says which are applied"},
      {"status", "'current' says what is applied, 'history' lists the revisions"},
      {"rollback", "'downgrade -1' goes one revision back"},
      {"version", "'--version' prints the program's version, 'current' the database's revision"}};
  for (const auto& [elsewhere, hint] : kElsewhere) {
    if (name == elsewhere) {
      throw Error(code::kUsage, "invalid command '" + name + "'").with_hint(std::string(hint));
    }
  }
  std::vector<std::string> names;
  std::vector<std::string> begin_so;
  for (const CommandSpec& command : commands()) {
    names.emplace_back(command.name);
    if (!name.empty() && command.name.starts_with(name)) begin_so.emplace_back(command.name);
  }
  std::string hint =
      begin_so.size() == 1 ? "did you mean '" + begin_so[0] + "'?" : did_you_mean(name, names);
  throw Error(code::kUsage, "invalid command '" + name + "'")
      .with_hint(hint.empty() ? "'help' lists the commands" : hint);
}

}  // namespace retort::cli
