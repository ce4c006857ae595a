#include "kernel/files/descriptor_table.h"

#include "tests/lib/catch.h"
#include "tests/lib/fake_kernel.h"

#include <limits>
#include <sstream>
#include <type_traits>

namespace yos {
namespace {

class Nothing final : public File {
public:
    Nothing() : File(WaitQueue::Waker::task) {}
    std::string describe() const override { return "nothing"; }
};

std::shared_ptr<File> make_file() {
    return std::make_shared<Nothing>();
}

TEST_CASE("an opened file gets the lowest number that is free", "[kernel]") {
    DescriptorTable table;
    std::vector<Descriptor> open;
    for (int i = 0; i < 5; ++i) {
        open.push_back(table.open(make_file()));
        CHECK(open.back().fd().number == i);
    }
    open[3].reset();
    open[1].reset();
    CHECK(table.size() == 3);
    const Descriptor low = table.open(make_file());
    const Descriptor high = table.open(make_file());
    const Descriptor next = table.open(make_file());
    CHECK(low.fd().number == 1);
    CHECK(high.fd().number == 3);
    CHECK(next.fd().number == 5);
    CHECK(table.size() == 6);
}

TEST_CASE("a descriptor finds its file until it is closed", "[kernel]") {
    DescriptorTable table;
    const std::shared_ptr<File> file = make_file();
    const Descriptor open = table.open(file);
    CHECK(&*table.find(open) == file.get());
    CHECK(table.close(open));
    CHECK(table.find(open).error() == std::errc::bad_file_descriptor);
    CHECK(table.size() == 0);
    CHECK(!table.close(open));
    CHECK(table.size() == 0);
}

TEST_CASE("a stale descriptor never means the file that has its number now", "[kernel]") {
    DescriptorTable table;
    Descriptor first = table.open(make_file());
    const Fd stale = first;
    first.reset();
    for (int i = 0; i < 100; ++i) {
        const Descriptor later = table.open(make_file());
        CHECK(later.fd().number == stale.number);
        CHECK(later.fd() != stale);
        CHECK(table.find(stale).error() == std::errc::bad_file_descriptor);
        CHECK(!table.close(stale));
        CHECK(table.find(later));
    }
}

TEST_CASE("a number that was never given means no file", "[kernel]") {
    DescriptorTable table;
    const Descriptor open = table.open(make_file());
    constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
    for (const std::int32_t number : {-1, 1, 2, most, least}) {
        CHECK(table.find(Fd{number}).error() == std::errc::bad_file_descriptor);
        CHECK(!table.close(Fd{number}));
    }
    CHECK(table.find(Fd{}).error() == std::errc::bad_file_descriptor);
    CHECK(table.find(Fd{0, 12345}).error() == std::errc::bad_file_descriptor);
    CHECK(table.find(open));
}

TEST_CASE("a Descriptor closes itself when it goes, once, whoever has it by then", "[kernel]") {
    STATIC_REQUIRE(!std::is_copy_constructible_v<Descriptor>);
    DescriptorTable table;
    {
        Descriptor first = table.open(make_file());
        const Descriptor second = std::move(first);
        CHECK(table.size() == 1);
        CHECK(first.fd() == Fd{});  // NOLINT(bugprone-use-after-move): that is what is tested
        first.reset();
        CHECK(table.size() == 1);
    }
    CHECK(table.size() == 0);
}

TEST_CASE("a Descriptor that was closed by its number leaves a later file of it alone",
          "[kernel]") {
    DescriptorTable table;
    std::optional<Descriptor> first(table.open(make_file()));
    table.close(*first);
    const Descriptor second = table.open(make_file());
    first.reset();
    CHECK(second.fd().number == 0);
    CHECK(table.find(second));
}

TEST_CASE("closing a descriptor frees its file and fails those who wait for it", "[kernel]") {
    FakeKernel kernel;
    const auto reader = make_bare_task(kernel, 1);
    const auto writer = make_bare_task(kernel, 2);
    DescriptorTable table;
    std::shared_ptr<File> file = make_file();
    const std::weak_ptr<File> watched = file;
    file->readers.join(reader->waiter());
    file->writers.join(writer->waiter());
    const Descriptor open = table.open(std::move(file));
    table.close(open);
    CHECK(watched.expired());
    CHECK(kernel.take_events() == std::vector<std::string>{"fail 1", "fail 2"});
    CHECK(kernel.last_failure == std::errc::bad_file_descriptor);
}

TEST_CASE("closing one of two descriptors of a file wakes those who wait for it", "[kernel]") {
    FakeKernel kernel;
    const auto reader = make_bare_task(kernel, 1);
    DescriptorTable table;
    const std::shared_ptr<File> file = make_file();
    const Descriptor one = table.open(file);
    const Descriptor other = table.open(file);
    file->readers.join(reader->waiter());
    table.close(one);  // whoever waits by this number finds it closed, the others wait on
    CHECK(kernel.take_events() == std::vector<std::string>{"wake 1"});
    CHECK(&*table.find(other) == file.get());
    reader->waiter().leave_served();
}

TEST_CASE("a descriptor prints as its number", "[kernel]") {
    DescriptorTable table;
    const Descriptor open = table.open(make_file());
    std::ostringstream out;
    out << open << ' ' << Fd{7, 3} << ' ' << Fd{};
    CHECK(out.str() == "0 7 -1");
}

}  // namespace
}  // namespace yos
