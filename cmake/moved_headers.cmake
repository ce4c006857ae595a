# Up to version 0.4, headers lay elsewhere. Whoever includes an installed one by its old path gets it
# all the same, and hears where it is now; what is no longer installed says so.

set(old_headers ${PROJECT_BINARY_DIR}/old_headers)

function(write_old_header old text)
    file(CONFIGURE OUTPUT ${old_headers}/${old} CONTENT "#pragma once\n${text}\n")
endfunction()

# moved(FROM TO NAME...)
function(moved from to)
    foreach(name IN LISTS ARGN)
        write_old_header(${from}/${name}.h
            "#pragma message(\"${from}/${name}.h is ${to}/${name}.h now\")\n#include \"${to}/${name}.h\"")
    endforeach()
endfunction()

# gone(FROM NAME...)
function(gone from)
    foreach(name IN LISTS ARGN)
        write_old_header(${from}/${name}.h
            "#error \"${from}/${name}.h is no longer installed: it belongs to one program of yos\"")
    endforeach()
endfunction()

moved(kernel kernel/files descriptor_table file pipe working_directory)
moved(kernel kernel/host borrowed_stream function_job host_call host_file host_process host_sockets
    host_stream host_tree poller signal_file signals terminal_rescue thread_pool)
moved(kernel kernel/log kernel_log)
moved(kernel kernel/modules modules)
moved(kernel kernel/sync barrier channel condition event mutex queue_orders ring semaphore)
moved(kernel kernel/terminal terminal)
moved(kernel kernel/time deadline timers)
moved(kernel kernel/uapi keys_use module task_group task_snapshot terminal_message)
moved(syscalls syscalls/detail await_notification keep_result relock run_race set_deadline)
moved(tests tests/lib catch machine run_program testing)
gone(kernel recycled_bytes session_socket)
gone(programs/lib long_listing part posix_pattern sort_order task_list telnet_lines written_number)

# What was in one is in two.
write_old_header(kernel/time.h
    "#pragma message(\"kernel/time.h is kernel/uapi/time.h and kernel/time/clock.h now\")
#include \"kernel/time/clock.h\"")

install(DIRECTORY ${old_headers}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yos)
