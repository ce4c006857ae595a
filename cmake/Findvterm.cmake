include(${CMAKE_CURRENT_LIST_DIR}/plain_library.cmake)
yos_find_plain_library(vterm vterm.h)
