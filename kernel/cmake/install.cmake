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
install(FILES tests/testing.h tests/machine.h tests/run_program.h tests/catch.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yos/tests)

# Sources that become part of a module, and of a test.
install(FILES ${YOS_MODULE_SOURCE} DESTINATION ${data})
install(FILES tests/main.cpp DESTINATION ${data} RENAME tests_main.cpp)

# find_package(yos)
foreach(target IN ITEMS headers module tasks kernel syscalls programs)
    set_target_properties(yos_${target} PROPERTIES EXPORT_NAME ${target})
endforeach()
install(EXPORT yos NAMESPACE yos:: FILE yosTargets.cmake DESTINATION ${package})
configure_package_config_file(kernel/cmake/yosConfig.cmake.in ${PROJECT_BINARY_DIR}/yosConfig.cmake
    INSTALL_DESTINATION ${package}
    PATH_VARS data)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/yosConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    ${PROJECT_BINARY_DIR}/yosConfig.cmake
    ${PROJECT_BINARY_DIR}/yosConfigVersion.cmake
    kernel/cmake/yosModule.cmake
    syscalls/manual/yos_manual.cmake
    kernel/cmake/Finduring.cmake
    kernel/cmake/plain_library.cmake
    DESTINATION ${package})

# pkg-config yos
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
    BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
    OUTPUT_VARIABLE prefix_from_here)
configure_file(kernel/cmake/yos.pc.in ${PROJECT_BINARY_DIR}/yos.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/yos.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
