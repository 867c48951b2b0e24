#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "config/settings.h"
#include "revision/graph.h"
#include "revision/plan.h"
#include "script/script.h"

namespace retort::script {

// The revisions of a project: its version locations read, and their graph. A file that can't be
// read as a revision doesn't stop the rest: it is kept in broken(), and whatever needs to know the
// whole history calls require_whole().
class Directory {
 public:
  // Throws Error(code::kConfig) when the script_location is not there.
  static Directory load(const config::Settings& settings);
  // The revision files of one folder, with those below it when `recursive`. Throws
  // Error(code::kFile) when it can't be read.
  static Directory load(const std::filesystem::path& folder, bool recursive);
  // Revisions that are in the program itself.
  static Directory of(std::vector<Script> scripts);

  const revision::Graph& graph() const { return graph_; }
  const Script& script(revision::Node node) const { return scripts_[graph_.source(node)]; }
  const std::vector<Script>& scripts() const { return scripts_; }
  // Those that a route runs, in its order.
  std::vector<const Script*> scripts_of(const revision::Route& route) const;
  // Errors of files that are not in the graph.
  const std::vector<Error>& broken() const { return broken_; }
  // What is wrong with files or the graph but stops nothing: one line each.
  std::vector<std::string> warnings() const;

  // Throws the first broken file's error: for commands that would act on a part of the history as
  // if it were all of it.
  void require_whole() const;

 private:
  void read(const std::vector<std::filesystem::path>& files);
  void link();

  std::vector<Script> scripts_;
  std::vector<Error> broken_;
  std::vector<std::string> warnings_;
  revision::Graph graph_;
};

}  // namespace retort::script
