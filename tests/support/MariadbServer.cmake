# The tests' own MariaDB server (mariadb.py): started before the first test that needs it and stopped
# after the last.
set(RETORT_MARIADB_STATE "${PROJECT_BINARY_DIR}/mariadb.json")
set(RETORT_MARIADB_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/mariadb.py")
foreach(action start stop)
  add_test(NAME mariadb_${action} COMMAND "${RETORT_TEST_PYTHON}" "${RETORT_MARIADB_SCRIPT}" ${action}
                                          "${RETORT_MARIADB_STATE}")
endforeach()
set_tests_properties(mariadb_start PROPERTIES FIXTURES_SETUP mariadb)
set_tests_properties(mariadb_stop PROPERTIES FIXTURES_CLEANUP mariadb)

# retort_mariadb_test(<name> COMMAND <command> [<argument>...]): a test with the environment variable
# MARIADB_URL, the URL of a new empty database.
function(retort_mariadb_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "COMMAND")
  add_test(NAME ${name} COMMAND "${RETORT_TEST_PYTHON}" "${RETORT_MARIADB_SCRIPT}" with
                                "${RETORT_MARIADB_STATE}" ${arg_COMMAND})
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED mariadb)
endfunction()
