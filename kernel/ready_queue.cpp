#include "kernel/ready_queue.h"

namespace yos {

/// Takes a zombie out of the ring.
void ReadyQueue::bury(Task& zombie) noexcept {
    --ended_;
    zombie.left_in_ready_queue_ = false;
    if (zombie.abandoned_) {
        delete &zombie;
    }
}

void ReadyQueue::close_gaps() noexcept {
    if (ended_ == 0) {
        return;
    }
    std::size_t end = head_;
    for (std::size_t index = head_; index != tail_; ++index) {
        Task* const task = at(index);
        if (!pass_over(*task)) {
            at(end++) = task;
        }
    }
    tail_ = end;
}

void ReadyQueue::make_room() {
    close_gaps();
    if (size() <= mask_) {
        return;
    }
    ReadyQueue larger(2 * (mask_ + 1));
    while (head_ != tail_) {
        larger.at(larger.tail_++) = at(head_++);
    }
    swap(larger);
}

}  // namespace yos
