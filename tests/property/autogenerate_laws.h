#pragma once

#include <rapidcheck.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "../ddl/evaluated.h"
#include "autogenerate/render.h"
#include "database/connection.h"
#include "dialect/dialect.h"
#include "operations/describe.h"

// What the laws of autogenerate need on every engine.
namespace retort::autogenerate_laws {

using Operations = std::vector<operations::Operation>;

struct Live : dialect::Catalog {
  explicit Live(database::Connection& c) : c_(&c) {}
  database::Connection& connection() override { return *c_; }
  database::Connection* c_;
};

// The operations that the text of a revision makes when it is evaluated.
inline Operations evaluated(const Operations& operations, std::string_view engine,
                            bool as_batch = false) {
  runtime::RevisionHooks hooks;
  autogenerate::Rendered rendered = autogenerate::render_python(
      operations, {dialect::find_dialect(engine), hooks, as_batch, true});
  return tests::evaluate_case(rendered.body, engine).operations;
}

inline std::string told(const Operations& operations) {
  std::string out;
  for (const operations::Operation& one : operations) out += operations::describe(one) + "\n";
  return out;
}

// Values by "table.column": those that are still there are what they were.
inline void expect_kept(const std::map<std::string, std::string>& before,
                        const std::map<std::string, std::string>& after) {
  for (const auto& [name, value] : before) {
    auto found = after.find(name);
    if (found == after.end()) continue;
    RC_LOG() << name << ": " << value << " and then " << found->second << "\n";
    RC_ASSERT(found->second == value);
  }
}

}  // namespace retort::autogenerate_laws
