#include <array>
#include <cstdio>
#include <string>

#include "python/lexer.h"
#include "python/unicode.h"

namespace retort::python {
namespace {

constexpr std::string_view kNames[] = {
    "end of file", "newline", "indent", "dedent", "error", "name", "number", "string", "f-string",
    "f-string", "f-string",
    // operators
    "(", ")", "[", "]", "{", "}", ":", ",", ";", ".", "...", "->", "!", ":=", "=", "+", "-", "*",
    "/", "|", "&", "<", ">", "%", "==", "!=", "<=", ">=", "~", "^", "<<", ">>", "**", "//", "@",
    "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//=", "@=",
    // keywords
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield"};
static_assert(std::size(kNames) == static_cast<std::size_t>(TokenKind::kYield) + 1);

constexpr std::size_t kFirstKeyword = static_cast<std::size_t>(TokenKind::kFalse);

// For each first letter, the keywords that begin with it: they stand together in kNames.
struct Bucket {
  std::uint8_t first = 0;
  std::uint8_t end = 0;
};
constexpr std::array<Bucket, 128> make_buckets() {
  std::array<Bucket, 128> buckets{};
  for (std::size_t i = kFirstKeyword; i < std::size(kNames); ++i) {
    Bucket& bucket = buckets[static_cast<unsigned char>(kNames[i][0])];
    if (bucket.end == 0) bucket.first = static_cast<std::uint8_t>(i);
    bucket.end = static_cast<std::uint8_t>(i + 1);
  }
  return buckets;
}
constexpr std::array<Bucket, 128> kBuckets = make_buckets();

[[noreturn]] void fail(const SourcePtr& source, std::size_t at, std::string message,
                       std::string hint) {
  auto offset = static_cast<std::uint32_t>(at);
  throw Error(code::kSyntax, std::move(message))
      .with_place({source, {offset, offset + 1}})
      .with_hint(std::move(hint));
}

// The name in a `# -*- coding: name -*-` comment of the first two lines (PEP 263).
std::string_view coding_comment(std::string_view text) {
  for (int number = 0; number < 2; ++number) {
    std::size_t end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    std::size_t first = line.find_first_not_of(" \t\f");
    bool blank = first == std::string_view::npos;
    if (!blank && line[first] != '#') return {};
    if (std::size_t at = line.find("coding"); !blank && at != std::string_view::npos) {
      std::string_view rest = line.substr(at + 6);
      if (!rest.empty() && (rest[0] == ':' || rest[0] == '=')) {
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        std::size_t size = rest.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
        if (rest = rest.substr(0, size); !rest.empty()) return rest;
      }
    }
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return {};
}

// Lower case, with '-' for '_', as encodings are compared.
std::string canonical(std::string_view encoding) {
  std::string name(encoding);
  for (char& c : name) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

bool is_latin1(const std::string& name) {
  return name == "latin-1" || name == "latin1" || name == "iso-8859-1" || name == "iso8859-1" ||
         name == "l1";
}

bool is_utf8(const std::string& name) {
  return name.empty() || name == "utf-8" || name == "utf8" || name == "u8" || name == "utf-8-sig" ||
         name.starts_with("utf-8-");
}

}  // namespace

std::string_view token_name(TokenKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

TokenKind keyword_kind(std::string_view word) {
  auto first = static_cast<unsigned char>(word[0]);
  if (first >= 128 || word.size() > 8) return TokenKind::kName;
  for (std::size_t i = kBuckets[first].first; i < kBuckets[first].end; ++i) {
    if (kNames[i] == word) return static_cast<TokenKind>(i);
  }
  return TokenKind::kName;
}

SourcePtr decode_source(SourcePtr source) {
  std::string_view text = source->text();
  if (text.size() >= UINT32_MAX) fail(source, 0, "the file is larger than 4 GB", "");
  if (std::size_t at = text.find('\0'); at != std::string_view::npos) {
    fail(source, at, "source code string cannot contain null bytes",
         "the file may be in UTF-16: save it as UTF-8");
  }
  std::size_t invalid = find_invalid_utf8(text);
  std::string_view declared = coding_comment(text);
  std::string name = canonical(declared);
  if (invalid == std::string_view::npos && (is_utf8(name) || !is_latin1(name))) {
    bool ascii = is_utf8(name);
    if (!ascii) {
      ascii = true;
      for (char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    }
    if (ascii) return source;
  }
  if (is_latin1(name)) {
    std::string decoded;
    decoded.reserve(text.size() + text.size() / 8);
    for (char c : text) append_utf8(decoded, static_cast<unsigned char>(c));
    return std::make_shared<const Source>(source->path(), std::move(decoded));
  }
  if (!is_utf8(name)) {
    fail(source, static_cast<std::size_t>(declared.data() - text.data()),
         "unknown encoding: " + std::string(declared), "save the file as UTF-8");
  }
  char byte[8];
  std::snprintf(byte, sizeof byte, "\\x%02x", static_cast<unsigned char>(text[invalid]));
  std::uint32_t line = source->position(static_cast<std::uint32_t>(invalid)).line;
  fail(source, invalid,
       "Non-UTF-8 code starting with '" + std::string(byte) + "' in file " + source->path() +
           " on line " + std::to_string(line) + ", but no encoding declared",
       "save the file as UTF-8");
}

}  // namespace retort::python
