#include "script/post_write_hooks.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"

namespace retort::script {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

config::PostWriteHook hook(std::vector<std::pair<std::string, std::string>> options) {
  return {"fmt", std::move(options), {}};
}

template <typename Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return Error("none", "no error");
}

// The words are those of Python's shlex.split.
TEST(PostWriteHooks, SplitsShellWords) {
  EXPECT_THAT(split_shell_words(""), ElementsAre());
  EXPECT_THAT(split_shell_words("  a  b\tc\n"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(split_shell_words("a'b c'd \"e f\" ''"), ElementsAre("ab cd", "e f", ""));
  EXPECT_THAT(split_shell_words(R"(a\ b "c\"d\\e\n" 'f\g')"),
              ElementsAre("a b", "c\"d\\e\\n", "f\\g"));
  EXPECT_THAT(split_shell_words("# not a comment"), ElementsAre("#", "not", "a", "comment"));
  EXPECT_EQ(error_of([] { split_shell_words("a 'b"); }).message(), "No closing quotation");
  EXPECT_EQ(error_of([] { split_shell_words("a\\"); }).message(), "No escaped character");
}

TEST(PostWriteHooks, Commands) {
  EXPECT_EQ(hook_command(hook({{"type", "exec"}, {"executable", "ruff"}}), "/a b.py"),
            (Command{"ruff", {"/a b.py"}, ""}));
  EXPECT_EQ(hook_command(hook({{"type", "exec"},
                               {"executable", "ruff"},
                               {"options", "check --fix"},
                               {"cwd", "/srv"}}),
                         "/a b.py"),
            (Command{"ruff", {"/a b.py", "check", "--fix"}, "/srv"}));
  EXPECT_EQ(hook_command(hook({{"type", "console_scripts"},
                               {"entrypoint", "black"},
                               {"options", "-l 79 --f=REVISION_SCRIPT_FILENAME"}}),
                         "/a b.py"),
            (Command{"black", {"-l", "79", "--f=/a b.py"}, ""}));
  EXPECT_EQ(hook_command(hook({{"type", "module"}, {"module", "ruff"}}), "/a.py"),
            (Command{"python3", {"-m", "ruff", "/a.py"}, ""}));
}

TEST(PostWriteHooks, CommandErrors) {
  EXPECT_EQ(error_of([] { hook_command(hook({}), "/a.py"); }).message(),
            "Key 'fmt.type' (or 'type' in toml) is required for post write hook 'fmt'");
  EXPECT_EQ(error_of([] { hook_command(hook({{"type", "exec"}}), "/a.py"); }).message(),
            "Key fmt.executable is required for post write hook 'fmt'");
  Error unknown = error_of([] { hook_command(hook({{"type", "modul"}}), "/a.py"); });
  EXPECT_EQ(unknown.message(), "No formatter with name 'modul' registered");
  EXPECT_EQ(unknown.hint(), "did you mean 'module'?");
  EXPECT_THAT(error_of([] {
                hook_command(hook({{"type", "exec"}, {"executable", "x"}, {"options", "'"}}),
                             "/a.py");
              }).message(),
              HasSubstr("post write hook 'fmt', options: No closing quotation"));
}

TEST(PostWriteHooks, Runs) {
  std::string pattern = (fs::temp_directory_path() / "retort-hooks-XXXXXX").string();
  fs::path folder = ::mkdtemp(pattern.data());
  write_file(folder / "a.py", "x");
  auto shell = [&](std::string script) {
    return run_hook(hook({{"type", "exec"},
                          {"executable", "sh"},
                          {"cwd", folder.string()},
                          {"options", "-c '" + script + "' sh REVISION_SCRIPT_FILENAME"}}),
                    folder / "a.py");
  };
  EXPECT_EQ(shell("cat \"$1\" \"$1\" > out"), 0);
  EXPECT_EQ(read_file(folder / "out"), "xx");
  EXPECT_EQ(shell("exit 3"), 3);
  EXPECT_EQ(shell("kill -9 $$"), 137);
  Error missing = error_of([&] {
    run_hook(hook({{"type", "exec"}, {"executable", "no-such-program"}}), folder / "a.py");
  });
  EXPECT_EQ(missing.message(),
            "post write hook 'fmt': can't run 'no-such-program': No such file or directory");
  EXPECT_EQ(missing.hint(), (folder / "a.py").string() +
                                " was written; install the program, or correct 'fmt.executable'");
  EXPECT_THAT(error_of([&] {
                run_hook(hook({{"type", "exec"}, {"executable", "sh"}, {"cwd", "/no/such"}}),
                         folder / "a.py");
              }).message(),
              HasSubstr("there is no folder '/no/such' to run in"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace retort::script
