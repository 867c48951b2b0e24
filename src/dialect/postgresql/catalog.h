#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"

// Reading the system catalogs.
namespace retort::dialect::postgresql {

// What of the database is read: a schema, or what the search_path shows; one table of it, or all.
struct Scope {
  std::string schema{};
  std::optional<std::string> table{};
  // Schemas that stand for others, with the name that is read in place of theirs ("": none): those
  // of a scratch copy. Their names are like no other text.
  std::map<std::string, std::string> stands_for{};
  // `schema` is the session's temporary one, whose types and sequences are named without a schema.
  bool temporary = false;
  // What stands in texts for them, and what is read in its place: "::mood" for "::other.mood".
  std::vector<std::pair<std::string, std::string>> replaced{};

  // The schema that what is read has.
  std::string shown_schema() const;
};

// One result of a catalog query.
class CatalogRows {
 public:
  // Texts have the schemas of `scope` replaced by those that they stand for. The scope must outlive
  // it.
  CatalogRows(database::Connection& connection, const Scope& scope, const std::string& sql)
      : result_(connection.query(sql)), scope_(&scope) {}

  bool next() { return result_->next(); }
  // "" for NULL.
  std::string text(std::size_t column) const;
  std::optional<std::string> optional_text(std::size_t column) const;
  std::int64_t number(std::size_t column) const;
  std::optional<std::int64_t> optional_number(std::size_t column) const;
  bool flag(std::size_t column) const;  // false for NULL
  // An array of text; NULL elements are "".
  std::vector<std::string> list(std::size_t column) const;
  // "name=value" elements of reloptions.
  std::vector<std::pair<std::string, std::string>> settings(std::size_t column) const;

 private:
  std::string shown(std::string text) const;

  std::unique_ptr<database::Result> result_;
  const Scope* scope_;
};

// The items of an array's text, {a,"b c",NULL}.
std::vector<std::string> array_items(std::string_view text);

// A condition on pg_namespace n: the scope's schema. `visible` is a condition that the object is
// found by the search_path.
std::string in_schema(const Scope& scope, std::string_view visible);
// A condition on pg_class c joined with pg_namespace n: in the scope, and of no extension.
std::string in_scope(const Scope& scope);
// A condition: the object of this catalog is no extension's.
std::string of_no_extension(std::string_view catalog, std::string_view oid);
std::string literal(std::string_view text);

int server_major(const database::Connection& connection);

}  // namespace retort::dialect::postgresql
