#include "runtime/object_patterns.h"

#include <fnmatch.h>

#include <algorithm>

namespace retort::runtime {

namespace {

bool like(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

}  // namespace

ObjectPatterns::ObjectPatterns(const std::vector<std::string>& include,
                               const std::vector<std::string>& exclude)
    : include_(parse(include)), exclude_(parse(exclude)) {}

std::vector<ObjectPatterns::Pattern> ObjectPatterns::parse(const std::vector<std::string>& texts) {
  std::vector<Pattern> patterns;
  for (const std::string& text : texts) {
    std::size_t colon = text.find(':');
    if (colon == std::string::npos) {
      patterns.push_back({"table", text});
    } else {
      patterns.push_back({text.substr(0, colon), text.substr(colon + 1)});
    }
  }
  return patterns;
}

bool ObjectPatterns::matches(const Pattern& pattern, const compare::Candidate& candidate) {
  if (pattern.kind != candidate.kind) return false;
  std::string name(candidate.name);
  if (like(pattern.name, name)) return true;
  if (!candidate.table) return false;
  if (candidate.kind == "table") return like(pattern.name, candidate.table->full_name());
  return like(pattern.name, candidate.table->name + "." + name) ||
         like(pattern.name, candidate.table->full_name() + "." + name);
}

bool ObjectPatterns::includes(const compare::Candidate& candidate) const {
  const auto matching = [&](const Pattern& pattern) { return matches(pattern, candidate); };
  if (std::ranges::any_of(exclude_, matching)) return false;
  bool restricted = std::ranges::any_of(
      include_, [&](const Pattern& pattern) { return pattern.kind == candidate.kind; });
  return !restricted || std::ranges::any_of(include_, matching);
}

std::function<bool(const compare::Candidate&)> ObjectPatterns::filter() const {
  return [*this](const compare::Candidate& candidate) { return includes(candidate); };
}

}  // namespace retort::runtime
