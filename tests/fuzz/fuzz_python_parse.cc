// The lexer, the parser and the resolver on any bytes.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "python/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  try {
    retort::python::parse(std::make_shared<retort::Source>("fuzz.py", std::move(text)));
  } catch (const retort::Error& error) {
    (void)error.render();  // the place and its excerpt must be good as well
  }
  return 0;
}
