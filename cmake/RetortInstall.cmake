# The program, its manual page and its completions. The page and the completions come from the
# program itself, so that they can't be behind its table of commands.
include(GNUInstallDirs)

set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${generated}")
add_custom_command(
  OUTPUT "${generated}/retort.1" "${generated}/retort.bash" "${generated}/_retort" "${generated}/retort.fish"
  COMMAND retort man > "${generated}/retort.1"
  COMMAND retort completion bash > "${generated}/retort.bash"
  COMMAND retort completion zsh > "${generated}/_retort"
  COMMAND retort completion fish > "${generated}/retort.fish"
  DEPENDS retort VERBATIM)
add_custom_target(retort_generated ALL
                  DEPENDS "${generated}/retort.1" "${generated}/retort.bash" "${generated}/_retort"
                          "${generated}/retort.fish")

install(TARGETS retort RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${generated}/retort.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${generated}/retort.bash" RENAME retort
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${generated}/_retort" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES "${generated}/retort.fish"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/retort"
        OPTIONAL)
