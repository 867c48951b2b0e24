#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sql/expression.h"
#include "sql/type.h"

namespace retort::schema {

using OptionVariant =
    std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>,
                 std::vector<std::pair<std::string, std::string>>, sql::Expression>;
// A variant whose special members are compiled in one place (table.cc), as every other file would
// have its own of them.
struct OptionValue : OptionVariant {
  using OptionVariant::OptionVariant;
  OptionValue();
  OptionValue(const OptionValue&);
  OptionValue(OptionValue&&) noexcept;
  OptionValue& operator=(const OptionValue&);
  OptionValue& operator=(OptionValue&&) noexcept;
  ~OptionValue();
  friend bool operator==(const OptionValue&, const OptionValue&);
};

// Keyword arguments that belong to one dialect ("postgresql_using", "sqlite_autoincrement") or to
// retort alone, in the order given.
struct Option {
  std::string name{};
  OptionValue value{};
  friend bool operator==(const Option&, const Option&) = default;
};
using Options = std::vector<Option>;
const Option* find_option(const Options& options, std::string_view name);

// server_default: a string is quoted as a literal, an expression (text(), func.now()) is not.
using ServerDefault = std::variant<std::string, sql::Expression>;

// GENERATED ALWAYS AS (...). `persisted`: STORED, VIRTUAL, or the dialect's default.
struct Computed {
  sql::Expression expression{};
  std::optional<bool> persisted{};
  friend bool operator==(const Computed&, const Computed&) = default;
};

struct SequenceOptions {
  std::optional<std::int64_t> start{}, increment{}, min_value{}, max_value{}, cache{};
  bool no_min_value = false;
  bool no_max_value = false;
  std::optional<bool> cycle{};
  friend bool operator==(const SequenceOptions&, const SequenceOptions&) = default;
};

// GENERATED {ALWAYS | BY DEFAULT} AS IDENTITY
struct Identity {
  bool always = false;
  bool on_null = false;
  SequenceOptions sequence{};
  friend bool operator==(const Identity&, const Identity&) = default;
};

// CREATE SEQUENCE
struct Sequence {
  std::string name{};
  std::string schema{};
  SequenceOptions options{};
  std::string data_type{};
  bool optional = false;  // only where the engine has no other way to number keys
  friend bool operator==(const Sequence&, const Sequence&) = default;
};

enum class Autoincrement : std::uint8_t { kAuto, kTrue, kFalse, kIgnoreForeignKey };

struct Column {
  std::string name{};
  sql::Type type{};
  bool nullable = true;
  bool primary_key = false;  // also listed in the table's PrimaryKey
  Autoincrement autoincrement = Autoincrement::kAuto;
  std::optional<ServerDefault> server_default{};
  std::optional<Computed> computed{};
  std::optional<Identity> identity{};
  std::optional<Sequence> sequence{};  // Sequence(...) as the column's default
  std::optional<std::string> comment{};
  bool index = false;   // index=True: an index named by the convention
  bool unique = false;  // unique=True: a constraint, or with `index` a unique index
  bool system = false;
  // default=... of the application: nothing in DDL, but such a key is not numbered by the engine.
  bool client_default = false;
  // nullable=... was written. MariaDB's generated columns can't be NOT NULL by themselves.
  bool nullable_given = false;
  Options options{};  // dialect keywords
  std::vector<std::pair<std::string, std::string>> info{};
  friend bool operator==(const Column&, const Column&) = default;
};

}  // namespace retort::schema
