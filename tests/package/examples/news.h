#pragma once

#include "kernel/system_call.h"

#include <deque>
#include <string>

namespace examples {

using namespace yos;

/// What is said here, everybody hears who has subscribed by then.
struct Topic {
    std::deque<std::string> recent{};  ///< as far as somebody has yet to hear it
    std::size_t dropped = 0;           ///< how many were before those
    bool over = false;
    WaitQueue listeners{};

    std::size_t published() const { return dropped + recent.size(); }
};

/// Where a subscriber is in a topic.
struct Subscription {
    explicit Subscription(Topic& topic) : topic(topic), next(topic.published()) {}

    Topic& topic;
    std::size_t next;
};

/// Says something to all who have subscribed. Never blocks. Evaluates to how many were waiting for
/// it.
class Publish : public SystemCall<std::size_t> {
public:
    static constexpr std::size_t kept = 100;  ///< those who are further behind miss some

    explicit Publish(Topic& topic, std::string news) : topic_(topic), news_(std::move(news)) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        topic_.recent.push_back(std::move(news_));
        if (topic_.recent.size() > kept) {
            topic_.recent.pop_front();
            ++topic_.dropped;
        }
        return complete(topic_.listeners.notify_all());
    }

private:
    Topic& topic_;
    std::string news_;
};

/// Says that nothing more will be said. Never blocks.
class EndTopic : public SystemCall<> {
public:
    explicit EndTopic(Topic& topic) : topic_(topic) {}

    Outcome handle(Kernel& /*kernel*/, Task& /*self*/) override {
        topic_.over = true;
        topic_.listeners.notify_all();
        return complete();
    }

private:
    Topic& topic_;
};

/// Hears the next thing said; none when there will be no more. Blocks until there is one; woken by
/// Publish. EOVERFLOW: so far behind that something was missed, and the next call goes on with what
/// is left.
class Hear : public SystemCall<std::optional<std::string>> {
public:
    explicit Hear(Subscription& subscription) : subscription_(subscription) {}

    Outcome handle(Kernel& /*kernel*/, Task& self) override {
        Topic& topic = subscription_.topic;
        if (subscription_.next < topic.dropped) {
            subscription_.next = topic.dropped;
            return fail(std::errc::value_too_large);
        }
        if (subscription_.next < topic.published()) {
            return complete(topic.recent[subscription_.next++ - topic.dropped]);
        }
        return topic.over ? complete(std::nullopt) : block_on(self, topic.listeners);
    }

private:
    Subscription& subscription_;
};

}  // namespace examples
