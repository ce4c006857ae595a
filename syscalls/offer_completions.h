#pragma once

#include "kernel/system_call.h"
#include "kernel/terminal/terminal.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/terminal_message.h"

namespace yos {

/// Answers what AwaitCompletion has told. The words may stand from a byte of the line up to the
/// cursor; what they have in common is put in. Never blocks. EBADF: not open. ENOTTY: no terminal
/// of the kernel's.
class OfferCompletions : public SystemCall<> {
public:
    explicit OfferCompletions(Fd terminal, Completions completions)
        : terminal_(terminal), completions_(std::move(completions)) {}

    Outcome handle(Kernel& kernel, Task& /*self*/) override {
        const auto terminal = kernel.descriptors().find<Terminal>(
            terminal_, std::errc::inappropriate_io_control_operation);
        if (!terminal) {
            return fail(terminal.error());
        }
        terminal->offer(completions_);
        return complete();
    }

    void print_arguments(std::ostream& out) const override {
        out << terminal_ << ", " << completions_.words.size() << " words";
    }

private:
    Fd terminal_;
    Completions completions_;
};

}  // namespace yos
