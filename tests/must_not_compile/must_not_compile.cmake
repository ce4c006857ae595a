# cmake -D "COMPILE=COMPILER;FLAG;..." -D SOURCE=FILE -P must_not_compile.cmake
#
# Succeeds only if the compiler rejects FILE, and for the reason given in its first line, which is
#     // expect: REGEX
# where REGEX, of CMake's kind, must match somewhere in what the compiler says.

cmake_minimum_required(VERSION 3.25)

file(READ "${SOURCE}" text)
if(NOT text MATCHES "^// expect: ([^\n]+)")
    message(FATAL_ERROR "The first line of ${SOURCE} is not of the form: // expect: REGEX")
endif()
set(expected "${CMAKE_MATCH_1}")

# The messages in English and with plain quotes, whatever the user's language.
set(ENV{LC_ALL} C)
execute_process(
    COMMAND ${COMPILE} -fsyntax-only "${SOURCE}"
    RESULT_VARIABLE status
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)

if(status EQUAL 0)
    message(FATAL_ERROR "The compiler accepts ${SOURCE}")
endif()
if(NOT output MATCHES "${expected}")
    message(FATAL_ERROR "The compiler rejects ${SOURCE}, but says nothing that matches "
                        "\"${expected}\":\n${output}")
endif()
