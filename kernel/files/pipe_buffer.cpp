#include "kernel/files/pipe_buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace yos {

void PipeBuffer::end_reading() noexcept {
    if (std::exchange(reader_, nullptr) != nullptr && writer_ != nullptr) {
        writer_->writers.wake_in_turn();
    }
}

void PipeBuffer::end_writing() noexcept {
    if (std::exchange(writer_, nullptr) != nullptr && reader_ != nullptr) {
        reader_->readers.wake_in_turn();
    }
}

IoResult PipeBuffer::read(std::span<char> buffer) {
    if (!can_read()) {
        return IoResult::would_block();
    }
    if (used_ == 0) {
        return {};
    }
    const std::size_t taken = take(buffer);
    if (writer_ != nullptr) {
        writer_->writers.wake_in_turn();
    }
    return {taken};
}

IoResult PipeBuffer::write(std::span<const char> bytes) {
    if (!can_write()) {
        return IoResult::would_block();
    }
    if (reader_ == nullptr) {
        return IoResult::failed(std::errc::broken_pipe);
    }
    const std::size_t placed = put(bytes);
    reader_->readers.wake_in_turn();
    return {placed};
}

std::size_t PipeBuffer::take(std::span<char> buffer) {
    std::size_t taken = 0;
    while (taken < buffer.size() && used_ > 0) {
        const std::size_t run = std::min({buffer.size() - taken, used_, ring_.size() - head_});
        std::memcpy(buffer.data() + taken, ring_.data() + head_, run);
        head_ = (head_ + run) % ring_.size();
        used_ -= run;
        taken += run;
    }
    return taken;
}

std::size_t PipeBuffer::put(std::span<const char> bytes) {
    std::size_t placed = 0;
    while (placed < bytes.size() && used_ < ring_.size()) {
        const std::size_t tail = (head_ + used_) % ring_.size();
        const std::size_t run =
            std::min({bytes.size() - placed, ring_.size() - used_, ring_.size() - tail});
        std::memcpy(ring_.data() + tail, bytes.data() + placed, run);
        used_ += run;
        placed += run;
    }
    return placed;
}

}  // namespace yos
