#include "script/file_name.h"

#include <variant>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace retort::script {
namespace {

using Token = std::variant<std::int64_t, std::string>;

const std::vector<std::string>& token_names() {
  static const std::vector<std::string> kNames = {"rev", "slug", "epoch",  "year",  "month",
                                                  "day", "hour", "minute", "second"};
  return kNames;
}

std::optional<Token> token(const std::string& name, const FileNameParts& parts) {
  const CreateDate& date = parts.date;
  if (name == "rev") return parts.revision;
  if (name == "slug") return parts.slug;
  if (name == "epoch") return date.epoch;
  if (name == "year") return std::int64_t{date.year};
  if (name == "month") return std::int64_t{date.month};
  if (name == "day") return std::int64_t{date.day};
  if (name == "hour") return std::int64_t{date.hour};
  if (name == "minute") return std::int64_t{date.minute};
  if (name == "second") return std::int64_t{date.second};
  return std::nullopt;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string cut(const std::string& text, std::size_t length) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && count++ == length) break;
  }
  return text.substr(0, at);
}

// One conversion: %(name)[flags][width][.precision]type.
struct Conversion {
  std::string name{};
  bool minus = false, zero = false, plus = false, space = false, alternate = false;
  std::size_t width = 0;
  std::optional<std::size_t> precision{};
  char type = 's';
};

std::string pad(std::string sign, std::string digits, const Conversion& how, bool number) {
  std::size_t length = characters(sign) + characters(digits);
  if (length >= how.width) return sign + digits;
  std::size_t missing = how.width - length;
  if (how.minus) return sign + digits + std::string(missing, ' ');
  if (how.zero && number) return sign + std::string(missing, '0') + digits;
  return std::string(missing, ' ') + sign + digits;
}

std::string format_number(std::int64_t value, const Conversion& how) {
  std::uint64_t size =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  unsigned base = how.type == 'x' || how.type == 'X' ? 16 : how.type == 'o' ? 8 : 10;
  std::string digits;
  do {
    digits.insert(digits.begin(),
                  (how.type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[size % base]);
    size /= base;
  } while (size != 0);
  if (how.precision && digits.size() < *how.precision) {
    digits.insert(0, *how.precision - digits.size(), '0');
  }
  std::string sign = value < 0 ? "-" : how.plus ? "+" : how.space ? " " : "";
  if (how.alternate && base != 10) sign += base == 8 ? "0o" : how.type == 'X' ? "0X" : "0x";
  return pad(std::move(sign), std::move(digits), how, true);
}

std::string format_text(std::string text, const Conversion& how) {
  if (how.precision) text = cut(text, *how.precision);
  return pad("", std::move(text), how, false);
}

class Formatter {
 public:
  Formatter(std::string_view text, const FileNameParts& parts, const Place& place)
      : text_(text), parts_(parts), place_(place) {}

  std::string run() {
    std::string out;
    while (at_ < text_.size()) {
      if (text_[at_] != '%') {
        out += text_[at_++];
      } else if (text_.substr(at_, 2) == "%%") {
        out += '%';
        at_ += 2;
      } else {
        out += convert(read());
      }
    }
    return out;
  }

 private:
  Conversion read() {
    Conversion out;
    std::size_t close = text_.find(')', at_);
    if (text_.substr(at_, 2) != "%(" || close == std::string_view::npos) {
      fail("a '%' that starts no token", "write %%(rev)s for a token and %%%% for a percent sign");
    }
    out.name = std::string(text_.substr(at_ + 2, close - at_ - 2));
    at_ = close + 1;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '-')
        out.minus = true;
      else if (c == '0')
        out.zero = true;
      else if (c == '+')
        out.plus = true;
      else if (c == ' ')
        out.space = true;
      else if (c == '#')
        out.alternate = true;
      else
        break;
    }
    out.width = number().value_or(0);
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      out.precision = number().value_or(0);
    }
    if (at_ == text_.size())
      fail("token '" + out.name + "' has no format letter", "write %%(rev)s");
    out.type = text_[at_++];
    return out;
  }

  std::optional<std::size_t> number() {
    std::optional<std::size_t> out;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      out = out.value_or(0) * 10 + static_cast<std::size_t>(text_[at_++] - '0');
      if (*out > 255) fail("a width above 255", "file names are no longer than 255 bytes");
    }
    return out;
  }

  std::string convert(const Conversion& how) const {
    std::optional<Token> value = token(how.name, parts_);
    if (!value) {
      std::string hint = did_you_mean(how.name, token_names());
      if (hint.empty()) hint = "tokens are " + join(token_names(), ", ");
      fail("there is no token '" + how.name + "'", hint);
    }
    bool decimal = how.type == 'd' || how.type == 'i' || how.type == 'u';
    bool other_base = how.type == 'x' || how.type == 'X' || how.type == 'o';
    const auto* count = std::get_if<std::int64_t>(&*value);
    if (how.type == 's') {
      return format_text(count ? std::to_string(*count) : std::get<std::string>(*value), how);
    }
    if (!decimal && !other_base) {
      fail(std::string("format letter '") + how.type + "' of token '" + how.name + "'",
           "use s for text, d for numbers");
    }
    if (count == nullptr) {
      fail("token '" + how.name + "' is text, not a number", "write %%(" + how.name + ")s");
    }
    return format_number(*count, how);
  }

  [[noreturn]] void fail(const std::string& why, const std::string& hint) const {
    throw Error(code::kConfig, "file_template '" + std::string(text_) + "': " + why)
        .with_hint(hint)
        .with_place(place_);
  }

  std::string_view text_;
  const FileNameParts& parts_;
  const Place& place_;
  std::size_t at_ = 0;
};

}  // namespace

std::string file_name(std::string_view file_template, const FileNameParts& parts,
                      std::string_view extension, const Place& place) {
  std::string out = Formatter(file_template, parts, place).run();
  std::vector<std::string> folders = split(out, '/');
  bool leaves = out.starts_with('/');
  for (const std::string& folder : folders) leaves |= folder == "..";
  if (leaves || folders.back().empty()) {
    throw Error(code::kConfig, "file_template '" + std::string(file_template) +
                                   "' makes the name '" + out + "', which is not below the folder")
        .with_place(place);
  }
  return out + "." + std::string(extension);
}

}  // namespace retort::script
