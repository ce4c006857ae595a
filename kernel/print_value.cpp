#include "kernel/uapi/print_value.h"

#include "tasks/trap.h"

#include <array>
#include <typeinfo>
#include <utility>

namespace yos {
namespace {

/// Where streams keep whether they print all.
int prints_all_index() {
    static const int index = std::ios_base::xalloc();
    return index;
}

}  // namespace

void print_value(std::ostream& out, Duration duration) {
    constexpr std::array<std::pair<Duration::rep, const char*>, 4> units = {
        {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}}};
    for (const auto& [length, unit] : units) {
        if (duration.count() >= length || duration.count() <= -length || length == 1) {
            out << static_cast<double>(duration.count()) / static_cast<double>(length) << unit;
            return;
        }
    }
}

void print_value(std::ostream& out, Time time) {
    print_value(out, time.time_since_epoch());
}

void print_all_of(std::ios_base& stream) {
    stream.iword(prints_all_index()) = 1;
}

bool prints_all(std::ios_base& stream) {
    return stream.iword(prints_all_index()) != 0;
}

void print_trap(std::ostream& out, const Trap& trap) {
    if (prints_all(out)) {
        out << typeid(trap).name();
        trap.print_arguments(out);
    } else {
        out << to_string(trap);
    }
}

void print_moved(std::ostream& out, std::span<const char> bytes) {
    if (prints_all(out)) {
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
}

void print_value(std::ostream& out, std::string_view text) {
    if (prints_all(out)) {
        out << text.size() << text;
        return;
    }
    constexpr std::size_t shown = 32;
    constexpr std::string_view digits = "0123456789abcdef";
    out << '"';
    for (const char c : text.substr(0, shown)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            out << "\\n";
        } else if (c == '"' || c == '\\') {
            out << '\\' << c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out << "\\x" << digits[byte >> 4U] << digits[byte & 15U];
        } else {
            out << c;
        }
    }
    out << (text.size() > shown ? "\"..." : "\"");
}

}  // namespace yos
