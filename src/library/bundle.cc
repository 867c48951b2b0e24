#include "library/bundle.h"

#include "base/error.h"
#include "base/source.h"
#include "library/op.h"
#include "script/header.h"

namespace retort::library {

namespace {

std::vector<std::string> texts(const Names& names) {
  std::vector<std::string> out;
  for (std::string_view name : names) {
    if (!name.empty()) out.emplace_back(name);
  }
  return out;
}

std::function<void(modules::Host&)> runner(void (*function)(Op&)) {
  if (function == nullptr) return {};
  return [function](modules::Host& host) {
    Op::Implementation implementation(host);
    Op op(implementation);
    function(op);
  };
}

script::Script compiled(const Revision& revision) {
  script::Script script;
  script.language = script::Language::kCompiled;
  script.path = std::string(revision.id) + ".cc";
  script.revision.id = revision.id;
  script.revision.down_revisions = texts(revision.down);
  script.revision.depends_on = texts(revision.depends_on);
  script.revision.branch_labels = texts(revision.branch_labels);
  script.text = revision.message;
  script.upgrade = runner(revision.upgrade);
  script.downgrade = runner(revision.downgrade);
  return script;
}

}  // namespace

std::vector<script::Script> scripts_of(const Bundle& bundle) {
  std::vector<script::Script> out;
  for (const Script& each : bundle.scripts) {
    auto source = std::make_shared<Source>(std::string(each.name), std::string(each.text));
    out.push_back(script::read_script(std::move(source), std::string(each.name)));
  }
  for (const Revision* each : bundle.compiled) {
    if (each == nullptr) throw Error(code::kMisuse, "the bundle has a null pointer for a revision");
    out.push_back(compiled(*each));
  }
  return out;
}

}  // namespace retort::library
