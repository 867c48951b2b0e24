// An application that keeps its data in an SQLite file and brings the file up to date when it
// starts: with a copy of it first, and without touching a file that a newer version has written.
//
//   notes <file> [text of a note]

#include <retort/error.h>
#include <retort/migrator.h>

#include <cstdio>
#include <filesystem>
#include <string>

extern const retort::Bundle notes_migrations;

namespace {

void bring_up_to_date(retort::Connection& db, const std::string& file) {
  retort::Migrator migrator(db, notes_migrations, {.on_step = [](const retort::Step& step) {
                              std::printf("updating %zu/%zu: %s\n", step.number, step.total,
                                          step.message.c_str());
                            }});
  if (!migrator.unknown().empty()) {
    throw retort::Error(retort::code::kRevision, file + " was written by a newer version")
        .with_hint("install the newer version to open it");
  }
  if (migrator.is_current()) return;
  if (!migrator.current().empty()) {
    std::string backup = file + ".before-" + migrator.heads().front();
    // VACUUM INTO makes a whole copy, whatever else has the file open; it never overwrites one.
    std::filesystem::remove(backup);
    db.execute("VACUUM INTO :backup", {{"backup", backup}});
    std::printf("kept a copy as %s\n", backup.c_str());
  }
  migrator.upgrade();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: notes <file> [text of a note]\n");
    return 2;
  }
  std::string file = argv[1];
  try {
    retort::Connection db = retort::connect("sqlite:///" + file);
    bring_up_to_date(db, file);
    if (argc > 2) db.execute("INSERT INTO notes (body) VALUES (:body)", {{"body", argv[2]}});
    for (const retort::Row& row : db.query("SELECT id, body FROM notes ORDER BY id")) {
      std::printf("%d  %s\n", row.get<int>("id"), row.get<std::string>("body").c_str());
    }
  } catch (const retort::Error& error) {
    std::fprintf(stderr, "%s\n", error.render().c_str());
    return 1;
  }
}
