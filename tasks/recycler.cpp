#include "tasks/recycler.h"

#include <new>

namespace yos {

/// Returns a thread's lists to malloc when the thread ends. Made by the first block that is put on
/// one, so that the fast path pays for no thread-local initialisation.
struct Recycler::Drain {
    Drain() { lists_.drained_at_exit = true; }
    ~Drain() {
        for (Block*& list : lists_.free) {
            while (Block* block = list) {
                list = block->next;
                release_for_good(block);
            }
        }
    }
};

void* Recycler::allocate_fresh(std::size_t size) {
    const std::size_t cls = size_class(size);
    try {
        return ::operator new(cls < classes ? (cls + 1) * grain : size);
    } catch (...) {
        --lists_.live;
        throw;
    }
}

void Recycler::drain_at_exit() noexcept {
    static thread_local const Drain drain;
}

void Recycler::release_for_good(void* memory) noexcept {
    ::operator delete(memory);
}

}  // namespace yos
