# Run by retort_add_migrations: writes OUTPUT, the bundle of what LIST names.
include("${LIST}")
set(declarations "")
set(compiled "")
foreach(symbol IN LISTS symbols)
  string(APPEND declarations "extern const retort::Revision ${symbol};\n")
  string(APPEND compiled "    &${symbol},\n")
endforeach()
set(texts "")
foreach(script IN LISTS scripts)
  get_filename_component(file "${script}" NAME)
  # By way of hex digits, which no character of the text can disturb.
  file(READ "${script}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
  string(REPLACE "\\x0d\\x0a" "\\x0a" bytes "${bytes}")
  string(LENGTH "${bytes}" escaped)
  math(EXPR size "${escaped} / 4")
  # Adjacent literals are one; a line of them holds 24 bytes.
  string(REGEX REPLACE "(................................................................................................)"
                       "\\1\"\n     \"" bytes "${bytes}")
  string(APPEND texts "    {\"${file}\",\n     {\"${bytes}\", ${size}}},\n")
endforeach()
set(body "")
set(arguments "{}, {}")
if(compiled)
  string(APPEND body "constexpr const retort::Revision* kCompiled[] = {\n${compiled}};\n")
  set(arguments "kCompiled, {}")
endif()
if(texts)
  string(APPEND body "constexpr retort::Script kScripts[] = {\n${texts}};\n")
  set(arguments "{}, kScripts")
endif()
if(compiled AND texts)
  set(arguments "kCompiled, kScripts")
endif()
file(WRITE "${OUTPUT}" "// Written by retort_add_migrations().
#include <retort/revision.h>

${declarations}
namespace {

${body}
}  // namespace

extern const retort::Bundle ${name};
constinit const retort::Bundle ${name}{${arguments}};
")
