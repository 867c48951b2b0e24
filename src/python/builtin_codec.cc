#include "python/builtin_codec.h"

#include <cstdio>

#include "python/builtin_text.h"
#include "python/unicode.h"

namespace retort::python {

namespace {

enum class Codec {
  kUtf8,
  kUtf8Sig,
  kAscii,
  kLatin1,
  kUtf16,
  kUtf16Le,
  kUtf16Be,
  kUtf32,
  kUtf32Le,
  kUtf32Be
};

struct CodecName {
  std::string_view name;
  Codec codec;
};
constexpr CodecName kCodecs[] = {
    {"utf8", Codec::kUtf8},       {"u8", Codec::kUtf8},       {"utf8sig", Codec::kUtf8Sig},
    {"ascii", Codec::kAscii},     {"usascii", Codec::kAscii}, {"646", Codec::kAscii},
    {"latin1", Codec::kLatin1},   {"latin", Codec::kLatin1},  {"iso88591", Codec::kLatin1},
    {"l1", Codec::kLatin1},       {"utf16", Codec::kUtf16},   {"utf16le", Codec::kUtf16Le},
    {"utf16be", Codec::kUtf16Be}, {"utf32", Codec::kUtf32},   {"utf32le", Codec::kUtf32Le},
    {"utf32be", Codec::kUtf32Be},
};

Codec codec_of(Evaluator& evaluator, Value encoding) {
  if (!encoding) return Codec::kUtf8;
  if (!encoding.is_str()) {
    evaluator.type_error("argument 'encoding' must be str, not " + evaluator.type_name(encoding));
  }
  std::string name;
  for (const char c : encoding.as_str()) {
    if (c != '-' && c != '_' && c != ' ') name += ascii_lower(c);
  }
  for (const CodecName& row : kCodecs) {
    if (row.name == name) return row.codec;
  }
  evaluator.raise("LookupError", "unknown encoding: " + encoding.as_str());
}

std::string_view codec_title(Codec codec) {
  switch (codec) {
    case Codec::kAscii:
      return "ascii";
    case Codec::kLatin1:
      return "latin-1";
    default:
      return "utf-8";
  }
}

std::string errors_of(Evaluator& evaluator, Value errors) {
  if (!errors) return "strict";
  if (!errors.is_str()) {
    evaluator.type_error("argument 'errors' must be str, not " + evaluator.type_name(errors));
  }
  return errors.as_str();
}

std::string escaped(char32_t c) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer,
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                static_cast<unsigned>(c));
  return buffer;
}

void put_unit(std::string& out, char32_t unit, int bytes, bool big) {
  for (int i = 0; i < bytes; ++i) {
    const int shift = 8 * (big ? bytes - 1 - i : i);
    out += static_cast<char>((unit >> shift) & 0xFF);
  }
}

// What an encoder writes for a character it has no bytes for.
std::string replacement(Evaluator& evaluator, const std::string& errors, Codec codec,
                        const std::u32string& text, std::size_t at) {
  const char32_t c = text[at];
  if (errors == "ignore") return "";
  if (errors == "replace") return "?";
  if (errors == "backslashreplace") return escaped(c);
  if (errors == "xmlcharrefreplace") return "&#" + std::to_string(c) + ";";
  if (errors == "surrogateescape" && c >= 0xDC80 && c <= 0xDCFF) {
    return std::string(1, static_cast<char>(c - 0xDC00));
  }
  if (errors != "strict" && errors != "surrogateescape") {
    evaluator.raise("LookupError", "unknown error handler name '" + errors + "'");
  }
  const std::string reason = codec == Codec::kAscii    ? "ordinal not in range(128)"
                             : codec == Codec::kLatin1 ? "ordinal not in range(256)"
                                                       : "surrogates not allowed";
  std::size_t end = at + 1;
  const char32_t limit = codec == Codec::kAscii ? 0x80 : codec == Codec::kLatin1 ? 0x100 : 0;
  const auto bad = [&](char32_t x) { return limit ? x >= limit : x >= 0xD800 && x <= 0xDFFF; };
  while (end < text.size() && bad(text[end])) ++end;
  const std::string where = end == at + 1 ? "can't encode character '" + escaped(c) +
                                                "' in position " + std::to_string(at)
                                          : "can't encode characters in position " +
                                                std::to_string(at) + "-" + std::to_string(end - 1);
  evaluator.raise("UnicodeEncodeError",
                  "'" + std::string(codec_title(codec)) + "' codec " + where + ": " + reason);
}

}  // namespace

