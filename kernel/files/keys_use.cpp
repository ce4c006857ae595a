#include "kernel/uapi/keys_use.h"

#include "kernel/files/foreground.h"

namespace yos {

KeysUse::KeysUse(const std::shared_ptr<Foreground>& terminal, Tid job)
    : terminal_(terminal), job_(job) {
    terminal->begin_keys(job);
}

KeysUse::~KeysUse() {
    if (const std::shared_ptr<Foreground> terminal = terminal_.lock()) {
        terminal->end_keys(job_);
    }
}

}  // namespace yos
