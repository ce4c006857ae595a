#include "tasks/recycler.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <sys/mman.h>
#include <utility>

namespace yos {
namespace {

/// The memory that chunks are cut from. Once there are many of them, it comes in regions for which
/// the host is asked to use large pages: a million tasks cost a fifth less then, because so much
/// went into the first touch of each page.
class Regions {
public:
    static std::byte* take(std::size_t size) {
        static Regions* const of_the_process = new Regions;  // outlives the last thread
        const std::lock_guard lock(of_the_process->mutex_);
        return of_the_process->cut(size);
    }

private:
    static constexpr std::size_t large_page = std::size_t{2} << 20;
    static constexpr std::size_t region_size = 4 * large_page;

    std::byte* cut(std::size_t size) {
        if (taken_ + size <= large_page) {  // a small program has none to waste
            taken_ += size;
            return static_cast<std::byte*>(::operator new(size));
        }
        if (left_ < size) {
            next_ =
                static_cast<std::byte*>(::operator new(region_size, std::align_val_t(large_page)));
            left_ = region_size;
            ::madvise(next_, region_size, MADV_HUGEPAGE);  // or as it pleases
        }
        left_ -= size;
        return std::exchange(next_, next_ + size);
    }

    std::mutex mutex_;
    std::size_t taken_ = 0;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;  // of the last region
};

}  // namespace

/// The lists of the threads that have ended. Chunks are cut once and never given back, so nothing
/// can come loose.
struct Recycler::LeftBehind {
    static LeftBehind& of_the_process() {
        static LeftBehind* const everybodys = new LeftBehind;  // outlives the last thread
        return *everybodys;
    }

    void put(Lists& lists) noexcept {
        const std::lock_guard lock(mutex);
        for (std::size_t cls = 0; cls < classes; ++cls) {
            if (Block* const first = std::exchange(lists.free[cls], nullptr)) {
                first->next_list = std::exchange(free[cls], first);
            }
        }
    }

    Block* take(std::size_t cls) noexcept {
        const std::lock_guard lock(mutex);
        Block* const first = free[cls];
        if (first != nullptr) {
            free[cls] = first->next_list;
        }
        return first;
    }

    std::mutex mutex;
    Block* free[classes + 1] = {};  // lists of lists
};

void* Recycler::allocate_fresh(std::size_t size) {
    const std::size_t cls = size_class(size);
    try {
        if (cls >= classes) {
            return ::operator new(size);
        }
        Block* block = LeftBehind::of_the_process().take(cls);
        if (block == nullptr) {
            block = cut_chunk(block_size(cls));
        }
        lists_.free[cls] = block->next;
        return block;
    } catch (...) {
        --lists_.live;
        throw;
    }
}

void Recycler::let_lists_outlive_thread() noexcept {
    struct AtThreadExit {
        AtThreadExit() { lists_.outlive_thread = true; }
        ~AtThreadExit() { LeftBehind::of_the_process().put(lists_); }
    };
    static thread_local const AtThreadExit at_thread_exit;
}

/// Cuts a new chunk into a list of blocks, the first in front.
Recycler::Block* Recycler::cut_chunk(std::size_t size) {
    const std::size_t chunk_size = std::max<std::size_t>(8 * 1024, size);
    std::byte* const chunk = Regions::take(chunk_size);
    Block* first = nullptr;
    for (std::size_t at = chunk_size / size * size; at > 0; at -= size) {
        first = ::new (chunk + at - size) Block{first, nullptr};
    }
    return first;
}

void Recycler::release_large(void* memory) noexcept {
    ::operator delete(memory);
}

}  // namespace yos
