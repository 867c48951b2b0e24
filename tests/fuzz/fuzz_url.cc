// Database URLs: what parses must render to text that parses to the same, and no message may hold
// the password.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "config/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    retort::config::Url url = retort::config::parse_url(text);
    if (retort::config::parse_url(url.render(false)) != url) std::abort();
    (void)retort::config::hosts(url);
    if (url.backend == retort::config::Backend::kSqlite) (void)retort::config::sqlite_file(url);
  } catch (const retort::Error& error) {
    (void)error.render();
  }
  return 0;
}
