#pragma once

// Coroutine frames and tasks come and go by the million in a handful of sizes. The recycler keeps
// what is freed on a list per size class and hands it out again: two loads and a store, where
// malloc costs ten times that. Lists belong to a thread, so no locks; a block may be freed on
// another thread than it came from and simply changes lists.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define YOS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define YOS_ADDRESS_SANITIZER 1
#endif
#endif

namespace yos {

class Recycler {
public:
    /// Returns at least `size` bytes, aligned as by operator new. Throws std::bad_alloc.
    static void* allocate(std::size_t size) {
        Lists& mine = lists_;
        ++mine.live;
        if (const std::size_t cls = size_class(size); cls < classes) {
            if (Block* block = mine.free[cls]) {
                mine.free[cls] = block->next;
                return block;
            }
        }
        return allocate_fresh(size);
    }

    /// Takes back what allocate(size) returned.
    static void release(void* memory, std::size_t size) noexcept {
        Lists& mine = lists_;
        --mine.live;
        if (const std::size_t cls = size_class(size); cls < classes) {
            if (!mine.drained_at_exit) [[unlikely]] {
                drain_at_exit();
            }
            Block* block = static_cast<Block*>(memory);
            block->next = mine.free[cls];
            mine.free[cls] = block;
            return;
        }
        release_for_good(memory);
    }

    /// Blocks handed out by this thread and not yet taken back: what leak tests look at.
    static long live() noexcept { return lists_.live; }

private:
    struct Block {
        Block* next;
    };
    static constexpr std::size_t grain = 32;  // bytes between two size classes
#ifdef YOS_ADDRESS_SANITIZER
    static constexpr std::size_t classes = 0;  // every free goes to the sanitizer's quarantine
#else
    static constexpr std::size_t classes = 64;  // up to 2 KiB; larger frames are rare
#endif
    struct Lists {
        Block* free[classes + 1];
        long live;
        bool drained_at_exit;
    };
    struct Drain;

    static constexpr std::size_t size_class(std::size_t size) {
        return (size - 1) / grain;
    }
    static void* allocate_fresh(std::size_t size);
    static void release_for_good(void* memory) noexcept;
    static void drain_at_exit() noexcept;

    static inline constinit thread_local Lists lists_{};
};

/// A base for classes whose objects live in recycled memory.
class Recycled {
public:
    static void* operator new(std::size_t size) { return Recycler::allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept {
        Recycler::release(memory, size);
    }
};

}  // namespace yos
