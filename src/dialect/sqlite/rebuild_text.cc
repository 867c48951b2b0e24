#include "dialect/sqlite/rebuild_text.h"

#include <algorithm>

#include "dialect/sqlite/parse_token.h"

namespace retort::dialect::sqlite {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f";

// Where the comments end that begin on the first line of `trivia` (spaces and comments).
std::size_t end_of_line_comments(std::string_view trivia) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < trivia.size() && trivia[i] != '\n';) {
    if (trivia.substr(i, 2) == "--") return std::min(trivia.find('\n', i), trivia.size());
    if (trivia.substr(i, 2) == "/*") {
      std::size_t close = trivia.find("*/", i + 2);
      end = i = close == std::string_view::npos ? trivia.size() : close + 2;
    } else {
      ++i;
    }
  }
  return end;
}

// Where the last comment of `trivia` ends.
std::size_t end_of_comments(std::string_view trivia) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < trivia.size();) {
    if (trivia.substr(i, 2) == "--") {
      end = i = std::min(trivia.find('\n', i), trivia.size());
    } else if (trivia.substr(i, 2) == "/*") {
      std::size_t close = trivia.find("*/", i + 2);
      end = i = close == std::string_view::npos ? trivia.size() : close + 2;
    } else {
      ++i;
    }
  }
  return end;
}

// Whether text that is put behind `trivia` would be part of a "--" comment.
bool ends_in_line_comment(std::string_view trivia) {
  for (std::size_t i = 0; i < trivia.size();) {
    if (trivia.substr(i, 2) == "--") {
      i = trivia.find('\n', i);
      if (i == std::string_view::npos) return true;
    } else if (trivia.substr(i, 2) == "/*") {
      std::size_t close = trivia.find("*/", i + 2);
      if (close == std::string_view::npos) return false;
      i = close + 2;
    } else {
      ++i;
    }
  }
  return false;
}

constexpr std::string_view kItemPrefix = "CREATE TABLE t(";
constexpr std::string_view kConstraintPrefix = "CREATE TABLE t(c,";

std::uint32_t clause_end(const ParsedColumn& column, std::initializer_list<ClauseKind> kinds) {
  std::uint32_t end = column.type.end;
  for (const ParsedClause& clause : column.clauses) {
    if (std::find(kinds.begin(), kinds.end(), clause.kind) != kinds.end()) {
      end = std::max(end, clause.span.end);
    }
  }
  return end;
}

}  // namespace

ItemEdit::ItemEdit(std::string_view text, bool constraint) {
  std::string_view prefix = constraint ? kConstraintPrefix : kItemPrefix;
  begin_ = static_cast<std::uint32_t>(prefix.size());
  end_ = static_cast<std::uint32_t>(prefix.size() + text.size());
  table_ = parse_table(std::string(prefix) + std::string(text) + "\n)");
}

void ItemEdit::replace(Span span, std::string with) { edits_.push_back({span, std::move(with)}); }

void ItemEdit::remove(Span span) {
  std::uint32_t begin = span.begin;
  while (begin > begin_ && kSpaces.find(table_.sql[begin - 1]) != kSpaces.npos) --begin;
  // The line end of a comment stays, or the comment would go on.
  if (ends_in_line_comment(table_.text({begin_, begin}))) {
    while (table_.sql[begin] != '\n') ++begin;
    ++begin;
  }
  span.begin = begin;
  replace(span, "");
}

std::string ItemEdit::str() const {
  std::vector<Edit> edits = edits_;
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::uint32_t at = begin_;
  for (const Edit& edit : edits) {
    if (edit.span.begin > at) out += table_.text({at, edit.span.begin});
    out += edit.with;
    at = std::max(at, edit.span.end);
  }
  return out + std::string(table_.text({at, end_}));
}

