#pragma once

#include <string>

#include "command/output.h"
#include "command/project.h"

// The commands that tell of the history and of where a database stands in it. They change nothing.
namespace retort::command {

struct ReportOptions {
  bool verbose = false;
  bool json = false;
};

void heads(const Project& project, const ReportOptions& options, bool resolve_dependencies,
           Output& output);
void branches(const Project& project, const ReportOptions& options, Output& output);

struct HistoryOptions : ReportOptions {
  std::string range{};  // "start:end"
  bool indicate_current = false;
};
void history(const Project& project, const HistoryOptions& options, Output& output,
             runtime::Log& log);

struct CurrentOptions : ReportOptions {
  bool check_heads = false;  // fail when the database is not at all heads
};
void current(const Project& project, const CurrentOptions& options, Output& output,
             runtime::Log& log);

void show(const Project& project, const std::string& revision, bool json, Output& output,
          runtime::Log& log);

// The revisions that `revision` names: ids, symbols, `current`.
std::vector<revision::Node> named_revisions(const Project& project, const std::string& revision,
                                            Output& output, runtime::Log& log);

}  // namespace retort::command
