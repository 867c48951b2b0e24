# What a project that uses retort as a library calls. Comes with find_package(retort) and with
# add_subdirectory().

set(_retort_cmake_dir "${CMAKE_CURRENT_LIST_DIR}")

# Ends the configuration when the arguments of a call, parsed into arg_..., are wrong. The usage begins with
# the function's name.
function(_retort_check_arguments usage)
  string(REGEX MATCH "^[a-z_]+" name "${usage}")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${name}: unknown argument ${arg_UNPARSED_ARGUMENTS}; it is ${usage}")
  endif()
  if(arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${name}: ${arg_KEYWORDS_MISSING_VALUES} is without a value; it is ${usage}")
  endif()
endfunction()

# The same of a call with a DIR, whose absolute path becomes the variable `folder`.
function(_retort_check_folder usage)
  _retort_check_arguments("${usage}")
  string(REGEX MATCH "^[a-z_]+" name "${usage}")
  if(NOT arg_DIR)
    message(FATAL_ERROR "${name}: DIR is missing; it is ${usage}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_DIR BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  if(NOT IS_DIRECTORY "${arg_DIR}")
    message(FATAL_ERROR "${name}: there is no folder ${arg_DIR}")
  endif()
  set(folder "${arg_DIR}" PARENT_SCOPE)
endfunction()

# Compiles the units of a bundle as <target> is compiled, and puts the objects into it. They are a target
# of their own so that a long history can have the headers precompiled and <target>'s other files stay as they are.
function(_retort_compile_units target name units)
  set(objects "${target}_${name}_objects")
  add_library(${objects} OBJECT ${units})
  target_link_libraries(${objects} PRIVATE retort::retort "$<TARGET_PROPERTY:${target},LINK_LIBRARIES>")
  foreach(property COMPILE_DEFINITIONS COMPILE_OPTIONS INCLUDE_DIRECTORIES)
    set_property(TARGET ${objects} APPEND PROPERTY ${property} "$<TARGET_PROPERTY:${target},${property}>")
  endforeach()
  get_target_property(type ${target} TYPE)
  get_target_property(independent ${target} POSITION_INDEPENDENT_CODE)
  if(independent OR type MATCHES "^(SHARED|MODULE)_LIBRARY$")
    set_target_properties(${objects} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  list(LENGTH units count)
  if(count GREATER_EQUAL 8)
    target_precompile_headers(${objects} PRIVATE <retort/retort.h>)
  endif()
  target_sources(${target} PRIVATE $<TARGET_OBJECTS:${objects}>)
endfunction()

# retort_add_migrations(<target> DIR <folder> [NAME <bundle>])
#
# Puts the migrations of a folder into a target: .cc and .cpp files are compiled, .py and .sql files
# become text inside of it. C++ code gets all of them as
#   extern const retort::Bundle <bundle>;       // <target>_migrations unless NAME says otherwise
# A file that is added or taken away makes CMake run again by itself.
function(retort_add_migrations target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME;DIR" "")
  _retort_check_folder("retort_add_migrations(${target} DIR <folder> [NAME <bundle>])")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "retort_add_migrations: there is no target ${target}")
  endif()
  if(NOT arg_NAME)
    string(MAKE_C_IDENTIFIER "${target}_migrations" arg_NAME)
  endif()
  file(GLOB compiled CONFIGURE_DEPENDS "${folder}/*.cc" "${folder}/*.cpp")
  file(GLOB scripts CONFIGURE_DEPENDS "${folder}/*.py" "${folder}/*.sql")
  # Files of a Python package that are no revisions.
  list(FILTER scripts EXCLUDE REGEX "/(__init__|env)[^/]*\\.py$")
  set(symbols "")
  set(units "")
  foreach(source IN LISTS compiled)
    cmake_path(GET source STEM stem)
    string(MAKE_C_IDENTIFIER "${arg_NAME}_${stem}" symbol)
    if(symbol IN_LIST symbols)
      message(FATAL_ERROR "retort_add_migrations: ${source} has the name of another file there; call it otherwise")
    endif()
    # One file may be in several bundles: it is compiled once for each, under another name.
    set(unit "${CMAKE_CURRENT_BINARY_DIR}/retort/${arg_NAME}/${stem}.cc")
    file(CONFIGURE OUTPUT "${unit}" CONTENT
         "#undef RETORT_REVISION_SYMBOL\n#define RETORT_REVISION_SYMBOL ${symbol}\n#include \"${source}\"\n" @ONLY)
    set_property(SOURCE "${unit}" APPEND PROPERTY OBJECT_DEPENDS "${source}")
    list(APPEND units "${unit}")
    list(APPEND symbols "${symbol}")
  endforeach()
  if(units)
    _retort_compile_units(${target} ${arg_NAME} "${units}")
  endif()
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/retort/${arg_NAME}/bundle.cc")
  # Lists go through files: an argument can't hold both kinds of separator.
  set(list_file "${CMAKE_CURRENT_BINARY_DIR}/retort/${arg_NAME}/files.cmake")
  file(CONFIGURE OUTPUT "${list_file}" CONTENT
       "set(name \"${arg_NAME}\")\nset(symbols \"${symbols}\")\nset(scripts \"${scripts}\")\n" @ONLY)
  add_custom_command(
    OUTPUT "${generated}"
    COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${generated}" "-DLIST=${list_file}" -P
            "${_retort_cmake_dir}/RetortEmbedMigrations.cmake"
    DEPENDS ${scripts} "${list_file}" "${_retort_cmake_dir}/RetortEmbedMigrations.cmake"
    COMMENT "Embedding migrations ${arg_NAME}"
    VERBATIM)
  target_sources(${target} PRIVATE "${generated}")
endfunction()

# retort_add_migrate_tool(<tool> DIR <folder> [BUNDLE <bundle>] [METADATA <object> HEADER <header>]
#                         [LIBRARIES <library>...] [DATABASE_URL <url>])
#
# Makes a program with every command of retort for the migrations of a folder. With METADATA, the
# name of a retort::MetaData that HEADER declares and one of LIBRARIES defines, also
# `revision --autogenerate` and `check` from the C++ models. New revisions are written to the folder.
# With BUNDLE, the name of a bundle of the folder's migrations that one of LIBRARIES has by
# retort_add_migrations(), they are not compiled once more for the tool.
# The database is DATABASE_URL's of the environment, --url's, or else the one given here.
function(retort_add_migrate_tool tool)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DIR;BUNDLE;METADATA;HEADER;DATABASE_URL" "LIBRARIES")
  _retort_check_folder("retort_add_migrate_tool(${tool} DIR <folder> [BUNDLE <bundle>] [METADATA <object> HEADER <header>] [LIBRARIES <library>...] [DATABASE_URL <url>])")
  if(arg_METADATA AND NOT arg_HEADER)
    message(FATAL_ERROR "retort_add_migrate_tool: METADATA needs the HEADER that declares it")
  endif()
  if(arg_HEADER AND NOT arg_METADATA)
    message(FATAL_ERROR "retort_add_migrate_tool: HEADER is for the METADATA that it declares, which is missing")
  endif()
  set(bundle "${arg_BUNDLE}")
  if(NOT bundle)
    string(MAKE_C_IDENTIFIER "${tool}_migrations" bundle)
  endif()
  set(include "")
  set(metadata "nullptr")
  if(arg_METADATA)
    set(include "#include \"${arg_HEADER}\"\n")
    set(metadata "&${arg_METADATA}")
  endif()
  set(main "${CMAKE_CURRENT_BINARY_DIR}/retort/${tool}/main.cc")
  file(CONFIGURE OUTPUT "${main}" CONTENT "#include <retort/cli.h>

${include}
extern const retort::Bundle ${bundle};

int main(int argc, char** argv) {
  return retort::cli::run(argc, argv,
                          {.metadata = ${metadata},
                           .bundle = &${bundle},
                           .source_dir = R\"(${folder})\",
                           .database_url = R\"(${arg_DATABASE_URL})\"});
}
" @ONLY)
  add_executable(${tool} "${main}")
  target_include_directories(${tool} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${tool} PRIVATE ${arg_LIBRARIES} retort::retort)
  set_target_properties(${tool} PROPERTIES RETORT_METADATA "${arg_METADATA}")
  if(NOT arg_BUNDLE)
    retort_add_migrations(${tool} DIR "${folder}" NAME "${bundle}")
  endif()
endfunction()

# retort_add_migration_tests(<tool> [DATABASES <sqlite | url | env:NAME>...] [NO_DOWNGRADE] [NO_CHECK])
#
# Adds tests of the history that the tool holds: it has one head; on a new database it goes up, down to
# nothing and up again; and then the models, if the tool has any, have nothing to add (`check`).
# `sqlite` is a new file; a URL, or an environment variable that holds one, must name an empty database.
function(retort_add_migration_tests tool)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_DOWNGRADE;NO_CHECK" "" "DATABASES")
  _retort_check_arguments("retort_add_migration_tests(${tool} [DATABASES <sqlite | url | env:NAME>...] [NO_DOWNGRADE] [NO_CHECK])")
  if(NOT TARGET ${tool})
    message(FATAL_ERROR "retort_add_migration_tests: there is no target ${tool}; retort_add_migrate_tool() makes one")
  endif()
  if(NOT CMAKE_TESTING_ENABLED AND (BUILD_TESTING OR NOT DEFINED BUILD_TESTING))
    message(WARNING "retort_add_migration_tests: the tests of ${tool} will not be found without enable_testing() in the project's first CMakeLists.txt")
  endif()
  if(NOT arg_DATABASES)
    set(arg_DATABASES sqlite)
  endif()
  add_test(NAME ${tool}.one_head
           COMMAND "${CMAKE_COMMAND}" "-DTOOL=$<TARGET_FILE:${tool}>" -DSTEP=one_head -P
                   "${_retort_cmake_dir}/RetortMigrationTest.cmake")
  get_target_property(models ${tool} RETORT_METADATA)
  set(check "$<AND:$<BOOL:${models}>,$<NOT:$<BOOL:${arg_NO_CHECK}>>>")
  set(number 0)
  foreach(database IN LISTS arg_DATABASES)
    math(EXPR number "${number} + 1")
    set(suffix "${database}")
    if(NOT database MATCHES "^(sqlite|env:[A-Za-z0-9_]+)$")
      set(suffix "${number}")
    endif()
    add_test(NAME ${tool}.up_down_up.${suffix}
             COMMAND "${CMAKE_COMMAND}" "-DTOOL=$<TARGET_FILE:${tool}>" -DSTEP=up_down_up
                     "-DDATABASE=${database}" "-DDOWNGRADE=$<NOT:$<BOOL:${arg_NO_DOWNGRADE}>>"
                     "-DCHECK=${check}"
                     "-DFILE=${CMAKE_CURRENT_BINARY_DIR}/${tool}_test_${number}.db" -P
                     "${_retort_cmake_dir}/RetortMigrationTest.cmake")
  endforeach()
endfunction()
