#pragma once

// A project's own migration program: every command of retort over the migrations and the models
// that are compiled into it.
//
//   #include <retort/cli.h>
//   #include "models.h"
//
//   extern const retort::Bundle app_migrations;  // retort_add_migrations()
//
//   int main(int argc, char** argv) {
//     return retort::cli::run(argc, argv, {.metadata = &app::metadata,
//                                          .bundle = &app_migrations,
//                                          .source_dir = "migrations"});
//   }
//
// The CMake function retort_add_migrate_tool() writes this file.

#include <retort/metadata.h>
#include <retort/revision.h>

#include <string>

namespace retort::cli {

struct Options {
  // The wanted schema, for `revision --autogenerate`, `check` and `dump_models`; null: none.
  const MetaData* metadata = nullptr;
  // The migrations. Without one, and without a configuration file, those of `source_dir`.
  const Bundle* bundle = nullptr;
  // Where `revision` and `merge` write new files, in the source tree.
  std::string source_dir{};
  // The database, unless --url or the environment variable DATABASE_URL names one.
  std::string database_url{};
};

// Runs what the arguments say. Returns the exit code: 0 done, 1 failed, 2 wrong arguments, 3
// changes pending. Prints what went wrong; throws nothing.
int run(int argc, char** argv, const Options& options);

}  // namespace retort::cli
