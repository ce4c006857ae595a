#include "news.h"

#include "programs/lib/print.h"
#include "programs/lib/program.h"
#include "syscalls/new_task.h"
#include "syscalls/sleep.h"
#include "syscalls/wait_task.h"
#include "syscalls/with_timeout.h"

#include <chrono>
#include <memory>

namespace examples {
namespace {

Coroutine<> listen(std::shared_ptr<Topic> topic, std::string name, Fd out) {
    Subscription subscription(*topic);
    while (const auto news = co_yield Hear{subscription}) {
        co_await print(out, "{} hears: {}\n", name, *news);
    }
}

Coroutine<int> news(Invocation invocation) {
    const auto topic = std::make_shared<Topic>();
    const Tid ann = co_yield NewTask{listen(topic, "ann", invocation.out), "ann"};
    const Tid bob = co_yield NewTask{listen(topic, "bob", invocation.out), "bob"};
    co_yield Sleep{std::chrono::milliseconds(1)};
    const std::size_t heard = co_yield Publish{*topic, "it rains"};
    co_yield Sleep{std::chrono::milliseconds(1)};
    co_yield Publish{*topic, "it pours"};
    co_yield EndTopic{*topic};
    co_yield WaitTask{ann};
    co_yield WaitTask{bob};
    co_await print(invocation.out, "{} were waiting\n", heard);
    co_return 0;
}

const Program program("news", "two subscribers hear what a third task publishes", news);

}  // namespace
}  // namespace examples
