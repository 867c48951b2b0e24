#include "models/ddl.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "dialect/inspect.h"

namespace retort::models {

namespace fs = std::filesystem;

std::vector<fs::path> ddl_files(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return {path};
  std::vector<fs::path> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failed)) {
    if (entry.path().extension() == ".sql") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  if (out.empty()) {
    throw Error(code::kFile, "no *.sql files in '" + path.string() + "'")
        .with_hint("name a file, or a folder with the files of the schema");
  }
  return out;
}

namespace {

// Texts with what names them in messages.
using Texts = std::vector<std::pair<std::string, std::string>>;

schema::MetaData made_of(const Texts& texts, database::Connection& scratch) {
  dialect::InspectScope scope;
  scope.definitions = true;
  if (!dialect::inspect(scratch, scope).tables.empty()) {
    throw Error(code::kOperation, "the scratch database is not empty")
        .with_hint("--dev-url has to name a database without tables; nothing is kept in it");
  }
  database::Transaction undone(scratch);
  for (const auto& [origin, text] : texts) {
    try {
      scratch.execute(text);
    } catch (Error& error) {
      error.with_context(origin);
      throw;
    }
  }
  // What the texts make in other schemas is wanted as well.
  scope.all_schemas = true;
  return dialect::inspect(scratch, scope);
}

}  // namespace

schema::MetaData ddl_schema(const std::vector<fs::path>& files, database::Connection& scratch) {
  Texts texts;
  for (const fs::path& file : files) texts.emplace_back(file.string(), read_file(file));
  return made_of(texts, scratch);
}

schema::MetaData ddl_schema_of(const std::string& text, const std::string& origin,
                               database::Connection& scratch) {
  return made_of({{origin, text}}, scratch);
}

}  // namespace retort::models
