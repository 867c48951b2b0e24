# retort_embed(<target> <folder> <function>)
#
# Puts every .py file of <folder> into <target> as text. C++ code gets it from
#   std::string_view <function>(std::string_view stem);   // empty when there is none
# in namespace retort::embedded, declared by src/modules/stdlib/embedded.h.
function(retort_embed target folder function)
  file(GLOB texts CONFIGURE_DEPENDS "${folder}/*.py")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded/${function}.cc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${folder}" "-DFUNCTION=${function}" "-DOUTPUT=${output}" -P
            "${PROJECT_SOURCE_DIR}/cmake/EmbedTexts.cmake"
    DEPENDS ${texts} "${PROJECT_SOURCE_DIR}/cmake/EmbedTexts.cmake"
    COMMENT "Embedding ${folder}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
