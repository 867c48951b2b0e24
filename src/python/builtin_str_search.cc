#include <algorithm>
#include <limits>

#include "python/builtin_character.h"
#include "python/builtin_class.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

// The methods of str that look for text in text. Positions count characters; the search itself
// compares bytes, which UTF-8 allows.
namespace retort::python {

namespace {

using std::string;
using std::string_view;

constexpr std::size_t kNowhere = string_view::npos;

// The part text[begin:end] of a search, as bytes.
struct Part {
  string_view text;
  std::int64_t begin = 0;  // in characters
  bool possible = true;    // begin <= length: even an empty text is found there
  std::size_t byte_begin = 0;
};

Part part_of(Evaluator& evaluator, const Str& self, Value begin, Value end) {
  const std::int64_t length = self.length();
  const Window bounds = window(evaluator, begin, end, length);
  Part part;
  part.begin = bounds.begin;
  if (bounds.begin > bounds.end) {
    part.possible = false;
    return part;
  }
  const bool ascii = self.ascii();
  const string_view all = self.text;
  part.byte_begin = ascii ? static_cast<std::size_t>(bounds.begin) : byte_offset(all, bounds.begin);
  const std::size_t byte_end =
      ascii ? static_cast<std::size_t>(bounds.end)
            : part.byte_begin + byte_offset(all.substr(part.byte_begin), bounds.end - bounds.begin);
  part.text = all.substr(part.byte_begin, byte_end - part.byte_begin);
  return part;
}

template <bool from_right, bool must>
Value find(Evaluator& evaluator, Arguments& args) {
  const Str& self = self_as<Str>(evaluator, args);
  const string& wanted = text_argument(evaluator, args[1], args.signature().name, "argument 1");
  const Part part = part_of(evaluator, self, args[2], args[3]);
  std::size_t at = kNowhere;
  if (part.possible) at = from_right ? part.text.rfind(wanted) : part.text.find(wanted);
  if (at == kNowhere) {
    if (must) evaluator.value_error("substring not found");
    return Value::integer(-1);
  }
  return Value::integer(part.begin + utf8_length(part.text.substr(0, at)));
}

Value count(Evaluator& evaluator, Arguments& args) {
  const Str& self = self_as<Str>(evaluator, args);
  const string& wanted = text_argument(evaluator, args[1], "count", "argument 1");
  const Part part = part_of(evaluator, self, args[2], args[3]);
  if (!part.possible) return Value::integer(0);
  if (wanted.empty()) return Value::integer(utf8_length(part.text) + 1);
  std::int64_t found = 0;
  for (std::size_t at = part.text.find(wanted); at != kNowhere;
       at = part.text.find(wanted, at + wanted.size())) {
    ++found;
  }
  return Value::integer(found);
}

template <bool at_end>
Value starts_or_ends(Evaluator& evaluator, Arguments& args) {
  const Str& self = self_as<Str>(evaluator, args);
  const Part part = part_of(evaluator, self, args[2], args[3]);
  const auto matches = [&](const string& wanted) {
    return part.possible && (at_end ? part.text.ends_with(wanted) : part.text.starts_with(wanted));
  };
  if (const Str* wanted = args[1].get<Str>()) return Value::boolean(matches(wanted->text));
  const string name = args.signature().name;
  if (const Tuple* several = args[1].get<Tuple>()) {
    for (const Value& item : several->items) {
      const Str* wanted = item.get<Str>();
      if (!wanted) {
        evaluator.type_error("tuple for " + name + " must only contain str, not " +
                             evaluator.type_name(item));
      }
      if (matches(wanted->text)) return Value::boolean(true);
    }
    return Value::boolean(false);
  }
  if (const Unknown* unknown = args[1].get<Unknown>()) {
    evaluator.refuse_unknown(*unknown, "str." + name + "()");
  }
  evaluator.type_error(name + " first arg must be str or a tuple of str, not " +
                       evaluator.type_name(args[1]));
}

Value replace(Evaluator& evaluator, Arguments& args) {
  const string& text = self_as<Str>(evaluator, args).text;
  const string& from = text_argument(evaluator, args[1], "replace", "argument 1");
  const string& to = text_argument(evaluator, args[2], "replace", "argument 2");
  std::int64_t left = integer_or(evaluator, args[3], -1);
  if (left < 0) left = std::numeric_limits<std::int64_t>::max();
  string out;
  if (from.empty()) {
    std::size_t at = 0;
    for (; left > 0; --left) {
      out += to;
      if (at >= text.size()) break;
      const std::size_t size = std::max<std::uint32_t>(decode_utf8(text, at, true).size, 1);
      out.append(text, at, size);
      at += size;
    }
    if (at < text.size()) out.append(text, at);
    evaluator.account(out.size());
    return evaluator.str(out);
  }
  std::size_t at = 0;
  for (; left > 0; --left) {
    const std::size_t found = text.find(from, at);
    if (found == kNowhere) break;
    out.append(text, at, found - at);
    out += to;
    at = found + from.size();
  }
  out.append(text, at);
  return evaluator.str(out);
}

// ---- splitting

std::vector<string_view> split_at_spaces(string_view text, std::int64_t most) {
  std::vector<string_view> parts;
  std::size_t at = 0;
  const auto skip = [&](bool spaces) {
    while (at < text.size()) {
      const Decoded d = decode_utf8(text, at, true);
      if (is_space(d.character) != spaces) break;
      at += d.size;
    }
  };
  for (;;) {
    skip(true);
    if (at >= text.size()) break;
    if (most-- == 0) {
      parts.push_back(text.substr(at));
      break;
    }
    const std::size_t begin = at;
    skip(false);
    parts.push_back(text.substr(begin, at - begin));
  }
  return parts;
}

// Backwards; gives the parts in order.
std::vector<string_view> split_at_spaces_from_right(string_view text, std::int64_t most) {
  // Words and where they begin; the rest in front keeps its spaces.
  const std::vector<string_view> words = split_at_spaces(text, -1);
  if (most < 0 || static_cast<std::int64_t>(words.size()) <= most) return words;
  const std::size_t kept = static_cast<std::size_t>(most);
  const std::size_t joined = words.size() - kept;
  std::vector<string_view> parts;
  const string_view last = words[joined - 1];
  const std::size_t end = static_cast<std::size_t>(last.data() - text.data()) + last.size();
  parts.push_back(text.substr(0, end));
  parts.insert(parts.end(), words.begin() + static_cast<std::ptrdiff_t>(joined), words.end());
  return parts;
}

template <bool from_right>
Value split(Evaluator& evaluator, Arguments& args) {
  const string_view text = self_as<Str>(evaluator, args).text;
  const std::int64_t most = integer_or(evaluator, args[2], -1);
  std::vector<string_view> parts;
  if (!args[1] || args[1].is_none()) {
    parts = from_right ? split_at_spaces_from_right(text, most) : split_at_spaces(text, most);
  } else {
    if (!args[1].is_str()) {
      if (const Unknown* unknown = args[1].get<Unknown>()) {
        evaluator.refuse_unknown(*unknown, "str.split()");
      }
      evaluator.type_error("must be str or None, not " + evaluator.type_name(args[1]));
    }
    const string& separator = args[1].as_str();
    if (separator.empty()) evaluator.value_error("empty separator");
    std::int64_t left = most < 0 ? std::numeric_limits<std::int64_t>::max() : most;
    string_view rest = text;
    while (left-- > 0) {
      const std::size_t at = from_right ? rest.rfind(separator) : rest.find(separator);
      if (at == kNowhere) break;
      if (from_right) {
        parts.push_back(rest.substr(at + separator.size()));
        rest = rest.substr(0, at);
      } else {
        parts.push_back(rest.substr(0, at));
        rest = rest.substr(at + separator.size());
      }
    }
    parts.push_back(rest);
    if (from_right) std::reverse(parts.begin(), parts.end());
  }
  std::vector<Value> items;
  items.reserve(parts.size());
  for (const string_view part : parts) items.push_back(evaluator.str(part));
  return evaluator.list(std::move(items));
}

bool is_line_end(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

Value split_lines(Evaluator& evaluator, Arguments& args) {
  const string& text = self_as<Str>(evaluator, args).text;
  const bool keep = args[1] && evaluator.truthy(args[1]);
  std::vector<Value> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode_utf8(text, at, true);
    if (!is_line_end(d.character)) {
      at += d.size;
      continue;
    }
    std::size_t end = at + d.size;
    if (d.character == '\r' && end < text.size() && text[end] == '\n') ++end;
    lines.push_back(evaluator.str(string_view(text).substr(begin, (keep ? end : at) - begin)));
    begin = at = end;
  }
  if (begin < text.size()) lines.push_back(evaluator.str(string_view(text).substr(begin)));
  return evaluator.list(std::move(lines));
}

template <bool from_right>
Value partition(Evaluator& evaluator, Arguments& args) {
  const string& text = self_as<Str>(evaluator, args).text;
  if (!args[1].is_str()) {
    evaluator.type_error("must be str, not " + evaluator.type_name(args[1]));
  }
  const string& separator = args[1].as_str();
  if (separator.empty()) evaluator.value_error("empty separator");
  const std::size_t at = from_right ? text.rfind(separator) : text.find(separator);
  if (at == kNowhere) {
    return from_right
               ? evaluator.tuple({evaluator.str(""), evaluator.str(""), evaluator.str(text)})
               : evaluator.tuple({evaluator.str(text), evaluator.str(""), evaluator.str("")});
  }
  return evaluator.tuple({evaluator.str(text.substr(0, at)), evaluator.str(separator),
                          evaluator.str(text.substr(at + separator.size()))});
}

Value remove_prefix(Evaluator& evaluator, Arguments& args) {
  const string& text = self_as<Str>(evaluator, args).text;
  const string& prefix = text_argument(evaluator, args[1], "removeprefix", "argument");
  return evaluator.str(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}

Value remove_suffix(Evaluator& evaluator, Arguments& args) {
  const string& text = self_as<Str>(evaluator, args).text;
  const string& suffix = text_argument(evaluator, args[1], "removesuffix", "argument");
  return evaluator.str(text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text);
}

constexpr MethodRow kMethods[] = {
    {"find(self, sub, start=None, end=None, /)", find<false, false>},
    {"rfind(self, sub, start=None, end=None, /)", find<true, false>},
    {"index(self, sub, start=None, end=None, /)", find<false, true>},
    {"rindex(self, sub, start=None, end=None, /)", find<true, true>},
    {"count(self, sub, start=None, end=None, /)", count},
    {"startswith(self, prefix, start=None, end=None, /)", starts_or_ends<false>},
    {"endswith(self, suffix, start=None, end=None, /)", starts_or_ends<true>},
    {"replace(self, old, new, /, count=-1)", replace},
    {"split(self, sep=None, maxsplit=-1)", split<false>},
    {"rsplit(self, sep=None, maxsplit=-1)", split<true>},
    {"splitlines(self, keepends=False)", split_lines},
    {"partition(self, sep, /)", partition<false>},
    {"rpartition(self, sep, /)", partition<true>},
    {"removeprefix(self, prefix, /)", remove_prefix},
    {"removesuffix(self, suffix, /)", remove_suffix},
};

}  // namespace

void define_str_searching(Evaluator& evaluator, Class& cls) {
  define_methods(evaluator, cls, kMethods);
}

}  // namespace retort::python
