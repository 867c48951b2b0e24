#include "script/revision_text.h"

#include <algorithm>

namespace retort::script {
namespace {

using python::Evaluator;
using python::Value;

std::vector<Value> strings(Evaluator& evaluator, const std::vector<std::string>& texts) {
  std::vector<Value> out;
  for (const std::string& text : texts) out.push_back(evaluator.str(text));
  return out;
}

Value one_or(Evaluator& evaluator, const std::vector<std::string>& texts, bool tuple) {
  if (texts.empty()) return Value::none();
  if (texts.size() == 1) return evaluator.str(texts.front());
  return tuple ? evaluator.tuple(strings(evaluator, texts))
               : evaluator.list(strings(evaluator, texts));
}

// The filter of "Revises: ${down_revision | comma,n}".
Value comma(Evaluator& evaluator) {
  return evaluator.function("comma(value)", [](Evaluator& own, python::Arguments& arguments) {
    Value value = arguments[0];
    if (value.is_none()) return own.str("");
    if (value.is_str()) return value;
    std::string out;
    own.iterate(value, [&](Value item) {
      if (!out.empty()) out += ", ";
      out += own.to_str(item);
      return true;
    });
    return own.str(out);
  });
}

Value date_value(Evaluator& evaluator, const CreateDate& date) {
  if (!evaluator.has_native_module("datetime")) return evaluator.str(date.str());
  Value module = evaluator.import_module("datetime");
  std::vector<Value> parts;
  for (int part :
       {date.year, date.month, date.day, date.hour, date.minute, date.second, date.microsecond}) {
    parts.push_back(Value::integer(part));
  }
  if (date.offset) {
    const Value seconds[] = {Value::integer(0), Value::integer(*date.offset)};
    const Value delta[] = {evaluator.call(evaluator.get_attr(module, "timedelta"), seconds)};
    parts.push_back(evaluator.call(evaluator.get_attr(module, "timezone"), delta));
  }
  return evaluator.call(evaluator.get_attr(module, "datetime"), parts);
}

}  // namespace

MakoValues revision_values(const NewRevision& revision, Evaluator& evaluator) {
  MakoValues out = {
      {"message", evaluator.str(revision.message)},
      {"up_revision", evaluator.str(revision.revision)},
      {"down_revision", one_or(evaluator, revision.down_revision, true)},
      {"branch_labels", revision.branch_labels.empty()
                            ? Value::none()
                            : evaluator.tuple(strings(evaluator, revision.branch_labels))},
      {"depends_on", one_or(evaluator, revision.depends_on, false)},
      {"create_date", date_value(evaluator, revision.create_date)},
      {"comma", comma(evaluator)},
      {"upgrades", evaluator.str(revision.upgrades)},
      {"downgrades", evaluator.str(revision.downgrades)},
      {"imports", evaluator.str(revision.imports)},
  };
  for (const auto& [name, text] : revision.texts) out.emplace_back(name, evaluator.str(text));
  return out;
}

std::string revision_text(const SourcePtr& source, const NewRevision& revision,
                          Evaluator& evaluator, const MakoValues& more) {
  MakoValues values = revision_values(revision, evaluator);
  for (const auto& [name, value] : more) {
    auto there = std::ranges::find(values, name, &MakoValues::value_type::first);
    if (there != values.end()) {
      there->second = value;
    } else {
      values.emplace_back(name, value);
    }
  }
  return render_mako(source, evaluator, values);
}

}  // namespace retort::script
