#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace retort::script {

// Where a file of a template goes.
enum class TemplateTarget {
  kFolder,     // into the new folder, under its own name
  kIni,        // the configuration's ini file, alembic.ini
  kPyproject,  // appended to the pyproject.toml, unless that has a [tool.alembic]
};

struct TemplateFile {
  std::string_view name{};  // "env.py", "migrations/0001.cc"; of a configuration without its ".mako"
  TemplateTarget target = TemplateTarget::kFolder;
  std::string_view text{};
};

// What `init` makes a project of.
struct ProjectTemplate {
  std::string_view name{};     // "generic"
  std::string_view summary{};  // the first line of its README
  std::vector<TemplateFile> files{};

  const TemplateFile* find(std::string_view file) const;
  // Whether new revisions go into a folder `versions`: not where the template has its own place.
  bool has_versions_folder() const;
};

// In the order list_templates shows them: generic first, the others by name.
const std::vector<ProjectTemplate>& project_templates();

// Throws Error(code::kUsage) "No such template 'x'" with the known names.
const ProjectTemplate& find_template(std::string_view name);

// The text of a configuration file with its ${script_location} replaced.
std::string fill_template(const TemplateFile& file, std::string_view script_location);

}  // namespace retort::script
