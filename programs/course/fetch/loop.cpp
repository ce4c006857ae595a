#include "programs/course/fetch/loop.h"

#include "tasks/contract.h"

#include <array>

namespace yos::fetch {
namespace {

std::string taken(const char* what, Fd fd) {
    return std::string("Loop::") + what + "(" + std::to_string(fd.number) +
           "): somebody waits for that already: go on when he is called back";
}

}  // namespace

void Loop::read(Fd fd, OnRead then) {
    const bool alone = readers_.emplace(fd, std::move(then)).second;
    check_contract(alone, [&] { return taken("read", fd); });
}

void Loop::write(Fd fd, std::string bytes, OnWritten then) {
    const bool alone = writers_.emplace(fd, Writing{std::move(bytes), std::move(then)}).second;
    check_contract(alone, [&] { return taken("write", fd); });
}

Coroutine<> Loop::run() {
    while (!readers_.empty() || !writers_.empty()) {
        std::vector<Interest> interests;
        for (const auto& [fd, then] : readers_) {
            interests.push_back({fd, Interest::To::read});
        }
        for (const auto& [fd, writing] : writers_) {
            interests.push_back({fd, Interest::To::write});
        }
        const std::vector<Interest> ready = co_yield Poll{std::move(interests)};
        for (const Interest& one : ready) {
            co_await go_on(one);
        }
    }
}

/// Does what was asked for. Its callback, which may ask for more, comes when that is forgotten.
Coroutine<> Loop::go_on(Interest ready) {
    if (ready.to == Interest::To::read) {
        std::array<char, 4096> buffer;
        const std::size_t got = co_yield Read{ready.fd, buffer};
        const OnRead then = std::move(readers_.extract(ready.fd).mapped());
        then(std::string(buffer.data(), got));
        co_return;
    }
    std::string& bytes = writers_.at(ready.fd).bytes;
    bytes.erase(0, co_yield Write{ready.fd, bytes});
    if (bytes.empty()) {
        const OnWritten then = std::move(writers_.extract(ready.fd).mapped().then);
        then();
    }
}

}  // namespace yos::fetch
