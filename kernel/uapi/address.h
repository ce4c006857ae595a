#pragma once

// Socket addresses. What is declared here is defined in kernel/host/host_sockets.cpp, where Asio is
// known.

#include <array>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace yos {

/// Where a socket is, or goes to.
class Address {
public:
    /// No address.
    Address() = default;

    /// A socket address of the host's. Throws std::logic_error for more than 128 bytes.
    Address(const void* data, std::size_t size);

    /// Takes `9000` (this machine only), `HOST:9000`, `[::1]:9000`, `*:9000` (every interface) and
    /// `unix:PATH`. HOST is a number or `localhost`: names are found by ResolveName. Throws
    /// std::system_error with EINVAL that says what is wrong.
    static Address parse(std::string_view text);

    /// `127.0.0.1:9000`, in the form that parse takes.
    std::string to_string() const;

    bool is_unix() const;

    /// The socket address as the host knows it.
    const void* data() const { return bytes_.data(); }
    std::size_t size() const { return size_; }

private:
    alignas(8) std::array<std::byte, 128> bytes_{};
    std::size_t size_ = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Address& address) {
    return out << address.to_string();
}

}  // namespace yos
