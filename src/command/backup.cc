#include "command/backup.h"

namespace retort::command {

std::string describe(const runtime::Backup& backup) {
  constexpr std::uintmax_t kKibi = 1024;
  std::uintmax_t size = (backup.bytes + kKibi - 1) / kKibi;
  std::string unit = " KiB";
  if (size >= 10 * kKibi) {
    size /= kKibi;
    unit = " MiB";
  }
  return backup.file.string() + " (" + std::to_string(size) + unit + ")";
}

void back_up_before_changes(runtime::Environment& environment, const std::string& where,
                            Output& output) {
  environment.before_changes = [where, &output](const runtime::Environment& running) {
    std::optional<runtime::Backup> backup = runtime::back_up(running.database.url, where);
    output.status(backup ? "Backup " + describe(*backup)
                         : "Backup: nothing to copy, the database is new");
  };
}

}  // namespace retort::command
