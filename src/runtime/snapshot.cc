#include "runtime/snapshot.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "base/text.h"
#include "dialect/inspector.h"
#include "schema/dump.h"

namespace retort::runtime {

namespace {

// SQLite's types are the words they were declared with.
void show_declared_type(schema::Column& column) {
  const schema::Option* declared = schema::find_option(column.options, "sqlite_declared_type");
  if (!declared) return;
  const auto* text = std::get_if<std::string>(&declared->value);
  if (!text) return;
  column.type = sql::Type();
  column.type.name = text->empty() ? "without type" : *text;
  std::erase_if(column.options,
                [](const schema::Option& option) { return option.name == "sqlite_declared_type"; });
}

// The table first, then what it has. Of a table that can't be read, such as a virtual one, its
// name.
std::vector<std::string> lines_of(dialect::Inspector& inspector, const std::string& name) {
  try {
    schema::Table table = inspector.table(name, "");
    for (schema::Column& column : table.columns) show_declared_type(column);
    return split(trim(schema::dump(table)), '\n');
  } catch (const Error&) {
    return {"table " + name};
  }
}

}  // namespace

Snapshot take_snapshot(database::Connection& connection, std::span<const std::string> without) {
  std::unique_ptr<dialect::Inspector> inspector = dialect::make_inspector(connection);
  Snapshot lines;
  for (const std::string& name : inspector->table_names("")) {
    if (std::ranges::find(without, name) != without.end()) continue;
    std::vector<std::string> parts = lines_of(*inspector, name);
    lines.push_back(parts[0]);
    for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
      lines.push_back(name + ": " + std::string(trim(*part)));
    }
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> differences(const Snapshot& have, const Snapshot& want) {
  std::vector<std::string> gone;
  std::vector<std::string> come;
  std::ranges::set_difference(have, want, std::back_inserter(gone));
  std::ranges::set_difference(want, have, std::back_inserter(come));
  std::vector<std::string> out;
  for (const std::string& line : gone) out.push_back("- " + line);
  for (const std::string& line : come) out.push_back("+ " + line);
  std::ranges::stable_sort(out, {}, [](const std::string& line) { return line.substr(2); });
  return out;
}

}  // namespace retort::runtime
