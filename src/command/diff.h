#pragma once

#include "command/compared.h"

namespace retort::command {

enum class DiffFormat { kSql, kOperations, kJson };

struct DiffOptions {
  std::string from{};
  std::string to{};
  DiffFormat format = DiffFormat::kSql;
  // Where schemas that are no database are made: an empty database. Absent: SQLite in memory.
  std::string dev_url{};
  bool check = false;  // a difference is Error(code::kPending)
  CompareOptions compare{};
};

// What turns one schema into another. A side is an SQL file or a folder of them, a database URL,
// exec:COMMAND for what a program prints, @head or @REVISION of this project, @models for what its
// target_metadata says, or module:attribute for models of it. The project is opened by `open` only
// when a side needs it.
void diff(const std::function<Project()>& open, const DiffOptions& options, Output& output,
          runtime::Log& log);

}  // namespace retort::command
