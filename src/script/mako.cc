#include "script/mako.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "python/lexer.h"
#include "script/mako_builder.h"

namespace retort::script {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_space(char c) { return is_blank(c) || (c >= '\n' && c <= '\r'); }

bool is_identifier(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::ranges::all_of(name, is_word);
}

// One open `% if`, `% for`, ... line.
struct Control {
  std::string keyword{};
  std::size_t begin = 0;
  std::size_t end = 0;
  bool restores_loop = false;
};

// The body of the template, or that of an open tag.
struct Scope {
  std::string tag{};
  std::size_t begin = 0;
  std::size_t end = 0;
  MakoBuilder out;
  int level = 0;
  std::vector<Control> controls{};
  std::vector<std::string> filters{};
  bool filtered = false;
};

struct Tag {
  std::string keyword{};
  std::map<std::string, std::string> attributes{};
  bool closed = false;  // <%x/>
  std::size_t end = 0;
};

const std::map<std::string, std::string>& filter_names() {
  static const std::map<std::string, std::string> kNames = {
      {"x", "_mako_html"},    {"h", "_mako_html"},  {"u", "_mako_url"},
      {"trim", "_mako_trim"}, {"str", "_mako_str"}, {"unicode", "_mako_str"}};
  return kNames;
}

class Translator {
 public:
  explicit Translator(const SourcePtr& source)
      : source_(source), text_(source->text()), module_(text_), defs_(text_) {
    scopes_.push_back({"", 0, 0, MakoBuilder(text_), 0, {}, {}, false});
    loops_ = mentions_loop();
  }

  MakoProgram run(std::span<const std::string> names, std::string_view values_module) {
    skip_encoding_line();
    while (at_ < text_.size()) {
      bool line_start = at_ == 0 || text_[at_ - 1] == '\n';
      if (text_.substr(at_, 2) == "${") {
        expression();
      } else if (line_start && line()) {
        continue;
      } else if (text_.substr(at_, 3) == "</%") {
        tag_end();
      } else if (text_.substr(at_, 2) == "<%") {
        tag_or_block();
      } else {
        plain();
      }
    }
    if (scopes_.size() > 1) {
      fail("Unclosed tag: <%" + scope().tag + ">", scope().begin, scope().end,
           "close it with </%" + scope().tag + ">");
    }
    check_controls();
    MakoBuilder code(text_);
    code.append(module_).append(defs_).append(scope().out);
    MakoBuilder out(text_);
    out.text("from ").text(values_module).text(" import values as _mako_values\n");
    out.text(mako_prelude());
    for (const std::string& name : undefined_names(code, names)) {
      out.text("try:\n    " + name + "\nexcept NameError:\n    " + name + " = UNDEFINED\n");
    }
    for (const std::string& name : names) {
      if (is_identifier(name)) out.text(name + " = _mako_values['" + name + "']\n");
    }
    out.append(code);
    out.text("_mako_result = _mako_pop()\n");
    MakoProgram program;
    program.source = source_;
    program.segments = std::move(out.segments());
    program.python =
        std::make_shared<Source>(source_->path() + " (as a program)", std::move(out.str()));
    return program;
  }

 private:
  // The names in the template's own pieces of code that `given` lacks. To Mako a name that nothing
  // defines is an object that is false and can't be printed; builtins are among them, too.
  static std::set<std::string> undefined_names(MakoBuilder& code,
                                               std::span<const std::string> given) {
    std::set<std::string> out;
    for (const MakoProgram::Segment& segment : code.segments()) {
      std::string_view text = std::string_view(code.str()).substr(0, segment.end);
      for (std::size_t at = segment.begin; at < text.size();) {
        std::size_t end = std::max(skip_python_token(text, at), at + 1);
        if (is_word(text[at])) {
          while (end < text.size() && is_word(text[end])) ++end;
          std::string name(text.substr(at, end - at));
          bool attribute = at > segment.begin && text[at - 1] == '.';
          if (!attribute && is_identifier(name) &&
              python::keyword_kind(name) == python::TokenKind::kName &&
              std::ranges::find(given, name) == given.end()) {
            out.insert(std::move(name));
          }
        }
        at = end;
      }
    }
    return out;
  }

