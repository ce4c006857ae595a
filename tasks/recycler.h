#pragma once

// Coroutine frames and tasks come and go by the million in a handful of sizes. The recycler cuts
// them from large chunks, keeps what is freed on a list per size, and hands it out again: two loads
// and a store, where malloc costs ten times that and adds a header to each. Lists belong to a
// thread, so no locks; a block may be freed on another thread than it came from and simply changes
// lists. What a thread leaves behind when it ends, the others take over, a list at a time.

#include <bit>
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
    /// Returns at least `size` bytes, aligned to 16 bytes if `size` is a multiple of 16, and else
    /// to 8. Throws std::bad_alloc.
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
            if (!mine.outlive_thread) [[unlikely]] {
                let_lists_outlive_thread();
            }
            Block* block = static_cast<Block*>(memory);
            block->next = mine.free[cls];
            mine.free[cls] = block;
            return;
        }
        release_large(memory);
    }

    /// Blocks handed out by this thread and not yet taken back: what leak tests look at.
    static long live() noexcept { return lists_.live; }

private:
    /// What a free block has in it.
    struct Block {
        Block* next;
        Block* next_list;  ///< of the first one of a list that was left behind
    };
    static constexpr std::size_t grain = 8;            // bytes between two size classes
    static constexpr std::size_t small_classes = 256;  // up to 2 KiB, then 4, 8, 16, 32 and 64 KiB
#ifdef YOS_ADDRESS_SANITIZER
    static constexpr std::size_t classes = 0;  // every free goes to the sanitizer's quarantine
#else
    static constexpr std::size_t classes = small_classes + 5;
#endif
    struct Lists {
        Block* free[classes + 1];
        long live;
        bool outlive_thread;
    };
    struct LeftBehind;

    static constexpr std::size_t size_class(std::size_t size) {
        const std::size_t by_grain = (size - 1) / grain;
        return by_grain < small_classes
                   ? by_grain
                   : small_classes + std::bit_width(by_grain / small_classes) - 1;
    }
    static constexpr std::size_t block_size(std::size_t cls) {
        return cls == 0              ? 2 * grain  // or a Block would not fit
               : cls < small_classes ? (cls + 1) * grain
                                     : 2 * small_classes * grain << (cls - small_classes);
    }
    static void* allocate_fresh(std::size_t size);
    static void release_large(void* memory) noexcept;
    static Block* cut_chunk(std::size_t size);
    static void let_lists_outlive_thread() noexcept;

    // Visible whatever the compiler is told: a loaded module uses the executable's.
    [[gnu::visibility("default")]] static inline constinit thread_local Lists lists_{};
};

/// A base for classes whose objects live in recycled memory.
class Recycled {
public:
    static void* operator new(std::size_t size) { return Recycler::allocate(size); }
    static void operator delete(void* memory, std::size_t size) noexcept {
        Recycler::release(memory, size);
    }
};

/// A base for the promises of coroutines, whose frames then live in recycled memory. Compilers take
/// it that a frame is aligned as operator new aligns.
class RecycledFrame {
public:
    static void* operator new(std::size_t size) { return Recycler::allocate(block_size(size)); }
    static void operator delete(void* memory, std::size_t size) noexcept {
        Recycler::release(memory, block_size(size));
    }

private:
    static constexpr std::size_t block_size(std::size_t size) {
        return (size + __STDCPP_DEFAULT_NEW_ALIGNMENT__ - 1) / __STDCPP_DEFAULT_NEW_ALIGNMENT__ *
               __STDCPP_DEFAULT_NEW_ALIGNMENT__;
    }
};

}  // namespace yos
