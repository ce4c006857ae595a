#pragma once

// An event loop as there were before coroutines: whoever wants to read or write says what to do
// then, and returns. The loop waits for all of them in one place, and calls them back.

#include "programs/lib/socket.h"
#include "syscalls/poll.h"

#include <functional>
#include <map>
#include <string>

namespace yos::fetch {

class Loop {
public:
    using OnRead = std::function<void(std::string)>;
    using OnWritten = std::function<void()>;

    /// Calls `then` with what there was to read: with nothing at the end of the file. Throws
    /// std::logic_error when somebody waits for that already.
    void read(Fd fd, OnRead then);

    /// Writes all of `bytes`, and calls `then`. Throws std::logic_error when somebody writes there.
    void write(Fd fd, std::string bytes, OnWritten then);

    /// Until nobody waits for anything. Throws what a callback throws, and as Read and Write do.
    Coroutine<> run();

private:
    struct Writing {
        std::string bytes;
        OnWritten then;
    };

    Coroutine<> go_on(Interest ready);

    std::map<Fd, OnRead> readers_;
    std::map<Fd, Writing> writers_;
};

}  // namespace yos::fetch
