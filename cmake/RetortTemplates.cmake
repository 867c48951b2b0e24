# The templates of `init` as C++ data. Run as a script it writes OUTPUT from the files below ROOT;
# included, it gives retort_embed_templates(<target> <folder>).

if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*")
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    # By way of hex digits, which no character of the text can disturb.
    file(READ "${ROOT}/${file}" hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
    # Adjacent literals are one; a line of them holds 24 bytes.
    string(REGEX REPLACE "(................................................................................................)" "\\1\"\n     \"" bytes "${bytes}")
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    string(APPEND rows "    {\"${file}\",\n     {\"${bytes}\", ${size}}},\n")
  endforeach()
  file(WRITE "${OUTPUT}" "#include \"script/template_data.h\"

namespace retort::script {

std::span<const TemplateData> template_data() {
  static const TemplateData kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace retort::script
")
  return()
endif()

set(retort_templates_script "${CMAKE_CURRENT_LIST_FILE}")

function(retort_embed_templates target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${target}_templates.cc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${folder}" "-DOUTPUT=${output}" -P
            "${retort_templates_script}"
    DEPENDS ${files} "${retort_templates_script}"
    COMMENT "Embedding the templates of init"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
