#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script/mako.h"

namespace retort::script {

// Program text that grows, and where its pieces came from.
class MakoBuilder {
 public:
  explicit MakoBuilder(std::string_view source) : source_(source) {}

  MakoBuilder& text(std::string_view ours) {
    text_ += ours;
    return *this;
  }
  // The bytes of the template from `begin` to `end`.
  MakoBuilder& copy(std::size_t begin, std::size_t end) {
    auto at = static_cast<std::uint32_t>(text_.size());
    segments_.push_back(
        {at, at + static_cast<std::uint32_t>(end - begin), static_cast<std::uint32_t>(begin)});
    text_ += source_.substr(begin, end - begin);
    return *this;
  }
  MakoBuilder& indent(int level) {
    text_.append(static_cast<std::size_t>(level) * 4, ' ');
    return *this;
  }
  MakoBuilder& append(const MakoBuilder& other) {
    auto at = static_cast<std::uint32_t>(text_.size());
    for (MakoProgram::Segment segment : other.segments_) {
      segments_.push_back({segment.begin + at, segment.end + at, segment.from});
    }
    text_ += other.text_;
    return *this;
  }

  std::string& str() { return text_; }
  std::vector<MakoProgram::Segment>& segments() { return segments_; }

 private:
  std::string_view source_;
  std::string text_;
  std::vector<MakoProgram::Segment> segments_;
};

// Where a Python text inside the template ends.
struct MakoText {
  std::size_t end = 0;
  char terminator = '\0';  // '\0': the text does not end
};

// Past a string or a comment that begins at `at`; `at` itself when none does there.
std::size_t skip_python_token(std::string_view text, std::size_t at);

// The first of the characters `terminators` outside of strings, comments and brackets.
MakoText find_expression_end(std::string_view text, std::size_t begin,
                             std::string_view terminators);

// The "%>" that ends a block of statements: outside of strings and comments.
std::optional<std::size_t> find_block_end(std::string_view text, std::size_t begin);

// The statements from `begin` to `end` at another indentation: that of their first line is taken
// off, lines inside of a string stay as they are.
void copy_statements(MakoBuilder& out, std::string_view text, std::size_t begin, std::size_t end,
                     int level);

// As a Python string literal on one line.
std::string python_literal(std::string_view text);

// The functions and classes that programs begin with.
std::string_view mako_prelude();

}  // namespace retort::script
