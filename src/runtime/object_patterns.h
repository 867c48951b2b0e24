#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compare/options.h"

namespace retort::runtime {

// include_objects and exclude_objects of the configuration. A pattern is "kind:name" or a table's
// name alone; kinds are table, column, index, unique_constraint, foreign_key_constraint and
// check_constraint. Names are matched as a shell matches file names (* ? [a-z]): a table's as
// "name" or "schema.name", a column's as "table.column" or "column". An excluded object is out;
// when there are inclusions of its kind, it must match one.
class ObjectPatterns {
 public:
  ObjectPatterns(const std::vector<std::string>& include, const std::vector<std::string>& exclude);
  bool includes(const compare::Candidate& candidate) const;
  std::function<bool(const compare::Candidate&)> filter() const;

 private:
  struct Pattern {
    std::string kind;
    std::string name;
  };
  static std::vector<Pattern> parse(const std::vector<std::string>& texts);
  static bool matches(const Pattern& pattern, const compare::Candidate& candidate);

  std::vector<Pattern> include_;
  std::vector<Pattern> exclude_;
};

}  // namespace retort::runtime
