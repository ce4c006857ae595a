# The headers, which are what programs, modules and embedders see of yos, and what is made of them.

include(GNUInstallDirs)

# Every #include in yos names a file by its path from the top of the tree; installed, they keep it.
add_library(yos_headers INTERFACE)
add_library(yos::headers ALIAS yos_headers)
target_compile_features(yos_headers INTERFACE cxx_std_20)
target_include_directories(yos_headers INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/yos>)

# Those that are installed: not those of kernel/host/uring/, which only the kernel's own sources
# include, and with them a package.
file(GLOB YOS_HEADERS CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    tasks/*.h kernel/*.h kernel/*/*.h syscalls/*.h syscalls/detail/*.h programs/lib/*.h)

# A module goes with the one yos whose headers it was compiled with: what a header says of an object's
# layout is compiled into both. So all of them go into the mark of a module: see module.cpp.in.
set(YOS_MODULE_SOURCE ${PROJECT_BINARY_DIR}/module.cpp)
set(template ${PROJECT_SOURCE_DIR}/kernel/modules/module.cpp.in)
set(script ${PROJECT_SOURCE_DIR}/cmake/make_module_source.cmake)
list(TRANSFORM YOS_HEADERS PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE headers)
add_custom_command(
    OUTPUT ${YOS_MODULE_SOURCE}
    DEPENDS ${headers} ${template} ${script}
    COMMAND ${CMAKE_COMMAND} -D VERSION=${PROJECT_VERSION} -D "HEADERS=${headers}"
            -D TEMPLATE=${template} -D OUTPUT=${YOS_MODULE_SOURCE} -P ${script}
    COMMENT "Making the mark of modules"
    VERBATIM)
set_source_files_properties(${YOS_MODULE_SOURCE} PROPERTIES GENERATED ON)
add_custom_target(yos_module_source DEPENDS ${YOS_MODULE_SOURCE})

# What a module is compiled with: only headers, for all else is in the executable that loads it.
add_library(yos_module INTERFACE)
add_library(yos::module ALIAS yos_module)
add_dependencies(yos_module yos_module_source)
target_link_libraries(yos_module INTERFACE yos::headers fmt::fmt)
target_sources(yos_module INTERFACE
    $<BUILD_INTERFACE:${YOS_MODULE_SOURCE}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_DATADIR}/yos/module.cpp>)
# GCC marks what must exist but once in a process, and the host never unloads what has such a mark.
target_compile_options(yos_module INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
