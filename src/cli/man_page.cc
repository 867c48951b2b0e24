#include "cli/man_page.h"

#include "base/text.h"
#include "cli/table.h"
#include "cli/version.h"

namespace retort::cli {

namespace {

std::string roff(std::string_view text) {
  std::string out = replace_all(replace_all(std::string(text), "\\", "\\e"), "-", "\\-");
  return out.starts_with(".") || out.starts_with("'") ? "\\&" + out : out;
}

void add_options(std::string& out, std::span<const OptionSpec> options) {
  for (const OptionSpec& option : options) {
    out += ".TP\n\\fB" + roff(replace_all(std::string(option.names), ",", ", ")) + "\\fR";
    if (option.kind == OptionSpec::Kind::kOptionalValue) {
      out += "[=\\fI" + roff(option.value) + "\\fR]";
    } else if (option.kind != OptionSpec::Kind::kFlag) {
      out += " \\fI" + roff(option.value) + "\\fR";
    }
    out += "\n" + roff(option.help) + "\n";
  }
}

}  // namespace

std::string man_page() {
  std::string out = ".TH RETORT 1 \"\" \"retort " + std::string(kVersion) +
                    "\"\n.SH NAME\nretort \\- schema migrations as one native program\n"
                    ".SH SYNOPSIS\n\\fBretort\\fR [\\fIoptions\\fR] \\fIcommand\\fR "
                    "[\\fIarguments\\fR]\n.SH DESCRIPTION\nRuns the migrations of an Alembic "
                    "project: its alembic.ini, its revisions and its version table, without "
                    "Python.\n.SH OPTIONS\n";
  add_options(out, global_options());
  out += ".SH COMMANDS\n";
  for (const CommandSpec& command : commands()) {
    out += ".SS " + std::string(command.name);
    for (const PositionalSpec& positional : command.positionals) {
      out += " \\fI" + std::string(positional.name) + "\\fR" + (positional.many ? "..." : "");
    }
    out += "\n" + roff(command.help) + "\n";
    for (const PositionalSpec& positional : command.positionals) {
      out += ".TP\n\\fI" + std::string(positional.name) + "\\fR\n" + roff(positional.help) + "\n";
    }
    add_options(out, options_of(command));
  }
  out +=
      ".SH EXIT STATUS\n0 done; 1 failed, with a message on standard error; 2 wrong arguments; 3 "
      "changes pending.\n.SH ENVIRONMENT\n.TP\nALEMBIC_CONFIG\nThe configuration file when "
      "\\fB\\-c\\fR is not given.\n.TP\nDATABASE_URL\nThe database when the configuration "
      "names none.\n.TP\nEDITOR, VISUAL\nThe editor of \\fBedit\\fR.\n";
  return out;
}

}  // namespace retort::cli
