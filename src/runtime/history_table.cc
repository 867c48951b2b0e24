#include "runtime/history_table.h"

#include <pwd.h>
#include <sha2.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <vector>

#include "base/text.h"

namespace retort::runtime {

namespace {

std::string utc_now() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

// "user@host" of the process.
std::string who() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
  std::string user = found ? found->pw_name : std::to_string(::geteuid());
  return user + "@" + host.data();
}

schema::Column column(std::string name, std::string type, std::optional<int> length = {}) {
  schema::Column made;
  made.name = std::move(name);
  made.type.name = std::move(type);
  made.type.length = length;
  made.nullable = false;
  return made;
}

}  // namespace

std::string script_checksum(std::string_view text) {
  std::string normalized = replace_all(replace_all(std::string(text), "\r\n", "\n"), "\r", "\n");
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digest{};
  ::SHA256Data(reinterpret_cast<const std::uint8_t*>(normalized.data()), normalized.size(),
               digest.data());
  return digest.data();
}

operations::CreateTable HistoryTable::create_operation() const {
  operations::CreateTable create;
  create.table.name = kName;
  schema::Column id = column("id", "Integer");
  id.primary_key = true;
  create.table.columns = {std::move(id),
                          column("version_num", "String", 32),
                          column("direction", "String", 9),
                          column("applied_at", "String", 20),
                          column("duration_ms", "Integer"),
                          column("checksum", "String", 64),
                          column("applied_by", "String", 255)};
  create.table.constraints = {schema::PrimaryKey{{std::string(kName) + "_pkc", true}, {"id"}}};
  return create;
}

void HistoryTable::record(database::Connection& connection, const HistoryEntry& entry) const {
  const sql::Grammar& grammar = dialect_->grammar();
  std::vector<std::string> values;
  for (const sql::Datum& value :
       {sql::Datum(entry.revision),
        sql::Datum(std::string(entry.is_upgrade ? "upgrade" : "downgrade")), sql::Datum(utc_now()),
        sql::Datum(static_cast<std::int64_t>(entry.duration.count())),
        sql::Datum(script_checksum(entry.script)), sql::Datum(who())}) {
    values.push_back(grammar.literal(value));
  }
  connection.execute("INSERT INTO " + std::string(kName) +
                     " (version_num, direction, applied_at, duration_ms, checksum, applied_by) "
                     "VALUES (" +
                     join(values, ", ") + ")");
}

}  // namespace retort::runtime
