#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/source.h"
#include "revision/revision.h"

namespace retort::script {

// One revision file of a history.
struct Script {
  std::filesystem::path path{};  // absolute
  revision::Revision revision{};
  std::string text{};  // the docstring, without the space around it

  // The first paragraph of the text, what log lines and history show.
  std::string message() const;
};

}  // namespace retort::script
