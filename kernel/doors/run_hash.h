#pragma once

// One number for a whole run: every decision of the oracle, every trap with its arguments, every
// result, the bytes that were read and written, and who was woken by whom. Two runs with the same
// seed in a simulated world have the same hash; one that differs shows that something in it hung on
// the host. It is made of what the calls print of themselves, but with numbers as they are in
// memory, and all bytes of what people see the beginning of: so it costs little to be left on.

#include "kernel/doors/observer.h"

#include <array>
#include <cstdint>
#include <ostream>
#include <streambuf>
#include <string_view>
#include <type_traits>

namespace yos {

/// Makes a number of all that goes through it.
class DigestBuffer final : public std::streambuf {
public:
    DigestBuffer() { begin_record(); }

    /// Numbers as they are in memory.
    template <class Number>
    void put(Number number) {
        static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
        xsputn(reinterpret_cast<const char*>(&number), sizeof number);
    }

    /// Sets apart what has come from what will.
    void end_record();

    /// Of all records.
    std::uint64_t value() const { return hash_; }

private:
    void begin_record() { setp(pending_.data(), pending_.data() + pending_.size()); }
    void mix(std::string_view bytes);
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* bytes, std::streamsize count) override;

    std::array<char, 256> pending_;
    std::uint64_t hash_ = 0;
};

class RunHash final : public Observer {
public:
    RunHash();

    std::uint64_t value() const { return digest_.value(); }

    void spawned(const Task& task) override;
    void trapped(const Task& task, const Trap& trap) override;
    void completed(const Task& task, const Trap& trap, Outcome outcome) override;
    void woken(const Task& task, Tid by) override;
    void interrupted(const Task& task, const Trap& trap) override;
    void exited(const Task& task, const ExitStatus& status) override;
    void decided(Choice kind, std::size_t n, std::size_t answer) override;

private:
    template <class... Numbers>
    void begin(char what, Numbers... numbers) {
        digest_.put(what);
        (digest_.put(numbers), ...);
    }

    DigestBuffer digest_;
    std::ostream out_{&digest_};
};

}  // namespace yos
