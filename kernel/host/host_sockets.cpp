#include "kernel/host/host_sockets.h"

#include "kernel/limits.h"
#include "tasks/contract.h"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/socket_base.hpp>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace yos {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Protocol = asio::generic::stream_protocol;

[[noreturn]] void fail(const boost::system::error_code& error, const std::string& what) {
    throw std::system_error(error.value(), std::generic_category(), what);
}

[[noreturn]] void fail_parse(std::string_view text, const char* why) {
    throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                            "bad address \"" + std::string(text) + "\": " + why);
}

unsigned short parse_port(std::string_view text, std::string_view port) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
    if (error != std::errc{} || end != port.data() + port.size() || value > 65535) {
        fail_parse(text, "the port is a number from 0 to 65535");
    }
    return static_cast<unsigned short>(value);
}

asio::ip::address parse_host(std::string_view text, std::string_view host) {
    if (host.empty() || host == "*") {
        return asio::ip::address_v6::any();
    }
    if (host == "localhost") {
        return asio::ip::address_v4::loopback();
    }
    const bool in_brackets = host.starts_with('[') && host.ends_with(']');
    if (!in_brackets && host.find(':') != std::string_view::npos) {
        fail_parse(text, "an IPv6 address stands in brackets, as in [::1]:9000");
    }
    boost::system::error_code error;
    asio::ip::address address;
    if (in_brackets) {
        address = asio::ip::make_address_v6(host.substr(1, host.size() - 2), error);
    } else {
        address = asio::ip::make_address_v4(host, error);
    }
    if (error) {
        fail_parse(text, "the host is a number such as 127.0.0.1 or [::1], localhost, or *");
    }
    return address;
}

Protocol::endpoint endpoint_of(const Address& address) {
    return {address.data(), address.size()};
}

HostStream::Kind kind_of(const Address& address) {
    return address.is_unix() ? HostStream::Kind::local_socket : HostStream::Kind::tcp_socket;
}

}  // namespace

Address::Address(const void* data, std::size_t size) : size_(size) {
    check_contract(size <= bytes_.size(), [&] {
        return "Address: a socket address of " + std::to_string(size) + " bytes: the host's have " +
               std::to_string(bytes_.size()) + " at most";
    });
    std::memcpy(bytes_.data(), data, size);
}

Address Address::parse(std::string_view text) {
    const auto make = [](const auto& endpoint) {
        return Address(endpoint.data(), endpoint.size());
    };
    if (text.starts_with("unix:")) {
        const std::string path(text.substr(5));
        if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) {
            fail_parse(text, "the path has 1 to 107 bytes");
        }
        return make(asio::local::stream_protocol::endpoint(path));
    }
    const auto colon = text.rfind(':');
    const unsigned short port =
        parse_port(text, colon == std::string_view::npos ? text : text.substr(colon + 1));
    const auto host = colon == std::string_view::npos ? "localhost" : text.substr(0, colon);
    return make(tcp::endpoint(parse_host(text, host), port));
}

