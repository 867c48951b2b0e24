#include "models/unimported.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/file.h"
#include "base/text.h"

namespace retort::models {

namespace fs = std::filesystem;

namespace {

// More files than these are no project but a folder of projects: nothing useful comes of it.
constexpr std::size_t kMostFiles = 20'000;

bool is_foreign(const fs::path& folder) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"site-packages", "node_modules", "tests", "test", "__pycache__", "build", "dist"});
  std::string name = folder.filename().string();
  std::error_code ignored;
  return name.starts_with('.') || std::ranges::find(kNames, name) != kNames.end() ||
         fs::exists(folder / "pyvenv.cfg", ignored);
}

// The text of `__tablename__ = "users"`, with or without an annotation; empty for another line.
std::string table_of(std::string_view line) {
  constexpr std::string_view kName = "__tablename__";
  line = trim(line);
  if (!line.starts_with(kName)) return "";
  std::size_t equals = line.find('=', kName.size());
  if (equals == std::string_view::npos) return "";
  line = trim(line.substr(equals + 1));
  if (line.empty() || (line[0] != '"' && line[0] != '\'')) return "";
  std::size_t end = line.find(line[0], 1);
  return end == std::string_view::npos ? "" : std::string(line.substr(1, end - 1));
}

}  // namespace

std::vector<UnimportedModel> unimported_models(const fs::path& folder, const fs::path& scripts,
                                               const std::set<fs::path>& imported,
                                               const std::set<std::string>& known) {
  std::vector<UnimportedModel> out;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  std::size_t files = 0;
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const fs::path& path = at->path();
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (is_foreign(path) || path.lexically_normal() == scripts.lexically_normal()) {
        at.disable_recursion_pending();
      }
      continue;
    }
    if (path.extension() != ".py" || imported.contains(path.lexically_normal())) continue;
    if (++files > kMostFiles) break;
    try {
      for (const std::string& line : split(read_file(path), '\n')) {
        std::string table = table_of(line);
        if (!table.empty() && !known.contains(table)) out.push_back({path, table});
      }
    } catch (const std::exception&) {
      // A file that can't be read is no hint.
    }
  }
  std::ranges::sort(out, {}, [](const UnimportedModel& one) { return one.file; });
  return out;
}

}  // namespace retort::models
