#include <string>
#include <utility>

#include "python/value.h"

namespace retort::python {

namespace {

std::string_view strip(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// The end of the first parameter in `text`: a comma outside of brackets and quotes.
std::size_t parameter_end(std::string_view text) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      return i;
    }
  }
  return text.size();
}

}  // namespace

Signature Signature::parse(std::string_view text) {
  Signature signature;
  const std::size_t open = text.find('(');
  signature.name = std::string(strip(text.substr(0, open)));
  if (open == std::string_view::npos) return signature;
  std::string_view rest = text.substr(open + 1, text.rfind(')') - open - 1);
  Kind kind = Kind::kPlain;
  while (!strip(rest).empty()) {
    const std::size_t end = parameter_end(rest);
    std::string_view item = strip(rest.substr(0, end));
    rest.remove_prefix(end < rest.size() ? end + 1 : end);
    if (item == "/") {
      for (Param& param : signature.params) param.kind = Kind::kPositionalOnly;
      continue;
    }
    if (item == "*") {
      kind = Kind::kKeywordOnly;
      continue;
    }
    Param param;
    param.kind = kind;
    if (item.starts_with("**")) {
      item.remove_prefix(2);
      param.kind = Kind::kVarKeywords;
      param.required = false;
      signature.var_keywords = static_cast<std::ptrdiff_t>(signature.params.size());
    } else if (item.starts_with("*")) {
      item.remove_prefix(1);
      param.kind = Kind::kVarArgs;
      param.required = false;
      signature.var_args = static_cast<std::ptrdiff_t>(signature.params.size());
      kind = Kind::kKeywordOnly;
    }
    const std::size_t equals = item.find('=');
    if (equals != std::string_view::npos) param.required = false;
    std::string_view name = item.substr(0, equals);
    name = strip(name.substr(0, name.find(':')));
    param.name = std::string(name);
    if (param.kind == Kind::kPlain) ++signature.positional;
    signature.params.push_back(std::move(param));
  }
  return signature;
}

NativeFunction::NativeFunction(std::string_view s, NativeCall c)
    : Object(kKind),
      text(s),
      name(std::string_view(text).substr(0, text.find('('))),
      call(std::move(c)) {}

const Signature& NativeFunction::signature() const {
  if (!signature_) signature_ = std::make_unique<Signature>(Signature::parse(text));
  return *signature_;
}

Value Arguments::operator[](std::string_view name) const {
  const auto& params = signature_->params;
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].name == name) return values_[i];
  }
  return {};
}

}  // namespace retort::python
