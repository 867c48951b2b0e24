// The INI reader and its interpolation on any bytes.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "config/ini.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  try {
    auto source = std::make_shared<retort::Source>("fuzz.ini", std::move(text));
    retort::config::Ini ini = retort::config::parse_ini(source);
    for (const std::string& section : ini.sections()) {
      for (const std::string& option : ini.options(section)) {
        try {
          (void)ini.get(section, option);
        } catch (const retort::Error& error) {
          (void)error.render();
        }
      }
    }
  } catch (const retort::Error& error) {
    (void)error.render();
  }
  return 0;
}
