#include "cli/run.h"

#include "cli/arguments.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/man_page.h"
#include "command/edit.h"
#include "command/init.h"
#include "command/inspect_history.h"
#include "command/move.h"
#include "command/new_revision.h"

namespace retort::cli {

namespace {

command::Project open(const Invocation& invocation, Io io) {
  return command::Project::open(invocation.config, io.output);
}

command::ReportOptions report_options(const Invocation& invocation) {
  return {invocation.flag("verbose"), invocation.flag("json")};
}

command::MoveOptions move_options(const Invocation& invocation) {
  return {invocation.flag("sql"), invocation.value("tag")};
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

}  // namespace

void run_branches(const Invocation& invocation, Io io) {
  command::branches(open(invocation, io), report_options(invocation), io.output);
}

void run_completion(const Invocation& invocation, Io io) {
  io.output.raw(completion_script(invocation.positional("shell")));
}

void run_current(const Invocation& invocation, Io io) {
  command::current(open(invocation, io),
                   {report_options(invocation), invocation.flag("check-heads")}, io.output, io.log);
}

void run_downgrade(const Invocation& invocation, Io io) {
  command::downgrade(open(invocation, io), invocation.positional("revision", "-1"),
                     move_options(invocation), io.output, io.log);
}

void run_edit(const Invocation& invocation, Io io) {
  command::edit(open(invocation, io), invocation.positional("rev"), io.log);
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

void run_list_templates(const Invocation&, Io io) { command::list_templates(io.output); }

void run_man(const Invocation&, Io io) { io.output.raw(man_page()); }

void run_merge(const Invocation& invocation, Io io) {
  command::NewRevisionOptions options = new_revision_options(invocation);
  options.merge = invocation.positionals.find("revisions")->second;
  command::new_revision(open(invocation, io), options, io.output, io.log);
}

void run_revision(const Invocation& invocation, Io io) {
  command::NewRevisionOptions options = new_revision_options(invocation);
  options.heads = {invocation.value("head", "head")};
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
