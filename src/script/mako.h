#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/source.h"

namespace retort::script {

// A Mako template as a program in Python syntax that prints its pieces, which is how Mako itself
// runs one. `python` is that program; `segments` say which of its bytes were taken from where in
// the template.
struct MakoProgram {
  struct Segment {
    std::uint32_t begin = 0;  // in the program
    std::uint32_t end = 0;
    std::uint32_t from = 0;  // in the template
  };
  SourcePtr source{};  // the template
  SourcePtr python{};
  std::vector<Segment> segments{};  // sorted by begin

  // The place in the template that a place of the program came from; nothing for text of our own.
  std::optional<Place> original(const Place& place) const;
  // The same error, with its places in the template.
  Error original(const Error& error) const;
};

// Reads the template language that script.py.mako files are written in: ${...} with filters,
// `% if|for|while|try|with` lines with their ends, ## comments, <% %> and <%! %>, <%def>, <%block>,
// <%doc>, <%text>, %% and a backslash at the end of a line. Throws Error(code::kSyntax) with the
// place in the template; tags that reach other templates (<%include>, <%inherit>, <%namespace>,
// <%call>) are refused with a hint. A function of its text alone.
//
// The program takes the template's variables, `names`, from the dict `values` of the module
// `values_module`, and leaves the text it made in its own variable `_mako_result`.
MakoProgram translate_mako(const SourcePtr& source, std::span<const std::string> names,
                           std::string_view values_module);

}  // namespace retort::script
