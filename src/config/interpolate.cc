#include "config/interpolate.h"

#include "base/error.h"
#include "base/text.h"

namespace retort::config {
namespace {

constexpr int kMaxDepth = 10;  // ConfigParser's MAX_INTERPOLATION_DEPTH

bool starts_name(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool continues_name(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

// A "${NAME}" or "${NAME:-default}" at the front of a text.
struct Variable {
  std::string name{};
  std::optional<std::string_view> fallback{};
  std::size_t length = 0;
};

std::optional<Variable> read_variable(std::string_view text) {
  Variable out;
  std::size_t at = 2;
  if (at >= text.size() || !starts_name(text[at])) return std::nullopt;
  while (at < text.size() && continues_name(text[at])) ++at;
  out.name = std::string(text.substr(2, at - 2));
  if (text.substr(at, 1) == "}") {
    out.length = at + 1;
    return out;
  }
  if (text.substr(at, 2) != ":-") return std::nullopt;
  std::size_t begin = at + 2;
  int open = 1;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (text.substr(i, 2) == "${") ++open;
    if (text[i] == '}' && --open == 0) {
      out.fallback = text.substr(begin, i - begin);
      out.length = i + 1;
      return out;
    }
  }
  return std::nullopt;
}

// The name in a "%(name)s" at the front of a text; empty when it is not one.
std::string_view read_reference(std::string_view text) {
  if (!text.starts_with("%(")) return {};
  std::size_t close = text.find(')');
  if (close == std::string_view::npos || close == 2 || text.substr(close, 2) != ")s") return {};
  return text.substr(2, close - 2);
}

class Expander {
 public:
  Expander(std::string_view value, const Interpolation& rules) : value_(value), rules_(rules) {}

  std::string run() {
    expand(value_, 1);
    return std::move(out_);
  }

 private:
  void expand(std::string_view text, int depth) {
    if (depth > kMaxDepth) {
      fail("Recursion limit exceeded in value substitution: " + rules_.subject +
               " can't be substituted in " + std::to_string(kMaxDepth) + " steps",
           "options that refer to each other in a circle have no value");
    }
    for (std::size_t at = 0; at < text.size();) {
      std::string_view rest = text.substr(at);
      if (depth == 1 && !inside_) offset_ = at;
      if (rest.front() == '%') {
        at += percent(rest, depth);
      } else if (rest.starts_with("$${")) {
        out_ += "${";
        at += 3;
      } else if (rest.starts_with("${") && rules_.environment) {
        at += variable(rest, depth);
      } else {
        out_ += rest.front();
        ++at;
      }
    }
  }

  std::size_t percent(std::string_view rest, int depth) {
    if (rest.starts_with("%%")) {
      out_ += '%';
      return 2;
    }
    length_ = 1;
    if (!rest.starts_with("%(")) {
      fail("'%' must be followed by '%' or '(' in " + rules_.subject,
           "write %% for a plain percent sign");
    }
    std::string_view name = read_reference(rest);
    if (name.empty()) {
      fail("bad interpolation variable reference in " + rules_.subject,
           "a reference is written %(name)s, a plain percent sign %%");
    }
    std::size_t size = name.size() + 4;
    length_ = size;
    std::optional<Replacement> found = rules_.find(std::string(name));
    if (!found && rules_.environment) {
      if (auto value = rules_.environment(std::string(name))) found = Replacement{*value, true};
    }
    if (!found) missing(std::string(name));
    bool more =
        found->text.find('%') != std::string::npos || found->text.find("${") != std::string::npos;
    if (found->literal || !more) {
      out_ += found->text;
    } else {
      nested(found->text, depth + 1);
    }
    return size;
  }

  std::size_t variable(std::string_view rest, int depth) {
    std::optional<Variable> variable = read_variable(rest);
    if (!variable) {
      out_ += "${";
      return 2;
    }
    length_ = variable->length;
    std::optional<std::string> value = rules_.environment(variable->name);
    if (value && (!value->empty() || !variable->fallback)) {
      out_ += *value;
    } else if (variable->fallback) {
      nested(*variable->fallback, depth + 1);
    } else if (rules_.keep_unset) {
      out_ += rest.substr(0, variable->length);
    } else {
      fail("the environment variable " + variable->name + " is not set, but " + rules_.subject +
               " needs it",
           "set " + variable->name + ", or give a default: ${" + variable->name + ":-default}");
    }
    return variable->length;
  }

  void nested(std::string_view text, int depth) {
    bool outer = inside_;
    inside_ = true;  // places stay at the reference in the value itself
    expand(text, depth);
    inside_ = outer;
  }

  [[noreturn]] void missing(const std::string& name) const {
    std::string hint = did_you_mean(to_lower(name), rules_.names);
    if (hint.empty() && rules_.subject.find("'file_template'") != std::string::npos) {
      hint = "a token of file_template is written with two percent signs: %%(" + name + ")s";
    }
    if (hint.empty())
      hint = "set the environment variable " + name + ", or add the key to the file";
    fail("Bad value substitution: " + rules_.subject + " contains an interpolation key '" + name +
             "' which is not a valid option name, and no environment variable " + name + " is set",
         hint);
  }

  [[noreturn]] void fail(std::string message, std::string hint) const {
    Error error(code::kConfig, std::move(message));
    error.with_hint(std::move(hint));
    error.with_place(place());
    throw error;
  }

  // At the reference when the value stands on one line of its source.
  Place place() const {
    Place out = rules_.place;
    if (out && out.span.end - out.span.begin == value_.size()) {
      out.span.begin += static_cast<std::uint32_t>(offset_);
      out.span.end =
          out.span.begin + static_cast<std::uint32_t>(std::min(length_, value_.size() - offset_));
    }
    return out;
  }

  std::string_view value_;
  const Interpolation& rules_;
  std::string out_;
  std::size_t offset_ = 0;
  std::size_t length_ = 1;
  bool inside_ = false;
};

}  // namespace

std::string interpolate(std::string_view value, const Interpolation& rules) {
  return Expander(value, rules).run();
}

void check_references(std::string_view value, const std::string& subject) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '%') continue;
    std::string_view rest = value.substr(at);
    if (rest.starts_with("%%")) {
      ++at;
      continue;
    }
    std::string_view name = read_reference(rest);
    if (name.empty()) {
      throw Error(code::kConfig, "invalid interpolation syntax in the value for " + subject +
                                     " at position " + std::to_string(at))
          .with_hint("write %% for a plain percent sign: value.replace('%', '%%')");
    }
    at += name.size() + 3;
  }
}

}  // namespace retort::config
