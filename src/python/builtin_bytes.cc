#include <algorithm>
#include <limits>
#include <string>

#include "python/builtin_class.h"
#include "python/builtin_codec.h"
#include "python/builtin_text.h"

namespace retort::python {

namespace {

using std::string;
using std::string_view;

const string& self_data(Evaluator& evaluator, Arguments& args) {
  return self_as<Bytes>(evaluator, args).data;
}

const string& data_argument(Evaluator& evaluator, Value value) {
  if (const Bytes* bytes = value.get<Bytes>()) return bytes->data;
  evaluator.type_error("a bytes-like object is required, not '" + evaluator.type_name(value) + "'");
}

// What to look for: bytes, or an int that stands for one byte.
string needle(Evaluator& evaluator, Value value) {
  if (!value.is_int()) return data_argument(evaluator, value);
  if (value.as_int() < 0 || value.as_int() > 255) {
    evaluator.value_error("byte must be in range(0, 256)");
  }
  return string(1, static_cast<char>(value.as_int()));
}

Value construct(Evaluator& evaluator, Arguments& args) {
  const Value source = args[1];
  if (!source) return evaluator.bytes("");
  if (source.is_str()) {
    if (!args[2]) evaluator.type_error("string argument without an encoding");
    return evaluator.bytes(encode_text(evaluator, source.as_str(), args[2], args[3]));
  }
  if (const Bytes* bytes = source.get<Bytes>()) return evaluator.bytes(bytes->data);
  if (source.is(ObjectKind::kInstance)) {
    if (const Value method = evaluator.find_attr(source, "__bytes__"))
      return evaluator.call(method);
  }
  const Value number = evaluator.plain_number(source);
  if (number.is_int() || number.is_bool()) {
    if (number.as_int() < 0) evaluator.value_error("negative count");
    evaluator.account(static_cast<std::size_t>(number.as_int()));
    return evaluator.bytes(string(static_cast<std::size_t>(number.as_int()), '\0'));
  }
  string out;
  evaluator.iterate(source, [&](Value item) {
    const std::int64_t byte = evaluator.index(item);
    if (byte < 0 || byte > 255) evaluator.value_error("bytes must be in range(0, 256)");
    out += static_cast<char>(byte);
    return true;
  });
  return evaluator.bytes(out);
}

Value decode(Evaluator& evaluator, Arguments& args) {
  return evaluator.str(decode_text(evaluator, self_data(evaluator, args), args[1], args[2]));
}

Value hex(Evaluator& evaluator, Arguments& args) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const string& data = self_data(evaluator, args);
  const string separator = args[1] ? text_argument(evaluator, args[1], "hex", "sep") : "";
  std::int64_t group = integer_or(evaluator, args[2], 1);
  string out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (i != 0 && !separator.empty() && group != 0) {
      const auto position = static_cast<std::int64_t>(group > 0 ? data.size() - i : i);
      if (position % std::abs(group) == 0) out += separator;
    }
    const auto byte = static_cast<unsigned char>(data[i]);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return evaluator.str(out);
}

Value from_hex(Evaluator& evaluator, Arguments& args) {
  const string& text = text_argument(evaluator, args[1], "fromhex", "argument");
  string out;
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) continue;
    const int high = digit(text[i]);
    const int low = high >= 0 && i + 1 < text.size() ? digit(text[i + 1]) : -1;
    if (low < 0) {
      evaluator.value_error("non-hexadecimal number found in fromhex() arg at position " +
                            std::to_string(high < 0 ? i : i + 1));
    }
    out += static_cast<char>(high * 16 + low);
    ++i;
  }
  return evaluator.bytes(out);
}

// ---- searching

template <bool from_right, bool must>
Value find(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const string wanted = needle(evaluator, args[1]);
  const Window bounds = window(evaluator, args[2], args[3], static_cast<std::int64_t>(data.size()));
  std::size_t at = string::npos;
  if (bounds.begin <= bounds.end) {
    const string_view part =
        string_view(data).substr(static_cast<std::size_t>(bounds.begin),
                                 static_cast<std::size_t>(bounds.end - bounds.begin));
    at = from_right ? part.rfind(wanted) : part.find(wanted);
  }
  if (at != string::npos) return Value::integer(bounds.begin + static_cast<std::int64_t>(at));
  if (must) evaluator.value_error("subsection not found");
  return Value::integer(-1);
}

Value count(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const string wanted = needle(evaluator, args[1]);
  if (wanted.empty()) return Value::integer(static_cast<std::int64_t>(data.size()) + 1);
  std::int64_t found = 0;
  for (std::size_t at = data.find(wanted); at != string::npos;
       at = data.find(wanted, at + wanted.size())) {
    ++found;
  }
  return Value::integer(found);
}

