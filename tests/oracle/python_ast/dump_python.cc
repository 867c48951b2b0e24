// Reads paths from standard input, one a line, and writes for each its syntax tree as
// `ast.dump` would, or "error: message (line, column)": one line a file.
// With --time, parses everything and reports the speed instead.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "python/dump.h"
#include "python/parser.h"

namespace {

using retort::Error;
using retort::Source;

std::string dump_file(const std::string& path) {
  try {
    auto source = std::make_shared<const Source>(path, retort::read_file(path));
    std::string tree = retort::python::dump(retort::python::parse_unresolved(source)->tree);
    retort::python::parse(source);
    return tree;
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
  std::size_t bytes = 0;
  std::chrono::duration<double> spent{};
  for (std::string path; std::getline(std::cin, path);) {
    if (!timed) {
      std::cout << dump_file(path) << '\n';
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
