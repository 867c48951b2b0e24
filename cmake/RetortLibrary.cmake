# The C++ library: retort::retort.
#
# In this build tree and with add_subdirectory() it is the layers themselves. What is installed is one
# archive, libretort.a, that holds all of them and the two small libraries they use (libmd: digests,
# libyaml), so that a user links it with SQLite and nothing else.

add_library(retort_library_interface INTERFACE)
add_library(retort::retort ALIAS retort_library_interface)
target_link_libraries(retort_library_interface INTERFACE retort_cli)
target_include_directories(retort_library_interface INTERFACE "${PROJECT_SOURCE_DIR}/include")

include("${PROJECT_SOURCE_DIR}/cmake/RetortMigrations.cmake")

# retort_whole_archive(): the target retort_archive.
function(retort_whole_archive)
  get_property(layers GLOBAL PROPERTY retort_layers)
  set(objects "")
  foreach(layer IN LISTS layers)
    list(APPEND objects $<TARGET_OBJECTS:${layer}>)
  endforeach()
  add_library(retort_archive STATIC ${objects})
  set_target_properties(retort_archive PROPERTIES OUTPUT_NAME retort EXPORT_NAME retort
                                                  LINKER_LANGUAGE CXX)
  target_compile_features(retort_archive INTERFACE cxx_std_20)
  target_include_directories(retort_archive INTERFACE $<INSTALL_INTERFACE:include>)
  target_link_libraries(retort_archive INTERFACE SQLite::SQLite3 ${CMAKE_DL_LIBS})
  set(archives "")
  foreach(library IN ITEMS ${RETORT_MD_LIBRARY} ${RETORT_YAML_LIBRARY})
    if(library MATCHES "\\.a$")
      string(APPEND archives "addlib ${library}\n")
    else()
      target_link_libraries(retort_archive INTERFACE ${library})
    endif()
  endforeach()
  if(archives)
    set(script "${CMAKE_CURRENT_BINARY_DIR}/retort_archive.mri")
    file(GENERATE OUTPUT "${script}" CONTENT
         "create ${script}.a\naddlib $<TARGET_FILE:retort_archive>\n${archives}save\nend\n")
    add_custom_command(
      TARGET retort_archive POST_BUILD
      COMMAND sh -c "${CMAKE_AR} -M < ${script}"
      COMMAND "${CMAKE_COMMAND}" -E rename "${script}.a" $<TARGET_FILE:retort_archive> VERBATIM)
  endif()
endfunction()