std::string encode_text(Evaluator& evaluator, std::string_view text, Value encoding, Value errors) {
  const Codec codec = codec_of(evaluator, encoding);
  const std::string handler = errors_of(evaluator, errors);
  const std::u32string characters = decoded(text);
  std::string out;
  if (codec == Codec::kUtf8Sig) out = "\xEF\xBB\xBF";
  if (codec == Codec::kUtf16) put_unit(out, 0xFEFF, 2, false);
  if (codec == Codec::kUtf32) put_unit(out, 0xFEFF, 4, false);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t c = characters[i];
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    switch (codec) {
      case Codec::kAscii:
      case Codec::kLatin1:
        if (c < (codec == Codec::kAscii ? 0x80u : 0x100u)) {
          out += static_cast<char>(c);
        } else {
          out += replacement(evaluator, handler, codec, characters, i);
        }
        break;
      case Codec::kUtf8:
      case Codec::kUtf8Sig:
        if (surrogate) {
          out += replacement(evaluator, handler, codec, characters, i);
        } else {
          append_utf8(out, c);
        }
        break;
      case Codec::kUtf16:
      case Codec::kUtf16Le:
      case Codec::kUtf16Be: {
        const bool big = codec == Codec::kUtf16Be;
        if (c >= 0x10000) {
          put_unit(out, 0xD800 + ((c - 0x10000) >> 10), 2, big);
          put_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), 2, big);
        } else {
          put_unit(out, c, 2, big);
        }
        break;
      }
      default:
        put_unit(out, c, 4, codec == Codec::kUtf32Be);
    }
  }
  return out;
}

namespace {

// What a decoder makes of a byte it can't read.
void bad_byte(Evaluator& evaluator, std::string& out, const std::string& errors, Codec codec,
              std::string_view data, std::size_t at, const std::string& reason) {
  const auto byte = static_cast<unsigned char>(data[at]);
  char hex[8];
  std::snprintf(hex, sizeof hex, "%02x", byte);
  if (errors == "ignore") return;
  if (errors == "replace") return append_utf8(out, 0xFFFD);
  if (errors == "backslashreplace") {
    out += "\\x";
    out += hex;
    return;
  }
  if (errors == "surrogateescape") return append_utf8(out, 0xDC00 + byte);
  if (errors != "strict") {
    evaluator.raise("LookupError", "unknown error handler name '" + errors + "'");
  }
  evaluator.raise("UnicodeDecodeError", "'" + std::string(codec_title(codec)) +
                                            "' codec can't decode byte 0x" + hex + " in position " +
                                            std::to_string(at) + ": " + reason);
}

std::string decode_units(Evaluator& evaluator, std::string_view data, Codec codec) {
  const bool wide = codec == Codec::kUtf32 || codec == Codec::kUtf32Le || codec == Codec::kUtf32Be;
  const std::size_t size = wide ? 4 : 2;
  bool big = codec == Codec::kUtf16Be || codec == Codec::kUtf32Be;
  if (data.size() % size != 0) {
    evaluator.raise("UnicodeDecodeError", std::string("'") + (wide ? "utf-32" : "utf-16") +
                                              "' codec can't decode bytes: truncated data");
  }
  std::u32string out;
  for (std::size_t at = 0; at < data.size(); at += size) {
    char32_t unit = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(data[at + (big ? i : size - 1 - i)]);
      unit = unit << 8 | byte;
    }
    const bool marked = codec == Codec::kUtf16 || codec == Codec::kUtf32;
    if (at == 0 && marked && unit == 0xFEFF) continue;
    if (at == 0 && marked && (unit == 0xFFFE || unit == 0xFFFE0000)) {
      big = true;
      continue;
    }
    if (!out.empty() && out.back() >= 0xD800 && out.back() < 0xDC00 && unit >= 0xDC00 &&
        unit < 0xE000) {
      out.back() = 0x10000 + ((out.back() - 0xD800) << 10) + (unit - 0xDC00);
    } else {
      out += unit;
    }
  }
  return encoded(out);
}

}  // namespace

std::string decode_text(Evaluator& evaluator, std::string_view data, Value encoding, Value errors) {
  const Codec codec = codec_of(evaluator, encoding);
  const std::string handler = errors_of(evaluator, errors);
  std::string out;
  switch (codec) {
    case Codec::kAscii:
    case Codec::kLatin1:
      for (std::size_t i = 0; i < data.size(); ++i) {
        const auto byte = static_cast<unsigned char>(data[i]);
        if (codec == Codec::kAscii && byte >= 0x80) {
          bad_byte(evaluator, out, handler, codec, data, i, "ordinal not in range(128)");
        } else {
          append_utf8(out, byte);
        }
      }
      return out;
    case Codec::kUtf8:
    case Codec::kUtf8Sig:
      break;
    default:
      return decode_units(evaluator, data, codec);
  }
  std::size_t at = codec == Codec::kUtf8Sig && data.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < data.size()) {
    const Decoded d = decode_utf8(data, at);
    if (d.size != 0) {
      out.append(data, at, d.size);
      at += d.size;
      continue;
    }
    const auto byte = static_cast<unsigned char>(data[at]);
    const std::size_t needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    const bool start = byte >= 0xC2 && byte <= 0xF4;
    std::size_t read = 1;
    while (start && read < needed && at + read < data.size() &&
           (static_cast<unsigned char>(data[at + read]) & 0xC0) == 0x80) {
      ++read;
    }
    const std::string reason = !start                     ? "invalid start byte"
                               : at + read >= data.size() ? "unexpected end of data"
                                                          : "invalid continuation byte";
    bad_byte(evaluator, out, handler, codec, data, at, reason);
    at += start && read < needed ? read : 1;
  }
  return out;
}

}  // namespace retort::python
