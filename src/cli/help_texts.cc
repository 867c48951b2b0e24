#include "cli/help_texts.h"

#include <algorithm>

namespace retort::cli {

namespace {

constexpr auto kMove = std::to_array<std::string_view>(
    {"migrate", "upgrade", "downgrade", "stamp", "ensure_version", "reset"});
constexpr auto kLook = std::to_array<std::string_view>(
    {"current", "history", "heads", "branches", "show", "check", "diff", "lint", "dump_models"});
constexpr auto kWrite = std::to_array<std::string_view>({"create", "revision", "merge", "edit"});
constexpr auto kProject = std::to_array<std::string_view>({"init", "list_templates"});
constexpr auto kProgram = std::to_array<std::string_view>({"help", "bundle", "completion", "man"});

constexpr auto kGroups = std::to_array<HelpGroup>({
    {"Change a database", kMove},
    {"Look, and change nothing", kLook},
    {"Write revisions", kWrite},
    {"Start a project", kProject},
    {"The program itself", kProgram},
});

constexpr auto kUpgradeExamples = std::to_array<HelpExample>({
    {"upgrade", "to the head: everything that is pending"},
    {"upgrade +1", "the next revision only"},
    {"upgrade ae10", "to the revision whose id begins so"},
    {"upgrade heads", "every branch to its head"},
    {"upgrade head --sql > migration.sql", "write the SQL, connect to nothing"},
    {"upgrade head --backup", "copy the database first"},
});
constexpr auto kDowngradeExamples = std::to_array<HelpExample>({
    {"downgrade", "one revision back"},
    {"downgrade ae10", "back to the revision whose id begins so"},
    {"downgrade base", "back to before the first revision"},
    {"downgrade ae10:1975 --sql", "write the SQL, connect to nothing"},
});
constexpr auto kCreateExamples = std::to_array<HelpExample>({
    {"create \"Add phone to users\"", "what changed in the models since the last revision"},
});
constexpr auto kRevisionExamples = std::to_array<HelpExample>({
    {"revision -m \"Add phone\"", "an empty revision to fill in"},
    {"revision --autogenerate -m \"Add phone\"",
     "filled with what the models have and the database lacks"},
    {"revision -m \"Fix\" --head ae10 --splice", "a new branch that starts at ae10"},
});
constexpr auto kHistoryExamples = std::to_array<HelpExample>({
    {"history", "everything, the newest first"},
    {"history -r current:", "what is pending"},
    {"history -r -3:", "the head and the three before it"},
    {"history --verbose", "with files and whole texts"},
});
constexpr auto kStampExamples = std::to_array<HelpExample>({
    {"stamp head", "the database has the newest schema already"},
    {"stamp ae10 --purge", "forget what the table says, even if it names a revision that is gone"},
});
constexpr auto kMergeExamples = std::to_array<HelpExample>({
    {"merge heads -m \"Merge\"", "one head where two people each added a revision"},
});
constexpr auto kMigrateExamples = std::to_array<HelpExample>({
    {"migrate", "bring the database to the newest revision, whatever state it is in"},
    {"migrate --wait 30s --backup", "in a deployment: the server may still be starting"},
    {"migrate --dry-run", "say what would be done"},
    {"migrate --assume ae10",
     "a database without version table that is at ae10 but for small things"},
});
constexpr auto kResetExamples = std::to_array<HelpExample>({
    {"reset", "after a question: backup, empty database, all migrations"},
    {"reset --yes", "without the question"},
});

constexpr auto kTexts = std::to_array<HelpText>({
    {"upgrade",
     "Runs the upgrade() of every revision between the database and REVISION in order. A step and "
     "its "
     "version row are one transaction; a failing step leaves the database at the revision before.",
     kUpgradeExamples},
    {"downgrade", "Runs the downgrade() of every revision above REVISION, the newest first.",
     kDowngradeExamples},
    {"create", "The same as revision --autogenerate -m MESSAGE. Read the file before you apply it.",
     kCreateExamples},
    {"revision", "", kRevisionExamples},
    {"history", "", kHistoryExamples},
    {"stamp", "", kStampExamples},
    {"merge", "", kMergeExamples},
    {"migrate",
     "Looks at the database and does what it needs. A new database: all migrations. Behind: the "
     "pending ones. At the head: nothing. Tables but no version table: finds the revision whose "
     "schema "
     "the database has by replaying the history in a scratch database, stamps it and runs the "
     "rest; "
     "when no revision fits it refuses and shows what differs from the nearest. At the end it "
     "verifies.",
     kMigrateExamples},
    {"reset",
     "DESTROYS ALL DATA. Asks first, or takes --yes. Makes a backup first unless told not to.",
     kResetExamples},
});

}  // namespace

std::span<const HelpGroup> help_groups() { return kGroups; }

const HelpText* help_text(std::string_view command) {
  auto found = std::ranges::find(kTexts, command, &HelpText::command);
  return found == kTexts.end() ? nullptr : &*found;
}

}  // namespace retort::cli
