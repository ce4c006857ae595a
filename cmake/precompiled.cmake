# yos_precompile(TARGET HEADER...)
#
# Compiles what nearly every source of TARGET includes, by its path from the top of the tree, once
# for all of them. Sources include what they need all the same: the preset clang-release precompiles
# none of it, and finds what is missing.
function(yos_precompile target)
    if(YOS_PRECOMPILE)
        list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/)
        target_precompile_headers(${target} PRIVATE ${ARGN})
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            # GCC keeps its false alarms about the standard library to itself, but not when that is
            # precompiled.
            target_compile_options(${target} PRIVATE
                -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
        endif()
    endif()
endfunction()
