#pragma once

#include <filesystem>

#include "script/script.h"

namespace retort::script {

// Reads what a revision file says of itself: `revision`, `down_revision`, `branch_labels`,
// `depends_on` and the docstring. Plain literals are found without evaluating the file; anything
// else is evaluated. Throws Error with the place for a file that can't be read as a revision.
Script read_script(const std::filesystem::path& path);
// The same of a text that is no file: `path` is what it is known by, and says the language.
Script read_script(SourcePtr source, const std::filesystem::path& path);

}  // namespace retort::script
