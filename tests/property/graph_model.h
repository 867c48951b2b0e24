#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "revision/revision.h"

// A revision graph as plainly as it can be said: sets of ids, closures by repetition, no thought of
// cost. What the real one is measured against.
namespace model {

using Ids = std::set<std::string>;
using retort::revision::Revision;

struct Model {
  explicit Model(const std::vector<Revision>& revisions) {
    std::map<std::string, std::string> carrier;
    for (const Revision& r : revisions) {
      order.push_back(r.id);
      for (const std::string& label : r.branch_labels) carrier[label] = r.id;
    }
    for (const Revision& r : revisions) {
      parents[r.id] = Ids(r.down_revisions.begin(), r.down_revisions.end());
      lower[r.id] = parents[r.id];
      for (const std::string& name : r.depends_on) {
        lower[r.id].insert(carrier.count(name) ? carrier[name] : name);
      }
    }
  }

  // Everything at or below.
  Ids below(const Ids& start) const {
    Ids result = start;
    for (bool grown = true; grown;) {
      grown = false;
      for (const std::string& id : Ids(result)) {
        for (const std::string& next : lower.at(id)) grown |= result.insert(next).second;
      }
    }
    return result;
  }

  // Everything at or above.
  Ids above(const Ids& start) const {
    Ids result;
    for (const std::string& id : order) {
      for (const std::string& other : below({id})) {
        if (start.count(other)) result.insert(id);
      }
    }
    return result;
  }

  // Those that no other member stands on.
  Ids tips(const Ids& set) const {
    Ids result = set;
    for (const std::string& id : set) {
      for (const std::string& other : below({id})) {
        if (other != id) result.erase(other);
      }
    }
    return result;
  }

  Ids children(const std::string& id) const {
    Ids result;
    for (const auto& [other, ids] : parents) {
      if (ids.count(id)) result.insert(other);
    }
    return result;
  }

  Ids all() const { return Ids(order.begin(), order.end()); }

  std::vector<std::string> order;
  std::map<std::string, Ids> parents;
  std::map<std::string, Ids> lower;
};

inline Ids minus(Ids from, const Ids& what) {
  for (const std::string& id : what) from.erase(id);
  return from;
}

inline Ids both(const Ids& a, const Ids& b) {
  Ids result;
  for (const std::string& id : a) {
    if (b.count(id)) result.insert(id);
  }
  return result;
}

}  // namespace model
