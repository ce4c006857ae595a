# yos_add_manual(TARGET [ROOT DIRECTORY] HEADER...)
#
# Gives TARGET the pages of the manual about the system calls in these headers: `man CALL` shows
# them in whatever TARGET is a part of. A page names its header by the path from ROOT, which is the
# top of the project unless given: the path by which programs include it.
#
# TARGET is an executable, a module or an object library: from a static library the linker would
# take only what is referred to, and nothing refers to a page.
function(yos_add_manual target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" ROOT "")
    if(NOT arg_ROOT)
        set(arg_ROOT ${PROJECT_SOURCE_DIR})
    endif()
    cmake_path(ABSOLUTE_PATH arg_ROOT)
    set(headers "")
    set(files "")
    foreach(header IN LISTS arg_UNPARSED_ARGUMENTS)
        cmake_path(ABSOLUTE_PATH header)
        list(APPEND files ${header})
        cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${arg_ROOT})
        list(APPEND headers ${header})
    endforeach()

    set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}_manual.cpp)
    add_custom_command(OUTPUT ${source}
        COMMAND yos::manual --source ${source} ${headers}
        WORKING_DIRECTORY ${arg_ROOT}
        DEPENDS yos::manual ${files}
        COMMENT "Writing the manual of ${target}"
        VERBATIM)
    target_sources(${target} PRIVATE ${source})
endfunction()
