# cmake -D README=FILE -D NAME=NAME -D OUTPUT=DIRECTORY -P extract_readme.cmake
#
# Writes every block of README, which messages call NAME, that opens with a line of the form
#     ```cpp file=PATH
# to DIRECTORY/PATH, and removes from DIRECTORY what README no longer has. A file that would not
# change is not written again, so that it is not compiled again.
#
# The text is only ever cut by position: as a CMake list it would be split at semicolons, and
# brackets would hide some of them.

cmake_minimum_required(VERSION 3.25)

set(text "")
if(EXISTS "${README}")
    file(READ "${README}" text)
endif()
string(PREPEND text "\n")

set(opening "\n```cpp file=")
set(closing "\n```")
set(paths "")

string(FIND "${text}" "${opening}" start)
while(NOT start EQUAL -1)
    string(LENGTH "${opening}" length)
    math(EXPR start "${start} + ${length}")
    string(SUBSTRING "${text}" ${start} -1 text)

    # The text now starts with PATH and the end of its line, which begins the block's contents.
    string(FIND "${text}" "\n" end_of_path)
    string(FIND "${text}" "${closing}" end_of_block)
    if(end_of_block EQUAL -1)
        message(FATAL_ERROR "${NAME}: the last ```cpp block has no end")
    endif()
    string(SUBSTRING "${text}" 0 ${end_of_path} path)
    if(NOT path MATCHES "^[a-z0-9_]+(/[a-z0-9_]+)*\\.(cpp|h)$")
        message(FATAL_ERROR "${NAME}: \"${path}\" is not the path of a source file")
    endif()
    if(path IN_LIST paths)
        message(FATAL_ERROR "${NAME}: there are two blocks for ${path}")
    endif()
    list(APPEND paths ${path})

    math(EXPR length "${end_of_block} - ${end_of_path}")
    string(SUBSTRING "${text}" ${end_of_path} ${length} contents)
    string(SUBSTRING "${text}" ${end_of_block} -1 text)

    # The contents begin with a line's end: the comment makes that line the file's first.
    set(contents "// From ${NAME}${contents}\n")
    set(old "")
    if(EXISTS "${OUTPUT}/${path}")
        file(READ "${OUTPUT}/${path}" old)
    endif()
    if(NOT contents STREQUAL old)
        file(WRITE "${OUTPUT}/${path}" "${contents}")
    endif()

    string(FIND "${text}" "${opening}" start)
endwhile()

file(GLOB_RECURSE present RELATIVE "${OUTPUT}" "${OUTPUT}/*")
foreach(path IN LISTS present)
    if(NOT path IN_LIST paths)
        file(REMOVE "${OUTPUT}/${path}")
    endif()
endforeach()
