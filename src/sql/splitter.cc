#include "sql/splitter.h"

#include <cctype>
#include <string>

#include "base/text.h"
#include "sql/engine.h"

namespace retort::sql {

namespace {

bool is_word_start(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) {
  return is_word_start(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$';
}
bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)); }

class Splitter {
 public:
  Splitter(std::string_view script, SplitDialect dialect) : s_(script), dialect_(dialect) {}

  std::vector<SplitStatement> run() {
    while (at_ < s_.size()) {
      if (!started_ && dialect_ == SplitDialect::kMysql && delimiter_command()) continue;
      if (skip_blank()) continue;
      if (depth_ == 0 && s_.substr(at_).starts_with(delimiter_)) {
        end_statement();
        continue;
      }
      touch();
      token();
      last_ = at_;
    }
    if (piece_ < s_.size()) finish(s_.size());
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < s_.size() ? s_[at_ + ahead] : '\0';
  }

  void touch() {
    if (started_) return;
    started_ = true;
    first_ = at_;
  }

  void finish(std::size_t end) {
    SplitStatement piece;
    piece.whole = {static_cast<std::uint32_t>(piece_), static_cast<std::uint32_t>(end)};
    const std::size_t begin = started_ ? first_ : end;
    piece.text = {static_cast<std::uint32_t>(begin),
                  static_cast<std::uint32_t>(started_ ? last_ : end)};
    out_.push_back(piece);
    piece_ = end;
    started_ = false;
    depth_ = 0;
    words_.clear();
    trigger_ = routine_ = atomic_ = false;
    pending_end_ = false;
  }

  void end_statement() {
    at_ += delimiter_.size();
    finish(at_);
  }

  // Spaces and comments.
  bool skip_blank() {
    if (is_space(peek())) {
      ++at_;
      return true;
    }
    const bool dashes = peek() == '-' && peek(1) == '-';
    // MySQL asks for a space after the dashes.
    if ((dashes &&
         (dialect_ != SplitDialect::kMysql || at_ + 2 >= s_.size() || is_space(peek(2)))) ||
        (peek() == '#' && dialect_ == SplitDialect::kMysql)) {
      while (at_ < s_.size() && s_[at_] != '\n') ++at_;
      return true;
    }
    if (peek() == '/' && peek(1) == '*') {
      // MySQL's /*! ... */ is a statement.
      if (dialect_ == SplitDialect::kMysql && (peek(2) == '!' || peek(2) == '+')) return false;
      block_comment();
      return true;
    }
    return false;
  }

