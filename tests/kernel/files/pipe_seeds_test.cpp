#include "syscalls/close.h"
#include "syscalls/pipe.h"
#include "syscalls/read.h"
#include "syscalls/read_wait.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"
#include "syscalls/write.h"
#include "syscalls/write_wait.h"
#include "tests/lib/seeds.h"

#include <array>

namespace yos {
namespace {

constexpr std::size_t writers = 4;
constexpr std::size_t chunk = 30'000;  // bytes: two fit into a pipe, and a part of a third

/// Bytes, by who wrote them.
struct Ledger {
    std::array<std::size_t, writers> written{};  ///< and the writer was told so
    std::array<std::size_t, writers> read{};
};

Coroutine<std::size_t> write(Fd fd, std::string bytes) {
    if (bytes.front() % 2 == 0) {
        co_yield WriteWait{fd};
    }
    co_return co_yield Write{fd, bytes};
}

Coroutine<> write_all(Ledger& ledger, Fd fd, std::size_t self) {
    for (int i = 0; i < 8; ++i) {
        try {
            std::string bytes(chunk, static_cast<char>(self));
            ledger.written[self] += co_await with_timeout(i % 4 * 1ms, write(fd, std::move(bytes)));
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
        if (i % 3 == 2) {
            co_await nap();
        }
    }
}

Coroutine<std::string> read(Fd fd, bool wait_first) {
    std::string bytes(chunk / 2, '\0');
    if (wait_first) {
        co_yield ReadWait{fd};
    }
    bytes.resize(co_yield Read{fd, bytes});
    co_return bytes;
}

Coroutine<> read_all(Ledger& ledger, Fd fd, Duration patience) {
    int reads = 0;
    for (bool over = false; !over;) {
        try {
            const std::string bytes = co_await with_timeout(patience, read(fd, ++reads % 2 == 0));
            for (const char byte : bytes) {
                ++ledger.read[static_cast<std::size_t>(byte)];
            }
            over = bytes.empty();
        } catch (const TimedOut&) {
        } catch (const Cancelled&) {
        }
        if (reads % 3 == 2) {
            co_await nap();
        }
    }
}

bool nobody_waits_in_vain(const DescriptorTable& table, Fd reader, Fd writer) {
    const auto out = table.find(reader);
    const auto in = table.find(writer);
    return !in || ((out->readers.empty() || !out->can_read()) &&
                   (in->writers.empty() || !in->can_write()));
}

/// Runs writers and readers on one pipe, a villain upon all but one of the readers.
Coroutine<> run(Kernel& kernel, Ledger& ledger, bool with_kills, int& faults) {
    const PipeEnds ends = co_yield Pipe{};
    std::vector<Tid> writing;
    std::vector<Tid> reading;
    for (std::size_t i = 0; i < writers; ++i) {
        const Tid writer = co_yield NewTask{write_all(ledger, ends.writer, i)};
        const Tid reader = co_yield NewTask{read_all(ledger, ends.reader, 1ms + i * 2ms)};
        writing.push_back(writer);
        reading.push_back(reader);
    }
    const Tid last = co_yield NewTask{read_all(ledger, ends.reader, Duration::max())};
    const Tid inspector = kernel.spawn(inspect(
        [&kernel, reader = ends.reader.fd(), writer = ends.writer.fd()] {
            return nobody_waits_in_vain(kernel.descriptors(), reader, writer);
        },
        faults));
    std::vector<Tid> victims = writing;
    victims.insert(victims.end(), reading.begin(), reading.end());
    kernel.spawn(harass(victims, [with_kills](Tid /*victim*/) { return with_kills; }));

    for (const Tid tid : writing) {
        co_yield WaitTask{tid};
    }
    co_yield Close{ends.writer};
    reading.push_back(last);
    reading.push_back(inspector);
    for (const Tid tid : reading) {
        co_yield WaitTask{tid};
    }
}

TEST_CASE("Whatever the order, a pipe neither loses nor doubles a byte", "[pipe][seeds]") {
    for_many_seeds([](Machine& machine) {
        Ledger ledger;
        int faults = 0;
        CHECK(machine.run(run(machine.kernel(), ledger, false, faults)) == Ending::finished);
        CHECK(ledger.read == ledger.written);
        CHECK(faults == 0);
    });
}

TEST_CASE("Whatever the order, killing some of those at a pipe leaves nobody waiting in vain",
          "[pipe][seeds]") {
    for_many_seeds([](Machine& machine) {
        Ledger ledger;
        int faults = 0;
        CHECK(machine.run(run(machine.kernel(), ledger, true, faults)) == Ending::finished);
        CHECK(faults == 0);
    });
}

}  // namespace
}  // namespace yos
