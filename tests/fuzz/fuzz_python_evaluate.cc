// The evaluator with the standard-library subset on any program, under tight limits.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "python/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  try {
    auto source = std::make_shared<retort::Source>("fuzz.py", std::move(text));
    retort::python::ProgramPtr program = retort::python::parse(source);
    retort::python::Evaluator::Options options;
    options.limits.steps = 20'000;
    options.limits.depth = 60;
    options.limits.bytes = std::size_t{16} << 20;
    retort::python::Evaluator evaluator(std::move(options));
    retort::modules::bind_stdlib(evaluator, {});
    evaluator.run(program, "fuzz");
  } catch (const retort::Error& error) {
    (void)error.render();
  }
  return 0;
}
