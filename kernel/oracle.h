#pragma once

// Everything uncertain in a run is decided here: which ready task goes next, in which order events
// of one poll are delivered, what Random answers. Given a seed, all of it follows from the seed,
// and a run repeats itself.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>

namespace yos {

enum class Choice : std::uint8_t { next_task, poll_order };

class Oracle {
public:
    /// Without a seed the first is chosen always: the oldest task, the host's order of events.
    explicit Oracle(std::optional<std::uint64_t> seed);

    bool seeded() const { return seeded_; }

    /// One of n possibilities, 0 to n - 1. In Debug throws std::logic_error when there are none.
    std::size_t choose(Choice kind, std::size_t n);

    /// 64 random bits, from the seed, or from the host's entropy where there is none.
    std::uint64_t random() { return generator_(); }

private:
    std::mt19937_64 generator_;  // the standard fixes its sequence; that of its distributions not
    bool seeded_;
};

}  // namespace yos
