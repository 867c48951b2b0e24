#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/compare.h"
#include "compare/written.h"
#include "sql/engine.h"

// What the parts of the comparison share.
namespace retort::compare {

// One table on both sides.
struct TablePair {
  const schema::Table& have;
  const schema::Table& want;
  const Written& written;

  // The schema that operations name.
  const std::string& schema() const { return want.schema; }
  const std::string& name() const { return want.name; }
};

class Context {
 public:
  Context(const Input& given, const Options& given_options)
      : input(given), options(given_options) {}

  const Input& input;
  const Options& options;

  std::string_view engine() const { return input.dialect.name(); }
  bool is_sqlite() const { return engine() == "sqlite"; }
  bool is_mysql_like() const { return sql::is_mysql_like(engine()); }

  // `part` is the last word of Alembic's logger: "tables", "constraints", "types".
  void info(std::string_view part, std::string text);
  void warning(std::string_view part, std::string text);
  std::vector<Message>& messages() { return messages_; }

  // include_object().
  bool includes(const Candidate& candidate) const;
  // include_name() for a part of a table of the database.
  bool includes_name(const schema::Name& name, std::string_view kind,
                     const schema::Table& table) const;

  // Whether two texts of the engine mean the same: on SQLite, which keeps what was typed, letter
  // case outside quotes, spaces and outer parentheses don't count.
  bool same_sql(std::string_view a, std::string_view b) const;
  // An expression as SQL of the engine.
  std::string sql(const sql::Expression& expression) const;

 private:
  std::vector<Message> messages_;
};

// Alembic's way of showing a list of names: "('a', 'b')", "('a',)".
std::string tuple(const std::vector<std::string>& names);
// A string as Python shows it: 'a'.
std::string quoted(std::string_view text);

}  // namespace retort::compare
