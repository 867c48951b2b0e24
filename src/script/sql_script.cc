#include "script/sql_script.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace retort::script {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Line {
  std::string_view text{};  // without its end
  std::uint32_t begin = 0;
  std::uint32_t after = 0;  // where the next one begins
};

Line line_at(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {line, static_cast<std::uint32_t>(at),
          static_cast<std::uint32_t>(std::min(end + 1, text.size()))};
}

// What stands behind "--"; nullopt for a line that is no comment.
std::optional<std::string_view> comment(std::string_view line) {
  line = trim(line);
  if (!line.starts_with("--")) return std::nullopt;
  return trim(line.substr(2));
}

enum class Key : std::uint8_t {
  kRevision,
  kDownRevision,
  kBranchLabels,
  kDependsOn,
  kMessage,
  kTransaction,
  kVariables,
};

struct KeyName {
  std::string_view name;
  Key key;
};
// The second spellings are those of the docstrings that Alembic writes.
constexpr auto kKeys = std::to_array<KeyName>({
    {"revision", Key::kRevision},
    {"revision id", Key::kRevision},
    {"down_revision", Key::kDownRevision},
    {"revises", Key::kDownRevision},
    {"branch_labels", Key::kBranchLabels},
    {"branch label", Key::kBranchLabels},
    {"depends_on", Key::kDependsOn},
    {"depends on", Key::kDependsOn},
    {"message", Key::kMessage},
    {"transaction", Key::kTransaction},
    {"variables", Key::kVariables},
});

struct Entry {
  Key key{};
  std::string_view value{};
};

std::optional<Entry> entry(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon == kNone) return std::nullopt;
  std::string name = to_lower(trim(text.substr(0, colon)));
  for (const KeyName& known : kKeys) {
    if (known.name == name) return Entry{known.key, trim(text.substr(colon + 1))};
  }
  return std::nullopt;
}

enum class Mark : std::uint8_t { kUpgrade, kDowngrade };

// "-- upgrade" and what goose and dbmate write in its place.
std::optional<Mark> mark(std::string_view text) {
  std::string word = to_lower(text);
  std::string_view first = std::string_view(word).substr(0, word.find(" transaction:"));
  for (std::string_view up : {"upgrade", "up", "+goose up", "migrate:up"}) {
    if (first == up) return Mark::kUpgrade;
  }
  for (std::string_view down : {"downgrade", "down", "+goose down", "migrate:down"}) {
    if (first == down) return Mark::kDowngrade;
  }
  return std::nullopt;
}

[[noreturn]] void fail(const SourcePtr& source, const Line& line, std::string message,
                       std::string hint) {
  throw Error(code::kScript, std::move(message))
      .with_place({source, {line.begin, line.begin + static_cast<std::uint32_t>(line.text.size())}})
      .with_hint(std::move(hint));
}

bool read_switch(const SourcePtr& source, const Line& line, std::string_view key,
                 std::string_view value) {
  std::string word = to_lower(value);
  if (word == "on" || word == "true" || word == "yes") return true;
  if (word == "off" || word == "false" || word == "no") return false;
  fail(source, line, "'" + std::string(value) + "' is no value of '" + std::string(key) + "'",
       "write `-- " + std::string(key) + ": off` or leave the line out");
}

std::vector<std::string> names(std::string_view value) {
  std::vector<std::string> out;
  for (const std::string& part : split(value, ',')) {
    std::string_view name = trim(part);
    if (!name.empty() && name != "<base>" && name != "None") out.emplace_back(name);
  }
  return out;
}

// What the comments before the first part and at the top of a part say.
struct Switches {
  bool transaction = true;
  bool variables = true;
};

void read_switches(const SourcePtr& source, const Line& line, std::string_view text,
                   Switches& switches) {
  std::string word = to_lower(text);
  if (word == "+goose no transaction" || word.ends_with(" transaction:false")) {
    switches.transaction = false;
  }
  std::optional<Entry> found = entry(text);
  if (found && found->key == Key::kTransaction) {
    switches.transaction = read_switch(source, line, "transaction", found->value);
  }
  if (found && found->key == Key::kVariables) {
    switches.variables = read_switch(source, line, "variables", found->value);
  }
}

