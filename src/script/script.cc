#include "script/script.h"

#include "base/file.h"

namespace retort::script {

std::string Script::message() const { return text.substr(0, text.find("\n\n")); }

SourcePtr Script::source() const {
  if (embedded) return embedded;
  if (language == Language::kCompiled) return std::make_shared<Source>(path.string(), "");
  return std::make_shared<Source>(path.string(), read_file(path));
}

}  // namespace retort::script
