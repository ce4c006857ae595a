#include "programs/shell/redirect.h"

#include "programs/lib/print.h"
#include "programs/shell/expand.h"
#include "programs/shell/shell.h"
#include "syscalls/answer_of.h"
#include "syscalls/new_task.h"
#include "syscalls/open.h"
#include "syscalls/pipe.h"

#include <fcntl.h>

namespace yos::shell {
namespace {

int flags_of(Redirection::Kind kind) {
    switch (kind) {
        case Redirection::Kind::write:
            return O_WRONLY | O_CREAT | O_TRUNC;
        case Redirection::Kind::append:
            return O_WRONLY | O_CREAT | O_APPEND;
        case Redirection::Kind::read_write:
            return O_RDWR | O_CREAT;
        default:
            return O_RDONLY;
    }
}

/// Feeds a here-document to who reads it. That he stops early is his affair.
Coroutine<> feed(Stream stream, std::string text) {
    co_await answer_of(write_all(stream.fd, std::move(text)));
}

/// The text as a stream to read.
Coroutine<Stream> open_text(std::string text) {
    PipeEnds pipe = co_yield Pipe{};
    Main feeder = feed(Stream::owning(std::move(pipe.writer)), std::move(text));
    co_yield NewTask{std::move(feeder), "here-document"};
    co_return Stream::owning(std::move(pipe.reader));
}

Coroutine<Stream> open(State& state, const Redirection& redirection, std::string target) {
    if (redirection.kind == Redirection::Kind::here_document) {
        co_return co_await open_text(std::move(target));
    }
    if (redirection.kind != Redirection::Kind::duplicate) {
        const int flags = flags_of(redirection.kind);
        Descriptor opened = co_yield Open{std::move(target), flags};
        co_return Stream::owning(std::move(opened));
    }
    if (target == "-") {
        co_return Stream();  // no descriptor at all
    }
    if (target != "0" && target != "1" && target != "2") {
        throw std::system_error(std::make_error_code(std::errc::bad_file_descriptor));
    }
    co_return state.streams[static_cast<std::size_t>(target.front() - '0')];
}

}  // namespace

Coroutine<bool> redirect(Shell& shell, const std::vector<Redirection>& redirections) {
    State& state = shell.state();
    for (const Redirection& each : redirections) {
        std::string target;
        if (each.kind == Redirection::Kind::here_document) {
            target = co_await expand_to_text(shell, *each.text);
        } else {
            target = co_await expand_to_text(shell, each.target);
        }
        if (state.flow != Flow::next) {
            co_return false;
        }
        auto opened = co_await answer_of(open(state, each, target));
        if (!opened) {
            state.status = 1;
            co_await print(state.err(), "sh: {}: {}\n", target, opened.error().message());
            co_return false;
        }
        state.streams[each.descriptor] = *std::move(opened);
    }
    co_return true;
}

}  // namespace yos::shell
