#include "cli/help.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/help_texts.h"

namespace retort::cli {

namespace {

constexpr std::size_t kColumn = 26;  // where the explanations start
constexpr std::size_t kNarrow = 50;
constexpr std::size_t kDefaultWidth = 80;
constexpr std::size_t kWidest = 100;

std::size_t text_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
    return kDefaultWidth;
  }
  return std::clamp<std::size_t>(size.ws_col, kNarrow, kWidest);
}

// The words of `text` in lines of at most `width` characters.
std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines{""};
  for (const std::string& word : split(text, ' ')) {
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (line.size() + 1 + word.size() <= width) {
      line += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

void add_paragraphs(std::string& out, std::string_view text) {
  for (const std::string& paragraph : split(text, '\n')) {
    for (const std::string& line : wrap(paragraph, text_width())) out += line + "\n";
  }
}

// "  name      explanation", the explanation wrapped in a column of its own.
void add_row(std::string& out, const std::string& name, std::string_view explanation) {
  std::string start = "  " + name;
  if (start.size() + 2 > kColumn) {
    out += start + "\n";
    start.clear();
  }
  start.resize(kColumn, ' ');
  for (const std::string& line : wrap(explanation, text_width() - kColumn)) {
    out += start + line + "\n";
    start.assign(kColumn, ' ');
  }
}

std::string option_name(const OptionSpec& option) {
  std::string out = replace_all(std::string(option.names), ",", ", ");
  switch (option.kind) {
    case OptionSpec::Kind::kFlag:
      return out;
    case OptionSpec::Kind::kOptionalValue:
      return out + "[=" + std::string(option.value) + "]";
    case OptionSpec::Kind::kValue:
    case OptionSpec::Kind::kRepeated:
      return out + " " + std::string(option.value);
  }
  return out;
}

void add_options(std::string& out, std::span<const OptionSpec> options) {
  for (const OptionSpec& option : options) add_row(out, option_name(option), option.help);
  add_row(out, "-h, --help", "Print this help.");
}

std::string positional_name(const PositionalSpec& positional) {
  std::string name = to_upper(positional.name) + (positional.many ? "..." : "");
  return positional.required ? name : "[" + name + "]";
}

std::string signature(const CommandSpec& command) {
  std::string out(command.name);
  for (const PositionalSpec& each : command.positionals) out += " " + positional_name(each);
  return out;
}

void add_group(std::string& out, std::string_view title,
               const std::vector<const CommandSpec*>& members) {
  if (members.empty()) return;
  out += "\n" + std::string(title) + ":\n";
  for (const CommandSpec* command : members) add_row(out, signature(*command), command->help);
}

}  // namespace

std::string program_help(const std::string& program) {
  std::string out =
      "Schema migrations as one native program: Alembic's commands on Alembic's files.\n\n";
  out += "Usage: " + program + " [OPTIONS] COMMAND [ARGUMENTS]\n";
  std::vector<const CommandSpec*> left;
  for (const CommandSpec& command : commands()) left.push_back(&command);
  for (const HelpGroup& group : help_groups()) {
    std::vector<const CommandSpec*> members;
    for (std::string_view name : group.commands) {
      auto found = std::ranges::find(left, name, &CommandSpec::name);
      if (found == left.end()) continue;
      members.push_back(*found);
      left.erase(found);
    }
    add_group(out, group.title, members);
  }
  add_group(out, "Other", left);
  out += "\nOptions, before the command:\n";
  add_options(out, global_options());
  add_row(out, "--version", "Print the version.");
  out += "\n'" + program + " help COMMAND' says more about one command.\n";
  return out;
}

std::string command_help(const std::string& program, const CommandSpec& command) {
  std::vector<OptionSpec> options = options_of(command);
  std::string out = "Usage: " + program + " [OPTIONS] " + signature(command) + " [OPTIONS]\n\n";
  add_paragraphs(out, command.help);
  const HelpText* text = help_text(command.name);
  if (text && !text->details.empty()) {
    out += "\n";
    add_paragraphs(out, text->details);
  }
  if (!command.positionals.empty()) {
    out += "\nArguments:\n";
    for (const PositionalSpec& each : command.positionals) {
      add_row(out, to_upper(each.name), each.help);
    }
  }
  out += "\nOptions:\n";
  add_options(out, options);
  if (text && !text->examples.empty()) {
    out += "\nExamples:\n";
    for (const HelpExample& example : text->examples) {
      out += "  " + program + " " + std::string(example.arguments) + "\n      " +
             std::string(example.meaning) + "\n";
    }
  }
  return out;
}

}  // namespace retort::cli
