// The part of the interpreter that opens files for < > >> <> >& and <<.

#include "programs/lib/print.h"
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

}  // namespace

/// From left to right. False when one has failed, and that was said.
Coroutine<bool> Shell::redirect(const std::vector<Redirection>& redirections) {
    for (const Redirection& each : redirections) {
        std::string target;
        if (each.kind == Redirection::Kind::here_document) {
            target = co_await expand_to_text(*each.text);
        } else {
            target = co_await expand_to_text(each.target);
        }
        if (flow_ != Flow::next) {
            co_return false;
        }
        auto opened = co_await answer_of(open(each, target));
        if (!opened) {
            state_.status = 1;
            co_await print(err(), "sh: {}: {}\n", target, opened.error().message());
            co_return false;
        }
        state_.streams[each.descriptor] = *std::move(opened);
    }
    co_return true;
}

Coroutine<Stream> Shell::open(const Redirection& redirection, std::string target) {
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
    co_return state_.streams[static_cast<std::size_t>(target.front() - '0')];
}

/// The text as a stream to read.
Coroutine<Stream> Shell::open_text(std::string text) {
    PipeEnds pipe = co_yield Pipe{};
    Main feeder = feed(Stream::owning(std::move(pipe.writer)), std::move(text));
    co_yield NewTask{std::move(feeder), "here-document"};
    co_return Stream::owning(std::move(pipe.reader));
}

}  // namespace yos::shell
