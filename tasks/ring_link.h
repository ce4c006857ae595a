#pragma once

// A list without an end and without allocation: each of its members is a link of a ring, and leaves
// it when it is destroyed.

#include <utility>

namespace yos {

/// A place in a ring; a ring of one when it is in no other.
class RingLink {
public:
    RingLink() = default;
    RingLink(const RingLink&) = delete;
    RingLink& operator=(const RingLink&) = delete;
    ~RingLink() { leave(); }

    bool alone() const { return next_ == this; }
    RingLink& next() const { return *next_; }
    RingLink& previous() const { return *previous_; }

    /// Leaves its ring, and joins that of `other` right before it.
    void join_before(RingLink& other) noexcept {
        leave();
        next_ = &other;
        previous_ = std::exchange(other.previous_, this);
        previous_->next_ = this;
    }

    void leave() noexcept {
        previous_->next_ = next_;
        next_->previous_ = previous_;
        previous_ = next_ = this;
    }

private:
    RingLink* previous_ = this;
    RingLink* next_ = this;
};

}  // namespace yos