template <bool at_end>
Value starts_or_ends(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const auto matches = [&](Value value) {
    const string& wanted = data_argument(evaluator, value);
    return at_end ? data.ends_with(wanted) : data.starts_with(wanted);
  };
  if (const Tuple* several = args[1].get<Tuple>()) {
    return Value::boolean(std::any_of(several->items.begin(), several->items.end(), matches));
  }
  return Value::boolean(matches(args[1]));
}

Value replace(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const string& from = data_argument(evaluator, args[1]);
  const string& to = data_argument(evaluator, args[2]);
  std::int64_t left = integer_or(evaluator, args[3], -1);
  if (left < 0) left = std::numeric_limits<std::int64_t>::max();
  string out;
  std::size_t at = 0;
  for (; left > 0; --left) {
    const std::size_t found = from.empty() ? at : data.find(from, at);
    if (found == string::npos) break;
    out.append(data, at, found - at);
    out += to;
    at = found + from.size();
    if (from.empty()) {
      if (at >= data.size()) break;
      out += data[at++];
    }
  }
  if (at < data.size()) out.append(data, at);
  return evaluator.bytes(out);
}

bool is_space_byte(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Value split(Evaluator& evaluator, Arguments& args) {
  string_view rest = self_data(evaluator, args);
  std::int64_t left = integer_or(evaluator, args[2], -1);
  if (left < 0) left = std::numeric_limits<std::int64_t>::max();
  std::vector<Value> parts;
  if (!args[1] || args[1].is_none()) {
    for (;;) {
      while (!rest.empty() && is_space_byte(rest.front())) rest.remove_prefix(1);
      if (rest.empty()) break;
      std::size_t end = 0;
      while (end < rest.size() && !is_space_byte(rest[end])) ++end;
      if (left-- == 0) {
        parts.push_back(evaluator.bytes(rest));
        break;
      }
      parts.push_back(evaluator.bytes(rest.substr(0, end)));
      rest.remove_prefix(end);
    }
    return evaluator.list(std::move(parts));
  }
  const string& separator = data_argument(evaluator, args[1]);
  if (separator.empty()) evaluator.value_error("empty separator");
  for (; left > 0; --left) {
    const std::size_t at = rest.find(separator);
    if (at == string_view::npos) break;
    parts.push_back(evaluator.bytes(rest.substr(0, at)));
    rest.remove_prefix(at + separator.size());
  }
  parts.push_back(evaluator.bytes(rest));
  return evaluator.list(std::move(parts));
}

Value split_lines(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const bool keep = args[1] && evaluator.truthy(args[1]);
  std::vector<Value> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < data.size(); ++at) {
    if (data[at] != '\n' && data[at] != '\r') continue;
    std::size_t end = at + 1;
    if (data[at] == '\r' && end < data.size() && data[end] == '\n') ++end;
    lines.push_back(evaluator.bytes(string_view(data).substr(begin, (keep ? end : at) - begin)));
    begin = end;
    at = end - 1;
  }
  if (begin < data.size()) lines.push_back(evaluator.bytes(string_view(data).substr(begin)));
  return evaluator.list(std::move(lines));
}

template <bool left, bool right>
Value stripped(Evaluator& evaluator, Arguments& args) {
  string_view data = self_data(evaluator, args);
  const bool given = args[1] && !args[1].is_none();
  const string unwanted = given ? data_argument(evaluator, args[1]) : string(" \t\n\r\v\f");
  const auto drop = [&](char c) { return unwanted.find(c) != string::npos; };
  while (left && !data.empty() && drop(data.front())) data.remove_prefix(1);
  while (right && !data.empty() && drop(data.back())) data.remove_suffix(1);
  return evaluator.bytes(data);
}

template <bool from_right>
Value partition(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const string& separator = data_argument(evaluator, args[1]);
  if (separator.empty()) evaluator.value_error("empty separator");
  const std::size_t at = from_right ? data.rfind(separator) : data.find(separator);
  const Value nothing = evaluator.bytes("");
  if (at == string::npos) {
    const Value all = evaluator.bytes(data);
    return from_right ? evaluator.tuple({nothing, nothing, all})
                      : evaluator.tuple({all, nothing, nothing});
  }
  return evaluator.tuple({evaluator.bytes(data.substr(0, at)), evaluator.bytes(separator),
                          evaluator.bytes(data.substr(at + separator.size()))});
}

Value join(Evaluator& evaluator, Arguments& args) {
  const string& separator = self_data(evaluator, args);
  string out;
  std::int64_t count = 0;
  evaluator.iterate(args[1], [&](Value item) {
    const Bytes* bytes = item.get<Bytes>();
    if (!bytes) {
      evaluator.type_error("sequence item " + std::to_string(count) +
                           ": expected a bytes-like object, " + evaluator.type_name(item) +
                           " found");
    }
    if (count++ != 0) out += separator;
    out += bytes->data;
    return true;
  });
  return evaluator.bytes(out);
}

