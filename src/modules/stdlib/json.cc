#include <algorithm>
#include <cmath>

#include "modules/stdlib/services.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

// The module `_json`: reading and writing of JSON text, which json.py makes a module of. Numbers
// keep their form (big integers, 1.0 and 1), objects their order.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Dict;
using python::Evaluator;
using python::List;
using python::Module;
using python::ObjectKind;
using python::Str;
using python::Tuple;
using python::Value;

namespace {

constexpr int kMostDepth = 500;

// ---- writing

class Writer {
 public:
  Writer(Evaluator& evaluator, Arguments& args)
      : evaluator_(evaluator),
        default_(args["default"]),
        skip_keys_(evaluator.truthy(args["skipkeys"])),
        ascii_(evaluator.truthy(args["ensure_ascii"])),
        allow_nan_(evaluator.truthy(args["allow_nan"])),
        sort_(evaluator.truthy(args["sort_keys"])),
        item_separator_(evaluator.to_str(args["item_separator"])),
        key_separator_(evaluator.to_str(args["key_separator"])) {
    const Value indent = args["indent"];
    indented_ = !indent.is_none();
    if (indent.is_str()) {
      indent_ = indent.as_str();
    } else if (indented_) {
      indent_.assign(static_cast<std::size_t>(std::max<std::int64_t>(evaluator.index(indent), 0)),
                     ' ');
    }
  }

  std::string write(Value value) {
    add(value);
    evaluator_.account(out_.size());
    return std::move(out_);
  }

 private:
  void add(Value value) {
    if (value.is_none()) {
      out_ += "null";
    } else if (value.is_bool()) {
      out_ += value.as_bool() ? "true" : "false";
    } else if (const Str* text = value.get<Str>()) {
      add_text(text->text);
    } else if (const Value number = evaluator_.plain_number(value);
               number.is_int() || number.is(ObjectKind::kBigInt)) {
      out_ += evaluator_.repr(number);
    } else if (number.is_float()) {
      out_ += float_text(number.as_float());
    } else if (value.is(ObjectKind::kList) || value.is(ObjectKind::kTuple)) {
      add_list(value);
    } else if (const Dict* dict = value.get<Dict>()) {
      add_dict(value, *dict);
    } else {
      add_other(value);
    }
  }

  std::string float_text(double value) {
    if (std::isfinite(value)) return evaluator_.repr(Value::floating(value));
    if (!allow_nan_) {
      evaluator_.value_error("Out of range float values are not JSON compliant: " +
                             evaluator_.repr(Value::floating(value)));
    }
    if (std::isnan(value)) return "NaN";
    return value > 0 ? "Infinity" : "-Infinity";
  }

  void add_escape(char32_t unit) {
    static constexpr char kDigits[] = "0123456789abcdef";
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += kDigits[unit >> shift & 15];
  }

  void add_text(const std::string& text) {
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      switch (c) {
        case '"':
          out_ += "\\\"";
          break;
        case '\\':
          out_ += "\\\\";
          break;
        case '\n':
          out_ += "\\n";
          break;
        case '\r':
          out_ += "\\r";
          break;
        case '\t':
          out_ += "\\t";
          break;
        case '\b':
          out_ += "\\b";
          break;
        case '\f':
          out_ += "\\f";
          break;
        default: {
          const auto byte = static_cast<unsigned char>(c);
          if (byte < 0x20 || (byte == 0x7F && ascii_)) {
            add_escape(byte);
          } else if (byte < 0x80 || !ascii_) {
            out_ += c;
          } else {
            const python::Decoded d = python::decode_utf8(text, at, true);
            if (d.character >= 0x10000) {
              add_escape(0xD800 + ((d.character - 0x10000) >> 10));
              add_escape(0xDC00 + ((d.character - 0x10000) & 0x3FF));
            } else {
              add_escape(d.character);
            }
            at += d.size;
            continue;
          }
        }
      }
      ++at;
    }
    out_ += '"';
  }

  void line() {
    if (!indented_) return;
    out_ += '\n';
    for (std::size_t i = 0; i < open_.size(); ++i) out_ += indent_;
  }

