#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retort::modules::stdlib {

// Files that evaluated code wrote and that nobody else sees: a settings module that makes its
// secret key at the first start reads back what it wrote, and nothing is left of it after the run.
class KeptFiles {
 public:
  // True when there was none of this name.
  bool write(const std::filesystem::path& path, std::string data) {
    return files_.insert_or_assign(path, std::move(data)).second;
  }
  const std::string* find(const std::filesystem::path& path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
  }
  bool remove(const std::filesystem::path& path) { return files_.erase(path) > 0; }
  bool rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    auto node = files_.extract(from);
    if (node.empty()) return false;
    files_.insert_or_assign(to, std::move(node.mapped()));
    return true;
  }
  std::vector<std::string> names_in(const std::filesystem::path& folder) const {
    std::vector<std::string> names;
    for (const auto& [path, data] : files_) {
      if (path.parent_path() == folder) names.push_back(path.filename().string());
    }
    return names;
  }

 private:
  std::map<std::filesystem::path, std::string> files_{};
};

}  // namespace retort::modules::stdlib
