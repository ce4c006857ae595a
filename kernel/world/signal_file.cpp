#include "kernel/world/signal_file.h"

#include "kernel/world/signals.h"

namespace yos {

SignalFile::SignalFile(Signals& source, std::set<int> signals, Tid task, Tid job)
    : File(source.waker()), source_(source), signals_(std::move(signals)), task_(task), job_(job) {
    source_.add(*this);
}

SignalFile::~SignalFile() {
    source_.remove(*this);
}

void SignalFile::arrive(int signal) {
    arrived_.push_back(static_cast<char>(signal));
    readers.wake_in_turn();
}

IoResult SignalFile::read(std::span<char> buffer) {
    const std::size_t got = arrived_.copy(buffer.data(), buffer.size());
    arrived_.erase(0, got);
    return got > 0 ? IoResult{got} : IoResult::would_block();
}

}  // namespace yos
