#pragma once

// An oracle that tosses: equal seeds give equal runs, and other seeds others. It chooses among
// tasks and events; time passes only when nobody is ready, and nothing fails.

#include "kernel/doors/oracle.h"

#include <cstdint>
#include <random>

namespace yos {

class SeededOracle final : public Oracle {
public:
    explicit SeededOracle(std::uint64_t seed) : generator_(seed) {}

    std::size_t choose(Choice kind, const Candidates& candidates) override {
        const bool open = kind == Choice::next_task || kind == Choice::event_order;
        return open ? generator_() % candidates.size() : 0;
    }

    std::uint64_t random() override { return generator_(); }

private:
    std::mt19937_64 generator_;  // the standard fixes its sequence; that of its distributions not
};

}  // namespace yos
