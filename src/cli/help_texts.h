#pragma once

#include <array>
#include <span>
#include <string_view>

// What help says beyond the table of commands: which commands belong together, and of each what
// its one line leaves out.
namespace retort::cli {

struct HelpGroup {
  std::string_view title;
  std::span<const std::string_view> commands;
};
// In the order in which a person meets them. A command that is in none of them is listed last.
std::span<const HelpGroup> help_groups();

struct HelpExample {
  std::string_view arguments;  // after the program's name
  std::string_view meaning;
};
struct HelpText {
  std::string_view command;
  std::string_view details;  // paragraphs, separated by a newline
  std::span<const HelpExample> examples;
};
// nullptr for a command whose one line says everything.
const HelpText* help_text(std::string_view command);

}  // namespace retort::cli
