#include "config/redact.h"

#include <algorithm>

#include "base/text.h"

namespace retort::config {
namespace {

bool ends_url(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '"' || c == '\'';
}

bool is_reference(std::string_view text) {
  if (text.starts_with("%(") && text.ends_with(")s")) {
    return text.find(')') == text.size() - 2;
  }
  return text.starts_with("${") && text.find('}') == text.size() - 1 &&
         text.find(":-") == std::string_view::npos;
}

void mask(std::string& text, std::size_t begin, std::size_t end) {
  if (is_reference(std::string_view(text).substr(begin, end - begin))) return;
  for (std::size_t i = begin; i < end; ++i) {
    // A multi-byte character becomes several stars; only the column of what follows moves.
    if (text[i] != '\n' && text[i] != '\r') text[i] = '*';
  }
}

void mask_urls(std::string& text) {
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    std::size_t begin = at + 3;
    std::size_t end = begin;
    while (end < text.size() && !ends_url(text[end])) ++end;
    std::string_view rest = std::string_view(text).substr(begin, end - begin);
    // An unescaped '@' may stand in the password: up to the last one, too much rather than too
    // little.
    std::size_t host = rest.rfind('@');
    if (host == std::string_view::npos) continue;
    std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos || colon > host) continue;
    mask(text, begin + colon + 1, begin + host);
  }
}

bool names_secret(std::string_view key) {
  std::string name = to_lower(key);
  for (std::string_view word : {"password", "passwd", "pwd", "secret", "token", "api_key"}) {
    if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

void mask_secret_keys(std::string& text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = std::string_view(text).substr(begin, end - begin);
    std::size_t separator = line.find_first_of("=:");
    if (separator != std::string_view::npos && names_secret(line.substr(0, separator))) {
      std::size_t value = line.find_first_not_of(" \t", separator + 1);
      if (value != std::string_view::npos) mask(text, begin + value, end);
    }
    begin = end + 1;
  }
}

}  // namespace

std::string redact(std::string_view text) {
  std::string out(text);
  mask_urls(out);
  mask_secret_keys(out);
  return out;
}

SourcePtr redact(const SourcePtr& source) {
  std::string text = redact(source->text());
  if (text == source->text()) return source;
  return std::make_shared<Source>(source->path(), std::move(text));
}

}  // namespace retort::config
