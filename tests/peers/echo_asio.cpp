// The echo server of Boost.Asio's own examples for coroutines.

#include <boost/asio.hpp>

#include <array>
#include <iostream>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<void> echo(tcp::socket client) {
    try {
        std::array<char, 16'384> buffer;
        for (;;) {
            const std::size_t got =
                co_await client.async_read_some(asio::buffer(buffer), use_awaitable);
            co_await asio::async_write(client, asio::buffer(buffer, got), use_awaitable);
        }
    } catch (const boost::system::system_error&) {
        // the client has gone
    }
}

awaitable<void> serve(tcp::acceptor& acceptor) {
    for (;;) {
        tcp::socket client = co_await acceptor.async_accept(use_awaitable);
        asio::co_spawn(acceptor.get_executor(), echo(std::move(client)), asio::detached);
    }
}

}  // namespace

int main() {
    asio::io_context context(1);
    tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    std::cout << "listening at " << acceptor.local_endpoint() << std::endl;
    asio::co_spawn(context, serve(acceptor), asio::detached);
    context.run();
}
