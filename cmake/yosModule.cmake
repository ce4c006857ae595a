# What a project needs to extend yos: modules that a running kernel loads, and their tests. Part of
# the package, and used by the tree itself.

# yos_add_module(NAME SOURCE...)
#
# A module of programs and system calls, built as libNAME.so: in the shell, `load libNAME.so`.
function(yos_add_module name)
    add_library(${name} MODULE ${ARGN})
    target_link_libraries(${name} PRIVATE yos::module)
    # Whatever the project's default: with copies of its own of what the headers define, a module
    # would be a world of its own.
    set_target_properties(${name} PROPERTIES
        PREFIX lib
        CXX_VISIBILITY_PRESET default
        VISIBILITY_INLINES_HIDDEN OFF)
endfunction()

# yos_add_test(NAME SOURCE...)
#
# A test program of Catch2's, each of whose test cases is a test of ctest's. It has the programs and
# system calls that are among its sources, and runs them on a machine of its own: see
# tests/lib/testing.h. The project has called enable_testing().
function(yos_add_test name)
    find_package(Catch2 REQUIRED)
    list(APPEND CMAKE_MODULE_PATH ${Catch2_DIR})
    include(Catch)
    # The sources of tests/lib/testing.h are a part of it, so that they go with its Catch2.
    get_property(tests GLOBAL PROPERTY YOS_TESTS)
    add_executable(${name} ${ARGN} ${tests}/machine.cpp ${tests}/run_program.cpp)
    target_link_libraries(${name} PRIVATE yos::programs)
    if(TARGET Catch2::Catch2WithMain)
        target_link_libraries(${name} PRIVATE Catch2::Catch2WithMain)
    else()
        # Catch2 2 has its main function in a header.
        target_sources(${name} PRIVATE ${tests}/main.cpp)
        target_link_libraries(${name} PRIVATE Catch2::Catch2)
        # It also has to be told that to find no test case of the name asked for is a failure.
        set(if_not_found EXTRA_ARGS --warn NoTests)
    endif()
    catch_discover_tests(${name} ${if_not_found} PROPERTIES TIMEOUT 120)
endfunction()

# yos_loads_modules(TARGET)
#
# Lets an executable with a kernel in it load modules: it has all of yos in it, whether it uses it or
# not, and lets them link against it.
function(yos_loads_modules target)
    target_link_libraries(${target} PRIVATE yos::programs)
    set(libraries "")
    foreach(library IN ITEMS programs kernel tasks)
        list(APPEND libraries $<TARGET_FILE:yos::${library}>)
    endforeach()
    set_target_properties(${target} PROPERTIES ENABLE_EXPORTS ON)
    # Not by WHOLE_ARCHIVE of CMake's, which takes a library twice that is linked in two ways.
    list(JOIN libraries "," libraries)
    target_link_options(${target} PRIVATE
        "LINKER:--push-state,--whole-archive,${libraries},--pop-state")
endfunction()
