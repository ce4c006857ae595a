#pragma once

#include "kernel/system_call.h"
#include "kernel/terminal/terminal.h"
#include "kernel/uapi/fd.h"
#include "kernel/uapi/terminal_message.h"

namespace yos {

/// Waits for the person at a terminal to press Tab. Blocks until then, and evaluates to the line so
/// far, which is to be completed; woken by the terminal. Answer with OfferCompletions. EBADF:
/// not open. ENOTTY: no terminal of the kernel's. EIO: it was hung up.
class AwaitCompletion : public SystemCall<CompletionRequest> {
public:
    explicit AwaitCompletion(Fd terminal) : terminal_(terminal) {}

    Outcome handle(Kernel& kernel, Task& self) override {
        const auto terminal = kernel.descriptors().find<Terminal>(
            terminal_, std::errc::inappropriate_io_control_operation);
        if (!terminal) {
            return fail(terminal.error());
        }
        if (terminal->hung_up()) {
            return fail(std::errc::io_error);
        }
        if (std::optional<CompletionRequest> request = terminal->take_request()) {
            return complete(*std::move(request));
        }
        return block_on(self, terminal->completers);
    }

    void print_arguments(std::ostream& out) const override { out << terminal_; }

private:
    Fd terminal_;
};

}  // namespace yos
