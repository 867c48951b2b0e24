# The tests' own PostgreSQL server (postgresql.py): started before the first test that needs it and
# stopped after the last.
set(RETORT_POSTGRESQL_STATE "${PROJECT_BINARY_DIR}/postgresql.json")
set(RETORT_POSTGRESQL_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/postgresql.py")
find_program(RETORT_TEST_PYTHON python3 REQUIRED)
foreach(action start stop)
  add_test(NAME postgresql_${action} COMMAND "${RETORT_TEST_PYTHON}" "${RETORT_POSTGRESQL_SCRIPT}"
                                             ${action} "${RETORT_POSTGRESQL_STATE}")
endforeach()
set_tests_properties(postgresql_start PROPERTIES FIXTURES_SETUP postgresql)
set_tests_properties(postgresql_stop PROPERTIES FIXTURES_CLEANUP postgresql)

# retort_postgresql_test(<name> COMMAND <command> [<argument>...]): a test with the environment
# variable POSTGRESQL_URL, the URL of a new empty database.
function(retort_postgresql_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "COMMAND")
  add_test(NAME ${name} COMMAND "${RETORT_TEST_PYTHON}" "${RETORT_POSTGRESQL_SCRIPT}" with
                                "${RETORT_POSTGRESQL_STATE}" ${arg_COMMAND})
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED postgresql)
endfunction()