TableText::TableText(const ParsedTable& parsed)
    : without_rowid(parsed.without_rowid), strict(parsed.strict) {
  between = parsed.text({parsed.name.span.end, parsed.body.begin});
  std::vector<Span> spans;
  for (const ParsedColumn& column : parsed.columns) spans.push_back(column.span);
  for (const ParsedClause& clause : parsed.clauses) spans.push_back(clause.span);
  std::uint32_t at = parsed.body.begin;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    TextItem out;
    out.lead = parsed.text({at, spans[i].begin});
    out.text = parsed.text(spans[i]);
    at = spans[i].end;
    out.first = i == 0;
    bool last = i + 1 == spans.size();
    std::string_view gap = parsed.text({at, last ? parsed.body.end : spans[i + 1].begin});
    std::vector<Token> tokens = tokenize(gap);  // a comma, or nothing
    std::size_t comma = tokens.empty() ? gap.size() : tokens.front().span.begin;
    if (last) comma = end_of_comments(gap);
    out.tail = gap.substr(0, comma);
    at += static_cast<std::uint32_t>(comma);
    if (!last && !tokens.empty()) {
      std::string_view rest = gap.substr(comma + 1);
      std::size_t comments = end_of_line_comments(rest);
      out.behind = rest.substr(0, comments);
      at += static_cast<std::uint32_t>(comments) + 1;
    }
    (i < parsed.columns.size() ? columns : clauses).push_back(std::move(out));
  }
  body_end = parsed.text({at, parsed.body.end});
  options_ = parsed.text({parsed.body.end + 1, parsed.options.end});
  if (options_.find_first_not_of(kSpaces) == std::string::npos) options_.clear();
  original_without_rowid_ = without_rowid;
  original_strict_ = strict;
  if (!columns.empty()) first_lead_ = columns.front().lead;
  if (columns.size() > 1) second_lead_ = columns[1].lead;
}

TextItem TableText::item(std::string text) const {
  // The line and indentation of the first column, without a comment that is about it.
  std::size_t spaces = first_lead_.find_last_not_of(kSpaces);
  std::string lead = first_lead_.substr(spaces == std::string::npos ? 0 : spaces + 1);
  bool own_line = lead.find('\n') != std::string::npos;
  if (!own_line) {
    lead = second_lead_.find_first_not_of(kSpaces) == std::string::npos ? second_lead_ : " ";
  }
  return {std::move(lead), std::move(text), "", "", false};
}

std::string TableText::str(std::string_view name) const {
  std::string out = "CREATE TABLE " + std::string(name) + between;
  std::size_t count = columns.size() + clauses.size();
  std::size_t comments = 0;  // where the text since the last item begins
  auto add_trivia = [&](std::string_view text, bool comma_follows) {
    bool open = ends_in_line_comment(std::string_view(out).substr(comments));
    if (open && (text.empty() ? comma_follows : text.front() != '\n')) out += '\n';
    out += text;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const TextItem& item = i < columns.size() ? columns[i] : clauses[i - columns.size()];
    std::string lead = item.lead;
    // An item that has moved on one line takes the spacing of its new place.
    if (lead.find_first_not_of(" \t") == std::string::npos) {
      if (i == 0 && first_lead_.find('\n') == std::string::npos) lead = first_lead_;
      if (i > 0 && item.first) lead = second_lead_;
    }
    add_trivia(lead, true);
    out += item.text;
    comments = out.size();
    bool comma = i + 1 < count;
    if (comma && ends_in_line_comment(item.tail)) {
      out += ',' + item.tail;
    } else {
      out += item.tail;
      if (comma) out += ',';
    }
    out += item.behind;
  }
  add_trivia(body_end, true);
  out += ')';
  if (without_rowid == original_without_rowid_ && strict == original_strict_) return out + options_;
  if (without_rowid) out += " WITHOUT ROWID";
  if (strict) out += without_rowid ? ", STRICT" : " STRICT";
  return out;
}

