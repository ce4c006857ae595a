#pragma once

// What lies between the two ends of a pipe: a bounded buffer, and who is at either end. A full one
// makes writers wait, an empty one readers; with the writer gone, readers get the end of the file,
// with the reader gone, writers get EPIPE.

#include "kernel/files/file.h"
#include "kernel/limits.h"

#include <cstddef>
#include <span>
#include <vector>

namespace yos {

class PipeBuffer {
public:
    /// Who is told when there is something to be read, or room: null once it has gone.
    void begin_reading(File& reader) { reader_ = &reader; }
    void begin_writing(File& writer) { writer_ = &writer; }
    void end_reading() noexcept;
    void end_writing() noexcept;

    IoResult read(std::span<char> buffer);
    IoResult write(std::span<const char> bytes);
    bool can_read() const { return used_ > 0 || writer_ == nullptr; }
    bool can_write() const { return used_ < ring_.size() || reader_ == nullptr; }

    /// How many bytes could be read, or written, at once.
    std::size_t used() const { return used_; }
    std::size_t room() const { return ring_.size() - used_; }

private:
    std::size_t take(std::span<char> buffer);
    std::size_t put(std::span<const char> bytes);

    std::vector<char> ring_ = std::vector<char>(limits::pipe_capacity);
    std::size_t head_ = 0;  // of the oldest byte
    std::size_t used_ = 0;
    File* reader_ = nullptr;
    File* writer_ = nullptr;
};

}  // namespace yos
