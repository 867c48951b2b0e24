#include "dialect/sqlite/parse.h"

#include "dialect/sqlite/parse_reader.h"

namespace retort::dialect::sqlite {
namespace {

void skip_temporary(Reader& reader) {
  if (!reader.accept({"TEMP"})) reader.accept({"TEMPORARY"});
}

}  // namespace

std::string_view ParsedIndex::text(Span span) const { return text_of(sql, span); }

ParsedIndex parse_index(std::string_view sql) {
  ParsedIndex out;
  out.sql = std::string(sql);
  Reader reader(sql);
  reader.expect("CREATE");
  out.unique = reader.accept({"UNIQUE"});
  reader.expect("INDEX");
  reader.accept({"IF", "NOT", "EXISTS"});
  out.name = reader.qualified_name();
  reader.expect("ON");
  out.table = reader.name();
  out.keys = reader.keys(nullptr);
  if (reader.accept({"WHERE"})) {
    out.where.begin = reader.begin();
    while (!reader.done() && !reader.at_symbol(";")) reader.skip();
    out.where.end = reader.end();
  }
  return out;
}

ParsedTrigger parse_trigger(std::string_view sql) {
  ParsedTrigger out;
  out.sql = std::string(sql);
  Reader reader(sql);
  reader.expect("CREATE");
  skip_temporary(reader);
  reader.expect("TRIGGER");
  reader.accept({"IF", "NOT", "EXISTS"});
  out.name = reader.qualified_name();
  if (reader.accept({"INSTEAD", "OF"})) {
    out.timing = "INSTEAD OF";
  } else if (reader.at_word("BEFORE") || reader.at_word("AFTER")) {
    out.timing = reader.word();
  }
  out.event = reader.word();
  if (reader.accept({"OF"})) {
    do {
      out.columns.push_back(reader.name());
    } while (reader.accept_symbol(","));
  }
  reader.expect("ON");
  out.table = reader.qualified_name();
  return out;
}

ParsedView parse_view(std::string_view sql) {
  ParsedView out;
  out.sql = std::string(sql);
  Reader reader(sql);
  reader.expect("CREATE");
  skip_temporary(reader);
  reader.expect("VIEW");
  reader.accept({"IF", "NOT", "EXISTS"});
  out.name = reader.qualified_name();
  if (reader.at_symbol("(")) out.columns = reader.names();
  reader.expect("AS");
  out.select.begin = reader.begin();
  while (!reader.done() && !reader.at_symbol(";")) reader.skip();
  out.select.end = reader.end();
  return out;
}

std::vector<Span> mentions(std::string_view expression, std::string_view name) {
  std::vector<Span> out;
  std::vector<Token> tokens = tokenize(expression);
  auto is = [&](std::size_t i, std::string_view text) {
    return i < tokens.size() && same_name(text_of(expression, tokens[i].span), text);
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    bool named = tokens[i].kind == TokenKind::kWord || tokens[i].kind == TokenKind::kQuoted;
    if (!named || !same_name(unquoted(text_of(expression, tokens[i].span)), name)) continue;
    if (is(i + 1, "(") || is(i + 1, ".")) continue;
    if (i > 0 && (is(i - 1, "COLLATE") || is(i - 1, "AS"))) continue;
    out.push_back(tokens[i].span);
  }
  return out;
}

}  // namespace retort::dialect::sqlite
