#include "script/mako_builder.h"

#include <algorithm>

namespace retort::script {
namespace {

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

}  // namespace

std::size_t skip_python_token(std::string_view text, std::size_t at) {
  char c = text[at];
  if (c == '#') return line_end(text, at);
  if (c != '"' && c != '\'') return at;
  bool triple = text.substr(at, 3) == std::string(3, c);
  std::size_t i = at + (triple ? 3 : 1);
  for (; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == c && (!triple || text.substr(i, 3) == std::string(3, c))) {
      return i + (triple ? 3 : 1);
    }
  }
  return at;  // an apostrophe that opens no string: the parser will speak of it
}

MakoText find_expression_end(std::string_view text, std::size_t begin,
                             std::string_view terminators) {
  int depth = 0;
  for (std::size_t at = begin; at < text.size();) {
    std::size_t after = skip_python_token(text, at);
    if (after > at) {
      at = after;
      continue;
    }
    char c = text[at];
    if (depth == 0 && terminators.find(c) != std::string_view::npos) return {at, c};
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
    ++at;
  }
  return {text.size(), '\0'};
}

std::optional<std::size_t> find_block_end(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin; at < text.size();) {
    if (text.substr(at, 2) == "%>") return at;
    if (text[at] == '#') {
      // As in Mako, a comment hides the end only when the line goes on without one.
      std::size_t end = line_end(text, at);
      if (end == text.size()) {
        std::size_t close = text.find("%>", at);
        return close == std::string_view::npos ? std::nullopt : std::optional(close);
      }
    }
    at = std::max(skip_python_token(text, at), at + 1);
  }
  return std::nullopt;
}

void copy_statements(MakoBuilder& out, std::string_view text, std::size_t begin, std::size_t end,
                     int level) {
  std::vector<std::size_t> inside;  // lines that begin inside of a string
  for (std::size_t at = begin; at < end;) {
    std::size_t after = skip_python_token(text.substr(0, end), at);
    if (after > at && text[at] != '#') {
      for (std::size_t i = at; i < after; ++i) {
        if (text[i] == '\n') inside.push_back(i + 1);
      }
    }
    at = std::max(after, at + 1);
  }
  std::optional<std::size_t> margin;
  for (std::size_t at = begin; at < end;) {
    std::size_t stop = std::min(line_end(text, at), end);
    if (std::binary_search(inside.begin(), inside.end(), at)) {
      out.copy(at, stop).text("\n");
      at = stop + 1;
      continue;
    }
    std::size_t code = at;
    while (code < stop && (text[code] == ' ' || text[code] == '\t')) ++code;
    bool empty = code == stop || text[code] == '\r';
    if (!margin && !empty && text[code] != '#') margin = code - at;
    if (empty) {
      out.text("\n");
    } else {
      out.indent(level).copy(std::min(at + margin.value_or(code - at), code), stop).text("\n");
    }
    at = stop + 1;
  }
}

std::string python_literal(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\'':
        out += "\\'";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\0':
        out += "\\x00";
        break;
      default:
        out += c;
    }
  }
  return out + "'";
}

std::string_view mako_prelude() {
  return R"(_mako_str = str
_mako_parts = [[]]
_mako_names = _mako_values
loop = None


def _mako_out(text):
    if not isinstance(text, _mako_str):
        raise TypeError("text is wanted here, not " + type(text).__name__)
    _mako_parts[-1].append(text)


def _mako_push():
    _mako_parts.append([])


def _mako_pop():
    return "".join(_mako_parts.pop())


def _mako_trim(text):
    return text.strip()


def _mako_html(text):
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def _mako_url(text):
    out = []
    for byte in text.encode("utf8"):
        letter = chr(byte)
        if byte < 128 and (letter.isalnum() or letter in "_.-~"):
            out.append(letter)
        else:
            out.append("+" if byte == 32 else "%%%02X" % byte)
    return "".join(out)


class Undefined:
    def __bool__(self):
        return False

    def __str__(self):
        raise NameError("a name that is not defined")

    def __call__(self, *arguments, **keywords):
        str(self)

    def __iter__(self):
        str(self)


UNDEFINED = Undefined()


class _MakoContext:
    def __init__(self, values):
        self.kwargs = values

    def get(self, key, default=None):
        return self.kwargs.get(key, default)

    def keys(self):
        return list(self.kwargs)

    def write(self, text):
        _mako_out(text)

    def __getitem__(self, key):
        return self.kwargs[key]

    def __contains__(self, key):
        return key in self.kwargs


class _MakoLoop:
    def __init__(self, items, parent):
        self.items = items
        self.parent = parent
        self.index = 0

    def __iter__(self):
        for index, item in enumerate(self.items):
            self.index = index
            yield item

    def __len__(self):
        return len(self.items)

    @property
    def first(self):
        return self.index == 0

    @property
    def last(self):
        return self.index == len(self.items) - 1

    @property
    def reverse_index(self):
        return len(self.items) - self.index - 1

    @property
    def even(self):
        return self.index % 2 == 0

    @property
    def odd(self):
        return self.index % 2 != 0

    def cycle(self, *values):
        return values[self.index % len(values)]


context = _MakoContext(_mako_names)
)";
}

}  // namespace retort::script
