#include "kernel/kernel.h"

#include "kernel/host/borrowed_stream.h"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace yos {

Kernel::Kernel(Options options)
    : quantum_(std::clamp(options.quantum, 1U, limits::longest_quantum)),
      max_tasks_(options.max_tasks),
      log_(options.log),
      clock_(options.virtual_time),
      oracle_(options.seed),
      world_(options.io, options.root, log_) {
    attend();
    if (options.accounting) {
        always_accounting_.emplace(accounting_);
    }
    start_io_task();
    if (options.standard_streams) {
        const char* names[] = {"standard input", "standard output", "standard error"};
        for (int number = 0; number < 3; ++number) {
            standard_streams_[static_cast<std::size_t>(number)] =
                descriptors_.open(std::make_shared<BorrowedStream>(
                    *world_.poller, number, names[number], options.virtual_time, world_.terminal));
        }
    }
    if (options.take_signals) {
        world_.signals.claim(SIGINT);
        world_.signals.claim(SIGTERM);
        if (!Signals::is_ignored(SIGHUP)) {  // as nohup has it
            world_.signals.claim(SIGHUP);
        }
    }
}

Kernel::~Kernel() {
    end_all(kernel_tid);
    tasks_.for_each([&](Task& task) { forget(task); });
}

void Kernel::stop(int signal) noexcept {
    stopping_ = true;
    stop_signal_ = signal;
    until_look_ = until_poll_ = 1;  // the dispatch loop looks at this when it would poll
}

void Kernel::attach(Observer& observer) {
    observers_.attach(observer);
    attend();
}

std::size_t Kernel::choose(Choice kind, std::size_t n) {
    const std::size_t answer = oracle_.choose(kind, n);
    tell(&Observer::decided, kind, n, answer);
    return answer;
}

}  // namespace yos
