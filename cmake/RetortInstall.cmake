# What `cmake --install` and the packages hold, in two components:
#   retort         the program, its manual page and completions
#   libretort-dev  the library, its headers, and what CMake and pkg-config need to find it
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The manual page and the completions come from the program itself, so that they can't be behind its
# table of commands.
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

install(TARGETS retort RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT retort)
install(FILES "${generated}/retort.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT retort)
install(FILES "${generated}/retort.bash" RENAME retort
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT retort)
install(FILES "${generated}/_retort" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions"
        COMPONENT retort)
install(FILES "${generated}/retort.fish"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT retort)
foreach(component retort libretort-dev)
  install(FILES "${PROJECT_SOURCE_DIR}/packaging/copyright"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${component}" COMPONENT ${component})
endforeach()

retort_whole_archive()
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/retort")
install(TARGETS retort_archive EXPORT retort_targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        COMPONENT libretort-dev)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/retort"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT libretort-dev)
install(EXPORT retort_targets FILE retort-targets.cmake NAMESPACE retort::
        DESTINATION "${package_dir}" COMPONENT libretort-dev)
configure_package_config_file("${PROJECT_SOURCE_DIR}/packaging/retort-config.cmake.in"
                              "${generated}/retort-config.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${generated}/retort-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${generated}/retort-config.cmake" "${generated}/retort-config-version.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/RetortMigrations.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/RetortEmbedMigrations.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/RetortMigrationTest.cmake"
        DESTINATION "${package_dir}" COMPONENT libretort-dev)
configure_file("${PROJECT_SOURCE_DIR}/packaging/retort.pc.in" "${generated}/retort.pc" @ONLY)
install(FILES "${generated}/retort.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
        COMPONENT libretort-dev)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "retort")
set(CPACK_PACKAGE_CONTACT "retort developers <retort@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL retort libretort-dev)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_RETORT_PACKAGE_NAME retort)
set(CPACK_DEBIAN_RETORT_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RETORT_PACKAGE_SUGGESTS "libpq5, libmariadb3")
set(CPACK_COMPONENT_RETORT_DESCRIPTION "Schema migrations as one native program")
set(CPACK_DEBIAN_LIBRETORT-DEV_PACKAGE_NAME libretort-dev)
set(CPACK_DEBIAN_LIBRETORT-DEV_PACKAGE_DEPENDS "libsqlite3-dev, libc6-dev")
set(CPACK_DEBIAN_LIBRETORT-DEV_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_LIBRETORT-DEV_DESCRIPTION "Schema migrations as a C++ library")
include(CPack)
