#pragma once

// Signals of the host, to be read: see OpenSignals.

#include "kernel/files/file.h"
#include "kernel/host/signals.h"

#include <string>

namespace yos {

class SignalFile final : public File, public SignalListener {
public:
    explicit SignalFile(std::set<int> signals)
        : File(WaitQueue::Waker::outside), SignalListener(std::move(signals)) {}

    IoResult read(std::span<char> buffer) override {
        const std::size_t got = arrived_.copy(buffer.data(), buffer.size());
        arrived_.erase(0, got);
        return got > 0 ? IoResult{got} : IoResult::would_block();
    }

    IoResult poll_readable() override {
        return arrived_.empty() ? IoResult::would_block() : IoResult{};
    }

    std::string describe() const override { return "signals"; }

protected:
    bool arrive(int signal) override {
        arrived_.push_back(static_cast<char>(signal));
        readers.wake_in_turn();
        return true;
    }

private:
    std::string arrived_;
};

}  // namespace yos