  void enter(Value value) {
    for (const Value& outer : open_) {
      if (identical(outer, value)) evaluator_.value_error("Circular reference detected");
    }
    if (open_.size() >= kMostDepth) {
      evaluator_.raise("RecursionError",
                       "maximum recursion depth exceeded while encoding a JSON object");
    }
    open_.push_back(value);
  }

  void add_list(Value value) {
    const std::vector<Value> items = evaluator_.items(value);
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    enter(value);
    out_ += '[';
    bool first = true;
    for (const Value& item : items) {
      if (!first) out_ += item_separator_;
      first = false;
      line();
      add(item);
    }
    open_.pop_back();
    line();
    out_ += ']';
  }

  // The text of a key; nullopt to leave the entry out.
  std::optional<std::string> key_text(Value key) {
    if (const Str* text = key.get<Str>()) return text->text;
    if (key.is_none()) return "null";
    if (key.is_bool()) return key.as_bool() ? "true" : "false";
    const Value number = evaluator_.plain_number(key);
    if (number.is_int() || number.is(ObjectKind::kBigInt)) return evaluator_.repr(number);
    if (number.is_float()) return float_text(number.as_float());
    if (skip_keys_) return std::nullopt;
    evaluator_.type_error("keys must be str, int, float, bool or None, not " +
                          evaluator_.type_name(key));
  }

  void add_dict(Value value, const Dict& dict) {
    if (dict.size() == 0) {
      out_ += "{}";
      return;
    }
    enter(value);
    std::vector<Value> keys;
    for (const Dict::Entry& entry : dict.entries()) {
      if (entry.key) keys.push_back(entry.key);
    }
    if (sort_) {
      const Value list[] = {evaluator_.list(keys)};
      keys = evaluator_.items(evaluator_.call(evaluator_.builtin("sorted"), list));
    }
    out_ += '{';
    bool first = true;
    for (const Value& key : keys) {
      const std::optional<std::string> text = key_text(key);
      if (!text) continue;
      if (!first) out_ += item_separator_;
      first = false;
      line();
      add_text(*text);
      out_ += key_separator_;
      add(dict.find(evaluator_, key));
    }
    open_.pop_back();
    if (!first) line();
    out_ += '}';
  }

  void add_other(Value value) {
    if (const python::Unknown* unknown = value.get<python::Unknown>()) {
      evaluator_.refuse_unknown(*unknown, "json.dumps()");
    }
    if (default_.is_none()) {
      evaluator_.type_error("Object of type " + evaluator_.type_name(value) +
                            " is not JSON serializable");
    }
    enter(value);
    const Value args[] = {value};
    const Value replaced = evaluator_.call(default_, args);
    open_.pop_back();
    overridden_.push_back(value);
    if (overridden_.size() > kMostDepth) evaluator_.value_error("Circular reference detected");
    add(replaced);
    overridden_.pop_back();
  }

  Evaluator& evaluator_;
  const Value default_;
  const bool skip_keys_, ascii_, allow_nan_, sort_;
  bool indented_ = false;
  std::string indent_;
  const std::string item_separator_, key_separator_;
  std::vector<Value> open_;
  std::vector<Value> overridden_;
  std::string out_;
};

// ---- reading

class Reader {
 public:
  Reader(Evaluator& evaluator, Arguments& args)
      : evaluator_(evaluator),
        text_(args["text"].as_str()),
        object_hook_(args["object_hook"]),
        parse_float_(args["parse_float"]),
        parse_int_(args["parse_int"]),
        parse_constant_(args["parse_constant"]),
        pairs_hook_(args["object_pairs_hook"]),
        error_(args["error"]),
        strict_(evaluator.truthy(args["strict"])) {}

  // (value, end) of the value at `begin`.
  Value read(std::size_t begin) {
    at_ = begin;
    const Value result = value(0);
    return evaluator_.tuple({result, Value::integer(position(at_))});
  }

  Value read_all() {
    spaces();
    const Value result = value(0);
    spaces();
    if (at_ < text_.size()) fail("Extra data", at_);
    return result;
  }

