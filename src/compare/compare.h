#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compare/options.h"
#include "dialect/dialect.h"
#include "operations/operation.h"
#include "schema/table.h"

// The differences of two schemas as the operations that turn the one into the other.
namespace retort::compare {

struct Input {
  // The live schema: dialect::inspect().
  const schema::MetaData& have;
  // The wanted schema in the same engine's words: dialect::canonical(). It alone decides what is
  // equal.
  const schema::MetaData& want;
  // The wanted schema as it was written, whose types, defaults and names the operations carry. May
  // be the same object as `want`.
  const schema::MetaData& model;
  const dialect::Dialect& dialect;
};

// What was found, in Alembic's words and under the name of its logger.
struct Message {
  enum class Level : std::uint8_t { kInfo, kWarning };
  Level level = Level::kInfo;
  std::string logger{};
  std::string text{};
  friend bool operator==(const Message&, const Message&) = default;
};

// Something that goes and something that comes and that might be the same under a new name. Names
// are as --rename takes them: "table" or "table.column", with the schema in front where there is
// one.
struct RenameCandidate {
  std::string from{};
  std::string to{};
  friend bool operator==(const RenameCandidate&, const RenameCandidate&) = default;
};

struct Result {
  // In an order in which they can run: tables are made after those they refer to.
  std::vector<operations::Operation> operations{};
  std::vector<Message> messages{};
  // Renames that nobody has answered; their drop and add are among the operations.
  std::vector<RenameCandidate> candidates{};
};

// Pure: the same input gives the same result. Throws Error(code::kUsage) for an answer to a rename
// that names something that is not there.
Result compare(const Input& input, const Options& options);

}  // namespace retort::compare
