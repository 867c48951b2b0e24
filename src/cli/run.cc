#include "cli/run.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "base/duration.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/man_page.h"
#include "command/bundle.h"
#include "command/check.h"
#include "command/diff.h"
#include "command/dump_models.h"
#include "command/edit.h"
#include "command/init.h"
#include "command/inspect_history.h"
#include "command/migrate.h"
#include "command/move.h"
#include "command/new_revision.h"
#include "command/reset.h"

namespace retort::cli {

namespace {

command::Project open(const Invocation& invocation, Io io) {
  return command::Project::open(invocation.config, io.output, invocation.embedded);
}

command::ReportOptions report_options(const Invocation& invocation) {
  return {invocation.flag("verbose"), invocation.flag("json")};
}

// Where --backup goes; empty for the default place.
std::optional<std::string> backup(const Invocation& invocation) {
  if (!invocation.flag("backup")) return std::nullopt;
  return invocation.value("backup");
}

std::chrono::milliseconds duration(const Invocation& invocation, std::string_view option) {
  std::string text = invocation.value(option, "0");
  if (auto value = parse_duration(text)) return *value;
  throw Error(code::kUsage, "--" + std::string(option) + ": not a time: '" + text + "'")
      .with_hint("write it as 30s, 500ms or 2m");
}

// Asks on the terminal; without one only --yes will do.
bool confirm(const std::string& question) {
  if (::isatty(STDIN_FILENO) == 0) {
    throw Error(code::kUsage, "this destroys data and there is no terminal to ask on")
        .with_hint("say --yes");
  }
  std::fprintf(stderr, "%s [y/N] ", question.c_str());
  std::array<char, 16> answer{};
  if (!std::fgets(answer.data(), answer.size(), stdin)) return false;
  std::string text = to_lower(trim(answer.data()));
  return text == "y" || text == "yes";
}

command::MoveOptions move_options(const Invocation& invocation) {
  command::MoveOptions options{
      invocation.flag("sql"), invocation.value("tag"), backup(invocation), {}};
  if (invocation.flag("lock-timeout")) options.lock_timeout = duration(invocation, "lock-timeout");
  return options;
}

command::NewRevisionOptions new_revision_options(const Invocation& invocation) {
  command::NewRevisionOptions options;
  if (invocation.flag("message")) options.message = invocation.value("message");
  options.splice = invocation.flag("splice");
  options.branch_labels = invocation.values("branch-label");
  options.version_path = invocation.value("version-path");
  options.revision_id = invocation.value("rev-id");
  options.depends_on = invocation.values("depends-on");
  options.sql = invocation.flag("sql");
  return options;
}

// On a terminal a rename is asked for.
command::CompareOptions compare_options(const Invocation& invocation) {
  command::CompareOptions options;
  for (const std::string& text : invocation.values("rename")) {
    options.renames.push_back(command::parse_rename(text));
  }
  if (::isatty(STDIN_FILENO) == 0 || invocation.flag("json")) return options;
  options.ask = [](const compare::RenameCandidate& candidate) {
    return confirm("Was '" + candidate.from + "' renamed to '" + candidate.to + "'?");
  };
  return options;
}

}  // namespace

void run_branches(const Invocation& invocation, Io io) {
  command::branches(open(invocation, io), report_options(invocation), io.output);
}

void run_bundle(const Invocation& invocation, Io io) {
  command::bundle(
      open(invocation, io),
      {"/proc/self/exe", invocation.value("output", "migrate"), invocation.flag("force")},
      io.output);
}

void run_check(const Invocation& invocation, Io io) {
  command::check(open(invocation, io),
                 {compare_options(invocation), invocation.flag("json"), invocation.flag("sql")},
                 io.output, io.log);
}

void run_completion(const Invocation& invocation, Io io) {
  io.output.raw(completion_script(invocation.positional("shell")));
}

// A short name of `revision --autogenerate -m MESSAGE`.
void run_create(const Invocation& invocation, Io io) {
  Invocation full = invocation;
  full.options["message"] = {invocation.positional("message")};
  full.options["autogenerate"];
  run_revision(full, io);
}

void run_current(const Invocation& invocation, Io io) {
  command::current(open(invocation, io),
                   {report_options(invocation), invocation.flag("check-heads")}, io.output, io.log);
}

void run_diff(const Invocation& invocation, Io io) {
  command::DiffOptions options;
  options.from = invocation.positional("from");
  options.to = invocation.positional("to");
  std::string format = invocation.value("format", invocation.flag("json") ? "json" : "sql");
  if (format == "json") {
    options.format = command::DiffFormat::kJson;
  } else if (format == "operations") {
    options.format = command::DiffFormat::kOperations;
  } else if (format != "sql") {
    throw Error(code::kUsage, "--format: unknown format '" + format + "'")
        .with_hint("sql, operations or json");
  }
  options.dev_url = invocation.value("dev-url");
  options.check = invocation.flag("check");
  options.compare = compare_options(invocation);
  command::diff([&] { return open(invocation, io); }, options, io.output, io.log);
}

void run_downgrade(const Invocation& invocation, Io io) {
  command::downgrade(open(invocation, io), invocation.positional("revision", "-1"),
                     move_options(invocation), io.output, io.log);
}

void run_dump_models(const Invocation& invocation, Io io) {
  command::dump_models(open(invocation, io), io.output, io.log);
}

void run_edit(const Invocation& invocation, Io io) {
  command::edit(open(invocation, io), invocation.positional("rev"), io.output, io.log);
}

void run_ensure_version(const Invocation& invocation, Io io) {
  command::ensure_version(open(invocation, io), invocation.flag("sql"), io.output, io.log);
}

void run_heads(const Invocation& invocation, Io io) {
  command::heads(open(invocation, io), report_options(invocation),
                 invocation.flag("resolve-dependencies"), io.output);
}

void run_help(const Invocation& invocation, Io io) {
  std::string name = invocation.positional("command");
  if (name.empty()) {
    io.output.raw(program_help(invocation.program));
  } else if (const CommandSpec* command = find_command(name)) {
    io.output.raw(command_help(invocation.program, *command));
  } else {
    unknown_command(name);
  }
}

void run_history(const Invocation& invocation, Io io) {
  command::history(open(invocation, io),
                   {report_options(invocation), invocation.value("rev-range"),
                    invocation.flag("indicate-current")},
                   io.output, io.log);
}

void run_init(const Invocation& invocation, Io io) {
  command::init(invocation.config, invocation.positional("directory"),
                invocation.value("template", "generic"), invocation.flag("package"), io.output);
}

void run_list_templates(const Invocation& invocation, Io io) {
  command::list_templates(invocation.flag("json"), io.output);
}

void run_man(const Invocation&, Io io) { io.output.raw(man_page()); }

void run_merge(const Invocation& invocation, Io io) {
  command::NewRevisionOptions options = new_revision_options(invocation);
  options.merge = invocation.positionals.find("revisions")->second;
  command::new_revision(open(invocation, io), options, io.output, io.log);
}

void run_migrate(const Invocation& invocation, Io io) {
  command::MigrateOptions options;
  options.target = invocation.positional("revision", "head");
  options.wait = duration(invocation, "wait");
  options.assume = invocation.value("assume");
  options.dry_run = invocation.flag("dry-run");
  options.json = invocation.flag("json");
  options.backup = backup(invocation);
  options.tag = invocation.value("tag");
  command::migrate(open(invocation, io), options, io.output, io.log);
}

void run_reset(const Invocation& invocation, Io io) {
  command::ResetOptions options;
  options.target = invocation.positional("revision", "head");
  options.backup = invocation.value("backup");
  if (invocation.flag("no-backup")) options.backup = std::nullopt;
  options.tag = invocation.value("tag");
  bool sure = invocation.flag("yes");
  command::reset(
      open(invocation, io), options,
      [sure](const std::string& question) { return sure || confirm(question); }, io.output, io.log);
}

void run_revision(const Invocation& invocation, Io io) {
  command::NewRevisionOptions options = new_revision_options(invocation);
  options.heads = {invocation.value("head", "head")};
  options.autogenerate = invocation.flag("autogenerate");
  options.format = command::parse_format(invocation.value("format"));
  options.compare = compare_options(invocation);
  command::new_revision(open(invocation, io), options, io.output, io.log);
}

void run_show(const Invocation& invocation, Io io) {
  command::show(open(invocation, io), invocation.positional("rev"), invocation.flag("json"),
                io.output, io.log);
}

void run_stamp(const Invocation& invocation, Io io) {
  command::stamp(open(invocation, io), invocation.positionals.find("revisions")->second,
                 invocation.flag("purge"), move_options(invocation), io.output, io.log);
}

void run_upgrade(const Invocation& invocation, Io io) {
  command::upgrade(open(invocation, io), invocation.positional("revision", "head"),
                   move_options(invocation), io.output, io.log);
}

}  // namespace retort::cli
