#include "models/program.h"

#include <sys/wait.h>

#include <cstdio>
#include <memory>

#include "base/error.h"
#include "base/text.h"
#include "models/ddl.h"
#include "models/json.h"

namespace retort::models {

namespace {

// As a shell takes it whatever it holds.
std::string shell_word(const std::string& text) {
  return "'" + replace_all(text, "'", "'\\''") + "'";
}

struct Close {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

}  // namespace

std::string program_output(const std::string& command, const std::filesystem::path& folder) {
  const std::string line =
      folder.empty() ? command : "cd " + shell_word(folder.string()) + " && " + command;
  std::unique_ptr<std::FILE, Close> pipe(::popen(line.c_str(), "r"));
  if (!pipe) throw Error(code::kConfig, "the program of the wanted schema can't be started");
  std::string text;
  char part[4096];
  for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, pipe.get())) > 0;) {
    text.append(part, n);
  }
  const int status = ::pclose(pipe.release());
  if (status != 0) {
    const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    throw Error(code::kConfig, "the program of the wanted schema ended with exit code " +
                                   std::to_string(exit_code) + ": " + command)
        .with_hint("it must print the schema as JSON or SQL, and end with 0");
  }
  return text;
}

bool is_json(std::string_view text) { return trim(text).starts_with('{'); }

std::string_view command_of(std::string_view source) {
  constexpr std::string_view kPrefix = "exec:";
  return source.starts_with(kPrefix) ? trim(source.substr(kPrefix.size())) : std::string_view();
}

schema::MetaData program_schema(const std::string& command, const std::filesystem::path& folder,
                                const std::function<database::Connection&()>& scratch) {
  std::string text = program_output(command, folder);
  // No schema would be one without tables, and everything would be dropped.
  if (trim(text).empty()) {
    throw Error(code::kConfig, "the program of the wanted schema printed nothing: " + command)
        .with_hint("it must print the schema as JSON or SQL to its standard output");
  }
  std::string origin = "the output of '" + command + "'";
  if (is_json(text)) return from_json(text, origin);
  return ddl_schema_of(text, origin, scratch());
}

}  // namespace retort::models
