#include <algorithm>

#include "autogenerate/render.h"
#include "base/text.h"

namespace retort::autogenerate {
namespace {

std::string full(const std::string& schema, const std::string& table) {
  return schema.empty() ? table : schema + "." + table;
}

struct Destroyed {
  std::string operator()(const operations::DropTable& op) const {
    return "table " + full(op.schema, op.table) + " and all its rows";
  }
  std::string operator()(const operations::DropColumn& op) const {
    if (op.dropped && op.dropped->computed) return {};
    return "column " + full(op.schema, op.table) + "." + op.column + " and its values";
  }
  std::string operator()(const operations::AlterEnum& op) const {
    std::vector<std::string> gone;
    for (const std::string& value : op.from.values) {
      if (std::find(op.to.values.begin(), op.to.values.end(), value) == op.to.values.end()) {
        gone.push_back(value);
      }
    }
    return gone.empty() ? "" : "the values " + join(gone, ", ") + " of " + op.to.type_name;
  }
  std::string operator()(const operations::DropSequence& op) const {
    return "sequence " + full(op.sequence.schema, op.sequence.name) + " and its state";
  }
  std::string operator()(const operations::BatchAlterTable& op) const {
    std::vector<std::string> all;
    for (const operations::Operation& inner : op.operations) {
      std::string one = destroyed_by(inner);
      if (!one.empty()) all.push_back(one);
    }
    return join(all, "; ");
  }
  template <typename Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

}  // namespace

std::string destroyed_by(const operations::Operation& operation) {
  return std::visit(Destroyed{}, operation);
}

}  // namespace retort::autogenerate
