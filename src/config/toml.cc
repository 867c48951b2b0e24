#include "config/toml.h"

#include <algorithm>
#include <sstream>

namespace retort::config {
namespace {
struct MalformedToml {};
[[noreturn]] void fail_malformed() { throw MalformedToml(); }
}  // namespace
}  // namespace retort::config

// toml++ 3.3 asserts what some malformed texts break ("[" before a control character), and in a
// release build takes it for granted. Here it becomes an error like any other.
#undef NDEBUG
#define TOML_ASSERT(expression) ((expression) ? void() : ::retort::config::fail_malformed())
#include <toml++/toml.h>

#include "base/error.h"
#include "config/redact.h"

namespace retort::config {
namespace {

// toml++ counts columns in characters; places count bytes.
std::uint32_t offset_of(const Source& source, const toml::source_position& at) {
  std::string_view text = source.text();
  std::size_t offset = 0;
  for (std::uint32_t line = 1; line < at.line && offset < text.size(); ++line) {
    std::size_t newline = text.find('\n', offset);
    offset = newline == std::string_view::npos ? text.size() : newline + 1;
  }
  for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) {
      ++offset;
    }
  }
  return static_cast<std::uint32_t>(offset);
}

class Converter {
 public:
  enum class Moments { kRefused, kRead };
  Converter(SourcePtr shown, Moments moments)
      : shown_(std::move(shown)), moments_(moments == Moments::kRead) {}

  Place place(const toml::source_region& region) const {
    if (!region.begin) return {shown_, {0, 0}};
    std::uint32_t begin = offset_of(*shown_, region.begin);
    std::uint32_t end = region.end ? offset_of(*shown_, region.end) : begin;
    return {shown_, {begin, std::max(begin, end)}};
  }

  TomlTable table(const toml::table& in) const {
    TomlTable out;
    for (const auto& [key, node] : in) {
      out.entries.push_back(value(node));
      out.entries.back().key = std::string(key.str());
    }
    return out;
  }

 private:
  TomlMoment moment(const toml::node& node, const Place& where) const {
    if (!moments_) {
      throw Error(code::kConfig, "dates and times have no meaning in [tool.alembic]")
          .with_hint("write the value as a string")
          .with_place(where);
    }
    std::ostringstream text;
    if (const auto* date = node.as_date()) {
      text << date->get();
    } else if (const auto* time = node.as_time()) {
      text << time->get();
    } else if (const auto* both = node.as_date_time()) {
      text << both->get();
    }
    return {text.str()};
  }

  TomlValue value(const toml::node& node) const {
    TomlValue out;
    out.place = place(node.source());
    if (const auto* text = node.as_string()) {
      out.value = text->get();
    } else if (const auto* boolean = node.as_boolean()) {
      out.value = boolean->get();
    } else if (const auto* integer = node.as_integer()) {
      out.value = integer->get();
    } else if (const auto* number = node.as_floating_point()) {
      out.value = number->get();
    } else if (const auto* array = node.as_array()) {
      TomlList list;
      for (const toml::node& item : *array) list.push_back(value(item));
      out.value = std::move(list);
    } else if (const auto* inner = node.as_table()) {
      out.value = table(*inner);
    } else {
      out.value = moment(node, out.place);
    }
    return out;
  }

  SourcePtr shown_;
  bool moments_;
};

// Past the string that begins at `at`, or the end of its line when it is not closed there.
std::size_t skip_string(std::string_view text, std::size_t at) {
  char quote = text[at];
  bool multiline = text.substr(at, 3) == std::string(3, quote);
  std::string_view close = text.substr(at, multiline ? 3 : 1);
  for (std::size_t i = at + close.size(); i < text.size(); ++i) {
    if (text[i] == '\n' && !multiline) return i;
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text.substr(i, close.size()) == close) {
      return i + close.size();
    }
  }
  return text.size();
}

// Outside of strings and comments TOML is ASCII. What else stands there would reach code of toml++
// 3.3 that is declared unreachable.
void check_characters(const SourcePtr& source, const SourcePtr& shown) {
  std::string_view text = source->text();
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"' || c == '\'') {
      at = skip_string(text, at);
    } else if ((c >= ' ' && c != '\x7f') || c == '\t' || c == '\n' || c == '\r') {
      ++at;
    } else {
      auto begin = static_cast<std::uint32_t>(at);
      throw Error(code::kSyntax, "a character that TOML does not allow outside of strings")
          .with_hint("write keys and values that are not ASCII in quotes")
          .with_place({shown, {begin, begin + 1}});
    }
  }
}

}  // namespace

const TomlValue* find(const TomlTable& table, std::string_view key) {
  for (const TomlValue& entry : table.entries) {
    if (entry.key == key) return &entry;
  }
  for (std::size_t dot = key.find('.'); dot != std::string_view::npos;
       dot = key.find('.', dot + 1)) {
    for (const TomlValue& entry : table.entries) {
      if (entry.key != key.substr(0, dot) || entry.table() == nullptr) continue;
      if (const TomlValue* found = find(*entry.table(), key.substr(dot + 1))) return found;
    }
  }
  return nullptr;
}

namespace {

toml::table parse(const SourcePtr& source, const SourcePtr& shown, const Converter& convert) {
  check_characters(source, shown);
  try {
    return toml::parse(source->text());
  } catch (const toml::parse_error& error) {
    throw Error(code::kSyntax, std::string(error.description()))
        .with_place(convert.place(error.source()));
  } catch (const MalformedToml&) {
    throw Error(code::kSyntax, "'" + source->path() + "' is not TOML");
  }
}

void sort_by_place(TomlTable& table);

void sort_by_place(TomlValue& value) {
  if (auto* inner = std::get_if<TomlTable>(&value.value)) return sort_by_place(*inner);
  if (auto* list = std::get_if<TomlList>(&value.value)) {
    for (TomlValue& item : *list) sort_by_place(item);
  }
}

void sort_by_place(TomlTable& table) {
  std::ranges::stable_sort(table.entries, {},
                           [](const TomlValue& one) { return one.place.span.begin; });
  for (TomlValue& entry : table.entries) sort_by_place(entry);
}

}  // namespace

TomlTable parse_toml(const SourcePtr& source) {
  const Converter convert(source, Converter::Moments::kRead);
  TomlTable out = convert.table(parse(source, source, convert));
  sort_by_place(out);
  return out;
}

TomlTable parse_pyproject(const SourcePtr& source) {
  SourcePtr shown = redact(source);
  Converter convert(shown, Converter::Moments::kRefused);
  toml::table document = parse(source, shown, convert);
  const toml::node* tool = document.get("tool");
  if (tool == nullptr || !tool->is_table()) return {};
  const toml::node* alembic = tool->as_table()->get("alembic");
  if (alembic == nullptr) return {};
  if (!alembic->is_table()) {
    throw Error(code::kConfig, "Incorrect TOML format: tool.alembic is not a table")
        .with_hint("write a [tool.alembic] section")
        .with_place(convert.place(alembic->source()));
  }
  return convert.table(*alembic->as_table());
}

}  // namespace retort::config
