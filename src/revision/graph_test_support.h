#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "revision/graph.h"

namespace retort::revision {

inline std::vector<std::string> words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> result;
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

// One revision as the tests write it: "id (label label): parent parent + dependency dependency".
inline Revision parse_revision(std::string_view line) {
  Revision result;
  auto cut = [&](char at, bool keep_before) {
    const std::size_t found = line.find(at);
    if (found == std::string_view::npos) return std::string();
    const std::string_view before = line.substr(0, found);
    const std::string_view after = line.substr(found + 1);
    line = keep_before ? before : after;
    return std::string(keep_before ? after : before);
  };
  result.depends_on = words(cut('+', true));
  result.down_revisions = words(cut(':', true));
  std::string labels = cut('(', true);
  std::erase(labels, ')');
  result.branch_labels = words(labels);
  result.id = std::string(trim(line));
  return result;
}

// A history: its revisions in load order, one a line or separated by ';'.
inline Graph parse_history(std::string_view text) {
  std::vector<Revision> revisions;
  for (const std::string& line : split(replace_all(std::string(text), "\n", ";"), ';')) {
    if (!trim(line).empty()) revisions.push_back(parse_revision(trim(line)));
  }
  return Graph(std::move(revisions));
}

// Ids in alphabetical order, as one text.
inline std::string sorted_line(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return join(ids, " ");
}

}  // namespace retort::revision
