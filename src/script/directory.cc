#include "script/directory.h"

#include <algorithm>
#include <future>
#include <optional>
#include <set>
#include <thread>

#include "base/file.h"
#include "base/text.h"
#include "script/header.h"
#include "script/sql_script.h"

namespace retort::script {

namespace fs = std::filesystem;

namespace {

// Alembic's rule for names: anything that ends in .py but __init__* and editors' ".#" locks. Of
// .sql files only those that say so are revisions; scripts read others.
bool is_revision_file(const fs::path& path, std::string_view name) {
  if (name.starts_with(".#")) return false;
  if (name.ends_with(".sql")) return is_sql_revision(read_file(path));
  return name.ends_with(".py") && !name.starts_with("__init__");
}

void list_folder(const fs::path& folder, bool recursive, std::vector<fs::path>& files) {
  std::vector<std::string> here;
  std::vector<std::string> folders;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (recursive && name != "__pycache__" && entry.is_directory(ignored)) {
      folders.push_back(std::move(name));
    } else if (is_revision_file(entry.path(), name)) {
      here.push_back(std::move(name));
    }
  }
  if (error) {
    throw Error(code::kFile, "can't read the folder '" + folder.string() + "': " + error.message());
  }
  std::ranges::sort(here);
  std::ranges::sort(folders);
  for (const std::string& name : here) files.push_back(folder / name);
  for (const std::string& name : folders) list_folder(folder / name, recursive, files);
}

std::vector<fs::path> list_files(const config::Settings& settings,
                                 std::vector<std::string>& warnings) {
  std::vector<fs::path> files;
  for (const fs::path& location : settings.version_locations) {
    std::error_code ignored;
    if (!fs::is_directory(location, ignored)) continue;
    list_folder(location, settings.recursive_version_locations, files);
  }
  if (settings.version_locations.size() < 2) return files;
  std::set<fs::path> seen;
  std::erase_if(files, [&](const fs::path& file) {
    if (seen.insert(fs::weakly_canonical(file)).second) return false;
    warnings.push_back("File " + file.string() +
                       " loaded twice! ignoring. Please ensure "
                       "version_locations is unique.");
    return true;
  });
  return files;
}

// Folders beside the missing one that look like it.
std::string other_folder(const fs::path& missing) {
  std::error_code ignored;
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(missing.parent_path(), ignored)) {
    if (fs::is_regular_file(entry.path() / "env.py", ignored)) {
      found.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(found);
  if (found.empty()) return "";
  return "there is an env.py in " + join(found, ", ") +
         ": is that what script_location should name?";
}

}  // namespace

Directory Directory::load(const config::Settings& settings) {
  std::error_code ignored;
  if (!fs::is_directory(settings.script_directory, ignored)) {
    throw Error(code::kConfig, "Path doesn't exist: " + settings.script_directory.string() +
                                   ".  Please use the 'init' command to create a new scripts "
                                   "folder.")
        .with_hint(other_folder(settings.script_directory));
  }
  Directory directory;
  directory.read(list_files(settings, directory.warnings_));
  return directory;
}

Directory Directory::load(const fs::path& folder, bool recursive) {
  std::vector<fs::path> files;
  list_folder(folder, recursive, files);
  Directory directory;
  directory.read(files);
  return directory;
}

Directory Directory::of(std::vector<Script> scripts) {
  Directory directory;
  directory.scripts_ = std::move(scripts);
  directory.link();
  return directory;
}

// A long history is read by several threads: most of the time goes into opening files.
void Directory::read(const std::vector<fs::path>& files) {
  constexpr std::size_t kWorthAThread = 500;  // files
  std::vector<Script> scripts(files.size());
  std::vector<std::optional<Error>> errors(files.size());
  const auto read_part = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      try {
        scripts[i] = read_script(files[i]);
      } catch (const Error& error) {
        errors[i] = error;
      }
    }
  };
  std::size_t parts = std::clamp<std::size_t>(files.size() / kWorthAThread, 1,
                                              std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::future<void>> others;
  for (std::size_t part = 1; part < parts; ++part) {
    others.push_back(
        std::async(read_part, files.size() * part / parts, files.size() * (part + 1) / parts));
  }
  read_part(0, files.size() / parts);
  for (std::future<void>& other : others) other.get();
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (errors[i]) {
      broken_.push_back(std::move(*errors[i]));
    } else {
      scripts_.push_back(std::move(scripts[i]));
    }
  }
  link();
}

std::vector<const Script*> Directory::scripts_of(const revision::Route& route) const {
  std::vector<const Script*> found;
  for (const revision::Step& step : route.steps) {
    if (step.revision) found.push_back(&script(*step.revision));
  }
  return found;
}

void Directory::link() {
  std::vector<revision::Revision> revisions;
  revisions.reserve(scripts_.size());
  for (const Script& script : scripts_) revisions.push_back(script.revision);
  graph_ = revision::Graph(std::move(revisions));
}

std::vector<std::string> Directory::warnings() const {
  std::vector<std::string> out = warnings_;
  for (const Error& error : broken_) {
    out.push_back("this file is left out of the history: " + error.render());
  }
  for (const revision::Diagnostic& diagnostic : graph_.diagnostics()) {
    bool missing = diagnostic.kind == revision::Diagnostic::Kind::kMissingParent ||
                   diagnostic.kind == revision::Diagnostic::Kind::kMissingDependency;
    std::optional<revision::Node> node =
        missing ? graph_.find(diagnostic.revisions.front()) : std::nullopt;
    std::string where = node ? script(*node).path.string() : "";
    if (diagnostic.kind == revision::Diagnostic::Kind::kDuplicateRevision) {
      std::vector<std::string> paths;
      for (const Script& one : scripts_) {
        if (one.revision.id == diagnostic.revisions.front()) paths.push_back(one.path.string());
      }
      where = join(paths, ", ") + ": the last one counts";
    }
    out.push_back(diagnostic.message + (where.empty() ? "" : " (" + where + ")"));
  }
  return out;
}

void Directory::require_whole() const {
  if (broken_.empty()) return;
  throw Error(broken_.front());
}

}  // namespace retort::script
