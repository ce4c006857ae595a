#include "tasks/generator_frame.h"

#include <cassert>

namespace yos {
namespace {

bool is_exit(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const GeneratorExit&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace

void GeneratorFrame::unhandled_exception() noexcept {
    try {
        throw;
    } catch (const StopIteration<>&) {
        exception_ = std::make_exception_ptr(RaisedStopIteration());
    } catch (...) {
        exception_ = std::current_exception();
    }
}

void GeneratorFrame::raise(std::exception_ptr exception) {
    check_that_it_does_not_run();
    if (stage_ == Stage::created) {
        stage_ = Stage::broken_off;
    }
    if (has_ended()) {
        std::rethrow_exception(std::move(exception));
    }
    if (is_exit(exception)) {
        if (const std::exception_ptr failure = close_delegates()) {
            exception = failure;
        }
    }
    innermost_->exception_ = std::move(exception);
    run();
}

void GeneratorFrame::close() {
    check_that_it_does_not_run();
    if (stage_ == Stage::created) {
        stage_ = Stage::broken_off;
    }
    if (stage_ == Stage::suspended) {
        if (const std::exception_ptr failure = close_alone(close_delegates())) {
            std::rethrow_exception(failure);
        }
    }
}

/// PEP 380: each is closed on its own; what goes wrong in one, its delegator gets at its co_await.
std::exception_ptr GeneratorFrame::close_delegates() {
    std::exception_ptr failure;
    stage_ = Stage::running;
    while (innermost_ != this) {
        GeneratorFrame& frame = *innermost_;
        frame.innermost_ = &frame;
        failure = frame.close_alone(std::move(failure));
        innermost_ = frame.delegator_;
        frame.destroy();
    }
    return failure;
}

/// Of one that delegates to nobody any more. Null if it ended as asked to.
std::exception_ptr GeneratorFrame::close_alone(std::exception_ptr exception) {
    exception_ = exception ? std::move(exception) : std::make_exception_ptr(GeneratorExit());
    try {
        run();
    } catch (const GeneratorExit&) {
        return nullptr;
    } catch (...) {
        return std::current_exception();
    }
    return has_ended() ? nullptr : std::make_exception_ptr(IgnoredGeneratorExit());
}

void GeneratorFrame::destroy() noexcept {
    assert(stage_ != Stage::running && "a generator must not destroy itself");
    GeneratorFrame* frame = innermost_;
    while (frame != this) {
        GeneratorFrame* const delegator = frame->delegator_;
        frame->self_.destroy();
        frame = delegator;
    }
    self_.destroy();
}

}  // namespace yos
