#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/ini.h"
#include "config/redact.h"

namespace retort::config {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 28 && c <= 31); }

}  // namespace

// Reads line by line as ConfigParser does: indentation deeper than that of the option's line makes
// a continuation, comments vanish, empty lines belong to the value unless they end it.
class IniParser {
 public:
  explicit IniParser(const SourcePtr& source)
      : text_(source->text()), shown_(redact(source)), source_(source) {}

  Ini run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
      line(at_, end);
      at_ = end + (text_.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    finish_value();
    return std::move(ini_);
  }

 private:
  // The line from `begin` to `end`, without its end.
  void line(std::size_t begin, std::size_t end) {
    std::size_t line_begin = begin;
    while (begin < end && is_space(text_[begin])) ++begin;
    while (end > begin && is_space(text_[end - 1])) --end;
    if (begin == end) {
      if (option_) ++empty_lines_;
      return;
    }
    if (text_[begin] == '#' || text_[begin] == ';') return;
    std::size_t indent = begin - line_begin;
    if (option_ && indent > indent_) {
      append(begin, end);
      return;
    }
    indent_ = indent;
    finish_value();
    std::string_view content = text_.substr(begin, end - begin);
    std::size_t close = content.rfind(']');
    if (content.front() == '[' && close != std::string_view::npos && close > 1) {
      header(content.substr(1, close - 1), place(begin, begin + close + 1));
    } else if (section_ == nullptr) {
      throw Error(code::kSyntax, "File contains no section headers before this line")
          .with_hint("start the file with [alembic]")
          .with_place(place(begin, end));
    } else {
      option(begin, end);
    }
  }

  void header(std::string_view name, Place where) {
    section_ = ini_.section(name);
    if (name == "DEFAULT") return;
    if (section_ != nullptr) {
      throw Error(code::kSyntax, "section '" + std::string(name) + "' already exists")
          .with_hint("it is first at " + section_->place.str() + "; join the two")
          .with_place(std::move(where));
    }
    ini_.sections_.push_back({std::string(name), {}, std::move(where)});
    section_ = &ini_.sections_.back();
  }

  void option(std::size_t begin, std::size_t end) {
    std::string_view content = text_.substr(begin, end - begin);
    std::size_t separator = content.find_first_of("=:");
    if (separator == std::string_view::npos || separator == 0) {
      throw Error(code::kSyntax, separator == 0 ? "an option without a name"
                                                : "neither [section], a comment nor name = value")
          .with_hint("indent the line if it goes on with the value above it")
          .with_place(place(begin, end));
    }
    std::size_t name_end = begin + separator;
    while (is_space(text_[name_end - 1])) --name_end;
    IniOption option;
    option.name = to_lower(text_.substr(begin, name_end - begin));
    option.key = place(begin, name_end);
    for (const IniOption& other : section_->options) {
      if (other.name != option.name) continue;
      throw Error(code::kSyntax,
                  "option '" + option.name + "' in section '" + section_->name + "' already exists")
          .with_hint("it is first at " + other.key.str() + "; keep one of them")
          .with_place(option.key);
    }
    std::size_t value = begin + separator + 1;
    while (value < end && is_space(text_[value])) ++value;
    option.value = std::string(text_.substr(value, end - value));
    option.place = place(value, end);
    option_ = std::move(option);
    empty_lines_ = 0;
  }

  void append(std::size_t begin, std::size_t end) {
    if (option_->place.span.begin == option_->place.span.end && option_->value.empty()) {
      option_->place.span.begin = static_cast<std::uint32_t>(begin);
    }
    option_->value.append(empty_lines_ + 1, '\n');
    option_->value += text_.substr(begin, end - begin);
    option_->place.span.end = static_cast<std::uint32_t>(end);
    empty_lines_ = 0;
  }

  void finish_value() {
    if (option_) section_->options.push_back(std::move(*option_));
    option_.reset();
  }

  Place place(std::size_t begin, std::size_t end) const {
    return {shown_, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
  }

  std::string_view text_;
  SourcePtr shown_;   // what messages show
  SourcePtr source_;  // keeps text_ alive
  Ini ini_;
  IniSection* section_ = nullptr;
  std::optional<IniOption> option_;  // the one whose value may still go on
  std::size_t empty_lines_ = 0;
  std::size_t indent_ = 0;
  std::size_t at_ = 0;
};

Ini parse_ini(const SourcePtr& source) { return IniParser(source).run(); }

}  // namespace retort::config
