// Reads paths from standard input, one a line, and writes for each its syntax tree as
// `ast.dump` would, or "error: message (line, column)": one line a file.
// With --scopes, writes the scopes that the resolver makes; with --resolved, the
// tree as the evaluator gets it; with --time, parses everything and
// reports the speed instead.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "python/dump.h"
#include "python/parser.h"
#include "python/resolver.h"

namespace {

using retort::Error;
using retort::Source;

enum class Mode { kWritten, kScopes, kResolved };

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

std::string dump_file(const std::string& path, Mode mode) {
  try {
    auto source = std::make_shared<const Source>(path, retort::read_file(path));
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
  bool timed = argc > 1 && std::strcmp(argv[1], "--time") == 0;
  Mode mode = Mode::kWritten;
  if (argc > 1 && std::strcmp(argv[1], "--scopes") == 0) mode = Mode::kScopes;
  if (argc > 1 && std::strcmp(argv[1], "--resolved") == 0) mode = Mode::kResolved;
  std::size_t bytes = 0;
  std::chrono::duration<double> spent{};
  for (std::string path; std::getline(std::cin, path);) {
    if (!timed) {
      std::cout << dump_file(path, mode) << '\n';
      continue;
    }
    auto source = std::make_shared<const Source>(path, retort::read_file(path));
    auto start = std::chrono::steady_clock::now();
    try {
      retort::python::parse(source);
    } catch (const Error&) {
      continue;
    }
    spent += std::chrono::steady_clock::now() - start;
    bytes += source->text().size();
  }
  if (timed) {
    std::printf("%zu bytes in %.3f s: %.1f MB/s\n", bytes, spent.count(),
                static_cast<double>(bytes) / 1e6 / spent.count());
  }
}
