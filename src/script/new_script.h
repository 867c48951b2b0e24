#pragma once

#include <filesystem>
#include <string>

#include "config/config.h"
#include "config/settings.h"
#include "script/revision_text.h"

// A new revision file: its id, its text and its place.
namespace retort::script {

// Twelve random hexadecimal digits, as Alembic's ids.
std::string new_revision_id();

// The text, made by the project's script.py.mako, or by the generic template's when there is none.
// `more` (config, template_args) are values of this evaluator and win. A text that can't be read
// back as a revision is an error: no command could run with it.
std::string render(const NewRevision& revision, const config::Settings& settings,
                   python::Evaluator& evaluator, const MakoValues& more);
// The same by the generic template, in no project.
std::string render(const NewRevision& revision);
// The bytes of a file with that text, in the project's output_encoding.
std::string encoded(const std::string& text, const config::Settings& settings,
                    python::Evaluator& evaluator);
// Where it goes below a version location. `message` is empty where none was given.
std::filesystem::path file_path(const NewRevision& revision, const std::string& message,
                                const config::Config& config, const config::Settings& settings,
                                const std::filesystem::path& version_location);

}  // namespace retort::script
