#include "dialect/mariadb/show_create_token.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace retort::dialect::mariadb {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// What can follow a default or a generated column's expression.
constexpr auto kAfter = std::to_array<std::string_view>(
    {"ON", "COMMENT", "AUTO_INCREMENT", "CHECK", "INVISIBLE", "GENERATED", "VIRTUAL", "STORED",
     "PERSISTENT", "COLUMN_FORMAT", "STORAGE", "NOT", "COMPRESSED", "WITHOUT"});

}  // namespace

void ShowReader::skip_spaces() {
  while (at_ < text_.size()) {
    std::string_view rest = text_.substr(at_);
    if (is_space(rest.front())) {
      ++at_;
    } else if (rest.starts_with("/*!") || rest.starts_with("/*M!")) {
      at_ += rest.find('!') + 1;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    } else if (rest.starts_with("*/")) {
      at_ += 2;
    } else if (rest.starts_with("/*")) {
      std::size_t end = rest.find("*/", 2);
      at_ = end == std::string_view::npos ? text_.size() : at_ + end + 2;
    } else {
      return;
    }
  }
}

bool ShowReader::at_end() {
  skip_spaces();
  return at_ >= text_.size();
}

char ShowReader::peek() {
  skip_spaces();
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool ShowReader::accept(char c) {
  if (peek() != c) return false;
  ++at_;
  return true;
}

std::string_view ShowReader::word_at(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size() && is_word(text_[end])) ++end;
  return text_.substr(at, end - at);
}

bool ShowReader::accept(std::string_view words) {
  std::size_t before = at_;
  for (const std::string& one : split(words, ' ')) {
    skip_spaces();
    std::string_view next = word_at(at_);
    if (!equal_ignoring_case(next, one)) {
      at_ = before;
      return false;
    }
    at_ += next.size();
  }
  return true;
}

std::string ShowReader::word() {
  skip_spaces();
  std::string_view found = word_at(at_);
  at_ += found.size();
  return std::string(found);
}

bool ShowReader::at_name() { return peek() == '`' || peek() == '"'; }

std::string ShowReader::name() {
  if (!at_name()) return word();
  char quote = text_[at_];
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == quote) {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != quote) break;
      ++at_;
    }
    out += text_[at_];
  }
  at_ = std::min(at_ + 1, text_.size());
  return out;
}

bool ShowReader::at_string() { return peek() == '\''; }

std::string ShowReader::string() {
  skip_spaces();
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    char c = text_[at_];
    if (c == '\\' && at_ + 1 < text_.size()) {
      char next = text_[++at_];
      switch (next) {
        case '0':
          out += '\0';
          break;
        case 'n':
          out += '\n';
          break;
        case 'r':
          out += '\r';
          break;
        case 't':
          out += '\t';
          break;
        default:
          out += next;
      }
      continue;
    }
    if (c == '\'') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '\'') break;
      ++at_;
    }
    out += c;
  }
  at_ = std::min(at_ + 1, text_.size());
  return out;
}

std::size_t ShowReader::token_end(std::size_t at) const {
  char c = text_[at];
  if (c == '\'' || c == '"' || c == '`') {
    std::size_t i = at + 1;
    while (i < text_.size()) {
      if (c == '\'' && text_[i] == '\\') {
        i += 2;
      } else if (text_[i] != c) {
        ++i;
      } else if (i + 1 < text_.size() && text_[i + 1] == c) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return text_.size();
  }
  if (is_word(c)) return at + word_at(at).size();
  return at + 1;
}

std::optional<std::string> ShowReader::parenthesized() {
  if (peek() != '(') return std::nullopt;
  std::size_t begin = at_ + 1;
  int depth = 0;
  while (at_ < text_.size()) {
    char c = text_[at_];
    std::size_t end = token_end(at_);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    at_ = end;
    if (depth == 0) break;
  }
  return std::string(text_.substr(begin, at_ - begin - 1));
}

std::string ShowReader::expression() {
  skip_spaces();
  std::size_t begin = at_;
  int depth = 0;
  while (at_ < text_.size()) {
    char c = text_[at_];
    if (depth == 0 && (c == ',' || c == ')' || text_.substr(at_, 2) == "/*" || c == '\n')) break;
    if (depth == 0 && at_ > begin && is_word(c)) {
      std::string upper = to_upper(word_at(at_));
      if (std::ranges::find(kAfter, upper) != kAfter.end()) break;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    at_ = token_end(at_);
  }
  return std::string(trim(text_.substr(begin, at_ - begin)));
}

void ShowReader::skip() {
  if (!at_end()) at_ = token_end(at_);
}

}  // namespace retort::dialect::mariadb
