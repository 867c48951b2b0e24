#pragma once

#include <string_view>

namespace retort::command {

// Where a command's words go. Results are what the command was asked for and are never dropped;
// status says what it is doing ("Generating ... done") and is dropped by --quiet.
class Output {
 public:
  virtual ~Output() = default;
  virtual void result(std::string_view text) = 0;  // one or more lines, without the last newline
  virtual void status(std::string_view line) = 0;
  virtual void warning(std::string_view line) = 0;
  // Text as it is, for --sql.
  virtual void raw(std::string_view text) = 0;
};

}  // namespace retort::command
