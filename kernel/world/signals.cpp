#include "kernel/world/signals.h"

#include "kernel/world/signal_file.h"

namespace yos {

void Signals::add(SignalFile& file) {
    for (const int signal : file.signals()) {
        claim(signal);
    }
    files_.push_back(&file);
}

void Signals::remove(SignalFile& file) noexcept {
    std::erase(files_, &file);
}

std::set<Tid> Signals::deliver(int signal, std::optional<Tid> job) {
    std::set<Tid> hearing;
    for (SignalFile* const file : files_) {
        if (file->signals().contains(signal) && (!job || file->job() == *job)) {
            file->arrive(signal);
            hearing.insert(file->task());
        }
    }
    return hearing;
}

}  // namespace yos
