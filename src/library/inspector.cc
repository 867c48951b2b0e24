#include "dialect/inspector.h"

#include <retort/inspector.h>

#include "library/schema.h"
#include "library/session.h"

namespace retort {

namespace {

std::unique_ptr<dialect::Inspector> reader(const std::shared_ptr<library::Session>& session) {
  return dialect::make_inspector(session->connection());
}

}  // namespace

std::string Inspector::default_schema() const { return reader(session_)->default_schema(); }
std::vector<std::string> Inspector::schema_names() const {
  return reader(session_)->schema_names();
}
std::vector<std::string> Inspector::table_names(const std::string& schema) const {
  return reader(session_)->table_names(schema);
}
std::vector<std::string> Inspector::view_names(const std::string& schema) const {
  return reader(session_)->view_names(schema);
}
bool Inspector::has_table(const std::string& table, const std::string& schema) const {
  return reader(session_)->has_table(table, schema);
}
bool Inspector::has_column(const std::string& table, const std::string& column,
                           const std::string& schema) const {
  return has_table(table, schema) &&
         reader(session_)->table(table, schema).column(column) != nullptr;
}
bool Inspector::has_index(const std::string& table, const std::string& index,
                          const std::string& schema) const {
  if (!has_table(table, schema)) return false;
  for (const schema::Index& each : reader(session_)->table(table, schema).indexes) {
    if (each.name.text == index) return true;
  }
  return false;
}
Table Inspector::table(const std::string& table, const std::string& schema) const {
  return library::from_table(reader(session_)->table(table, schema));
}

}  // namespace retort
