#include <algorithm>
#include <array>

#include "python/builtin_character.h"
#include "python/builtin_class.h"
#include "python/builtin_codec.h"
#include "python/builtin_format.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

// str: the constructor, case, tests, padding, stripping, formatting. builtin_str_search.cc has what
// looks for text in text.
namespace retort::python {

namespace {

using std::string;
using std::string_view;

const string& self_text(Evaluator& evaluator, Arguments& args) {
  return self_as<Str>(evaluator, args).text;
}

template <string (*map)(string_view)>
Value mapped(Evaluator& evaluator, Arguments& args) {
  return evaluator.str(map(self_text(evaluator, args)));
}

// Whether all characters satisfy `test`, of which there must be one.
template <bool (*test)(char32_t)>
Value all_are(Evaluator& evaluator, Arguments& args) {
  const string& text = self_text(evaluator, args);
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode_utf8(text, at, true);
    if (!test(d.character)) return Value::boolean(false);
    at += d.size;
  }
  return Value::boolean(!text.empty());
}

bool is_alphanumeric(char32_t c) { return is_alpha(c) || is_numeric(c); }

Value is_ascii_text(Evaluator& evaluator, Arguments& args) {
  const string& text = self_text(evaluator, args);
  return Value::boolean(std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

Value is_printable_text(Evaluator& evaluator, Arguments& args) {
  for (const char32_t c : decoded(self_text(evaluator, args))) {
    if (!is_printable(c)) return Value::boolean(false);
  }
  return Value::boolean(true);
}

Value is_identifier(Evaluator& evaluator, Arguments& args) {
  const std::u32string text = decoded(self_text(evaluator, args));
  if (text.empty() || !is_identifier_start(text[0])) return Value::boolean(false);
  return Value::boolean(
      std::all_of(text.begin(), text.end(), [](char32_t c) { return is_identifier_continue(c); }));
}

template <bool upper>
Value is_in_case(Evaluator& evaluator, Arguments& args) {
  bool found = false;
  for (const char32_t c : decoded(self_text(evaluator, args))) {
    if (upper ? (is_lower(c) || is_title(c)) : (is_upper(c) || is_title(c))) {
      return Value::boolean(false);
    }
    found = found || (upper ? is_upper(c) : is_lower(c));
  }
  return Value::boolean(found);
}

Value is_title_text(Evaluator& evaluator, Arguments& args) {
  bool found = false;
  bool inside = false;
  for (const char32_t c : decoded(self_text(evaluator, args))) {
    if (is_upper(c) || is_title(c)) {
      if (inside) return Value::boolean(false);
      inside = found = true;
    } else if (is_lower(c)) {
      if (!inside) return Value::boolean(false);
      found = true;
    } else {
      inside = false;
    }
  }
  return Value::boolean(found);
}

// ---- padding

string fill_argument(Evaluator& evaluator, Arguments& args) {
  if (!args[2]) return " ";
  const Str* fill = args[2].get<Str>();
  if (!fill) {
    evaluator.type_error("The fill character must be a unicode character, not " +
                         evaluator.type_name(args[2]));
  }
  if (fill->length() != 1) {
    evaluator.type_error("The fill character must be exactly one character long");
  }
  return fill->text;
}

string repeated(const string& text, std::int64_t count) {
  string out;
  for (std::int64_t i = 0; i < count; ++i) out += text;
  return out;
}

template <char align>
Value justified(Evaluator& evaluator, Arguments& args) {
  Str& self = self_as<Str>(evaluator, args);
  const std::int64_t width = evaluator.index(args[1]);
  const string fill = fill_argument(evaluator, args);
  const std::int64_t missing = width - self.length();
  if (missing <= 0) return evaluator.str(self.text);
  evaluator.account(static_cast<std::size_t>(missing) * fill.size());
  std::int64_t left = 0;
  if (align == '>') left = missing;
  if (align == '^') left = missing / 2 + (missing & width & 1);
  return evaluator.str(repeated(fill, left) + self.text + repeated(fill, missing - left));
}

Value zero_filled(Evaluator& evaluator, Arguments& args) {
  Str& self = self_as<Str>(evaluator, args);
  const std::int64_t missing = evaluator.index(args[1]) - self.length();
  if (missing <= 0) return evaluator.str(self.text);
  evaluator.account(static_cast<std::size_t>(missing));
  const bool sign = !self.text.empty() && (self.text[0] == '+' || self.text[0] == '-');
  return evaluator.str(self.text.substr(0, sign ? 1 : 0) +
                       string(static_cast<std::size_t>(missing), '0') +
                       self.text.substr(sign ? 1 : 0));
}

Value expand_tabs(Evaluator& evaluator, Arguments& args) {
  const std::int64_t size = integer_or(evaluator, args[1], 8);
  std::u32string out;
  std::int64_t column = 0;
  for (const char32_t c : decoded(self_text(evaluator, args))) {
    if (c == '\t') {
      if (size > 0) {
        const std::int64_t spaces = size - column % size;
        evaluator.account(static_cast<std::size_t>(spaces));
        out.append(static_cast<std::size_t>(spaces), U' ');
        column += spaces;
      }
      continue;
    }
    out += c;
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return evaluator.str(encoded(out));
}

// ---- stripping

template <bool left, bool right>
Value stripped(Evaluator& evaluator, Arguments& args) {
  const string& text = self_text(evaluator, args);
  std::u32string characters;
  const bool given = args[1] && !args[1].is_none();
  if (given) {
    if (!args[1].is_str()) {
      evaluator.type_error(args.signature().name + " arg must be None or str");
    }
    characters = decoded(args[1].as_str());
  }
  const auto unwanted = [&](char32_t c) {
    return given ? characters.find(c) != std::u32string::npos : is_space(c);
  };
  const std::u32string all = decoded(text);
  std::size_t begin = 0;
  std::size_t end = all.size();
  if (left) {
    while (begin < end && unwanted(all[begin])) ++begin;
  }
  if (right) {
    while (end > begin && unwanted(all[end - 1])) --end;
  }
  return evaluator.str(encoded(std::u32string_view(all).substr(begin, end - begin)));
}

// ---- formatting and coding

Value format(Evaluator& evaluator, Arguments& args) {
  const std::function<Value(const string&)> keyword = [&](const string& name) {
    for (const auto& [key, value] : args.keywords()) {
      if (key == name) return value;
    }
    return Value();
  };
  static const Value kNoArguments[1] = {};
  const std::span<const Value> rest =
      args.rest().empty() ? std::span<const Value>(kNoArguments, std::size_t{0}) : args.rest();
  return evaluator.str(format_fields(evaluator, self_text(evaluator, args), rest, keyword));
}

Value format_map(Evaluator& evaluator, Arguments& args) {
  const Value mapping = args[1];
  const std::function<Value(const string&)> keyword = [&](const string& name) {
    return evaluator.get_item(mapping, evaluator.str(name));
  };
  return evaluator.str(format_fields(evaluator, self_text(evaluator, args), {}, keyword));
}

Value encode(Evaluator& evaluator, Arguments& args) {
  return evaluator.bytes(encode_text(evaluator, self_text(evaluator, args), args[1], args[2]));
}

Value translate(Evaluator& evaluator, Arguments& args) {
  string out;
  const Value table = args[1];
  for (const char32_t c : decoded(self_text(evaluator, args))) {
    Value to;
    if (const Dict* dict = table.get<Dict>()) {
      to = dict->find(evaluator, Value::integer(c));
    } else {
      to = evaluator.get_item(table, Value::integer(c));
    }
    if (!to) {
      append_utf8(out, c);
    } else if (to.is_str()) {
      out += to.as_str();
    } else if (to.is_int()) {
      if (to.as_int() < 0 || to.as_int() > 0x10FFFF) {
        evaluator.value_error("character mapping must be in range(0x110000)");
      }
      append_utf8(out, static_cast<char32_t>(to.as_int()));
    } else if (!to.is_none()) {
      evaluator.type_error("character mapping must return integer, None or str");
    }
  }
  return evaluator.str(out);
}

Value make_translation(Evaluator& evaluator, Arguments& args) {
  Dict* table = evaluator.dict();
  if (!args[1]) {
    Dict* given = args[0].get<Dict>();
    if (!given) {
      evaluator.type_error("if you give only one argument to maketrans it must be a dict");
    }
    for (const Dict::Entry& entry : given->entries()) {
      if (!entry.key) continue;
      Value key = entry.key;
      if (const Str* text = key.get<Str>()) {
        if (text->length() != 1) {
          evaluator.value_error("string keys in translate table must be of length 1");
        }
        key = Value::integer(decode_utf8(text->text, 0, true).character);
      } else if (!key.is_int()) {
        evaluator.type_error("keys in translate table must be strings or integers");
      }
      table->set(evaluator, key, entry.value);
    }
    return table;
  }
  if (!args[0].is_str()) {
    evaluator.type_error("first maketrans argument must be a string if there is a second argument");
  }
  const std::u32string from = decoded(args[0].as_str());
  const std::u32string to = decoded(text_argument(evaluator, args[1], "maketrans", "argument 2"));
  if (from.size() != to.size()) {
    evaluator.value_error("the first two maketrans arguments must have equal length");
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    table->set(evaluator, Value::integer(from[i]), Value::integer(to[i]));
  }
  if (args[2]) {
    for (const char32_t c : decoded(text_argument(evaluator, args[2], "maketrans", "argument 3"))) {
      table->set(evaluator, Value::integer(c), Value::none());
    }
  }
  return table;
}

Value join(Evaluator& evaluator, Arguments& args) {
  const string& separator = self_text(evaluator, args);
  string out;
  std::int64_t count = 0;
  const auto add = [&](Value item) {
    const Str* text = item.get<Str>();
    if (!text) {
      if (const Unknown* unknown = item.get<Unknown>()) {
        evaluator.refuse_unknown(*unknown, "str.join()");
      }
      evaluator.type_error("sequence item " + std::to_string(count) + ": expected str instance, " +
                           evaluator.type_name(item) + " found");
    }
    if (count++ != 0) out += separator;
    out += text->text;
    return true;
  };
  if (args[1].is_int() || args[1].is_none() || args[1].is_float() || args[1].is_bool()) {
    evaluator.type_error("can only join an iterable");
  }
  evaluator.iterate(args[1], add);
  return evaluator.str(out);
}

Value construct(Evaluator& evaluator, Arguments& args) {
  if (!args[1]) return evaluator.str("");
  if (args[2] || args[3]) {
    const Bytes* bytes = args[1].get<Bytes>();
    if (!bytes) {
      evaluator.type_error(args[1].is_str() ? "decoding str is not supported"
                                            : "decoding to str: need a bytes-like object, " +
                                                  evaluator.type_name(args[1]) + " found");
    }
    return evaluator.str(decode_text(evaluator, bytes->data, args[2], args[3]));
  }
  if (args[1].is_str() && !args[1].object()->extension()) return args[1];
  return evaluator.str(evaluator.to_str(args[1]));
}

constexpr MethodRow kMethods[] = {
    {"capitalize(self, /)", mapped<capitalized_text>},
    {"casefold(self, /)", mapped<folded_text>},
    {"lower(self, /)", mapped<lower_text>},
    {"upper(self, /)", mapped<upper_text>},
    {"title(self, /)", mapped<title_text>},
    {"swapcase(self, /)", mapped<swapped_text>},
    {"isalnum(self, /)", all_are<is_alphanumeric>},
    {"isalpha(self, /)", all_are<is_alpha>},
    {"isdecimal(self, /)", all_are<is_decimal>},
    {"isdigit(self, /)", all_are<is_digit>},
    {"isnumeric(self, /)", all_are<is_numeric>},
    {"isspace(self, /)", all_are<is_space>},
    {"isascii(self, /)", is_ascii_text},
    {"isprintable(self, /)", is_printable_text},
    {"isidentifier(self, /)", is_identifier},
    {"islower(self, /)", is_in_case<false>},
    {"isupper(self, /)", is_in_case<true>},
    {"istitle(self, /)", is_title_text},
    {"center(self, width, fillchar=' ', /)", justified<'^'>},
    {"ljust(self, width, fillchar=' ', /)", justified<'<'>},
    {"rjust(self, width, fillchar=' ', /)", justified<'>'>},
    {"zfill(self, width, /)", zero_filled},
    {"expandtabs(self, tabsize=8)", expand_tabs},
    {"strip(self, chars=None, /)", stripped<true, true>},
    {"lstrip(self, chars=None, /)", stripped<true, false>},
    {"rstrip(self, chars=None, /)", stripped<false, true>},
    {"format(self, /, *args, **kwargs)", format},
    {"format_map(self, mapping, /)", format_map},
    {"encode(self, encoding='utf-8', errors='strict')", encode},
    {"translate(self, table, /)", translate},
    {"join(self, iterable, /)", join},
};

constexpr string_view kSpecial[] = {
    "__add__",     "__mul__",  "__rmul__", "__mod__", "__contains__", "__len__",
    "__getitem__", "__eq__",   "__ne__",   "__lt__",  "__le__",       "__gt__",
    "__ge__",      "__hash__", "__iter__", "__str__", "__repr__",     "__format__"};

}  // namespace

void define_str_searching(Evaluator& evaluator, Class& cls);

void fill_str(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, object='', encoding='utf-8', errors='strict')",
                               construct);
  define_methods(evaluator, cls, kMethods);
  define_str_searching(evaluator, cls);
  define_special_methods(evaluator, cls, kSpecial);
  evaluator.define_static(cls, "maketrans(x, y=None, z=None, /)", make_translation);
}

}  // namespace retort::python