std::string Address::to_string() const {
    if (is_unix()) {
        const auto* name = reinterpret_cast<const sockaddr_un*>(bytes_.data());
        const bool named = size_ > offsetof(sockaddr_un, sun_path);
        return std::string("unix:") + (named ? name->sun_path : "");
    }
    tcp::endpoint endpoint;
    std::memcpy(endpoint.data(), bytes_.data(), std::min(size_, endpoint.capacity()));
    const std::string host = endpoint.address().to_string();
    const std::string port = std::to_string(endpoint.port());
    return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

bool Address::is_unix() const {
    return reinterpret_cast<const sockaddr*>(bytes_.data())->sa_family == AF_UNIX;
}

namespace {

/// What follows from it, that the host cannot be reached, is its code, but need not be told.
class HostNotFound : public std::system_error {
public:
    explicit HostNotFound(const std::string& what)
        : system_error(std::make_error_code(std::errc::host_unreachable)), what_(what) {}

    const char* what() const noexcept override { return what_.what(); }

private:
    std::runtime_error what_;  // whose copies cannot fail
};

}  // namespace

std::vector<Address> HostSockets::resolve(const std::string& host, unsigned short port) const {
    asio::io_context io(1);
    tcp::resolver resolver(io);
    boost::system::error_code error;
    std::vector<Address> addresses;
    for (const auto& entry : resolver.resolve(host, std::to_string(port), error)) {
        const tcp::endpoint endpoint = entry.endpoint();
        addresses.emplace_back(endpoint.data(), endpoint.size());
    }
    if (addresses.empty()) {
        const std::string why = error ? error.message() : "Host not found";
        throw HostNotFound("no address for \"" + host + "\": " + why.substr(0, why.find(" (")));
    }
    return addresses;
}

class HostSockets::Io {
public:
    asio::io_context context{1};
};

HostSockets::HostSockets(HostPoller& poller) : poller_(poller), io_(std::make_unique<Io>()) {}
HostSockets::~HostSockets() = default;

std::shared_ptr<File> HostSockets::listen(const Address& address) {
    const std::string name = address.to_string();
    const Protocol::endpoint endpoint = endpoint_of(address);
    boost::system::error_code error;
    asio::basic_socket_acceptor<Protocol> acceptor(io_->context);
    const auto check = [&] {
        if (error) {
            fail(error, "cannot listen at " + name);
        }
    };
    acceptor.open(endpoint.protocol(), error);
    if (error == asio::error::address_family_not_supported && name.starts_with("[::]:")) {
        return listen(Address::parse("0.0.0.0" + name.substr(4)));  // every interface there is
    }
    check();
    if (address.is_unix()) {
        remove_stale(address);
    } else {
        acceptor.set_option(asio::socket_base::reuse_address(true), error), check();
        acceptor.set_option(tcp::no_delay(true), error), check();  // its connections inherit it
    }
    if (endpoint.protocol().family() == AF_INET6) {
        acceptor.set_option(asio::ip::v6_only(false), error), check();
    }
    acceptor.bind(endpoint, error), check();
    acceptor.listen(limits::listen_backlog, error), check();
    acceptor.native_non_blocking(true, error), check();
    HostDescriptor descriptor(acceptor.release(error));
    check();
    return std::make_shared<HostStream>(poller_, std::move(descriptor), kind_of(address), name);
}

/// A Unix-domain socket that nobody listens at is a file that a dead server left behind.
void HostSockets::remove_stale(const Address& address) {
    try {
        connect(address);
    } catch (const std::system_error& failure) {
        const auto* name = static_cast<const sockaddr_un*>(address.data());
        struct stat about {};
        if (failure.code() == std::errc::connection_refused &&
            ::lstat(name->sun_path, &about) == 0 && S_ISSOCK(about.st_mode)) {
            ::unlink(name->sun_path);
        }
    }
}

std::shared_ptr<DeviceFile> HostSockets::connect(const Address& address) {
    const std::string name = address.to_string();
    const Protocol::endpoint endpoint = endpoint_of(address);
    boost::system::error_code error;
    Protocol::socket socket(io_->context);
    socket.open(endpoint.protocol(), error);
    if (!error) {
        socket.native_non_blocking(true, error);
    }
    if (!error && !address.is_unix()) {
        socket.set_option(tcp::no_delay(true), error);
    }
    if (error) {
        fail(error, "cannot connect to " + name);
    }
    HostDescriptor descriptor(socket.release(error));
    const auto length = static_cast<socklen_t>(endpoint.size());
    if (::connect(descriptor.number(), endpoint.data(), length) < 0 && errno != EINPROGRESS) {
        throw std::system_error(errno, std::generic_category(), "cannot connect to " + name);
    }
    return poller_.connection(std::move(descriptor), kind_of(address), name);
}

}  // namespace yos