template <char (*map)(char)>
Value mapped(Evaluator& evaluator, Arguments& args) {
  string data = self_data(evaluator, args);
  std::transform(data.begin(), data.end(), data.begin(), map);
  return evaluator.bytes(data);
}

bool digit_byte(char c) { return c >= '0' && c <= '9'; }
bool alpha_byte(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool alnum_byte(char c) { return digit_byte(c) || alpha_byte(c); }

template <bool (*test)(char)>
Value all_are(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  return Value::boolean(!data.empty() && std::all_of(data.begin(), data.end(), test));
}

template <char align>
Value justified(Evaluator& evaluator, Arguments& args) {
  const string& data = self_data(evaluator, args);
  const std::int64_t width = evaluator.index(args[1]);
  const string fill = args[2] ? data_argument(evaluator, args[2]) : " ";
  if (fill.size() != 1) evaluator.type_error("a byte string of length 1 is required as fill");
  const std::int64_t missing = width - static_cast<std::int64_t>(data.size());
  if (missing <= 0) return evaluator.bytes(data);
  std::int64_t left = align == '>' ? missing : 0;
  if (align == '^') left = missing / 2 + (missing & width & 1);
  return evaluator.bytes(string(static_cast<std::size_t>(left), fill[0]) + data +
                         string(static_cast<std::size_t>(missing - left), fill[0]));
}

template <bool prefix>
Value removed(Evaluator& evaluator, Arguments& args) {
  const string_view data = self_data(evaluator, args);
  const string& part = data_argument(evaluator, args[1]);
  if (prefix && data.starts_with(part)) return evaluator.bytes(data.substr(part.size()));
  if (!prefix && data.ends_with(part)) {
    return evaluator.bytes(data.substr(0, data.size() - part.size()));
  }
  return evaluator.bytes(data);
}

constexpr MethodRow kMethods[] = {
    {"decode(self, encoding='utf-8', errors='strict')", decode},
    {"hex(self, sep='', bytes_per_sep=1)", hex},
    {"find(self, sub, start=None, end=None, /)", find<false, false>},
    {"rfind(self, sub, start=None, end=None, /)", find<true, false>},
    {"index(self, sub, start=None, end=None, /)", find<false, true>},
    {"rindex(self, sub, start=None, end=None, /)", find<true, true>},
    {"count(self, sub, /)", count},
    {"startswith(self, prefix, /)", starts_or_ends<false>},
    {"endswith(self, suffix, /)", starts_or_ends<true>},
    {"replace(self, old, new, count=-1, /)", replace},
    {"split(self, sep=None, maxsplit=-1)", split},
    {"splitlines(self, keepends=False)", split_lines},
    {"strip(self, chars=None, /)", stripped<true, true>},
    {"lstrip(self, chars=None, /)", stripped<true, false>},
    {"rstrip(self, chars=None, /)", stripped<false, true>},
    {"partition(self, sep, /)", partition<false>},
    {"rpartition(self, sep, /)", partition<true>},
    {"join(self, iterable, /)", join},
    {"upper(self, /)", mapped<ascii_upper>},
    {"lower(self, /)", mapped<ascii_lower>},
    {"isdigit(self, /)", all_are<digit_byte>},
    {"isalpha(self, /)", all_are<alpha_byte>},
    {"isalnum(self, /)", all_are<alnum_byte>},
    {"isspace(self, /)", all_are<is_space_byte>},
    {"ljust(self, width, fillchar=b' ', /)", justified<'<'>},
    {"rjust(self, width, fillchar=b' ', /)", justified<'>'>},
    {"center(self, width, fillchar=b' ', /)", justified<'^'>},
    {"removeprefix(self, prefix, /)", removed<true>},
    {"removesuffix(self, suffix, /)", removed<false>},
};
constexpr string_view kSpecial[] = {"__add__",  "__mul__",     "__rmul__", "__contains__",
                                    "__len__",  "__getitem__", "__eq__",   "__ne__",
                                    "__lt__",   "__le__",      "__gt__",   "__ge__",
                                    "__hash__", "__iter__",    "__repr__"};

}  // namespace

void fill_bytes(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, source=b'', encoding='utf-8', errors='strict')",
                               construct);
  define_methods(evaluator, cls, kMethods);
  define_special_methods(evaluator, cls, kSpecial);
  evaluator.define_class_method(cls, "fromhex(cls, string, /)", from_hex);
}

}  // namespace retort::python
