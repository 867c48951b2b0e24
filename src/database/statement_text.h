#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

// The text of a statement as it is sent and as it is shown.
namespace retort::database {

// The token that a server's error points at: its letters, or one character.
Span token_at(std::string_view statement, std::size_t offset);

// A statement whose marks are replaced by literals, and how its places lie in the original.
class FilledText {
 public:
  // What a literal is made with: it escapes or quotes a text.
  using Escape = std::function<std::string(std::string_view)>;

  const std::string& text() const { return text_; }
  // Where a byte of text() was in the statement that was given.
  std::size_t original(std::size_t offset) const;

 protected:
  // Appends a piece of the statement, or a literal in the place of the mark at `original`.
  void add(std::string_view piece, std::size_t original, bool literal);

 private:
  struct Piece {
    std::size_t at = 0;        // in text_
    std::size_t original = 0;  // in the statement given
    bool literal = false;
  };
  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace retort::database
