#include "sql/identifier.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace retort::sql {

const WordSet& standard_reserved_words() {
  static const WordSet kWords = {"all",
                                 "analyse",
                                 "analyze",
                                 "and",
                                 "any",
                                 "array",
                                 "as",
                                 "asc",
                                 "asymmetric",
                                 "authorization",
                                 "between",
                                 "binary",
                                 "both",
                                 "case",
                                 "cast",
                                 "check",
                                 "collate",
                                 "column",
                                 "constraint",
                                 "create",
                                 "cross",
                                 "current_date",
                                 "current_role",
                                 "current_time",
                                 "current_timestamp",
                                 "current_user",
                                 "default",
                                 "deferrable",
                                 "desc",
                                 "distinct",
                                 "do",
                                 "else",
                                 "end",
                                 "except",
                                 "false",
                                 "for",
                                 "foreign",
                                 "freeze",
                                 "from",
                                 "full",
                                 "grant",
                                 "group",
                                 "having",
                                 "ilike",
                                 "in",
                                 "initially",
                                 "inner",
                                 "intersect",
                                 "into",
                                 "is",
                                 "isnull",
                                 "join",
                                 "leading",
                                 "left",
                                 "like",
                                 "limit",
                                 "localtime",
                                 "localtimestamp",
                                 "natural",
                                 "new",
                                 "not",
                                 "notnull",
                                 "null",
                                 "off",
                                 "offset",
                                 "old",
                                 "on",
                                 "only",
                                 "or",
                                 "order",
                                 "outer",
                                 "overlaps",
                                 "placing",
                                 "primary",
                                 "references",
                                 "right",
                                 "select",
                                 "session_user",
                                 "set",
                                 "similar",
                                 "some",
                                 "symmetric",
                                 "table",
                                 "then",
                                 "to",
                                 "trailing",
                                 "true",
                                 "union",
                                 "unique",
                                 "user",
                                 "using",
                                 "verbose",
                                 "when",
                                 "where"};
  return kWords;
}

bool needs_quotes(std::string_view identifier, const WordSet& reserved) {
  if (identifier.empty()) return true;
  const unsigned char first = static_cast<unsigned char>(identifier.front());
  if (std::isdigit(first) || first == '$') return true;
  for (const unsigned char ch : identifier) {
    const bool legal = (ch >= 'a' && ch <= 'z') || std::isdigit(ch) || ch == '_' || ch == '$';
    if (!legal) return true;
  }
  return reserved.contains(identifier);
}

}  // namespace retort::sql