  std::size_t byte_of(std::int64_t characters) const {
    return python::byte_offset(text_, characters);
  }

 private:
  std::int64_t position(std::size_t at) const {
    return python::utf8_length(std::string_view(text_).substr(0, at));
  }

  [[noreturn]] void fail(std::string_view message, std::size_t at) {
    const Value args[] = {evaluator_.str(message), evaluator_.str(text_),
                          Value::integer(position(at))};
    evaluator_.raise(evaluator_.call(error_, args));
  }

  void spaces() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool word(std::string_view wanted) {
    if (std::string_view(text_).substr(at_, wanted.size()) != wanted) return false;
    at_ += wanted.size();
    return true;
  }

  Value constant(std::string_view name, double value) {
    if (parse_constant_.is_none()) return Value::floating(value);
    const Value args[] = {evaluator_.str(name)};
    return evaluator_.call(parse_constant_, args);
  }

  Value value(int depth) {
    if (depth > kMostDepth) {
      evaluator_.raise("RecursionError",
                       "maximum recursion depth exceeded while decoding a JSON document");
    }
    switch (peek()) {
      case '"':
        return evaluator_.str(string());
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case 'n':
        if (word("null")) return Value::none();
        break;
      case 't':
        if (word("true")) return Value::boolean(true);
        break;
      case 'f':
        if (word("false")) return Value::boolean(false);
        break;
      case 'N':
        if (word("NaN")) return constant("NaN", std::nan(""));
        break;
      case 'I':
        if (word("Infinity")) return constant("Infinity", HUGE_VAL);
        break;
      case '-':
        if (word("-Infinity")) return constant("-Infinity", -HUGE_VAL);
        [[fallthrough]];
      default:
        if (const Value number_value = number()) return number_value;
    }
    fail("Expecting value", at_);
  }

