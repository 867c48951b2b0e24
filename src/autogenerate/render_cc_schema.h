#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/table.h"
#include "sql/grammar.h"

// Types, columns, constraints and indexes in the words of the public headers. Absent is what they
// can't say, as a whole: nothing is left out of what is said.
namespace retort::autogenerate {

// A piece of C++ that is one line where it fits and else has its items below each other.
struct CcText {
  std::string head{};  // "Column("
  std::vector<CcText> items{};
  std::string tail{};  // ")"

  CcText() = default;
  CcText(std::string text) : head(std::move(text)) {}
  CcText(const char* text) : head(text) {}
  CcText(std::string begin, std::vector<CcText> parts, std::string end)
      : head(std::move(begin)), items(std::move(parts)), tail(std::move(end)) {}

  std::string flat() const;
  // From column `indent` on, with `after` characters behind it on its last line.
  std::string str(std::size_t indent, std::size_t after = 0) const;
  // The same where its line has begun: at column `start`.
  std::string str(std::size_t indent, std::size_t start, std::size_t after) const;
  // The same behind a word: ".type = String(80)".
  CcText behind(std::string_view word) const;
};

using CcOptional = std::optional<CcText>;

CcText cc_list(const std::vector<std::string>& names);  // {"a", "b"}
CcText cc_name(const schema::Name& name);               // "name", f("name"), {}

class CcSchema {
 public:
  explicit CcSchema(const sql::Grammar& grammar) : grammar_(grammar) {}

  CcOptional type(const sql::Type& type) const;
  // `in_key`: the column is of the primary key, which is said elsewhere. `inside`: constraints that
  // are written in the column.
  CcOptional column(const schema::Column& column, bool in_key,
                    const std::vector<const schema::Constraint*>& inside) const;
  CcOptional server_default(const schema::ServerDefault& value) const;
  CcOptional constraint(const schema::Constraint& constraint) const;
  CcOptional index(const schema::Index& index) const;
  CcOptional table(const schema::Table& table) const;
  // text("now()")
  CcText text(const sql::Expression& expression) const;
  // DialectOption{...} of each; false for what can't be said.
  bool options(const schema::Options& options, std::vector<CcText>& out) const;

 private:
  CcOptional said(const sql::Type& type) const;
  CcOptional option(const schema::Option& option) const;

  const sql::Grammar& grammar_;
};

// Action::cascade; absent for what is no action, empty for none.
std::optional<std::string> cc_action(std::string_view action);
// ".deferrable = true", ".initially_deferred = true"; false for what can't be said.
bool cc_deferral(const schema::Deferral& deferral, std::vector<CcText>& out);

}  // namespace retort::autogenerate
