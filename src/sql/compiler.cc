#include "sql/compiler.h"

#include <charconv>

#include "base/error.h"

namespace retort::sql {

namespace {

constexpr char kMarkBegin = '\x01';
constexpr char kMarkEnd = '\x02';

}  // namespace

const ExecutionValue* Compiler::execution_value(std::string_view name) const {
  for (const ExecutionValue& v : options_.values) {
    if (v.name == name) return &v;
  }
  return nullptr;
}

std::string Compiler::mark(Slot slot) {
  slots_.push_back(std::move(slot));
  return kMarkBegin + std::to_string(slots_.size() - 1) + kMarkEnd;
}

std::string Compiler::anonymous(std::uint64_t id, const std::string& base) {
  auto [found, fresh] = id_names_.try_emplace(id);
  if (fresh) found->second = base + "_" + std::to_string(++counters_[base]);
  return found->second;
}

std::string Compiler::anonymous(const Node* node, const std::string& base) {
  auto [found, fresh] = node_names_.try_emplace(node);
  if (fresh) found->second = base + "_" + std::to_string(++counters_[base]);
  return found->second;
}

std::string Compiler::finish(std::string text) {
  if (slots_.empty()) return text;
  std::string out;
  out.reserve(text.size());
  std::vector<Slot> ordered;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != kMarkBegin) {
      out += text[i];
      continue;
    }
    std::size_t index = 0;
    const char* begin = text.data() + i + 1;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), index);
    if (error != std::errc() || *end != kMarkEnd || index >= slots_.size()) {
      out += text[i];
      continue;
    }
    ordered.push_back(slots_[index]);
    out += grammar_.placeholder(ordered.size(), ordered.back().type);
    i = static_cast<std::size_t>(end - text.data());
  }
  slots_ = std::move(ordered);
  return out;
}

Compiled Compiler::run(const Expression& root) {
  Context context;
  context.include_table = options_.table_names;
  Compiled out;
  // A FROM item by itself is shown as it would be in FROM.
  context.as_from = is_from(root);
  out.sql = finish(visit(root, context));
  out.slots = std::move(slots_);
  out.columns = std::move(columns_);
  const Expression inner =
      get<node::SelectGrouping>(root) ? get<node::SelectGrouping>(root)->select : root;
  out.returns_rows = get<node::Select>(inner) || get<node::Compound>(inner) ||
                     get<node::TextSelect>(inner) || columns_noted_;
  return out;
}

Compiled compile(const Expression& expression, const Grammar& grammar,
                 const CompileOptions& options) {
  if (!expression) return {};
  return Compiler(grammar, options).run(expression);
}

Statement compile(const Expression& expression, const Grammar& grammar, Binds binds) {
  CompileOptions options;
  options.binds = binds;
  Compiled compiled = compile(expression, grammar, options);
  Statement out;
  out.sql = std::move(compiled.sql);
  for (Slot& slot : compiled.slots) {
    if (!slot.value) {
      throw Error(code::kOperation,
                  "A value is required for bind parameter '" + slot.name + "' of " + out.sql)
          .with_hint("give it with bindparams(" + slot.name +
                     "=...), or write '\\:' for a colon that is not a parameter");
    }
    out.parameters.push_back(grammar.bind(*slot.value, slot.type));
  }
  return out;
}

std::string compile_ddl(const Expression& expression, const Grammar& grammar) {
  CompileOptions options;
  options.binds = Binds::kLiteral;
  options.table_names = false;
  return compile(expression, grammar, options).sql;
}

}  // namespace retort::sql
