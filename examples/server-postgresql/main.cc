// A server that may be started many times at once: every instance asks for the newest schema, one
// of them migrates, the others wait for it.
//
//   server <url of the database>

#include <retort/error.h>
#include <retort/migrator.h>

#include <chrono>
#include <cstdio>

extern const retort::Bundle server_migrations;

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: server <url>\n");
    return 2;
  }
  try {
    retort::Connection db = retort::connect(argv[1]);
    retort::Migrator migrator(db, server_migrations,
                              {.lock_timeout = std::chrono::minutes(2),
                               .on_log = [](retort::LogLevel, std::string_view message) {
                                 std::fprintf(stderr, "%.*s\n", static_cast<int>(message.size()),
                                              message.data());
                               }});
    migrator.upgrade();
    db.execute("INSERT INTO events (kind, payload) VALUES ('login', :payload)",
               {{"payload", retort::Json{R"({"user": "ann"})"}}});
    std::printf("%lld events\n",
                static_cast<long long>(*db.scalar<std::int64_t>("SELECT count(*) FROM events")));
  } catch (const retort::Error& error) {
    std::fprintf(stderr, "%s\n", error.render().c_str());
    return error.code() == retort::code::kLocked ? 75 : 1;  // EX_TEMPFAIL: try again later
  }
}
