#include "script/post_write_hooks.h"

#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace retort::script {
namespace {

constexpr std::string_view kToken = "REVISION_SCRIPT_FILENAME";

[[noreturn]] void fail(const config::PostWriteHook& hook, std::string message, std::string hint) {
  throw Error(code::kConfig, std::move(message)).with_hint(std::move(hint)).with_place(hook.place);
}

std::string required(const config::PostWriteHook& hook, std::string_view key) {
  if (std::optional<std::string> value = hook.option(key); value && !value->empty()) return *value;
  fail(hook,
       "Key " + hook.name + "." + std::string(key) + " is required for post write hook '" +
           hook.name + "'",
       "add '" + hook.name + "." + std::string(key) + " = ...' to [post_write_hooks]");
}

// The key of the ini file that named the program.
std::string program_key(const config::PostWriteHook& hook) {
  std::string type = hook.option("type").value_or("");
  return type == "exec" ? "executable" : type == "module" ? "module" : "entrypoint";
}

}  // namespace

std::vector<std::string> split_shell_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      if (inside) words.push_back(std::move(word));
      word.clear();
      inside = false;
      continue;
    }
    inside = true;
    if (c == '\\') {
      if (++i == text.size()) throw Error(code::kConfig, "No escaped character");
      word += text[i];
    } else if (c == '\'' || c == '"') {
      for (++i; i < text.size() && text[i] != c; ++i) {
        // Between double quotes a backslash escapes only itself and the quote.
        bool escape = c == '"' && text[i] == '\\' && i + 1 < text.size() &&
                      (text[i + 1] == '\\' || text[i + 1] == '"');
        if (escape) ++i;
        word += text[i];
      }
      if (i == text.size()) throw Error(code::kConfig, "No closing quotation");
    } else {
      word += c;
    }
  }
  if (inside) words.push_back(std::move(word));
  return words;
}

Command hook_command(const config::PostWriteHook& hook, const std::filesystem::path& file) {
  static const std::vector<std::string> kTypes = {"console_scripts", "exec", "module"};
  std::optional<std::string> type = hook.option("type");
  if (!type) {
    fail(hook,
         "Key '" + hook.name + ".type' (or 'type' in toml) is required for post write hook '" +
             hook.name + "'",
         "types are " + join(kTypes, ", "));
  }
  Command out;
  if (*type == "exec") {
    out.program = required(hook, "executable");
  } else if (*type == "console_scripts") {
    out.program = required(hook, "entrypoint");
  } else if (*type == "module") {
    out.program = "python3";
    out.arguments = {"-m", required(hook, "module")};
  } else {
    std::string hint = did_you_mean(*type, kTypes);
    if (hint.empty()) {
      hint = "types are " + join(kTypes, ", ") + "; a hook registered in Python can't run here";
    }
    fail(hook, "No formatter with name '" + *type + "' registered", hint);
  }
  std::string options = hook.option("options").value_or("");
  if (options.find(kToken) == std::string::npos) options = std::string(kToken) + " " + options;
  try {
    for (const std::string& word : split_shell_words(options)) {
      out.arguments.push_back(replace_all(word, kToken, file.string()));
    }
  } catch (Error& error) {
    error.with_context("post write hook '" + hook.name + "', options");
    error.with_place(hook.place);
    throw;
  }
  out.folder = hook.option("cwd").value_or("");
  return out;
}

int run_hook(const config::PostWriteHook& hook, const std::filesystem::path& file) {
  Command command = hook_command(hook, file);
  std::error_code ignored;
  if (!command.folder.empty() && !std::filesystem::is_directory(command.folder, ignored)) {
    fail(hook,
         "post write hook '" + hook.name + "': there is no folder '" + command.folder.string() +
             "' to run in",
         file.string() + " was written; correct '" + hook.name + ".cwd'");
  }
  int status = 0;
  if (int error = run_process(command, status); error != 0) {
    std::string key = hook.name + "." + program_key(hook);
    fail(hook,
         "post write hook '" + hook.name + "': can't run '" + command.program +
             "': " + std::strerror(error),
         file.string() + " was written; install the program, or correct '" + key + "'");
  }
  return status;
}

}  // namespace retort::script
