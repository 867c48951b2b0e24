#include "script/script.h"

namespace retort::script {

std::string Script::message() const { return text.substr(0, text.find("\n\n")); }

}  // namespace retort::script
