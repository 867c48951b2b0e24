#pragma once

// Texts that were read, and places in them: where an error is.
//
//   if (const retort::Place& place = error.place()) {
//     std::puts(place.str().c_str());      // "migrations/ae1027a6acf.sql:12:5"
//     std::puts(place.excerpt().c_str());  // the line with a caret below it
//   }

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

// A half-open range of byte offsets into one source text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// A line and column for a person: both count from 1, the column in characters (UTF-8), not bytes.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

// One text that was read: its path, as the user knows it, and its contents. Line starts are found
// when a message first needs them. Not copied: diagnostics and syntax trees share it.
class Source {
 public:
  Source(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::string_view text(Span span) const {
    return std::string_view(text_).substr(span.begin, span.end - span.begin);
  }

  LineColumn position(std::uint32_t offset) const;
  // The line's text without its end; empty for a line that is not there.
  std::string_view line(std::uint32_t number) const;

 private:
  std::string path_;
  std::string text_;
};

using SourcePtr = std::shared_ptr<const Source>;

// A place in a source. Empty (`!place`) when an error has none.
struct Place {
  SourcePtr source{};
  Span span{};

  explicit operator bool() const { return source != nullptr; }
  // "path:line:column"
  std::string str() const;
  // The line with a caret line below it:
  //   12 |     op.creat_table('x')
  //      |        ^^^^^^^^^^^
  std::string excerpt() const;
};

}  // namespace retort