  Value number() {
    const std::size_t begin = at_;
    std::size_t at = at_;
    const auto digit = [&]() { return at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; };
    if (at < text_.size() && text_[at] == '-') ++at;
    if (!digit()) return {};
    if (text_[at] == '0') {
      ++at;
    } else {
      while (digit()) ++at;
    }
    bool whole = true;
    if (at + 1 < text_.size() && text_[at] == '.' && text_[at + 1] >= '0' && text_[at + 1] <= '9') {
      whole = false;
      ++at;
      while (digit()) ++at;
    }
    if (at < text_.size() && (text_[at] | 32) == 'e') {
      const std::size_t before = at++;
      if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) ++at;
      if (digit()) {
        whole = false;
        while (digit()) ++at;
      } else {
        at = before;
      }
    }
    at_ = at;
    const std::string_view shown = std::string_view(text_).substr(begin, at - begin);
    const Value hook = whole ? parse_int_ : parse_float_;
    if (!hook.is_none()) {
      const Value args[] = {evaluator_.str(shown)};
      return evaluator_.call(hook, args);
    }
    if (whole) return evaluator_.integer_from(shown);
    return Value::floating(python::parse_float(shown).value_or(0));
  }

  char32_t hex(std::size_t escape_at) {
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      int digit = -1;
      if (c >= '0' && c <= '9') digit = c - '0';
      if ((c | 32) >= 'a' && (c | 32) <= 'f') digit = (c | 32) - 'a' + 10;
      if (digit < 0) fail("Invalid \\uXXXX escape", escape_at + 1);
      unit = unit * 16 + static_cast<char32_t>(digit);
    }
    return unit;
  }

  std::string string() {
    const std::size_t begin = at_++;
    std::string out;
    for (;;) {
      if (at_ >= text_.size()) fail("Unterminated string starting at", begin);
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return out;
      }
      if (c != '\\') {
        if (static_cast<unsigned char>(c) < 0x20 && strict_) {
          fail("Invalid control character at", at_);
        }
        out += c;
        ++at_;
        continue;
      }
      const std::size_t escape_at = at_++;
      if (at_ >= text_.size()) fail("Unterminated string starting at", begin);
      const char e = text_[at_++];
      switch (e) {
        case '"':
        case '\\':
        case '/':
          out += e;
          break;
        case 'b':
          out += '\b';
          break;
        case 'f':
          out += '\f';
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
        case 'u': {
          char32_t unit = hex(escape_at);
          if (unit >= 0xD800 && unit < 0xDC00 && std::string_view(text_).substr(at_, 2) == "\\u") {
            const std::size_t kept = at_;
            at_ += 2;
            const char32_t low = hex(kept);
            if (low >= 0xDC00 && low < 0xE000) {
              unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            } else {
              at_ = kept;
            }
          }
          python::append_utf8(out, unit);
          break;
        }
        default:
          fail("Invalid \\escape", escape_at);
      }
    }
  }

  Value array(int depth) {
    ++at_;
    std::vector<Value> items;
    spaces();
    if (peek() == ']') {
      ++at_;
      return evaluator_.list();
    }
    for (;;) {
      items.push_back(value(depth + 1));
      spaces();
      if (peek() == ']') {
        ++at_;
        return evaluator_.list(std::move(items));
      }
      if (peek() != ',') fail("Expecting ',' delimiter", at_);
      const std::size_t comma = at_++;
      spaces();
      if (peek() == ']') fail("Illegal trailing comma before end of array", comma);
    }
  }

  Value object(int depth) {
    ++at_;
    std::vector<std::pair<Value, Value>> pairs;
    spaces();
    if (peek() == '}') {
      ++at_;
      return finish(pairs);
    }
    if (peek() != '"') fail("Expecting property name enclosed in double quotes", at_);
    for (;;) {
      const Value key = evaluator_.str(string());
      spaces();
      if (peek() != ':') fail("Expecting ':' delimiter", at_);
      ++at_;
      spaces();
      pairs.emplace_back(key, value(depth + 1));
      spaces();
      if (peek() == '}') {
        ++at_;
        return finish(pairs);
      }
      if (peek() != ',') fail("Expecting ',' delimiter", at_);
      const std::size_t comma = at_++;
      spaces();
      if (peek() == '"') continue;
      if (peek() == '}') fail("Illegal trailing comma before end of object", comma);
      fail("Expecting property name enclosed in double quotes", at_);
    }
  }

  Value finish(const std::vector<std::pair<Value, Value>>& pairs) {
    if (!pairs_hook_.is_none()) {
      std::vector<Value> items;
      for (const auto& [key, item] : pairs) items.push_back(evaluator_.tuple({key, item}));
      const Value args[] = {evaluator_.list(std::move(items))};
      return evaluator_.call(pairs_hook_, args);
    }
    Dict* dict = evaluator_.dict();
    for (const auto& [key, item] : pairs) dict->set(evaluator_, key, item);
    if (object_hook_.is_none()) return dict;
    const Value args[] = {dict};
    return evaluator_.call(object_hook_, args);
  }

  Evaluator& evaluator_;
  const std::string text_;
  const Value object_hook_, parse_float_, parse_int_, parse_constant_, pairs_hook_, error_;
  const bool strict_;
  std::size_t at_ = 0;
};

}  // namespace

void init_json(Evaluator& evaluator, Module& module, const Services&) {
  evaluator.define(
      module,
      "encode(value, default, skipkeys, ensure_ascii, allow_nan, sort_keys, indent, "
      "item_separator, key_separator)",
      [](Evaluator& ev, Arguments& args) { return ev.str(Writer(ev, args).write(args[0])); });
  constexpr std::string_view kHooks =
      "text, object_hook, parse_float, parse_int, parse_constant, object_pairs_hook, error, strict";
  evaluator.define(module, "decode(" + std::string(kHooks) + ")",
                   [](Evaluator& ev, Arguments& args) { return Reader(ev, args).read_all(); });
  evaluator.define(module, "decode_at(" + std::string(kHooks) + ", begin)",
                   [](Evaluator& ev, Arguments& args) {
                     Reader reader(ev, args);
                     return reader.read(reader.byte_of(ev.index(args["begin"])));
                   });
}

}  // namespace retort::modules::stdlib
