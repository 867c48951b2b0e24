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
file(APPEND "${WORK}/examples/CMakeLists.txt" "add_subdirectory(app)\n")
run("${CMAKE_COMMAND}" -S "${WORK}/examples" -B "${WORK}/build" -G Ninja
    "-DCMAKE_PREFIX_PATH=${WORK}/installed" "-DCMAKE_CXX_COMPILER=${CXX}"
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror ${FLAGS}" -DCMAKE_BUILD_TYPE=None)
run("${CMAKE_COMMAND}" --build "${WORK}/build" --parallel 2)
