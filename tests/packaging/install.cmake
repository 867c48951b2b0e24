# Installs the build into WORK/installed, copies the examples out of the source tree, makes a new project beside
# them, and builds all in one go against the installed package.
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " words)
    message(FATAL_ERROR "${words}\nfailed:\n${output}${errors}")
  endif()
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/installed")
file(COPY "${ROOT}/examples" DESTINATION "${WORK}")
run("${WORK}/installed/bin/retort" init -t cpp "${WORK}/examples/app")
# A history that is long enough to have its headers precompiled.
foreach(number RANGE 1 8)
  math(EXPR before "${number} - 1")
  string(REPLACE "0" "" down "${before}")
  file(WRITE "${WORK}/examples/many/${number}.cc" "#include <retort/op.h>
#include <retort/revision.h>
RETORT_REVISION{.id = \"${number}\", .down = {\"${down}\"}, .message = \"step ${number}\",
                .upgrade = [](retort::Op& op) { op.execute(\"CREATE TABLE t${number} (id INTEGER)\"); }};
")
endforeach()
file(APPEND "${WORK}/examples/CMakeLists.txt" "add_subdirectory(app)\nretort_add_migrate_tool(many_migrate DIR many)\n")
run("${CMAKE_COMMAND}" -S "${WORK}/examples" -B "${WORK}/build" -G Ninja
    "-DCMAKE_PREFIX_PATH=${WORK}/installed" "-DCMAKE_CXX_COMPILER=${CXX}"
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror ${FLAGS}" -DCMAKE_BUILD_TYPE=None)
run("${CMAKE_COMMAND}" --build "${WORK}/build" --parallel 2)
