#pragma once

#include "cli/table.h"

// From what the command line said to the command's own arguments: one function a command.
namespace retort::cli {

void run_branches(const Invocation& invocation, Io io);
void run_bundle(const Invocation& invocation, Io io);
void run_check(const Invocation& invocation, Io io);
void run_completion(const Invocation& invocation, Io io);
void run_create(const Invocation& invocation, Io io);
void run_current(const Invocation& invocation, Io io);
void run_diff(const Invocation& invocation, Io io);
void run_downgrade(const Invocation& invocation, Io io);
void run_dump_models(const Invocation& invocation, Io io);
void run_edit(const Invocation& invocation, Io io);
void run_ensure_version(const Invocation& invocation, Io io);
void run_heads(const Invocation& invocation, Io io);
void run_help(const Invocation& invocation, Io io);
void run_history(const Invocation& invocation, Io io);
void run_init(const Invocation& invocation, Io io);
void run_list_templates(const Invocation& invocation, Io io);
void run_man(const Invocation& invocation, Io io);
void run_merge(const Invocation& invocation, Io io);
void run_migrate(const Invocation& invocation, Io io);
void run_reset(const Invocation& invocation, Io io);
void run_revision(const Invocation& invocation, Io io);
void run_show(const Invocation& invocation, Io io);
void run_stamp(const Invocation& invocation, Io io);
void run_upgrade(const Invocation& invocation, Io io);

}  // namespace retort::cli
