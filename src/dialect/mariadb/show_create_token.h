#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retort::dialect::mariadb {

// Reads the parts of a statement as SHOW CREATE TABLE prints it. Words are compared without letter
// case; comments count as spaces, but for the inside of /*! ... */, which is text.
class ShowReader {
 public:
  explicit ShowReader(std::string_view text) : text_(text) {}

  bool at_end();
  char peek();
  bool accept(char c);
  // One word or several, separated by spaces; nothing is taken unless all are there.
  bool accept(std::string_view words);
  std::string word();
  // `name` or "name".
  bool at_name();
  std::string name();
  // 'text' with its escapes taken out.
  bool at_string();
  std::string string();
  // ( ... ): what is inside, as it stands. Nothing without one.
  std::optional<std::string> parenthesized();
  // An expression up to one of the words that may follow it in a column, a comma or a closing
  // parenthesis, as it stands.
  std::string expression();
  // A token of any kind, dropped.
  void skip();

 private:
  void skip_spaces();
  std::size_t token_end(std::size_t at) const;
  std::string_view word_at(std::size_t at) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace retort::dialect::mariadb
