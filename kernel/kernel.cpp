#include "kernel/kernel.h"

#include <algorithm>
#include <utility>

namespace yos {

Kernel::Kernel(Options options)
    : quantum_(std::clamp(options.quantum, 1U, limits::longest_quantum)),
      max_tasks_(options.max_tasks),
      log_(options.log),
      turn_quantum_(quantum_),
      world_(
          options.world({.virtual_time = options.virtual_time,
                         .take_signals = options.take_signals,
                         .standard_streams = options.standard_streams,
                         .root = options.root,
                         .io = options.io,
                         .choose = [this](Choice kind,
                                          const Candidates& from) { return choose(kind, from); }},
                        log_),
          options.tape) {
    if (options.seed) {
        oracle_ = &seeded_.emplace(*options.seed);
    }
    attend();
    if (options.accounting) {
        always_accounting_.emplace(accounting_);
    }
    start_io_task();
    std::vector<std::shared_ptr<File>> streams = std::move(world_.standard_streams);
    for (std::size_t number = 0; number < streams.size(); ++number) {
        standard_streams_.at(number) = descriptors_.open(std::move(streams[number]));
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

}  // namespace yos
