#include "kernel/uapi/keys_use.h"

#include "kernel/files/file.h"

namespace yos {

KeysUse::~KeysUse() {
    if (const std::shared_ptr<File> terminal = terminal_.lock()) {
        terminal->want_keys(job_, -1);
    }
}

}  // namespace yos