std::string with_type(std::string_view column, std::string_view type) {
  ItemEdit edit(column, false);
  const ParsedColumn& parsed = edit.column();
  if (type.empty()) {
    edit.remove(parsed.type);
  } else if (parsed.type.begin == parsed.type.end) {
    edit.insert(parsed.name.span.end, " " + std::string(type));
  } else {
    edit.replace(parsed.type, std::string(type));
  }
  return edit.str();
}

std::string with_nullable(std::string_view column, bool nullable) {
  ItemEdit edit(column, false);
  const ParsedColumn& parsed = edit.column();
  bool marked = false;
  for (const ParsedClause& clause : parsed.clauses) {
    if (clause.kind == ClauseKind::kNotNull) {
      marked = true;
      if (nullable) edit.remove(clause.span);
    } else if (clause.kind == ClauseKind::kNull && !nullable) {
      edit.remove(clause.span);
    }
  }
  if (!nullable && !marked) {
    edit.insert(clause_end(parsed, {ClauseKind::kDefault, ClauseKind::kCollate}), " NOT NULL");
  }
  return edit.str();
}

std::string with_default(std::string_view column, const std::optional<std::string>& value) {
  ItemEdit edit(column, false);
  const ParsedColumn& parsed = edit.column();
  bool replaced = false;
  for (const ParsedClause& clause : parsed.clauses) {
    if (clause.kind != ClauseKind::kDefault) continue;
    if (value && !replaced) {
      edit.replace(clause.expression, *value);
      replaced = true;
    } else {
      edit.remove(clause.span);
    }
  }
  if (value && !replaced) {
    edit.insert(clause_end(parsed, {ClauseKind::kCollate}), " DEFAULT " + *value);
  }
  return edit.str();
}

std::string with_generated(std::string_view column, const std::optional<std::string>& clause) {
  ItemEdit edit(column, false);
  const ParsedColumn& parsed = edit.column();
  bool replaced = false;
  for (const ParsedClause& one : parsed.clauses) {
    if (one.kind == ClauseKind::kDefault && clause) edit.remove(one.span);
    if (one.kind != ClauseKind::kGenerated) continue;
    if (clause) {
      edit.replace(one.span, *clause);
      replaced = true;
    } else {
      edit.remove(one.span);
    }
  }
  if (clause && !replaced) {
    edit.insert(clause_end(parsed, {ClauseKind::kCollate}), " " + *clause);
  }
  return edit.str();
}

std::string with_collation(std::string_view column, std::string_view collation) {
  ItemEdit edit(column, false);
  const ParsedColumn& parsed = edit.column();
  if (const ParsedClause* clause = parsed.clause(ClauseKind::kCollate)) {
    edit.replace(clause->span, "COLLATE " + std::string(collation));
  } else {
    edit.insert(parsed.type.end, " COLLATE " + std::string(collation));
  }
  return edit.str();
}

std::string with_name(std::string_view column, std::string_view name) {
  ItemEdit edit(column, false);
  edit.replace(edit.column().name.span, quoted(name));
  return edit.str();
}

std::string without_clauses(std::string_view column, const std::vector<std::size_t>& drop) {
  ItemEdit edit(column, false);
  for (std::size_t i : drop) edit.remove(edit.column().clauses.at(i).span);
  return edit.str();
}

std::string without_qualifier(std::string_view item, std::string_view table) {
  std::vector<Token> tokens = tokenize(item);
  std::string out;
  std::uint32_t at = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    bool named = tokens[i].kind == TokenKind::kWord || tokens[i].kind == TokenKind::kQuoted;
    if (!named || text_of(item, tokens[i + 1].span) != "." ||
        !same_name(unquoted(text_of(item, tokens[i].span)), table)) {
      continue;
    }
    out += text_of(item, {at, tokens[i].span.begin});
    at = tokens[i + 1].span.end;
  }
  return out + std::string(item.substr(at));
}

}  // namespace retort::dialect::sqlite
