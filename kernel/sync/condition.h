#pragma once

// Where tasks wait for what a mutex guards to change; see wait_on and Notify. Mesa's kind: who is
// woken looks again.

#include "tasks/recycler.h"
#include "tasks/ref.h"
#include "tasks/wait_queue.h"

namespace yos {

class Condition {
public:
    /// Outlives the condition where a notification that is not yet used may have to be passed on.
    struct Line : RefCounted, Recycled {
        WaitQueue waiters{};
    };

    Condition() : line_(new Line) {}
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;
    ~Condition() { waiters().fail_all(std::errc::identifier_removed); }

    WaitQueue& waiters() const { return line_->waiters; }
    const Ref<Line>& line() const { return line_; }

private:
    Ref<Line> line_;
};

}  // namespace yos
