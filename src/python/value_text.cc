#include "python/value_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace retort::python {

std::uint32_t decode_point(std::string_view text, std::size_t& bytes) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const std::uint32_t first = byte(0);
  if (first < 0x80) {
    bytes = 1;
    return first;
  }
  if (first < 0xE0) {
    bytes = 2;
    return (first & 0x1F) << 6 | (byte(1) & 0x3F);
  }
  if (first < 0xF0) {
    bytes = 3;
    return (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  }
  bytes = 4;
  return (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
}

std::string encode_point(std::uint32_t point) {
  std::string out;
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
  return out;
}

std::vector<std::string_view> code_points(std::string_view text) {
  std::vector<std::string_view> points;
  while (!text.empty()) {
    std::size_t bytes = 1;
    decode_point(text, bytes);
    points.push_back(text.substr(0, bytes));
    text.remove_prefix(std::min(bytes, text.size()));
  }
  return points;
}

// Controls, separators other than the space, surrogates, private and unassigned blocks.
bool printable_point(std::uint32_t point) {
  if (point < 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0xAD) return false;
  if (point >= 0x2000 && point <= 0x200F) return false;
  if ((point >= 0x2028 && point <= 0x202F) || (point >= 0x205F && point <= 0x206F)) return false;
  if (point == 0x1680 || point == 0x3000 || point == 0xFEFF) return false;
  if (point >= 0xD800 && point <= 0xF8FF) return false;
  if (point >= 0xFFF0 && point <= 0xFFFB) return false;
  if ((point & 0xFFFE) == 0xFFFE || point >= 0xE0000) return false;
  return true;
}

namespace {

void append_hex(std::string& out, std::uint32_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[value >> shift & 0xF];
  }
}

void append_escape(std::string& out, std::uint32_t point) {
  if (point < 0x100) {
    out += "\\x";
    append_hex(out, point, 2);
  } else if (point < 0x10000) {
    out += "\\u";
    append_hex(out, point, 4);
  } else {
    out += "\\U";
    append_hex(out, point, 8);
  }
}

char quote_for(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
             ? '"'
             : '\'';
}

bool append_common(std::string& out, char c, char quote) {
  switch (c) {
    case '\\':
      out += "\\\\";
      return true;
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    default:
      break;
  }
  if (c != quote) return false;
  out += '\\';
  out += c;
  return true;
}

}  // namespace

std::string str_repr(std::string_view text) {
  const char quote = quote_for(text);
  std::string out(1, quote);
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++i;
      if (append_common(out, c, quote)) continue;
      if (c < 0x20 || c == 0x7F) {
        append_escape(out, static_cast<unsigned char>(c));
      } else {
        out += c;
      }
      continue;
    }
    std::size_t bytes = 1;
    const std::uint32_t point = decode_point(text.substr(i), bytes);
    if (printable_point(point)) {
      out += text.substr(i, bytes);
    } else {
      append_escape(out, point);
    }
    i += bytes;
  }
  return out += quote;
}

std::string bytes_repr(std::string_view data) {
  const char quote = quote_for(data);
  std::string out = "b";
  out += quote;
  for (const char c : data) {
    if (append_common(out, c, quote)) continue;
    const unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F) {
      append_escape(out, byte);
    } else {
      out += c;
    }
  }
  return out += quote;
}

std::string ascii_escape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t bytes = 1;
    const std::uint32_t point = decode_point(text.substr(i), bytes);
    if (point < 0x80) {
      out += text[i];
    } else {
      append_escape(out, point);
    }
    i += bytes;
  }
  return out;
}

std::string float_repr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 64> buffer{};
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                        std::chars_format::scientific);
  std::string text(buffer.data(), scientific.ptr);
  const std::size_t e = text.find('e');
  int exponent = 0;
  const char* digits = text.data() + e + 1;
  if (*digits == '+') ++digits;
  std::from_chars(digits, text.data() + text.size(), exponent);
  // Python writes an exponent below 1e-4 and from 1e16 on.
  if (exponent < -4 || exponent >= 16) return text;
  const auto fixed =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  text.assign(buffer.data(), fixed.ptr);
  if (text.find('.') == std::string::npos) text += ".0";
  return text;
}

}  // namespace retort::python
