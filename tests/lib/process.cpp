#include "tests/lib/process.h"

#include "tests/lib/catch.h"

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yos {

Process::Process(std::vector<std::string> arguments, Through through) {
    int to_child[2];
    int from_child[2];
    if (through == Through::terminal) {
        winsize size{40, 120, 0, 0};
        pid_ = ::forkpty(&in_, nullptr, nullptr, &size);
        out_ = in_;
    } else {
        REQUIRE(::pipe(to_child) == 0);
        REQUIRE(::pipe(from_child) == 0);
        pid_ = ::fork();
    }
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
        if (through == Through::pipes) {
            ::dup2(to_child[0], STDIN_FILENO);
            ::dup2(from_child[1], STDOUT_FILENO);
            ::dup2(from_child[1], STDERR_FILENO);
            for (const int fd : {to_child[0], to_child[1], from_child[0], from_child[1]}) {
                ::close(fd);
            }
        }
        ::setenv("YOS_HISTORY", "", 0);  // a test's commands are nobody's history
        std::vector<char*> argv = {const_cast<char*>(YOS_BINARY)};
        for (std::string& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        ::execv(YOS_BINARY, argv.data());
        ::_exit(127);
    }
    if (through == Through::pipes) {
        ::close(to_child[0]);
        ::close(from_child[1]);
        in_ = to_child[1];
        out_ = from_child[0];
    }
}

Process::~Process() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    close_input();
    if (out_ != in_) {
        ::close(out_);
    }
}

void Process::type(const std::string& text) {
    REQUIRE(::write(in_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

void Process::signal(int number) {
    ::kill(pid_, number);
}

void Process::interrupt_until_it_ends() {
    constexpr int between_ms = 20;
    do {
        signal(SIGINT);
    } while (read_some(between_ms) != Reading::ended);
}

void Process::close_input() {
    if (in_ >= 0 && in_ != out_) {
        ::close(in_);
        in_ = -1;
    }
}

void Process::expect(const std::string& text) {
    for (;;) {
        const auto found = output_.find(text, seen_);
        if (found != std::string::npos) {
            seen_ = found + text.size();
            return;
        }
        if (!read_more()) {
            FAIL("\"" << text << "\" did not come; what came is:\n" << output_);
        }
    }
}

int Process::wait() {
    close_input();
    while (out_ >= 0 && read_more()) {
    }
    int status = 0;
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Process::resize(unsigned short rows, unsigned short columns) {
    const winsize size{rows, columns, 0, 0};
    REQUIRE(::ioctl(in_, TIOCSWINSZ, &size) == 0);
}

void Process::hang_up() {
    ::close(in_);
    in_ = out_ = -1;
}

Process::Reading Process::read_some(int patience_ms) {
    pollfd asked{out_, POLLIN, 0};
    if (::poll(&asked, 1, patience_ms) <= 0) {
        return Reading::nothing_yet;
    }
    char chunk[4096];
    const ssize_t got = ::read(out_, chunk, sizeof chunk);
    if (got <= 0) {
        return Reading::ended;
    }
    output_.append(chunk, static_cast<std::size_t>(got));
    return Reading::more;
}

}  // namespace yos
