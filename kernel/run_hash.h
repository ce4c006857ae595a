#pragma once

// One number for a whole run: every decision of the oracle, every trap with its arguments, every
// result. Two runs with the same seed on the virtual clock have the same hash; one that differs
// shows that something in the kernel hung on the host.

#include "kernel/observer.h"

#include <cstdint>
#include <sstream>
#include <string_view>

namespace yos {

class RunHash final : public Observer {
public:
    std::uint64_t value() const { return hash_; }

    void spawned(const Task& task) override;
    void trapped(const Task& task, const Trap& trap) override;
    void completed(const Task& task, const Trap& trap, Outcome outcome) override;
    void interrupted(const Task& task, const Trap& trap) override;
    void exited(const Task& task, const ExitStatus& status) override;
    void decided(Choice kind, std::size_t n, std::size_t answer) override;

private:
    template <class... Parts>
    void add(const Parts&... parts) {
        std::ostringstream line;
        ((line << parts << ' '), ...);
        mix(line.view());
    }
    void mix(std::string_view text);

    std::uint64_t hash_ = 14695981039346656037ULL;  // FNV-1a, 64 bits
};

}  // namespace yos
