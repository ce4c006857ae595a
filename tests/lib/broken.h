#pragma once

// What is said to a caller who does not keep to what a function requires of him.

#include "tasks/contract.h"
#include "tests/lib/catch.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace yos {

/// The std::logic_error that `attempt` ends with; "nothing" when it does not.
template <class Attempt>
std::string said_to(Attempt attempt) {
    try {
        attempt();
    } catch (const std::logic_error& mistake) {
        return mistake.what();
    }
    return "nothing";
}

/// All that a process prints to its standard error that does `attempt`, and aborts; "nothing" when
/// it does not abort. For what is required where nothing can be thrown, in Debug.
template <class Attempt>
std::string last_words_after(Attempt attempt) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        ::signal(SIGABRT, SIG_DFL);
        attempt();
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string words;
    char piece[4096];
    while (const ssize_t got = ::read(ends[0], piece, sizeof piece)) {
        words.append(piece, static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : "nothing";
}

}  // namespace yos
