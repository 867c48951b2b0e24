#include "cli/table.h"

#include <algorithm>
#include <array>

#include "cli/run.h"

namespace retort::cli {

namespace {

using Kind = OptionSpec::Kind;

constexpr OptionSpec kSql{"--sql", Kind::kFlag, "",
                          "Don't emit SQL to the database; print it to standard output."};
constexpr OptionSpec kTag{"--tag", Kind::kValue, "TAG",
                          "Arbitrary 'tag' name; can be used by custom env.py scripts."};
constexpr OptionSpec kVerbose{"-v,--verbose", Kind::kFlag, "", "Use more verbose output."};
constexpr OptionSpec kJson{"--json", Kind::kFlag, "", "Print the result as JSON."};
constexpr OptionSpec kMessage{"-m,--message", Kind::kValue, "MESSAGE",
                              "Message of the new revision."};
constexpr OptionSpec kBranchLabel{"--branch-label", Kind::kRepeated, "BRANCH_LABEL",
                                  "Specify a branch label to apply to the new revision."};
constexpr OptionSpec kRevId{"--rev-id", Kind::kValue, "REV_ID",
                            "Specify a hardcoded revision id instead of generating one."};
constexpr OptionSpec kSplice{"--splice", Kind::kFlag, "",
                             "Allow a non-head revision as the parent to splice onto."};

constexpr auto kGlobal = std::to_array<OptionSpec>({
    {"-c,--config", Kind::kRepeated, "CONFIG",
     "Alternate config file; defaults to the value of the ALEMBIC_CONFIG environment variable, or "
     "\"alembic.ini\". May also be a pyproject.toml, or both, given twice."},
    {"-n,--name", Kind::kValue, "NAME", "Section of the .ini file to use (default: alembic)."},
    {"-x", Kind::kRepeated, "X", "Additional arguments for custom env.py scripts: -x key=value."},
    {"--url", Kind::kValue, "URL",
     "Database to use, in place of the configuration's. The variable DATABASE_URL keeps a password "
     "out of the list of processes."},
    {"--raiseerr", Kind::kFlag, "", "Show the whole chain of an error."},
    {"-q,--quiet", Kind::kFlag, "", "Don't print status messages."},
});

constexpr auto kUpgradeTarget =
    std::to_array<PositionalSpec>({{"revision", false, false,
                                    "Where to go: an id or its beginning, head, heads, base, +N, "
                                    "label@head, ... (default: head)"}});
constexpr auto kDowngradeTarget = std::to_array<PositionalSpec>(
    {{"revision", false, false,
      "Where to go: an id or its beginning, base, -N, label@base, ... (default: -1)"}});
constexpr auto kRevisionsTarget = std::to_array<PositionalSpec>(
    {{"revisions", true, true, "One or more revisions, or 'heads' for all heads."}});
constexpr auto kOneRevision =
    std::to_array<PositionalSpec>({{"rev", false, true, "Revision identifier, or 'current'."}});

constexpr OptionSpec kBackup{"--backup", Kind::kOptionalValue, "PATH",
                             "Copy the database before it is changed: to this file or folder, else "
                             "beside an SQLite database, or into the current folder with pg_dump."};
constexpr OptionSpec kLockTimeout{"--lock-timeout", Kind::kValue, "TIME",
                                  "How long to wait for another run on the same database: 30s, 2m. "
                                  "Default: 5s on SQLite, no end elsewhere."};
constexpr auto kMoveOptions = std::to_array<OptionSpec>({kSql, kTag, kBackup, kLockTimeout});
constexpr auto kMigrateTarget =
    std::to_array<PositionalSpec>({{"revision", false, false, "Where to go (default: head)."}});
constexpr auto kMigrateOptions = std::to_array<OptionSpec>(
    {{"--wait", Kind::kValue, "TIME", "Go on trying to connect for so long: 30s, 2m."},
     {"--assume", Kind::kValue, "REV",
      "The revision that a database with tables but no version table is at."},
     {"--dry-run", Kind::kFlag, "", "Say what would be done, and do nothing."},
     kBackup,
     kTag,
     kJson});
constexpr auto kResetOptions = std::to_array<OptionSpec>(
    {{"-y,--yes", Kind::kFlag, "", "Don't ask."},
     {"--backup", Kind::kOptionalValue, "PATH", "Where the copy goes that is made first."},
     {"--no-backup", Kind::kFlag, "", "Make no copy first."},
     kTag});
constexpr auto kStampOptions = std::to_array<OptionSpec>(
    {kSql,
     kTag,
     kLockTimeout,
     {"--purge", Kind::kFlag, "", "Unconditionally erase the version table before stamping."}});
constexpr auto kReportOptions = std::to_array<OptionSpec>({kVerbose, kJson});
constexpr auto kHeadsOptions = std::to_array<OptionSpec>(
    {kVerbose,
     {"--resolve-dependencies", Kind::kFlag, "", "Treat dependency versions as down revisions."},
     kJson});
constexpr auto kHistoryOptions = std::to_array<OptionSpec>(
    {{"-r,--rev-range", Kind::kValue, "REV_RANGE",
      "Specify a revision range; format is [start]:[end]."},
     kVerbose,
     {"-i,--indicate-current", Kind::kFlag, "", "Indicate the current revision."},
     kJson});
constexpr auto kCurrentOptions = std::to_array<OptionSpec>(
    {{"-c,--check-heads", Kind::kFlag, "",
      "Check if all head revisions are applied to the database; exit with 3 if not."},
     kVerbose,
     kJson});
constexpr auto kShowOptions = std::to_array<OptionSpec>({kJson});
constexpr auto kBundleOptions = std::to_array<OptionSpec>(
    {{"-o,--output", Kind::kValue, "FILE", "The program to write (default: migrate)."},
     {"--force", Kind::kFlag, "", "Overwrite a file that is there."}});
constexpr auto kEnsureOptions = std::to_array<OptionSpec>({kSql});
constexpr auto kInitPositionals = std::to_array<PositionalSpec>(
    {{"directory", false, true, "Location of the scripts directory."}});
constexpr auto kInitOptions = std::to_array<OptionSpec>(
    {{"-t,--template", Kind::kValue, "TEMPLATE", "Setup template for use with 'init'."},
     {"--package", Kind::kFlag, "",
      "Write empty __init__.py files to the environment and version locations."}});
constexpr OptionSpec kRename{
    "--rename", Kind::kRepeated, "OLD=NEW",
    "What was renamed: users=people for a table, users.name=full_name for a column."};
constexpr auto kCheckOptions = std::to_array<OptionSpec>(
    {kRename, kJson, {"--sql", Kind::kFlag, "", "Print the SQL of what is pending."}});
constexpr auto kDiffSides = std::to_array<PositionalSpec>(
    {{"from", false, true,
      "A schema: an SQL file or a folder of them, a database URL, exec:COMMAND for what a program "
      "prints, @head or @REVISION of this project, @models, or models as module:attribute."},
     {"to", false, true, "The schema it is to become."}});
constexpr auto kDiffOptions = std::to_array<OptionSpec>(
    {{"--format", Kind::kValue, "FORMAT", "sql (default), operations or json."},
     {"--dev-url", Kind::kValue, "URL",
      "An empty database to make schemas in that are no database; SQLite in memory otherwise."},
     kRename,
     {"--check", Kind::kFlag, "", "Exit with 3 when there is a difference."},
     {"--json", Kind::kFlag, "", "The same as --format json."}});
constexpr auto kRevisionOptions = std::to_array<OptionSpec>(
    {kMessage,
     {"--autogenerate", Kind::kFlag, "",
      "Populate the revision with what the models say and the database hasn't."},
     kSql,
     {"--format", Kind::kValue, "FORMAT",
      "Language of the new file: py (default), sql, or cc in a C++ project's tool."},
     kRename,
     {"--head", Kind::kValue, "HEAD",
      "Specify head revision or <branchname>@head to base the new revision on."},
     kSplice,
     kBranchLabel,
     {"--version-path", Kind::kValue, "VERSION_PATH",
      "Specify specific path from config for the version file."},
     kRevId,
     {"--depends-on", Kind::kRepeated, "DEPENDS_ON",
      "Specify one or more revision identifiers which this revision should depend on."}});
constexpr auto kMergeOptions = std::to_array<OptionSpec>({kMessage, kBranchLabel, kRevId, kSplice});
constexpr auto kCommandPositional =
    std::to_array<PositionalSpec>({{"command", false, false, "The command to explain."}});
constexpr auto kCreateMessage =
    std::to_array<PositionalSpec>({{"message", false, true, "Message of the new revision."}});
constexpr auto kCreateOptions = std::to_array<OptionSpec>({kRename, kRevId});
constexpr auto kShellPositional =
    std::to_array<PositionalSpec>({{"shell", false, true, "bash, zsh or fish."}});

// In the alphabet's order, as help lists them.
constexpr auto kCommands = std::to_array<CommandSpec>({
    {"branches", "Show current branch points.", {}, kReportOptions, run_branches},
    {"bundle",
     "Make a program that carries the revisions and upgrades a database anywhere.",
     {},
     kBundleOptions,
     run_bundle},
    {"check",
     "Check whether the models say something that the database hasn't; exit with 3 if so.",
     {},
     kCheckOptions,
     run_check},
    {"completion", "Print the completion script of a shell.", kShellPositional, {}, run_completion},
    {"create", "Create a revision of what changed in the models.", kCreateMessage, kCreateOptions,
     run_create},
    {"current", "Display the current revision for a database.", {}, kCurrentOptions, run_current},
    {"diff", "Print what turns one schema into another.", kDiffSides, kDiffOptions, run_diff},
    {"downgrade", "Revert to a previous version.", kDowngradeTarget, kMoveOptions, run_downgrade},
    {"dump_models",
     "Print the wanted schema, as the models have it, as JSON.",
     {},
     {},
     run_dump_models},
    {"edit", "Edit revision script(s) using $EDITOR.", kOneRevision, {}, run_edit},
    {"ensure_version",
     "Create the alembic version table if it doesn't exist already.",
     {},
     kEnsureOptions,
     run_ensure_version},
    {"heads",
     "Show current available heads in the script directory.",
     {},
     kHeadsOptions,
     run_heads},
    {"help", "Explain the program, or one command.", kCommandPositional, {}, run_help},
    {"history", "List changeset scripts in chronological order.", {}, kHistoryOptions, run_history},
    {"init", "Initialize a new scripts directory.", kInitPositionals, kInitOptions, run_init},
    {"list_templates", "List available templates.", {}, kShowOptions, run_list_templates},
    {"man", "Print the manual page.", {}, {}, run_man},
    {"merge", "Merge two revisions together. Creates a new migration file.", kRevisionsTarget,
     kMergeOptions, run_merge},
    {"migrate", "Bring the database to the newest revision, whatever state it is in.",
     kMigrateTarget, kMigrateOptions, run_migrate},
    {"reset", "Start anew: empty the database and run all migrations. DESTROYS ALL DATA.",
     kMigrateTarget, kResetOptions, run_reset},
    {"revision", "Create a new revision file.", {}, kRevisionOptions, run_revision},
    {"show", "Show the revision(s) denoted by the given symbol.", kOneRevision, kShowOptions,
     run_show},
    {"stamp", "'stamp' the revision table with the given revision; don't run any migrations.",
     kRevisionsTarget, kStampOptions, run_stamp},
    {"upgrade", "Upgrade to a later version.", kUpgradeTarget, kMoveOptions, run_upgrade},
});

}  // namespace

std::span<const CommandSpec> commands() { return kCommands; }
std::span<const OptionSpec> global_options() { return kGlobal; }

std::vector<OptionSpec> options_of(const CommandSpec& command) {
  std::vector<OptionSpec> options(command.options.begin(), command.options.end());
  if (std::ranges::find(options, kVerbose.names, &OptionSpec::names) == options.end()) {
    options.push_back(kVerbose);
  }
  return options;
}

std::string Invocation::value(std::string_view name, std::string otherwise) const {
  auto found = options.find(name);
  return found == options.end() || found->second.empty() ? otherwise : found->second.back();
}

std::vector<std::string> Invocation::values(std::string_view name) const {
  auto found = options.find(name);
  return found == options.end() ? std::vector<std::string>() : found->second;
}

std::string Invocation::positional(std::string_view name, std::string otherwise) const {
  auto found = positionals.find(name);
  return found == positionals.end() || found->second.empty() ? otherwise : found->second.front();
}

}  // namespace retort::cli
