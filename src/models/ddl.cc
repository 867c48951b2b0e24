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

schema::MetaData ddl_schema(const std::vector<fs::path>& files, database::Connection& scratch) {
  dialect::InspectScope scope;
  scope.definitions = true;
  if (!dialect::inspect(scratch, scope).tables.empty()) {
    throw Error(code::kOperation, "the scratch database is not empty")
        .with_hint("--dev-url has to name a database without tables; nothing is kept in it");
  }
  database::Transaction undone(scratch);
  for (const fs::path& file : files) {
    try {
      scratch.execute(read_file(file));
    } catch (Error& error) {
      error.with_context(file.string());
      throw;
    }
  }
  return dialect::inspect(scratch, scope);
}

}  // namespace retort::models