  Scope& scope() { return scopes_.back(); }

  [[noreturn]] void fail(std::string message, std::size_t begin, std::size_t end,
                         std::string hint = "") const {
    throw Error(code::kSyntax, std::move(message))
        .with_hint(std::move(hint))
        .with_place({source_,
                     {static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(std::max(begin + 1, end))}});
  }

  bool mentions_loop() const {
    for (std::size_t at = text_.find("loop."); at != std::string_view::npos;
         at = text_.find("loop.", at + 1)) {
      if (at == 0 || (!is_word(text_[at - 1]) && text_[at - 1] != '.')) return true;
    }
    return false;
  }

  // A coding comment on the first line is not part of the text.
  void skip_encoding_line() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos || at_ == text_.size() || text_[at_] != '#') return;
    std::string_view first = text_.substr(at_, end - at_);
    std::size_t coding = first.find("coding");
    if (coding == std::string_view::npos || coding + 6 >= first.size()) return;
    if (first[coding + 6] == ':' || first[coding + 6] == '=') at_ = end + 1;
  }

  void statement(std::string_view text) { scope().out.indent(scope().level).text(text).text("\n"); }

  void print(std::string_view text) {
    if (!text.empty()) statement("_mako_out(" + python_literal(text) + ")");
  }

  // Text up to the next thing that is not text.
  void plain() {
    std::string out;
    std::size_t begin = at_;
    while (at_ < text_.size()) {
      std::string_view rest = text_.substr(at_);
      if (rest.starts_with("${") || rest.starts_with("<%") || rest.starts_with("</%")) break;
      std::size_t newline = rest.starts_with("\\\r\n") ? 3 : rest.starts_with("\\\n") ? 2 : 0;
      if (newline > 0) {
        out += text_.substr(begin, at_ - begin);
        at_ += newline;
        begin = at_;
        if (at_line_of_ours()) break;
        continue;
      }
      ++at_;
      if (text_[at_ - 1] == '\n' && at_line_of_ours()) break;
    }
    out += text_.substr(begin, at_ - begin);
    print(out);
  }

  // Whether the line that begins here is a control line, a comment or has an escaped '%'.
  bool at_line_of_ours() const {
    std::size_t at = at_;
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return text_.substr(at, 1) == "%" || text_.substr(at, 2) == "##";
  }

  bool line() {
    if (!at_line_of_ours()) return false;
    std::size_t begin = at_;
    while (is_blank(text_[begin])) ++begin;
    if (text_.substr(begin, 2) == "%%") {
      print(std::string(text_.substr(at_, begin - at_)) + "%");
      at_ = begin + 2;
      std::size_t more = at_;
      while (more < text_.size() && text_[more] == '%') ++more;
      print(text_.substr(at_, more - at_));
      at_ = more;
      return true;
    }
    bool comment = text_[begin] == '#';
    std::size_t code = begin + (comment ? 2 : 1);
    while (code < text_.size() && is_blank(text_[code])) ++code;
    std::size_t end = code;
    for (; end < text_.size() && text_[end] != '\n' && text_[end] != '\r'; ++end) {
      if (text_[end] != '\\') continue;
      if (text_.substr(end, 3) == "\\\r\n")
        end += 2;
      else if (text_.substr(end, 2) == "\\\n")
        end += 1;
    }
    at_ = end;
    if (text_.substr(at_, 1) == "\r") ++at_;
    if (text_.substr(at_, 1) == "\n") ++at_;
    if (!comment) control(begin, code, end);
    return true;
  }

  void control(std::size_t begin, std::size_t code, std::size_t end) {
    std::size_t word_end = code;
    while (word_end < end && is_word(text_[word_end])) ++word_end;
    std::string word(text_.substr(code, word_end - code));
    static const std::map<std::string, std::vector<std::string>> kPrimary = {
        {"if", {"elif", "else"}},
        {"for", {"else"}},
        {"while", {"else"}},
        {"try", {"except", "finally", "else"}},
        {"with", {}}};
    std::vector<Control>& controls = scope().controls;
    if (kPrimary.contains(word)) {
      open_control(word, begin, code, end);
    } else if (word.starts_with("end") && kPrimary.contains(word.substr(3))) {
      std::string keyword = word.substr(3);
      if (controls.empty()) {
        fail("No starting keyword '" + keyword + "' for '" + word + "'", begin, end);
      }
      if (controls.back().keyword != keyword) {
        fail("Keyword '" + word + "' doesn't match keyword '" + controls.back().keyword + "'",
             begin, end, "the open line is at " + place(controls.back().begin).str());
      }
      --scope().level;
      if (controls.back().restores_loop) statement("loop = loop.parent");
      controls.pop_back();
    } else if (!controls.empty() &&
               std::ranges::count(kPrimary.at(controls.back().keyword), word) > 0) {
      scope().out.indent(scope().level - 1).copy(code, end).text("\n");
      statement("pass");
    } else if (!controls.empty() &&
               (word == "elif" || word == "else" || word == "except" || word == "finally")) {
      fail("Keyword '" + word + "' not a legal ternary for keyword '" + controls.back().keyword +
               "'",
           begin, end);
    } else {
      fail("Invalid control line: '" + std::string(text_.substr(code, end - code)) + "'", begin,
           end,
           "control lines are % if, for, while, try and with; statements stand in <% %>, and %% at "
           "the start of a line is a plain percent sign");
    }
  }

  void open_control(const std::string& word, std::size_t begin, std::size_t code, std::size_t end) {
    Control control{word, begin, end, false};
    if (word == "for" && loops_) {
      std::optional<std::size_t> in = find_in(code, end);
      std::size_t colon = text_.substr(0, end).rfind(':');
      if (in && colon != std::string_view::npos && colon > *in) {
        scope().out.indent(scope().level).text("loop = _MakoLoop(");
        scope().out.copy(*in + 4, colon).text(", loop)\n");
        scope().out.indent(scope().level).copy(code, *in).text(" in loop:\n");
        control.restores_loop = true;
      }
    }
    if (!control.restores_loop) scope().out.indent(scope().level).copy(code, end).text("\n");
    ++scope().level;
    statement("pass");
    scope().controls.push_back(std::move(control));
  }

  // The " in " of a for line.
  std::optional<std::size_t> find_in(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end;) {
      MakoText blank = find_expression_end(text_.substr(0, end), at, " ");
      if (blank.terminator == '\0') return std::nullopt;
      if (text_.substr(blank.end, 4) == " in ") return blank.end;
      at = blank.end + 1;
    }
    return std::nullopt;
  }

  void expression() {
    std::size_t begin = at_ + 2;
    MakoText end = find_expression_end(text_, begin, "|}");
    std::vector<std::string> filters;
    std::size_t close = end.end;
    if (end.terminator == '|') {
      MakoText last = find_expression_end(text_, end.end + 1, "}");
      close = last.end;
      if (last.terminator == '}') filters = filter_list(end.end + 1, close);
      end.terminator = last.terminator;
    }
    if (end.terminator == '\0') {
      fail("unterminated expression: no '}' after '${'", at_, at_ + 2, "close it with }");
    }
    std::erase_if(filters, [](const std::string& filter) { return filter.empty(); });
    if (std::ranges::count(filters, "n") == 0) filters.insert(filters.begin(), "str");
    scope().out.indent(scope().level).text("_mako_out(");
    open_filters(filters);
    scope().out.copy(begin, end.terminator == '\0' ? close : expression_end(begin, close));
    close_filters(filters);
    scope().out.text(")\n");
    at_ = close + 1;
  }

  // Without the filters, which begin at a '|' outside of strings and brackets.
  std::size_t expression_end(std::size_t begin, std::size_t close) const {
    return std::min(find_expression_end(text_, begin, "|}").end, close);
  }

  std::vector<std::string> filter_list(std::size_t begin, std::size_t end) const {
    std::vector<std::string> out;
    std::string_view text = text_.substr(0, end);
    for (std::size_t at = begin; at <= end;) {
      MakoText comma = find_expression_end(text, at, ",");
      out.emplace_back(trim(text.substr(at, comma.end - at)));
      at = comma.end + 1;
    }
    return out;
  }

  // Filters apply from the left, so that the last one is the outermost call.
  void open_filters(const std::vector<std::string>& filters) {
    for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter) {
      if (*filter == "n") continue;
      auto known = filter_names().find(*filter);
      scope().out.text(known == filter_names().end() ? *filter : known->second).text("(");
    }
  }

  void close_filters(const std::vector<std::string>& filters) {
    for (const std::string& filter : filters) {
      if (filter != "n") scope().out.text(")");
    }
  }

  void tag_or_block() {
    if (std::optional<Tag> tag = read_tag()) {
      open_tag(*tag);
      return;
    }
    std::size_t begin = at_ + 2;
    bool module = text_.substr(begin, 1) == "!";
    if (module) ++begin;
    std::optional<std::size_t> end = find_block_end(text_, begin);
    if (!end) fail("unterminated block: no '%>' after '<%'", at_, begin, "close it with %>");
    MakoBuilder& out = module ? module_ : scope().out;
    copy_statements(out, text_, begin, *end, module ? 0 : scope().level);
    at_ = *end + 2;
  }

  // <%keyword name="value" ...> or <%keyword ... />; nothing when a block of statements begins
  // here.
  std::optional<Tag> read_tag() const {
    Tag tag;
    std::size_t at = at_ + 2;
    auto word = [&] {
      std::size_t begin = at;
      while (at < text_.size() && is_word(text_[at])) ++at;
      return std::string(text_.substr(begin, at - begin));
    };
    auto blanks = [&] {
      while (at < text_.size() && is_space(text_[at])) ++at;
    };
    std::size_t begin = at;
    while (at < text_.size() && (is_word(text_[at]) || text_[at] == '.' || text_[at] == ':')) ++at;
    tag.keyword = std::string(text_.substr(begin, at - begin));
    if (tag.keyword.empty()) return std::nullopt;
    while (true) {
      blanks();
      tag.closed = text_.substr(at, 2) == "/>";
      if (tag.closed || text_.substr(at, 1) == ">") {
        tag.end = at + (tag.closed ? 2 : 1);
        return tag;
      }
      std::string name = word();
      blanks();
      if (name.empty() || text_.substr(at, 1) != "=") return std::nullopt;
      ++at;
      blanks();
      if (at >= text_.size() || (text_[at] != '"' && text_[at] != '\'')) return std::nullopt;
      std::size_t close = text_.find(text_[at], at + 1);
      if (close == std::string_view::npos) return std::nullopt;
      tag.attributes[name] = std::string(text_.substr(at + 1, close - at - 1));
      at = close + 1;
    }
  }

  void open_tag(const Tag& tag) {
    if (tag.keyword == "doc" || tag.keyword == "text") {
      std::string close_text = "</%" + tag.keyword + ">";
      std::size_t close = text_.find(close_text, tag.end);
      if (close == std::string_view::npos) {
        fail("Unclosed tag: <%" + tag.keyword + ">", at_, tag.end, "close it with " + close_text);
      }
      if (tag.keyword == "text") print(text_.substr(tag.end, close - tag.end));
      at_ = close + close_text.size();
      return;
    }
    if (tag.keyword == "page" && !tag.attributes.contains("expression_filter")) {
      at_ = tag.end;
      return;
    }
    if (tag.keyword != "def" && tag.keyword != "block") {
      fail("the Mako tag <%" + tag.keyword + "> is not supported here", at_, tag.end,
           "write what it would bring in into this template");
    }
    Scope next{tag.keyword, at_, tag.end, MakoBuilder(text_), scope().level, {}, {}, false};
    if (auto filter = tag.attributes.find("filter"); filter != tag.attributes.end()) {
      next.filtered = true;
      for (const std::string& one : split(filter->second, ',')) {
        next.filters.emplace_back(trim(one));
      }
    }
    if (tag.keyword == "def") {
      auto name = tag.attributes.find("name");
      if (name == tag.attributes.end()) fail("Missing attribute(s): 'name'", at_, tag.end);
      // Definitions of the template's body come before it, so that it can call them anywhere.
      if (scopes_.size() == 1) next.level = 0;
      std::string signature = name->second;
      if (signature.find('(') == std::string::npos) signature += "()";
      next.out.indent(next.level).text("def " + signature + ":\n");
      ++next.level;
      next.out.indent(next.level).text("loop = None\n");
    }
    at_ = tag.end;
    scopes_.push_back(std::move(next));
    if (scope().filtered) statement("_mako_push()");
    if (tag.closed) close_scope();
  }

  void tag_end() {
    std::size_t close = text_.find('>', at_);
    std::string name(
        trim(text_.substr(at_ + 3, close == std::string_view::npos ? 0 : close - at_ - 3)));
    if (scopes_.size() == 1 || close == std::string_view::npos) {
      fail("Closing tag without opening tag: </%" + name + ">", at_, close);
    }
    if (scope().tag != name) {
      fail("Closing tag </%" + name + "> does not match tag: <%" + scope().tag + ">", at_,
           close + 1, "the open tag is at " + place(scope().begin).str());
    }
    check_controls();
    at_ = close + 1;
    close_scope();
  }

  void close_scope() {
    if (scope().filtered) {
      scope().out.indent(scope().level).text("_mako_out(");
      open_filters(scope().filters);
      scope().out.text("_mako_pop()");
      close_filters(scope().filters);
      scope().out.text(")\n");
    }
    if (scope().tag == "def") statement("return ''");
    MakoBuilder done = std::move(scope().out);
    bool hoisted = scope().tag == "def" && scopes_.size() == 2;
    scopes_.pop_back();
    (hoisted ? defs_ : scope().out).append(done);
  }

  void check_controls() {
    if (scope().controls.empty()) return;
    const Control& open = scope().controls.back();
    fail("Unterminated control keyword: '" + open.keyword + "'", open.begin, open.end,
         "close it with a line '% end" + open.keyword + "'");
  }

  Place place(std::size_t at) const {
    auto begin = static_cast<std::uint32_t>(at);
    return {source_, {begin, begin + 1}};
  }

  SourcePtr source_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool loops_ = false;
  MakoBuilder module_;  // <%! %>, which runs first
  MakoBuilder defs_;
  std::vector<Scope> scopes_;
};

}  // namespace

