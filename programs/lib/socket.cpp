#include "programs/lib/socket.h"

#include "syscalls/resolve_name.h"
#include "syscalls/sleep.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <initializer_list>
#include <string>
#include <vector>

namespace yos {
namespace {

using namespace std::chrono_literals;

bool is_one_of(const std::error_code& error, std::initializer_list<std::errc> errors) {
    return std::find(errors.begin(), errors.end(), error) != errors.end();
}

/// The connection failed before it was accepted; the listener is well.
bool concerns_one_connection(const std::error_code& error) {
    return is_one_of(error,
                     {std::errc::connection_aborted,
                      std::errc::protocol_error,
                      std::errc::no_protocol_option,
                      std::errc::operation_not_permitted,
                      std::errc::network_down,
                      std::errc::network_unreachable,
                      std::errc::host_unreachable});
}

bool concerns_the_whole_host(const std::error_code& error) {
    return is_one_of(error,
                     {std::errc::too_many_files_open,
                      std::errc::too_many_files_open_in_system,
                      std::errc::no_buffer_space,
                      std::errc::not_enough_memory});
}

bool is_numeric_or_local(const std::string& host) {
    return host == "localhost" || host.find(':') != std::string::npos ||
           host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

Coroutine<Socket> Socket::listen(Address address) {
    co_return Socket(co_yield Listen{address});
}

Coroutine<Socket> Socket::connect(Address address) {
    for (;;) {
        try {
            co_return Socket(co_yield Connect{address});
        } catch (const std::system_error& failure) {
            if (failure.code() != std::errc::resource_unavailable_try_again) {
                throw;
            }
        }
        co_yield Sleep{10ms};  // of a Unix-domain listener's full queue the host tells no more
    }
}

Coroutine<Socket> Socket::connect(std::string host, unsigned short port) {
    if (is_numeric_or_local(host)) {
        const bool v6 = host.find(':') != std::string::npos && !host.starts_with('[');
        const std::string text = (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
        co_return co_await connect(Address::parse(text));
    }
    const std::vector<Address> addresses = co_yield ResolveName{host, port};
    std::exception_ptr failure;
    for (const Address& address : addresses) {
        try {
            co_return co_await connect(address);
        } catch (const std::system_error&) {
            failure = std::current_exception();
        }
    }
    std::rethrow_exception(failure);
}

Coroutine<Socket> Socket::accept() {
    for (;;) {
        Duration pause{};
        try {
            co_return Socket(co_yield Accept{fd()});
        } catch (const std::system_error& failure) {
            if (concerns_the_whole_host(failure.code())) {
                pause = 100ms;
            } else if (!concerns_one_connection(failure.code())) {
                throw;
            }
        }
        co_yield Sleep{pause};
    }
}

Coroutine<std::string> Socket::recv(std::size_t most) {
    std::string bytes(most, '\0');
    bytes.resize(co_yield Read{fd(), bytes});
    co_return bytes;
}

Coroutine<> Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        bytes.remove_prefix(co_yield Write{fd(), bytes});
    }
}

Coroutine<> Socket::shutdown_writing() {
    co_yield ShutdownWriting{fd()};
}

Coroutine<> Socket::close() {
    co_yield Close{fd()};
}

Coroutine<Address> Socket::local_address() {
    co_return co_yield LocalAddress{fd()};
}

}  // namespace yos
