# What `cmake --install` installs: the executable, the headers, the libraries, and what CMake and
# pkg-config need to know of them. Nothing in it tells where it was built or installed.

include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/yos)
set(data ${CMAKE_INSTALL_DATADIR}/yos)

install(TARGETS yos RUNTIME)
install(TARGETS yos_manual EXPORT yos RUNTIME)
install(TARGETS yos_headers yos_module yos_tasks yos_kernel yos_syscalls yos_programs
    EXPORT yos
    ARCHIVE)

# As they lie in the tree, below one directory.
foreach(header IN LISTS YOS_HEADERS)
    cmake_path(GET header PARENT_PATH directory)
    install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yos/${directory})
endforeach()

# What modules are tested with, which is what yos itself is tested with.
install(FILES tests/lib/testing.h tests/lib/machine.h tests/lib/run_program.h tests/lib/catch.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yos/tests/lib)

# Sources that become part of a module, and of a test.
install(FILES ${YOS_MODULE_SOURCE} DESTINATION ${data})
install(FILES tests/lib/main.cpp tests/lib/machine.cpp tests/lib/run_program.cpp
    DESTINATION ${data}/tests)

# What there is to read, as it lies in the tree.
foreach(page IN ITEMS
    README.md
    cmake/README.md
    kernel/README.md
    syscalls/README.md
    syscalls/REFERENCE.md
    programs/README.md
    programs/course/README.md
    programs/redis/README.md
    programs/shell/README.md
    programs/terminal/session.svg
    programs/web/http/README.md
    tests/README.md
    tests/bench/README.md
    tests/bench/results.svg)
    cmake_path(GET page PARENT_PATH directory)
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${directory})
endforeach()
install(DIRECTORY programs/tour DESTINATION ${CMAKE_INSTALL_DOCDIR}/programs
    FILES_MATCHING PATTERN "*.md" PATTERN answers EXCLUDE PATTERN tool EXCLUDE)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

# find_package(yos)
foreach(target IN ITEMS headers module tasks kernel syscalls programs)
    set_target_properties(yos_${target} PROPERTIES EXPORT_NAME ${target})
endforeach()
install(EXPORT yos NAMESPACE yos:: FILE yosTargets.cmake DESTINATION ${package})
configure_package_config_file(cmake/yosConfig.cmake.in ${PROJECT_BINARY_DIR}/yosConfig.cmake
    INSTALL_DESTINATION ${package}
    PATH_VARS data)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/yosConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    ${PROJECT_BINARY_DIR}/yosConfig.cmake
    ${PROJECT_BINARY_DIR}/yosConfigVersion.cmake
    cmake/yosModule.cmake
    cmake/yos_manual.cmake
    cmake/Finduring.cmake
    cmake/plain_library.cmake
    DESTINATION ${package})

# pkg-config yos
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
    BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
    OUTPUT_VARIABLE prefix_from_here)
configure_file(cmake/yos.pc.in ${PROJECT_BINARY_DIR}/yos.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/yos.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
