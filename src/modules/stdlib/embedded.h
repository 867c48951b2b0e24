#pragma once

#include <string_view>

// Texts that the build puts into the program (cmake/RetortEmbed.cmake).
namespace retort::embedded {

// A module of the standard library that is written in Python: "dataclasses". Empty: none.
std::string_view stdlib_module(std::string_view stem);
// A module of a package that is written in Python: "dotenv". Empty: none.
std::string_view package_module(std::string_view stem);

}  // namespace retort::embedded