// ${name} and ${name:-default} replaced.
std::string substitute(std::string_view sql, const Variables& variables, const Place& place) {
  std::string out;
  std::size_t at = 0;
  while (at < sql.size()) {
    std::size_t begin = sql.find("${", at);
    std::size_t end = begin == kNone ? kNone : sql.find('}', begin);
    if (end == kNone) break;
    std::string_view inside = sql.substr(begin + 2, end - begin - 2);
    std::size_t dash = inside.find(":-");
    std::string_view name = inside.substr(0, dash);
    bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    out += sql.substr(at, begin - at);
    at = end + 1;
    if (!is_name) {
      out += sql.substr(begin, at - begin);
      continue;
    }
    if (std::optional<std::string> value = variables(name)) {
      out += *value;
    } else if (dash != kNone) {
      out += inside.substr(dash + 2);
    } else {
      Place there = place;
      there.span.begin += static_cast<std::uint32_t>(begin);
      there.span.end = place.span.begin + static_cast<std::uint32_t>(at);
      throw Error(code::kScript, "the variable '" + std::string(name) + "' has no value")
          .with_place(there)
          .with_hint("give it with -x " + std::string(name) + "=..., give it a default with ${" +
                     std::string(name) + ":-...}, or turn variables off with `-- variables: off`");
    }
  }
  out += sql.substr(at);
  return out;
}

}  // namespace

bool is_sql_revision(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    Line line = line_at(text, at);
    at = line.after;
    if (trim(line.text).empty()) continue;
    std::optional<std::string_view> words = comment(line.text);
    if (!words) return false;
    std::optional<Entry> found = entry(*words);
    if (found && found->key == Key::kRevision) return true;
  }
  return false;
}

Script read_sql_header(const SourcePtr& source, const std::filesystem::path& path) {
  Script script;
  script.path = path;
  script.language = Language::kSql;
  std::string_view text = source->text();
  for (std::size_t at = 0; at < text.size();) {
    Line line = line_at(text, at);
    at = line.after;
    std::optional<std::string_view> words = comment(line.text);
    if (!words && trim(line.text).empty()) continue;
    if (!words || mark(*words)) break;
    std::optional<Entry> found = entry(*words);
    if (!found) continue;
    switch (found->key) {
      case Key::kRevision:
        if (found->value.empty()) {
          fail(source, line, "the revision has no id", "write `-- revision: ae1027a6acf`");
        }
        script.revision.id = found->value;
        break;
      case Key::kDownRevision:
        script.revision.down_revisions = names(found->value);
        break;
      case Key::kBranchLabels:
        script.revision.branch_labels = names(found->value);
        break;
      case Key::kDependsOn:
        script.revision.depends_on = names(found->value);
        break;
      case Key::kMessage:
        script.text = found->value;
        break;
      case Key::kTransaction:
      case Key::kVariables:
        break;
    }
  }
  return script;
}

SqlSection read_sql_section(const SourcePtr& source, bool upgrade, sql::SplitDialect dialect,
                            const Variables& variables) {
  Mark wanted = upgrade ? Mark::kUpgrade : Mark::kDowngrade;
  std::string_view text = source->text();
  Switches switches;  // of the header, then of the part
  std::optional<std::uint32_t> begin;
  std::uint32_t end = static_cast<std::uint32_t>(text.size());
  bool in_header = true;
  bool at_top = true;  // of the wanted part: only comments so far
  for (std::size_t at = 0; at < text.size();) {
    Line line = line_at(text, at);
    at = line.after;
    std::optional<std::string_view> words = comment(line.text);
    if (!words) {
      if (begin && !trim(line.text).empty()) at_top = false;
      continue;
    }
    std::optional<Mark> found = mark(*words);
    if (found && begin) {
      end = line.begin;
      break;
    }
    if (found) in_header = false;
    if (found == wanted) begin = line.after;
    if (in_header || found == wanted || (begin && at_top)) {
      read_switches(source, line, *words, switches);
    }
  }
  if (!begin) {
    std::string name = upgrade ? "upgrade" : "downgrade";
    throw Error(code::kScript, "the script has no '-- " + name + "' part")
        .with_place({source, {0, 0}})
        .with_hint("write the line `-- " + name +
                   "` with nothing below it if there is nothing to do");
  }
  SqlSection section;
  section.transaction = switches.transaction;
  for (const sql::SplitStatement& piece :
       sql::split_statements(text.substr(*begin, end - *begin), dialect)) {
    if (piece.text.begin == piece.text.end) continue;
    Span span{*begin + piece.text.begin, *begin + piece.text.end};
    Place place{source, span};
    std::string_view sql = source->text(span);
    section.statements.push_back(
        {switches.variables ? substitute(sql, variables, place) : std::string(sql), place});
  }
  return section;
}

}  // namespace retort::script
