#pragma once

// Lies at the doors between the kernel and the world outside, and writes down what comes in: each
// answer that the kernel is given, in the order in which it asks. Who gives a kernel the same
// answers in the same order gets the same run, without what had answered: so a tape can be played,
// too. A tape knows nothing of what the answers mean; through(), below, makes bytes of them and
// back.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace yos {

/// What was asked.
enum class Door : std::uint8_t {
    arrivals,   ///< what has come in, with the time: once a turn of the I/O task
    now,        ///< the kernel's clock, by a task that wants to know
    wall,       ///< the time of day
    zone,       ///< what time of day that is here
    processor,  ///< the processor time used
    entropy,    ///< random bits
};

class Tape {
public:
    virtual ~Tape() = default;

    /// Does it give the answers? Else it takes them down.
    virtual bool plays() const = 0;

    /// Takes down what was answered at that door.
    virtual void put(Door door, std::string_view answer) = 0;

    /// Gives the next answer, which is of that door. Throws when it is of another, or there is
    /// none: the run has gone another way than the one that was taken down.
    virtual std::string take(Door door) = 0;
};

/// A tape, or none; keeps what it throws: whoever has asked may catch that, and the run is wrong
/// all the same.
class TapeGuard final : public Tape {
public:
    explicit TapeGuard(Tape* tape) : tape_(tape) {}

    /// Null for none.
    Tape* get() { return tape_ != nullptr ? this : nullptr; }
    const Tape* get() const { return tape_; }

    bool plays() const override { return tape_->plays(); }
    void put(Door door, std::string_view answer) override;
    std::string take(Door door) override;

    std::exception_ptr failure;  ///< null: none until now

private:
    Tape* const tape_;
};

/// Writes values one behind the other as bytes, and reads them again in the same order.
class AnswerWriter {
public:
    template <class T>
    AnswerWriter& operator<<(const T& value) {
        static_assert(
            std::has_unique_object_representations_v<T>,
            "an answer is made of plain values, without gaps: equal ones are equal bytes");
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }

    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

class AnswerReader {
public:
    explicit AnswerReader(std::string bytes) : bytes_(std::move(bytes)) {}

    /// Throws std::system_error with EBADMSG when there is not so much.
    template <class T>
    AnswerReader& operator>>(T& value) {
        static_assert(std::is_trivially_copyable_v<T>, "an answer is made of plain values");
        take(&value, sizeof value);
        return *this;
    }

private:
    void take(void* value, std::size_t size);

    std::string bytes_;
    std::size_t read_ = 0;
};

/// What `ask` answers, taken down if there is a tape; what the tape has instead, if that plays.
template <class Ask>
auto through(Tape* tape, Door door, Ask&& ask) {
    using Answer = std::invoke_result_t<Ask>;
    if (tape == nullptr) {
        return ask();
    }
    if (tape->plays()) {
        Answer answer{};
        AnswerReader(tape->take(door)) >> answer;
        return answer;
    }
    const Answer answer = ask();
    tape->put(door, (AnswerWriter() << answer).bytes());
    return answer;
}

}  // namespace yos
