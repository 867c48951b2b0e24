#include "config/env_file.h"

#include <algorithm>

#include "base/text.h"
#include "config/redact.h"

namespace retort::config {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
bool is_end(char c) { return c == '\n' || c == '\r'; }

class EnvParser {
 public:
  explicit EnvParser(const SourcePtr& source) : text_(source->text()), shown_(redact(source)) {}

  EnvFile run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (true) {
      while (at_ < text_.size() && (is_blank(text_[at_]) || is_end(text_[at_]))) ++at_;
      if (at_ >= text_.size()) return std::move(file_);
      std::size_t begin = at_;
      if (statement()) continue;
      at_ = begin;
      while (at_ < text_.size() && !is_end(text_[at_])) ++at_;
      file_.bad_lines.push_back(
          {shown_, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}});
    }
  }

 private:
  bool statement() {
    if (text_.substr(at_).starts_with("export") && at_ + 6 < text_.size() &&
        is_blank(text_[at_ + 6])) {
      at_ += 6;
      skip_blanks();
    }
    EnvEntry entry;
    bool has_name = at_ < text_.size() && text_[at_] != '#';
    if (has_name && !read_name(entry.name)) return false;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_blanks();
      std::optional<std::string> value = read_value();
      if (!value) return false;
      entry.value = std::move(value);
    }
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '#') {
      while (at_ < text_.size() && !is_end(text_[at_])) ++at_;
    }
    if (at_ < text_.size() && !is_end(text_[at_])) return false;
    if (has_name) file_.entries.push_back(std::move(entry));
    return true;
  }

  bool read_name(std::string& name) {
    std::size_t begin = at_;
    if (text_[at_] == '\'') {
      std::size_t close = text_.find('\'', begin + 1);
      if (close == std::string_view::npos || close == begin + 1) return false;
      name = std::string(text_.substr(begin + 1, close - begin - 1));
      at_ = close + 1;
      return true;
    }
    while (at_ < text_.size() && text_[at_] != '=' && text_[at_] != '#' && !is_blank(text_[at_]) &&
           !is_end(text_[at_])) {
      ++at_;
    }
    name = std::string(text_.substr(begin, at_ - begin));
    return !name.empty();
  }

  std::optional<std::string> read_value() {
    if (at_ >= text_.size() || is_end(text_[at_])) return "";
    if (text_[at_] == '\'' || text_[at_] == '"') return read_quoted(text_[at_]);
    std::size_t begin = at_;
    while (at_ < text_.size() && !is_end(text_[at_])) ++at_;
    std::string_view value = text_.substr(begin, at_ - begin);
    for (std::size_t i = 1; i < value.size(); ++i) {
      // A '#' starts a comment only after white space.
      if (value[i] == '#' && is_blank(value[i - 1])) {
        value = value.substr(0, i);
        break;
      }
    }
    return std::string(trim(value));
  }

  // Only the quote and the backslash can be escaped in single quotes, control characters as well in
  // double quotes; any other backslash stays.
  std::optional<std::string> read_quoted(char quote) {
    std::string out;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      char c = text_[i];
      if (c == quote) {
        at_ = i + 1;
        return out;
      }
      if (c == '\\' && i + 1 < text_.size()) {
        static constexpr std::string_view kLetters = "abfnrtv";
        static constexpr std::string_view kMeant = "\a\b\f\n\r\t\v";
        char next = text_[i + 1];
        std::size_t letter = kLetters.find(next);
        if (next == '\\' || next == '\'' || (quote == '"' && next == '"')) {
          out += next;
          ++i;
          continue;
        }
        if (quote == '"' && letter != std::string_view::npos) {
          out += kMeant[letter];
          ++i;
          continue;
        }
      }
      out += c;
    }
    return std::nullopt;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  std::string_view text_;
  SourcePtr shown_;
  EnvFile file_;
  std::size_t at_ = 0;
};

using Values = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string> value_in(const Values& values, const std::string& name) {
  for (const auto& [known, value] : values) {
    if (known == name) return value;
  }
  return std::nullopt;
}

template <typename Lookup>
std::string expand(std::string_view text, Lookup lookup) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t close = text.substr(at, 2) == "${" ? text.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += text[at];
      continue;
    }
    std::string_view inside = text.substr(at + 2, close - at - 2);
    std::size_t colon = inside.find(':');
    if (colon != std::string_view::npos && inside.substr(colon, 2) != ":-") {
      out += text[at];
      continue;
    }
    std::optional<std::string> value = lookup(std::string(inside.substr(0, colon)));
    if (value) {
      out += *value;
    } else if (colon != std::string_view::npos) {
      out += inside.substr(colon + 2);
    }
    at = close;
  }
  return out;
}

}  // namespace

EnvFile parse_env_file(const SourcePtr& source) { return EnvParser(source).run(); }

Values resolve_env(const EnvFile& file, const Environment& environment, bool file_wins) {
  Values out;
  for (const EnvEntry& entry : file.entries) {
    std::erase_if(out, [&](const auto& known) { return known.first == entry.name; });
    if (!entry.value) continue;
    std::string value =
        expand(*entry.value, [&](const std::string& name) -> std::optional<std::string> {
          std::optional<std::string> ours = value_in(out, name);
          if (file_wins && ours) return ours;
          std::optional<std::string> theirs = environment(name);
          return theirs ? theirs : ours;
        });
    out.emplace_back(entry.name, std::move(value));
  }
  return out;
}

}  // namespace retort::config
