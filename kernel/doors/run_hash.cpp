#include "kernel/doors/run_hash.h"

#include "kernel/uapi/print_value.h"

#include <cstring>
#include <locale>
#include <typeinfo>

namespace yos {
namespace {

/// Puts numbers as they are in memory, and leaves out addresses, which are others in each run.
class BinaryNumbers final : public std::num_put<char> {
private:
    template <class Number>
    static iter_type put_bytes(iter_type out, Number number) {
        std::array<char, sizeof number> bytes;
        std::memcpy(bytes.data(), &number, sizeof number);
        for (const char byte : bytes) {
            *out++ = byte;
        }
        return out;
    }

    iter_type do_put(iter_type out, std::ios_base&, char, bool value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, long value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, unsigned long value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, long long value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, unsigned long long value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, double value) const override {
        return put_bytes(out, value);
    }
    iter_type do_put(iter_type out, std::ios_base&, char, const void* /*value*/) const override {
        return out;
    }
};

}  // namespace

void DigestBuffer::end_record() {
    if (pptr() != pbase()) {
        mix({pbase(), static_cast<std::size_t>(pptr() - pbase())});
        begin_record();
    }
}

/// Eight bytes at a time. The multiplier is odd and without a pattern in its bits (2^64 divided by
/// the golden ratio): each bit of the bytes reaches the upper half, and the shift brings it down.
void DigestBuffer::mix(std::string_view bytes) {
    const auto mix_word = [this](std::uint64_t word) {
        hash_ = (hash_ ^ word) * 0x9e3779b97f4a7c15ULL;
        hash_ ^= hash_ >> 32U;
    };
    mix_word(bytes.size());
    for (std::uint64_t word = 0; !bytes.empty(); word = 0) {
        const std::size_t taken = bytes.copy(reinterpret_cast<char*>(&word), sizeof word);
        mix_word(word);
        bytes.remove_prefix(taken);
    }
}

DigestBuffer::int_type DigestBuffer::overflow(int_type c) {
    end_record();
    return traits_type::eq_int_type(c, traits_type::eof()) ? traits_type::not_eof(c)
                                                           : sputc(traits_type::to_char_type(c));
}

std::streamsize DigestBuffer::xsputn(const char* bytes, std::streamsize count) {
    if (count > epptr() - pptr()) {
        end_record();
    }
    const auto size = static_cast<std::size_t>(count);
    if (count > epptr() - pptr()) {
        mix({bytes, size});
    } else {
        std::memcpy(pptr(), bytes, size);
        pbump(static_cast<int>(count));
    }
    return count;
}

RunHash::RunHash() {
    static const std::locale binary(std::locale::classic(), new BinaryNumbers);
    out_.imbue(binary);
    print_all_of(out_);
}

void RunHash::spawned(const Task& task) {
    begin('s', task.tid(), task.parent());
    digest_.end_record();
}

void RunHash::trapped(const Task& task, const Trap& trap) {
    if (!task.is_kernel()) {
        begin('t', task.tid());
        const std::string_view name = typeid(trap).name();
        digest_.sputn(name.data(), static_cast<std::streamsize>(name.size()));
        trap.print_arguments(out_);
        digest_.end_record();
    }
}

void RunHash::completed(const Task& task, const Trap& trap, Outcome outcome) {
    if (task.is_kernel()) {
        return;
    }
    if (outcome.kind() == Outcome::Kind::failed) {
        begin('f', task.tid(), outcome.error());
    } else {
        begin('c', task.tid());
        trap.print_result(out_);
    }
    digest_.end_record();
}

void RunHash::woken(const Task& task, Tid by) {
    if (!task.is_kernel()) {
        begin('w', task.tid(), by);
        digest_.end_record();
    }
}

void RunHash::interrupted(const Task& task, const Trap& /*trap*/) {
    begin('i', task.tid());
    digest_.end_record();
}

void RunHash::exited(const Task& task, const ExitStatus& status) {
    begin('e', task.tid());
    out_ << status;
    digest_.end_record();
}

void RunHash::decided(Choice kind, std::size_t n, std::size_t answer) {
    begin('d', kind, n, answer);
    digest_.end_record();
}

}  // namespace yos
