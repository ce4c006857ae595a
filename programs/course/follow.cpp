// The course's tail -f: a source of lines that never ends, for a pipeline to be put behind it. It
// is asked for the next line like a generator, but has to wait for it; so it is a subroutine that
// traps, and everybody else runs meanwhile.

#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "syscalls/open.h"
#include "syscalls/read.h"
#include "syscalls/sleep.h"

#include <chrono>

namespace yos {
namespace {

class Follower {
public:
    Follower(Descriptor file, Duration every) : file_(std::move(file)), every_(every) {}

    /// Goes to where the file ends now.
    Coroutine<> skip_to_end() {
        while (const std::size_t got = co_yield Read{file_, chunk_}) {
            text_.assign(chunk_, 0, got);
        }
        text_.erase(0, text_.rfind('\n') + 1);  // a line that is being written
    }

    /// The next line, with its newline.
    Coroutine<std::string> next() {
        for (;;) {
            if (const auto newline = text_.find('\n'); newline != std::string::npos) {
                std::string line = text_.substr(0, newline + 1);
                text_.erase(0, newline + 1);
                co_return line;
            }
            const std::size_t got = co_yield Read{file_, chunk_};
            text_.append(chunk_, 0, got);
            if (got == 0) {
                co_yield Sleep{every_};
            }
        }
    }

private:
    Descriptor file_;
    Duration every_;
    std::string chunk_ = std::string(4096, '\0');
    std::string text_;  // read, but not yet given out
};

Coroutine<int> follow(Invocation invocation) {
    std::string name;
    bool from_start = false;
    Number every{.value = 100, .least = 1, .most = 86'400'000};
    Options options(invocation);
    options.required("FILE", name, "a file that somebody else writes to");
    options.flag("--from-start", from_start, "print what it has already, too");
    options.option("--every", "MS", every, "milliseconds between two looks (100)");
    options.example("logsim access.log & follow access.log | pipeline python");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    Descriptor file = co_yield Open{name};
    Follower lines(std::move(file), std::chrono::milliseconds(every.value));
    if (!from_start) {
        co_await lines.skip_to_end();
    }
    for (;;) {
        co_await write_all(invocation.out, co_await lines.next());
    }
}

const Program program("follow", "print the lines that come to a file, for ever", follow);

}  // namespace
}  // namespace yos