std::optional<Place> MakoProgram::original(const Place& place) const {
  if (place.source != python) return std::nullopt;
  auto after =
      std::upper_bound(segments.begin(), segments.end(), place.span.begin,
                       [](std::uint32_t at, const Segment& segment) { return at < segment.begin; });
  std::uint32_t begin = place.span.begin;
  auto found = after;
  if (after != segments.begin() && begin <= std::prev(after)->end) {
    found = std::prev(after);
  } else if (after != segments.end() && after->begin < place.span.end) {
    begin = after->begin;  // our call round a piece of the template
  } else {
    return std::nullopt;
  }
  std::uint32_t from = found->from + (begin - found->begin);
  std::uint32_t end = std::max(begin, std::min(place.span.end, found->end));
  return Place{source, {from, from + std::max<std::uint32_t>(1, end - begin)}};
}

Error MakoProgram::original(const Error& error) const {
  Error out = error;
  std::vector<CallSite> calls;
  std::optional<Place> where = original(error.place());
  for (const CallSite& call : error.calls()) {
    if (std::optional<Place> mapped = original(call.place)) {
      // What fails in our own functions failed where the template called them.
      if (!where && error.place().source == python) {
        where = mapped;
      } else {
        calls.push_back({*mapped, call.function});
      }
    } else if (call.place.source != python) {
      calls.push_back(call);
    }
  }
  if (where) {
    out.with_place(*where);
  } else if (error.place().source == python) {
    out.with_place({source, {0, 0}});
  }
  out.with_calls(std::move(calls));
  return out;
}

MakoProgram translate_mako(const SourcePtr& source, std::span<const std::string> names,
                           std::string_view values_module) {
  return Translator(source).run(names, values_module);
}

}  // namespace retort::script
