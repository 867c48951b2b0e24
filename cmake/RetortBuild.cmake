# How every target of the project is compiled, and what a layer is.

add_library(retort_options INTERFACE)
target_compile_features(retort_options INTERFACE cxx_std_20)
target_include_directories(retort_options INTERFACE "${PROJECT_SOURCE_DIR}/src"
                                                    "${PROJECT_SOURCE_DIR}/include")
target_compile_options(retort_options INTERFACE -Wall -Wextra -Wpedantic)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 reports false overlaps in std::string at -O2 and above.
  target_compile_options(retort_options INTERFACE -Wno-restrict)
  # ... and members of a std::variant that are not there as uninitialized.
  target_compile_options(retort_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # std::stable_sort of libstdc++ 12 uses a function that the same library calls deprecated.
  target_compile_options(retort_options INTERFACE -Wno-deprecated-declarations)
endif()
if(RETORT_WERROR)
  target_compile_options(retort_options INTERFACE -Werror)
endif()
if(RETORT_SANITIZE)
  target_compile_options(retort_options INTERFACE -fsanitize=${RETORT_SANITIZE}
                                                  -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(retort_options INTERFACE -fsanitize=${RETORT_SANITIZE})
endif()
if(RETORT_FUZZ)
  target_compile_options(retort_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set_property(GLOBAL PROPERTY retort_layers "")

# What nearly every file includes.
set(retort_standard_headers <algorithm> <chrono> <functional> <map> <memory> <optional>
                            <set> <span> <string> <string_view> <unordered_map> <utility> <variant>
                            <vector>)

# retort_layer(<name> [LINK <library>...] [PRECOMPILE <header>...])
#
# Makes the static library retort_<name> of src/<name>/ and, from its *_test.cc files, the test
# program retort_<name>_test. The layer links every layer declared before it. PRECOMPILE names the
# headers that most of its files include and that are costly to read.
function(retort_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK;PRECOMPILE")
  list(TRANSFORM arg_PRECOMPILE PREPEND "${PROJECT_SOURCE_DIR}/src/")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cc")
  # Files that the program writes into new projects.
  list(FILTER sources EXCLUDE REGEX "/templates/")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  get_property(above GLOBAL PROPERTY retort_layers)
  if(NOT sources)
    return()
  endif()
  add_library(retort_${name} STATIC ${sources})
  # Reversed, so that a static linker meets the users of a symbol before its definition.
  list(REVERSE above)
  target_link_libraries(retort_${name} PUBLIC ${above} retort_options ${arg_LINK})
  set_property(GLOBAL APPEND PROPERTY retort_layers retort_${name})
  if(RETORT_PRECOMPILE)
    target_precompile_headers(retort_${name} PRIVATE ${retort_standard_headers} ${arg_PRECOMPILE})
  endif()
  if(RETORT_TEST AND tests)
    add_executable(retort_${name}_test ${tests})
    target_link_libraries(retort_${name}_test PRIVATE retort_${name} GTest::gmock_main)
    target_compile_definitions(retort_${name}_test
                               PRIVATE RETORT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    if(RETORT_SANITIZE)
      # What a test itself does takes no time; to optimise it under sanitizers takes half of its compilation.
      target_compile_options(retort_${name}_test PRIVATE -O0)
    endif()
    add_test(NAME ${name} COMMAND retort_${name}_test)
  endif()
endfunction()
