#pragma once

// What programs that go through files have in common: each in turn, `-` or none for the standard
// input; one that cannot be read is complained of, and the next one's turn comes.

#include "programs/lib/line_blocks.h"
#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/open.h"

#include <string>
#include <system_error>
#include <vector>

namespace yos {

/// Complains of a file as in `cat: nosuch: No such file or directory`; evaluates to 1, the status
/// to end with.
Coroutine<int> complain(Invocation invocation, std::string file, std::error_code why);

/// Goes through a file; evaluates to why it could not be read to its end, if so. Throws
/// OutputFailed, which is no failure of the file.
Coroutine<std::error_code> failure_of(Coroutine<> reader);

/// Copies what `from` still has.
Coroutine<> copy(Fd from, Fd to);

enum class Complaints { printed, kept };

/// Calls co_await process(fd, file).
template <class Process>
Coroutine<> process_file(Fd in, std::string file, Process process) {
    if (file == "-") {
        co_return co_await process(in, file);
    }
    const Descriptor opened = co_yield Open{file};
    co_await process(opened.fd(), file);
}

/// Calls co_await process(fd, name) for each file; evaluates to the exit status. `process` is no
/// coroutine itself if it captures anything, but calls one.
template <class Process>
Coroutine<int> for_each_file(Invocation invocation,
                             std::vector<std::string> files,
                             Process process,
                             Complaints complaints = Complaints::printed) {
    if (files.empty()) {
        files.emplace_back("-");
    }
    int status = 0;
    for (const std::string& file : files) {
        const std::error_code why = co_await failure_of(process_file(invocation.in, file, process));
        if (why) {
            status = 1;
        }
        if (why && complaints == Complaints::printed) {
            co_await complain(invocation, file, why);
        }
    }
    co_return status;
}

/// The title above each of several files.
std::string title_of(const std::string& file, bool first);

/// Calls co_await process(fd, title) for each; the title is empty if there is one file, or if
/// `quiet`.
template <class Process>
Coroutine<int> for_each_titled_file(Invocation invocation,
                                    std::vector<std::string> files,
                                    bool quiet,
                                    Process process) {
    const bool titled = files.size() > 1 && !quiet;
    bool first = true;
    const auto process_titled = [&](Fd fd, const std::string& name) {
        std::string title;
        if (titled) {
            title = title_of(name, std::exchange(first, false));
        }
        return process(fd, std::move(title));
    };
    co_return co_await for_each_file(std::move(invocation), std::move(files), process_titled);
}

}  // namespace yos
