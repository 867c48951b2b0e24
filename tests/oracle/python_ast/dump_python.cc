// Reads paths from standard input, one a line, and writes for each its syntax tree as
// `ast.dump` would, or "error: message (line, column)": one line a file.
//
//   --scopes    the scopes that the resolver makes
//   --resolved  the tree as the evaluator gets it
//   --header    the revision script's header as the scanner reads it
//   --time      nothing of all this but the parser's speed, --time-header that of the scanner

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "python/dump.h"
#include "python/header.h"
#include "python/parser.h"
#include "python/resolver.h"

namespace {

using retort::Error;
using retort::Source;

enum class Mode { kWritten, kScopes, kResolved, kHeader };

std::string join(const auto& names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  std::string text;
  for (const std::string& name : sorted) text += (text.empty() ? "" : " ") + name;
  return text;
}

// Every scope with variables in slots: `[locals|cells|free]`, sorted.
std::string dump_scopes(const std::shared_ptr<const Source>& source) {
  auto tree = retort::python::parse_unresolved(source);
  std::vector<std::string> scopes;
  for (const auto* info :
       retort::python::resolve(*tree->module, const_cast<retort::python::Arena&>(tree->arena))) {
    std::vector<std::string_view> cells;
    for (std::uint32_t slot : info->cell_slots) cells.push_back(info->slot_names[slot]);
    scopes.push_back("[" + join(info->slot_names) + "|" + join(cells) + "|" +
                     join(info->capture_names) + "]");
  }
  return join(scopes);
}

std::string dump_value(const std::optional<retort::python::HeaderValue>& value) {
  using Kind = retort::python::HeaderValue::Kind;
  if (!value) return "-";
  std::vector<std::string> items;
  for (const auto& item : value->items) items.push_back(item.text);
  constexpr const char* kNames[] = {"None", "str", "tuple", "list", "set"};
  if (value->kind == Kind::kSet) std::sort(items.begin(), items.end());
  std::string text = kNames[static_cast<std::size_t>(value->kind)];
  for (const std::string& item : items) text += ":" + item;
  return text;
}

// The header as the scanner reads it: the four variables and the docstring.
std::string dump_header(const Source& source) {
  auto header = retort::python::scan_header(source.text());
  if (!header) return "unsure";
  std::string doc = header->doc ? "doc:" + *header->doc : "no doc";
  std::replace(doc.begin(), doc.end(), '\n', ' ');
  std::string all = dump_value(header->revision) + "|" + dump_value(header->down_revision) + "|" +
                    dump_value(header->branch_labels) + "|" + dump_value(header->depends_on) + "|" +
                    doc;
  std::string line;
  for (char c : all) line += c == '\n' ? std::string("\\n") : std::string(1, c);
  return line;
}

std::string dump_file(const std::string& path, Mode mode) {
  try {
    auto source = std::make_shared<const Source>(path, retort::read_file(path));
    if (mode == Mode::kHeader) return dump_header(*source);
    if (mode == Mode::kScopes) return dump_scopes(source);
    if (mode == Mode::kResolved) return retort::python::dump(retort::python::parse(source)->tree);
    return retort::python::dump(retort::python::parse_unresolved(source)->tree);
  } catch (const Error& error) {
    std::string where;
    if (error.place()) {
      auto at = error.place().source->position(error.place().span.begin);
      where = " (" + std::to_string(at.line) + ", " + std::to_string(at.column) + ")";
    }
    return "error: " + error.message() + where;
  }
}

}  // namespace

int main(int argc, char** argv) {
  bool timed_header = argc > 1 && std::strcmp(argv[1], "--time-header") == 0;
  bool timed = timed_header || (argc > 1 && std::strcmp(argv[1], "--time") == 0);
  Mode mode = Mode::kWritten;
  if (argc > 1 && std::strcmp(argv[1], "--scopes") == 0) mode = Mode::kScopes;
  if (argc > 1 && std::strcmp(argv[1], "--resolved") == 0) mode = Mode::kResolved;
  if (argc > 1 && std::strcmp(argv[1], "--header") == 0) mode = Mode::kHeader;
  std::size_t bytes = 0;
  std::size_t unsure = 0;
  std::clock_t spent = 0;
  for (std::string path; std::getline(std::cin, path);) {
    if (!timed) {
      std::cout << dump_file(path, mode) << '\n';
      continue;
    }
    auto source = std::make_shared<const Source>(path, retort::read_file(path));
    std::clock_t start = std::clock();
    try {
      if (timed_header) {
        unsure += retort::python::scan_header(source->text()) ? 0 : 1;
      } else {
        retort::python::parse(source);
      }
    } catch (const Error&) {
      continue;
    }
    spent += std::clock() - start;
    bytes += source->text().size();
  }
  if (timed) {
    double seconds = static_cast<double>(spent) / CLOCKS_PER_SEC;
    std::printf("%zu bytes in %.4f s of processor time: %.1f MB/s\n", bytes, seconds,
                static_cast<double>(bytes) / 1e6 / seconds);
    if (timed_header) std::printf("unsure of %zu\n", unsure);
  }
}
