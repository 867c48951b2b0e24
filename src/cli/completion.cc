#include "cli/completion.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/table.h"

namespace retort::cli {

namespace {

std::string words(std::span<const OptionSpec> options) {
  std::string out;
  for (const OptionSpec& option : options) {
    for (const std::string& name : split(option.names, ',')) out += name + " ";
  }
  return out + "--help";
}

std::string command_names() {
  std::string out;
  for (const CommandSpec& command : commands()) {
    if (!out.empty()) out += " ";
    out += command.name;
  }
  return out;
}

// Revisions are offered from the project itself.
constexpr std::string_view kRevisionWords =
    "head heads base $(retort heads 2>/dev/null | cut -d' ' -f1)";

bool takes_revision(const CommandSpec& command) {
  return !command.positionals.empty() &&
         (command.positionals[0].name == "revision" || command.positionals[0].name == "revisions" ||
          command.positionals[0].name == "rev");
}

std::string bash_script() {
  std::string out =
      "# bash completion of retort\n_retort() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} command= word\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case $word in\n      -*) ;;\n      *) command=$word; break ;;\n    esac\n"
      "  done\n  case $command in\n";
  for (const CommandSpec& command : commands()) {
    out += "    " + std::string(command.name) + ") COMPREPLY=($(compgen -W \"" +
           words(options_of(command));
    if (takes_revision(command)) out += " " + std::string(kRevisionWords);
    out += "\" -- \"$current\")) ;;\n";
  }
  out += "    *) COMPREPLY=($(compgen -W \"" + command_names() + " " + words(global_options()) +
         "\" -- \"$current\")) ;;\n  esac\n}\ncomplete -o default -F _retort retort\n";
  return out;
}

std::string zsh_script() {
  return "#compdef retort\nautoload -U +X bashcompinit && bashcompinit\n" + bash_script();
}

std::string fish_quoted(std::string_view text) {
  return "'" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

void fish_options(std::string& out, std::span<const OptionSpec> options,
                  const std::string& condition) {
  for (const OptionSpec& option : options) {
    out += "complete -c retort -n " + fish_quoted(condition);
    for (const std::string& name : split(option.names, ',')) {
      out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.kind == OptionSpec::Kind::kValue || option.kind == OptionSpec::Kind::kRepeated) {
      out += " -r";
    }
    out += " -d " + fish_quoted(option.help) + "\n";
  }
}

std::string fish_script() {
  std::string out = "# fish completion of retort\n";
  fish_options(out, global_options(), "__fish_use_subcommand");
  for (const CommandSpec& command : commands()) {
    std::string name(command.name);
    out += "complete -c retort -n __fish_use_subcommand -f -a " + name + " -d " +
           fish_quoted(command.help) + "\n";
    fish_options(out, options_of(command), "__fish_seen_subcommand_from " + name);
    if (takes_revision(command)) {
      out += "complete -c retort -n " + fish_quoted("__fish_seen_subcommand_from " + name) +
             " -f -a 'head heads base (retort heads 2>/dev/null | cut -d\" \" -f1)'\n";
    }
  }
  return out;
}

}  // namespace

std::string completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  throw Error(code::kUsage, "no completion for the shell '" + std::string(shell) + "'")
      .with_hint("bash, zsh and fish have one");
}

}  // namespace retort::cli
