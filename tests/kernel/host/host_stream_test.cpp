// A HostStream at a poller that fails.

#include "tests/lib/host_peer.h"
#include "tests/lib/machine.h"

#include <fcntl.h>
#include <functional>
#include <unistd.h>

namespace yos {
namespace {

class StubPoller final : public HostPoller {
public:
    std::function<bool()> when_watched;

    bool watch(HostFile& /*file*/) override { return when_watched(); }
    bool watch_once(HostFile& /*file*/, bool /*to_read*/, bool /*to_write*/) override {
        return false;
    }
    void forget(HostFile& /*file*/) noexcept override {}
    std::span<Readiness> wait(std::optional<Duration> /*limit*/) override { return {}; }
    void interrupt() noexcept override {}
};

struct Ends {
    explicit Ends(HostPoller& poller) {
        int ends[2];
        checked(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
        peer = HostDescriptor(ends[0]);
        stream = std::make_unique<HostStream>(
            poller, HostDescriptor(ends[1]), HostStream::Kind::local_socket, "a test's");
    }

    HostDescriptor peer{-1};
    std::unique_ptr<HostStream> stream;
};

TEST_CASE("who would wait for what cannot be watched fails", "[host stream]") {
    StubPoller poller;
    poller.when_watched = [] { return false; };
    Ends ends(poller);
    std::string byte(1, '\0');
    CHECK(ends.stream->read(byte).error == std::errc::operation_not_supported);
    CHECK_FALSE(ends.stream->can_read());
    CHECK_FALSE(ends.stream->ask_for_input());
    CHECK_FALSE(ends.stream->read(byte).must_wait());

    checked(::write(ends.peer.number(), "x", 1));
    CHECK(ends.stream->read(byte).bytes == 1);
}

TEST_CASE("when watching fails, the next try asks for it again", "[host stream]") {
    StubPoller poller;
    poller.when_watched = []() -> bool {
        throw std::system_error(std::make_error_code(std::errc::no_space_on_device));
    };
    Ends ends(poller);
    std::string byte(1, '\0');
    CHECK_THROWS_AS(ends.stream->read(byte), std::system_error);
    CHECK_THROWS_AS(ends.stream->read(byte), std::system_error);

    bool watched = false;
    poller.when_watched = [&] { return watched = true; };
    CHECK(ends.stream->read(byte).must_wait());
    CHECK(watched);
}

TEST_CASE("a stream asks the host again only when the poller has told of it", "[host stream]") {
    StubPoller poller;
    poller.when_watched = [] { return true; };
    Ends ends(poller);
    std::string byte(1, '\0');
    CHECK(ends.stream->read(byte).must_wait());
    checked(::write(ends.peer.number(), "x", 1));
    CHECK(ends.stream->read(byte).must_wait());
    ends.stream->became({ends.stream.get(), true, false, false});
    CHECK(ends.stream->read(byte).bytes == 1);
}

}  // namespace
}  // namespace yos
