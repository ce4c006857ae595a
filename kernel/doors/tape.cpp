#include "kernel/doors/tape.h"

#include <cstring>
#include <system_error>

namespace yos {

void AnswerReader::take(void* value, std::size_t size) {
    if (bytes_.size() - read_ < size) {
        throw std::system_error(std::make_error_code(std::errc::bad_message),
                                "an answer on the tape is cut off");
    }
    std::memcpy(value, bytes_.data() + read_, size);
    read_ += size;
}

void TapeGuard::put(Door door, std::string_view answer) {
    try {
        tape_->put(door, answer);
    } catch (...) {
        failure = std::current_exception();
        throw;
    }
}

std::string TapeGuard::take(Door door) {
    try {
        return tape_->take(door);
    } catch (...) {
        failure = std::current_exception();
        throw;
    }
}

}  // namespace yos
