#include <retort/error.h>
#include <retort/migrator.h>

#include <cstdio>

extern const retort::Bundle app_migrations;

int main() {
  try {
    retort::Connection db = retort::connect("sqlite:///app.db");
    retort::Migrator migrator(db, app_migrations);
    migrator.upgrade();
    std::printf("%d users\n", *db.scalar<int>("SELECT count(*) FROM users"));
  } catch (const retort::Error& error) {
    std::fprintf(stderr, "%s\n", error.render().c_str());
    return 1;
  }
}
