# cmake -D MANUAL=TOOL -D BUILD=DIRECTORY -P reference_test.cmake, at the top of the tree
#
# Succeeds only if syscalls/REFERENCE.md is what the headers say now.

cmake_minimum_required(VERSION 3.25)

file(GLOB headers RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} syscalls/*.h syscalls/detail/*.h)
execute_process(
    COMMAND ${MANUAL} --reference ${BUILD}/REFERENCE.md ${headers}
    COMMAND_ERROR_IS_FATAL ANY)
file(READ ${BUILD}/REFERENCE.md expected)
file(READ syscalls/REFERENCE.md actual)
if(NOT actual STREQUAL expected)
    message(FATAL_ERROR "syscalls/REFERENCE.md is not what the headers in syscalls/ say now. "
                        "Renew it, and commit it: cmake --build ${BUILD} --target reference")
endif()
