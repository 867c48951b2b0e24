#include "script/templates.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "script/template_data.h"

namespace retort::script {
namespace {

constexpr std::string_view kConfigEnd = ".mako";

TemplateFile template_file(std::string_view name, std::string_view text) {
  TemplateFile out{name, TemplateTarget::kFolder, text};
  if (name == "alembic.ini.mako") out.target = TemplateTarget::kIni;
  if (name == "pyproject.toml.mako") out.target = TemplateTarget::kPyproject;
  if (out.target != TemplateTarget::kFolder) out.name.remove_suffix(kConfigEnd.size());
  return out;
}

std::vector<ProjectTemplate> read_templates() {
  std::vector<ProjectTemplate> out;
  for (const TemplateData& data : template_data()) {
    std::size_t slash = data.path.find('/');
    std::string_view name = data.path.substr(0, slash);
    if (out.empty() || out.back().name != name) out.push_back({name, "", {}});
    TemplateFile file = template_file(data.path.substr(slash + 1), data.text);
    if (file.name == "README") out.back().summary = file.text.substr(0, file.text.find('\n'));
    out.back().files.push_back(file);
  }
  std::ranges::sort(out, {}, [](const ProjectTemplate& one) {
    return std::pair(one.name != "generic", one.name);
  });
  return out;
}

}  // namespace

const TemplateFile* ProjectTemplate::find(std::string_view file) const {
  auto found = std::ranges::find(files, file, &TemplateFile::name);
  return found == files.end() ? nullptr : &*found;
}

bool ProjectTemplate::has_versions_folder() const { return find("env.py") != nullptr; }

const std::vector<ProjectTemplate>& project_templates() {
  static const std::vector<ProjectTemplate> kTemplates = read_templates();
  return kTemplates;
}

const ProjectTemplate& find_template(std::string_view name) {
  std::vector<std::string> known;
  for (const ProjectTemplate& one : project_templates()) {
    if (one.name == name) return one;
    known.emplace_back(one.name);
  }
  std::string hint = did_you_mean(name, known);
  throw Error(code::kUsage, "No such template '" + std::string(name) + "'")
      .with_hint((hint.empty() ? "" : hint + " ") + "templates are " + join(known, ", "));
}

std::string fill_template(const TemplateFile& file, std::string_view script_location) {
  return replace_all(std::string(file.text), "${script_location}", script_location);
}

}  // namespace retort::script
