#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "dialect/dialect.h"
#include "operations/operation.h"

namespace retort::runtime {

// One applied step.
struct HistoryEntry {
  std::string revision{};
  bool is_upgrade = true;
  std::chrono::milliseconds duration{};
  std::string script{};  // the text of the file, for its checksum
};

// retort_history: what was applied, when, by whom, and from which text. It stands beside
// alembic_version, which it never replaces; the option retort_history turns it on. Rows are written
// in the transaction of their step.
class HistoryTable {
 public:
  explicit HistoryTable(const dialect::Dialect& dialect) : dialect_(&dialect) {}

  static constexpr std::string_view kName = "retort_history";
  operations::CreateTable create_operation() const;
  void record(database::Connection& connection, const HistoryEntry& entry) const;

 private:
  const dialect::Dialect* dialect_;
};

// SHA-256 of a script's text with its line ends normalised, in hexadecimal: the same on every
// machine a repository is checked out on.
std::string script_checksum(std::string_view text);

}  // namespace retort::runtime
