# Headers lay elsewhere before. Whoever includes an installed one by its old path gets it
# all the same, and hears where it is now; what is no longer installed says so.

set(old_headers ${PROJECT_BINARY_DIR}/old_headers)
file(REMOVE_RECURSE ${old_headers})

function(write_old_header old text)
    if(EXISTS ${PROJECT_SOURCE_DIR}/${old})
        message(FATAL_ERROR "${old} is there again: cmake/moved_headers.cmake must not write it")
    endif()
    file(CONFIGURE OUTPUT ${old_headers}/${old} CONTENT "#pragma once\n${text}\n")
endfunction()

# moved(FROM TO NAME...)
function(moved from to)
    foreach(name IN LISTS ARGN)
        write_old_header(${from}/${name}.h
            "#pragma message(\"${from}/${name}.h is ${to}/${name}.h now\")\n#include \"${to}/${name}.h\"")
    endforeach()
endfunction()

# gone(WHY FROM NAME...)
function(gone why from)
    foreach(name IN LISTS ARGN)
        write_old_header(${from}/${name}.h
            "#error \"${from}/${name}.h is no longer installed: it is a part of ${why}\"")
    endforeach()
endfunction()

moved(kernel kernel/files descriptor_table file foreground pipe working_directory)
moved(kernel kernel/doors observer observers run_hash)
moved(kernel kernel/host borrowed_stream host_call host_file host_process host_sockets host_stream
    host_tree terminal_rescue thread_pool)
moved(kernel kernel/log kernel_log)
moved(kernel kernel/sync barrier channel condition event mutex queue_orders ring semaphore)
moved(kernel kernel/terminal terminal)
moved(kernel kernel/time deadline timers)
moved(kernel kernel/uapi keys_use module print_value task_group terminal_message)
moved(kernel kernel/world function_job poller signal_file signals)
moved(kernel/host kernel/world function_job poller signal_file signals world)
moved(syscalls syscalls/detail await_notification keep_result relock run_race set_deadline)
moved(tests tests/lib catch)
gone("the kernel's io_uring" kernel recycled_bytes)
gone("the executable yos" kernel session_socket)
gone("one program of yos" programs/lib
    long_listing part posix_pattern sort_order task_list telnet_lines written_number)

# What was in one is in two, or takes more than the header now.
write_old_header(kernel/time.h
    "#pragma message(\"kernel/time.h is kernel/uapi/time.h and kernel/time/clock.h now\")
#include \"kernel/time/clock.h\"")
write_old_header(kernel/task_snapshot.h
    "#pragma message(\"kernel/task_snapshot.h is kernel/uapi/task_snapshot.h now, and snapshot_of is in kernel/snapshot.h\")
#include \"kernel/snapshot.h\"")
write_old_header(kernel/modules.h
    "#pragma message(\"kernel/modules.h is kernel/modules/modules.h now, and users_of is in kernel/module_users.h\")
#include \"kernel/module_users.h\"
#include \"kernel/modules/modules.h\"")
write_old_header(kernel/oracle.h
    "#pragma message(\"kernel/oracle.h is kernel/doors/oracle.h now, and what a seed makes is in kernel/doors/seeded_oracle.h\")
#include \"kernel/doors/seeded_oracle.h\"")
write_old_header(tasks/scheduler.h
    "#pragma message(\"tasks/scheduler.h is tasks/upcalls.h now, and its class Upcalls\")
#include \"tasks/upcalls.h\"")
write_old_header(syscalls/signal_wait.h
    "#error \"syscalls/signal_wait.h is no longer installed: OpenSignals opens a descriptor to read signals from\"")
foreach(name IN ITEMS machine run_program testing)
    write_old_header(tests/${name}.h
        "#pragma message(\"tests/${name}.h is tests/lib/${name}.h now; who does not use yos_add_test compiles the sources that it names\")
#include \"tests/lib/${name}.h\"")
endforeach()

install(DIRECTORY ${old_headers}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yos)
