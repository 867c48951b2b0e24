# What a project that uses retort as a library calls. Comes with find_package(retort) and with
# add_subdirectory().

set(_retort_cmake_dir "${CMAKE_CURRENT_LIST_DIR}")

# retort_add_migrations(<target> DIR <folder> [NAME <bundle>])
#
# Puts the migrations of a folder into a target: .cc and .cpp files are compiled, .py and .sql files
# become text inside of it. C++ code gets all of them as
#   extern const retort::Bundle <bundle>;       // <target>_migrations unless NAME says otherwise
# A file that is added or taken away makes CMake run again by itself.
function(retort_add_migrations target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME;DIR" "")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "retort_add_migrations: unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_DIR)
    message(FATAL_ERROR "retort_add_migrations(${target} DIR <folder> [NAME <bundle>]): DIR is missing")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "retort_add_migrations: there is no target ${target}")
  endif()
  if(NOT arg_NAME)
    string(MAKE_C_IDENTIFIER "${target}_migrations" arg_NAME)
  endif()
  cmake_path(ABSOLUTE_PATH arg_DIR BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE
             OUTPUT_VARIABLE folder)
  if(NOT IS_DIRECTORY "${folder}")
    message(FATAL_ERROR "retort_add_migrations: there is no folder ${folder}")
  endif()
  file(GLOB compiled CONFIGURE_DEPENDS "${folder}/*.cc" "${folder}/*.cpp")
  file(GLOB scripts CONFIGURE_DEPENDS "${folder}/*.py" "${folder}/*.sql")
  # Files of a Python package that are no revisions.
  list(FILTER scripts EXCLUDE REGEX "/(__init__|env)[^/]*\\.py$")
  set(symbols "")
  foreach(source IN LISTS compiled)
    cmake_path(GET source STEM stem)
    string(MAKE_C_IDENTIFIER "${arg_NAME}_${stem}" symbol)
    # One file may be in several bundles: it is compiled once for each, under another name.
    set(unit "${CMAKE_CURRENT_BINARY_DIR}/retort/${arg_NAME}/${stem}.cc")
    file(CONFIGURE OUTPUT "${unit}" CONTENT
         "#define RETORT_REVISION_SYMBOL ${symbol}\n#include \"${source}\"\n" @ONLY)
    set_property(SOURCE "${unit}" APPEND PROPERTY OBJECT_DEPENDS "${source}")
    target_sources(${target} PRIVATE "${unit}")
    list(APPEND symbols "${symbol}")
  endforeach()
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

# retort_add_migrate_tool(<tool> DIR <folder> [METADATA <object> HEADER <header>]
#                         [LIBRARIES <library>...] [DATABASE_URL <url>])
#
# Makes a program with every command of retort for the migrations of a folder. With METADATA, the
# name of a retort::MetaData that HEADER declares and one of LIBRARIES defines, also
# `revision --autogenerate` and `check` from the C++ models. New revisions are written to the folder.
# The database is DATABASE_URL's of the environment, --url's, or else the one given here.
function(retort_add_migrate_tool tool)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DIR;METADATA;HEADER;DATABASE_URL" "LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "retort_add_migrate_tool: unknown argument ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_DIR)
    message(FATAL_ERROR "retort_add_migrate_tool(${tool} DIR <folder> ...): DIR is missing")
  endif()
  if(arg_METADATA AND NOT arg_HEADER)
    message(FATAL_ERROR "retort_add_migrate_tool: METADATA needs the HEADER that declares it")
  endif()
  cmake_path(ABSOLUTE_PATH arg_DIR BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE
             OUTPUT_VARIABLE folder)
  string(MAKE_C_IDENTIFIER "${tool}_migrations" bundle)
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
  retort_add_migrations(${tool} DIR "${folder}" NAME "${bundle}")
endfunction()

# retort_add_migration_tests(<tool> [DATABASES <sqlite | url | env:NAME>...] [NO_DOWNGRADE] [NO_CHECK])
#
# Adds tests of the history that the tool holds: it has one head; on a new database it goes up, down to
# nothing and up again; and then the models, if the tool has any, have nothing to add (`check`).
# `sqlite` is a new file; a URL, or an environment variable that holds one, must name an empty database.
function(retort_add_migration_tests tool)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_DOWNGRADE;NO_CHECK" "" "DATABASES")
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
