#include <retort/cli.h>

#include <csignal>
#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "cli/app.h"
#include "library/bundle.h"
#include "library/schema.h"

namespace retort::cli {

namespace {

namespace fs = std::filesystem;

// As the value of an option in an ini file.
std::string ini_value(const std::string& text) { return replace_all(text, "%", "%%"); }

std::string ini_text(const Options& options) {
  std::string folder = options.source_dir.empty() ? "." : options.source_dir;
  std::string text = "[alembic]\nscript_location = " + ini_value(folder) +
                     "\nversion_locations = " + ini_value(folder) +
                     "\npath_separator = newline\nuse_env_py = false\n";
  // A database of the environment goes before the program's own.
  bool named = config::process_environment()("DATABASE_URL").has_value();
  if (!options.database_url.empty() && !named) {
    text += "sqlalchemy.url = " + ini_value(options.database_url) + "\n";
  }
  return text;
}

command::Embedded embedded(const Options& options) {
  command::Embedded out;
  out.has_source = !options.source_dir.empty();
  out.ini = ini_text(options);
  if (options.bundle != nullptr) {
    out.has_scripts = true;
    out.scripts = library::scripts_of(*options.bundle);
    if (!options.source_dir.empty()) {
      for (script::Script& script : out.scripts) {
        script.path = fs::path(options.source_dir) / script.path;
      }
    }
  }
  if (const MetaData* metadata = options.metadata) {
    out.metadata = [metadata] {
      return std::vector<schema::MetaData>{library::to_metadata(*metadata)};
    };
  }
  return out;
}

}  // namespace

int run(int argc, char** argv, const Options& options) {
  constexpr int kFailed = 1;
  std::signal(SIGPIPE, SIG_IGN);
  watch_interrupts();
  try {
    std::string program = argc > 0 ? fs::path(argv[0]).filename().string() : "migrate";
    std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    command::Embedded own = embedded(options);
    return ended(run_program(program, arguments, &own));
  } catch (const Error& error) {
    std::fprintf(stderr, "FAILED: %s\n", error.render().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "FAILED: %s\n", error.what());
  }
  return kFailed;
}

}  // namespace retort::cli