  void block_comment() {
    int nested = 0;
    do {
      if (peek() == '/' && peek(1) == '*') {
        if (nested == 0 || dialect_ == SplitDialect::kPostgresql) ++nested;
        at_ += 2;
      } else if (peek() == '*' && peek(1) == '/') {
        --nested;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (nested > 0 && at_ < s_.size());
  }

  // DELIMITER at the beginning of a line.
  bool delimiter_command() {
    static constexpr std::string_view kWord = "delimiter";
    if (!equal_ignoring_case(s_.substr(at_, kWord.size()), kWord)) return false;
    std::size_t p = at_ + kWord.size();
    if (p >= s_.size() || (s_[p] != ' ' && s_[p] != '\t')) return false;
    const std::size_t line_end = std::min(s_.find('\n', p), s_.size());
    const std::string_view value = trim(s_.substr(p, line_end - p));
    if (value.empty()) return false;
    delimiter_ = std::string(value);
    at_ = std::min(line_end + 1, s_.size());
    finish(at_);
    return true;
  }

  void quoted(char quote, bool backslashes) {
    ++at_;
    while (at_ < s_.size()) {
      if (backslashes && s_[at_] == '\\') {
        at_ = std::min(at_ + 2, s_.size());
      } else if (s_[at_] == quote) {
        ++at_;
        if (peek() != quote) return;
        ++at_;
      } else {
        ++at_;
      }
    }
  }

  // $tag$ ... $tag$
  bool dollar_quoted() {
    std::size_t end = at_ + 1;
    if (end < s_.size() && std::isdigit(static_cast<unsigned char>(s_[end]))) return false;
    while (end < s_.size() && is_word(s_[end]) && s_[end] != '$') ++end;
    if (end >= s_.size() || s_[end] != '$') return false;
    const std::string_view tag = s_.substr(at_, end + 1 - at_);
    const std::size_t close = s_.find(tag, end + 1);
    at_ = close == std::string_view::npos ? s_.size() : close + tag.size();
    return true;
  }

  void token() {
    const char c = peek();
    const bool mysql = dialect_ == SplitDialect::kMysql;
    if (c == '\'') return quoted('\'', mysql);
    if (c == '"') return quoted('"', mysql);
    if (c == '`' && dialect_ != SplitDialect::kPostgresql) return quoted('`', false);
    if (c == '[' && dialect_ == SplitDialect::kSqlite) {
      const std::size_t close = s_.find(']', at_);
      at_ = close == std::string_view::npos ? s_.size() : close + 1;
      return;
    }
    if (c == '$' && dialect_ == SplitDialect::kPostgresql && dollar_quoted()) return;
    if (c == '/' && peek(1) == '*') return block_comment();
    if (c == ';' && delimiter_ == ";") {
      // Inside a body: it ends one of its statements.
      pending_end_ = false;
      ++at_;
      return;
    }
    if (is_word_start(c)) return word();
    ++at_;
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < s_.size() && is_word(s_[at_])) ++at_;
    const std::string text = to_lower(s_.substr(begin, at_ - begin));
    // E'...' with backslashes.
    if (text == "e" && peek() == '\'' && dialect_ == SplitDialect::kPostgresql) {
      return quoted('\'', true);
    }
    if (words_.size() < 12) words_.push_back(text);
    note(text);
  }

  // Keeps count of BEGIN ... END where semicolons inside are not the statement's.
  void note(const std::string& text) {
    if (words_.size() > 1 && words_.front() == "create" && !trigger_ && !routine_) {
      if (text == "trigger") trigger_ = true;
      if (dialect_ != SplitDialect::kSqlite &&
          (text == "function" || text == "procedure" || text == "event" || text == "package")) {
        routine_ = true;
      }
    }
    const bool body = dialect_ == SplitDialect::kSqlite  ? trigger_
                      : dialect_ == SplitDialect::kMysql ? trigger_ || routine_
                                                         : routine_;
    if (!body) return;
    if (pending_end_) {
      // END IF, END LOOP, ... close what was not counted.
      pending_end_ = false;
      if (dialect_ == SplitDialect::kMysql &&
          (text == "if" || text == "loop" || text == "while" || text == "repeat")) {
        ++depth_;
        return;
      }
    }
    if (dialect_ == SplitDialect::kPostgresql) {
      if (text == "begin")
        atomic_ = true;
      else if (text == "atomic" && atomic_ && depth_ == 0)
        depth_ = 1;
      else if (text == "case" && depth_ > 0)
        ++depth_;
      else if (text == "end" && depth_ > 0)
        --depth_;
      if (text != "begin") atomic_ = false;
      return;
    }
    if (text == "begin" || (text == "case" && depth_ > 0)) {
      ++depth_;
    } else if (text == "end" && depth_ > 0) {
      --depth_;
      pending_end_ = true;
    }
  }

  std::string_view s_;
  SplitDialect dialect_;
  std::size_t at_ = 0;
  std::size_t piece_ = 0;  // where the current piece begins
  std::size_t first_ = 0;  // its first token
  std::size_t last_ = 0;   // the end of its last token
  bool started_ = false;
  std::string delimiter_ = ";";
  int depth_ = 0;
  bool trigger_ = false;
  bool routine_ = false;
  bool atomic_ = false;       // the last word was BEGIN
  bool pending_end_ = false;  // the last word was END
  std::vector<std::string> words_;
  std::vector<SplitStatement> out_;
};

}  // namespace

SplitDialect split_dialect(std::string_view name) {
  if (name == "postgresql") return SplitDialect::kPostgresql;
  if (is_mysql_like(name)) return SplitDialect::kMysql;
  return SplitDialect::kSqlite;
}

std::vector<SplitStatement> split_statements(std::string_view script, SplitDialect dialect) {
  return Splitter(script, dialect).run();
}

}  // namespace retort::sql
