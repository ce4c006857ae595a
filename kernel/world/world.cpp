#include "kernel/world/world.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace yos {

World::World(Devices devices, Tape* tape)
    : tape_(tape),
      clock(devices.virtual_time, tape_.get()),
      poller(std::move(devices.poller)),
      signals(std::move(devices.signals)),
      sockets(std::move(devices.sockets)),
      tree(std::move(devices.tree)),
      processes(std::move(devices.processes)),
      threads(std::move(devices.threads)),
      terminal(std::move(devices.terminal)),
      standard_streams(std::move(devices.standard_streams)),
      repeats_(devices.repeats),
      entropy_(std::move(devices.entropy)) {}

inline void World::take_from_devices(const Patience& patience) {
    const bool at_once = patience.until && *patience.until == Time::min();
    arrived_.now = at_once && patience.ask ? Time{} : clock.look();
    const bool due = at_once || (patience.until && *patience.until <= arrived_.now);
    if (!due || patience.ask) {
        std::optional<Duration> limit = Duration::zero();
        if (!patience.until) {
            limit.reset();
        } else if (!due) {
            limit = std::max(*patience.until - arrived_.now, patience.at_least);
        }
        arrived_.ready = poller->wait(limit);
        arrived_.now = clock.look();
    }
    if (threads->busy()) {
        arrived_.jobs = threads->take_finished();
    }
    while (const int signal = signals->next()) {
        arrived_.signals.push_back(signal);
    }
}

Arrivals& World::take_in(const Patience& patience) {
    arrived_.signals.clear();
    arrived_.ready = {};
    arrived_.jobs.clear();
    if (tape_.get() == nullptr) [[likely]] {
        take_from_devices(patience);
    } else if (tape_.failure != nullptr) {
        std::rethrow_exception(tape_.failure);
    } else if (tape_.plays()) {
        take_from_tape();
    } else {
        take_from_devices(patience);
        put_on_tape();
    }
    return arrived_;
}

void World::put_on_tape() {
    AnswerWriter answer;
    answer << arrived_.now << arrived_.signals.size();
    for (const int signal : arrived_.signals) {
        answer << signal;
    }
    answer << arrived_.ready.size();
    for (const Readiness& ready : arrived_.ready) {
        answer << ready.file->number() << ready.readable << ready.writable << ready.drain;
    }
    answer << arrived_.jobs.size();
    for (const auto& job : arrived_.jobs) {
        answer << job->number;
    }
    tape_.put(Door::arrivals, answer.bytes());
}

void World::take_from_tape() {
    AnswerReader answer(tape_.take(Door::arrivals));
    std::size_t count = 0;
    answer >> arrived_.now >> count;
    for (int signal = 0; count > 0; --count) {
        answer >> signal;
        arrived_.signals.push_back(signal);
    }
    answer >> count;
    if (count > 0) {
        int number = 0;
        answer >> number;
        throw std::system_error(std::make_error_code(std::errc::not_supported),
                                "the tape has an event of file " + std::to_string(number) +
                                    " of the host: files are not played");
    }
    answer >> count;
    for (std::uint64_t number = 0; count > 0; --count) {
        answer >> number;
        arrived_.jobs.push_back(finished_job(number));
    }
}

/// Jobs are run again when a tape is played, and may be done before they were then, or after.
std::shared_ptr<Threads::Job> World::finished_job(std::uint64_t number) {
    while (!early_.contains(number)) {
        if (!threads->busy()) {
            throw std::system_error(
                std::make_error_code(std::errc::bad_message),
                "the tape has the end of job " + std::to_string(number) + ", which has not begun");
        }
        std::vector<std::shared_ptr<Threads::Job>> finished = threads->take_finished();
        if (finished.empty()) {
            poller->wait(std::nullopt);
        }
        for (auto& job : finished) {
            const std::uint64_t its_number = job->number;
            early_.emplace(its_number, std::move(job));
        }
    }
    return early_.extract(number).mapped();
}

std::uint64_t World::random() {
    if (!generator_) {
        generator_.emplace(through(tape_.get(), Door::entropy, entropy_));
    }
    return (*generator_)();
}

}  // namespace yos
