#include "command/init.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "script/templates.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

void make_folder(const fs::path& folder, Output& output) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(code::kFile, "can't make the folder '" + folder.string() + "': " + error.message());
  }
  output.status("Creating directory " + folder.string() + " ...  done");
}

void generate(const fs::path& file, std::string_view text, Output& output) {
  write_file(file, text);
  output.status("Generating " + file.string() + " ...  done");
}

bool is_empty_or_missing(const fs::path& folder) {
  std::error_code ignored;
  return !fs::exists(folder, ignored) || fs::is_empty(folder, ignored);
}

void write_pyproject(const fs::path& file, const std::string& text, Output& output) {
  std::error_code ignored;
  std::string before = fs::exists(file, ignored) ? read_file(file) : "";
  if (before.find("[tool.alembic]") != std::string::npos) {
    output.status("File " + file.string() + " already has [tool.alembic], skipping");
    return;
  }
  if (before.empty()) {
    generate(file, text, output);
    return;
  }
  write_file(file, before + "\n\n" + text);
  output.status("Appending to " + file.string() + " ...  done");
}

}  // namespace

void init(const config::ConfigRequest& request, const std::string& directory,
          const std::string& template_name, bool package, Output& output) {
  const script::ProjectTemplate& project = script::find_template(template_name);
  config::Config config = config::Config::load(request);
  fs::path folder = config.absolute(directory);
  if (!is_empty_or_missing(folder)) {
    throw Error(code::kUsage, "Directory " + directory + " already exists and is not empty");
  }
  fs::path versions = folder / "versions";
  make_folder(folder, output);
  if (project.has_versions_folder()) make_folder(versions, output);

  // The configuration names the folder from its own place, so that the project can be moved.
  std::string location = "%(here)s/" + directory;
  if (fs::path(directory).is_absolute()) location = directory;
  fs::path edited;
  for (const script::TemplateFile& file : project.files) {
    switch (file.target) {
      case script::TemplateTarget::kFolder:
        if (fs::path below = (folder / file.name).parent_path(); !fs::is_directory(below)) {
          make_folder(below, output);
        }
        generate(folder / file.name, file.text, output);
        break;
      case script::TemplateTarget::kIni: {
        fs::path ini = config.absolute(config.ini_name());
        edited = ini;
        if (config.has_ini_file()) {
          output.status("File " + ini.string() + " already exists, skipping");
        } else {
          generate(ini, script::fill_template(file, location), output);
        }
        break;
      }
      case script::TemplateTarget::kPyproject: {
        fs::path toml = config.absolute(config.pyproject_name());
        if (edited.empty()) edited = toml;
        write_pyproject(toml, script::fill_template(file, location), output);
        break;
      }
    }
  }
  if (package) {
    for (const fs::path& path : {folder / "__init__.py", versions / "__init__.py"}) {
      if (!fs::is_directory(path.parent_path())) continue;
      write_file(path, "");
      output.status("Adding " + path.string() + " ...  done");
    }
  }
  if (edited.empty()) {
    output.status("Please read " + (folder / "README").string() + " before proceeding.");
    return;
  }
  output.status("Please edit configuration/connection/logging settings in " + edited.string() +
                " before proceeding.");
}

void list_templates(bool as_json, Output& output) {
  if (as_json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const script::ProjectTemplate& project : script::project_templates()) {
      all.push_back({{"name", project.name}, {"summary", project.summary}});
    }
    output.result(all.dump(2));
    return;
  }
  output.result("Available templates:\n");
  for (const script::ProjectTemplate& project : script::project_templates()) {
    output.result(std::string(project.name) + " - " + std::string(project.summary));
  }
  output.result("\nTemplates are used via the 'init' command, e.g.:");
  output.result("\n  retort init --template generic ./scripts");
}

}  // namespace retort::command
