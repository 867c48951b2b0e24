#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/source.h"
#include "modules/host.h"
#include "revision/revision.h"

namespace retort::script {

// What a revision is written in.
enum class Language : std::uint8_t { kPython, kSql, kCompiled };

// One revision of a history: a file, a text inside the program, or code compiled into it.
struct Script {
  std::filesystem::path path{};  // absolute; of what is no file the name it is known by
  revision::Revision revision{};
  std::string text{};  // the docstring, without the space around it
  Language language = Language::kPython;
  SourcePtr embedded{};  // the text, where it is not to be read from `path`
  // Of a compiled revision; `downgrade` may be absent.
  std::function<void(modules::Host&)> upgrade{};
  std::function<void(modules::Host&)> downgrade{};

  // The first paragraph of the text, what log lines and history show.
  std::string message() const;
  // What it was written as; empty for a compiled one. Throws Error(code::kFile).
  SourcePtr source() const;
};

}  // namespace retort::script
