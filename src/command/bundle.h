#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "command/output.h"
#include "command/project.h"

// A program that carries a project's history: this one, with an archive of the revisions behind its
// last byte. It upgrades a database wherever it is copied to, without the project's files.
namespace retort::command {

struct BundleOptions {
  std::filesystem::path program{};  // the running executable, which is copied
  std::filesystem::path output{};
  bool force = false;  // overwrite a file that is there
};

// Throws Error(code::kUsage) when the output is there already, Error(code::kScript) for a script
// that needs other files of the project, Error(code::kFile) when the file can't be written. The
// database's URL is not put into it.
void bundle(const Project& project, const BundleOptions& options, Output& output);

// What the archive behind the running program, whose file is `program`, holds; nullopt when it was
// made without one. Throws Error(code::kFile) for an archive that is damaged or no longer there.
std::optional<Embedded> read_bundle(const std::filesystem::path& program);

}  // namespace retort::command
