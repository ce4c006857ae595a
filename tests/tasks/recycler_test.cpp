#include "tasks/recycler.h"

#include "tests/lib/catch.h"
#include "tests/lib/host_memory.h"

#include <cstdint>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

namespace yos {
namespace {

/// Blocks of one size, taken and given back together.
class Blocks {
public:
    Blocks(std::size_t count, std::size_t size) : size_(size) {
        for (std::size_t i = 0; i < count; ++i) {
            blocks_.push_back(Recycler::allocate(size));
        }
    }

    void release() {
        while (!blocks_.empty()) {
            Recycler::release(blocks_.back(), size_);
            blocks_.pop_back();
        }
    }

private:
    std::size_t size_;
    std::vector<void*> blocks_;
};

TEST_CASE("the recycler gives blocks of any size, all of them usable and aligned", "[tasks]") {
    std::vector<std::pair<unsigned char*, std::size_t>> blocks;
    for (std::size_t size = 1; size <= 5000; size += 3) {
        auto* block = static_cast<unsigned char*>(Recycler::allocate(size));
        const std::size_t alignment = size % 16 == 0 ? 16 : 8;
        CHECK(reinterpret_cast<std::uintptr_t>(block) % alignment == 0);
        std::memset(block, static_cast<int>(size % 251), size);
        blocks.emplace_back(block, size);
    }
    for (const auto& [block, size] : blocks) {
        CHECK(block[0] == size % 251);
        CHECK(block[size - 1] == size % 251);
        Recycler::release(block, size);
    }
}

TEST_CASE("the recycler counts the blocks that are handed out", "[tasks]") {
    const long before = Recycler::live();
    void* small = Recycler::allocate(100);
    void* large = Recycler::allocate(100'000);
    CHECK(Recycler::live() == before + 2);
    Recycler::release(small, 100);
    CHECK(Recycler::live() == before + 1);
    Recycler::release(large, 100'000);
    CHECK(Recycler::live() == before);
}

#ifndef YOS_ADDRESS_SANITIZER  // with it, nothing is reused, so that it sees what is used too late

TEST_CASE("the recycler hands a freed block out again, to one of a similar size", "[tasks]") {
    void* block = Recycler::allocate(65);
    Recycler::release(block, 65);
    void* again = Recycler::allocate(72);
    CHECK(again == block);
    Recycler::release(again, 72);
}

TEST_CASE("the recycler never hands a block out that is too small", "[tasks]") {
    void* block = Recycler::allocate(64);
    Recycler::release(block, 64);
    void* larger = Recycler::allocate(65);
    CHECK(larger != block);
    Recycler::release(larger, 65);
}

TEST_CASE("the recycler hands a block that was freed on another thread out there", "[tasks]") {
    void* block = Recycler::allocate(200);
    void* there = nullptr;
    std::thread([&] {
        Recycler::release(block, 200);
        there = Recycler::allocate(200);
        Recycler::release(there, 200);
    }).join();
    CHECK(there == block);
}

#endif

TEST_CASE("the recycler keeps the count of each thread by itself", "[tasks]") {
    const long before = Recycler::live();
    long there = -1;
    std::thread([&] {
        void* block = Recycler::allocate(200);
        there = Recycler::live();
        Recycler::release(block, 200);
    }).join();
    CHECK(there == 1);
    CHECK(Recycler::live() == before);
}

#ifndef YOS_ADDRESS_SANITIZER

constexpr std::size_t mebibyte = 1024 * 1024;

TEST_CASE("what a thread recycled before it ended, the next takes over", "[tasks]") {
    const auto take_and_release = [] { Blocks(64 * 1024, 1024).release(); };
    std::thread(take_and_release).join();
    const std::size_t before = bytes_in_use();
    std::thread(take_and_release).join();
    CHECK(bytes_in_use() < before + mebibyte);
}

TEST_CASE("what others had allocated and a thread released before it ended is not lost",
          "[tasks]") {
    const auto move_through_a_thread = [] {
        Blocks blocks(64 * 1024, 1032);
        std::thread([&] { blocks.release(); }).join();
    };
    move_through_a_thread();
    const std::size_t before = bytes_in_use();
    CHECK(before > 64 * mebibyte);
    move_through_a_thread();
    CHECK(bytes_in_use() < before + mebibyte);
}

#endif

}  // namespace
}  // namespace yos
