#include "kernel/files/pipe.h"

#include "kernel/limits.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace yos {
namespace {

/// What the two ends share. An end that is gone is null.
struct Pipe {
    std::vector<char> ring = std::vector<char>(limits::pipe_capacity);
    std::size_t head = 0;  // of the oldest byte
    std::size_t used = 0;
    File* reader = nullptr;
    File* writer = nullptr;

    std::size_t take(std::span<char> buffer) {
        std::size_t taken = 0;
        while (taken < buffer.size() && used > 0) {
            const std::size_t run = std::min({buffer.size() - taken, used, ring.size() - head});
            std::memcpy(buffer.data() + taken, ring.data() + head, run);
            head = (head + run) % ring.size();
            used -= run;
            taken += run;
        }
        return taken;
    }

    std::size_t put(std::span<const char> bytes) {
        std::size_t placed = 0;
        while (placed < bytes.size() && used < ring.size()) {
            const std::size_t tail = (head + used) % ring.size();
            const std::size_t run =
                std::min({bytes.size() - placed, ring.size() - used, ring.size() - tail});
            std::memcpy(ring.data() + tail, bytes.data() + placed, run);
            used += run;
            placed += run;
        }
        return placed;
    }
};

class ReadEnd final : public File {
public:
    explicit ReadEnd(std::shared_ptr<Pipe> pipe)
        : File(WaitQueue::Waker::task), pipe_(std::move(pipe)) {
        pipe_->reader = this;
    }
    ~ReadEnd() override {
        pipe_->reader = nullptr;
        if (pipe_->writer != nullptr) {
            pipe_->writer->writers.wake_in_turn();
        }
    }

    IoResult read(std::span<char> buffer) override {
        if (!can_read()) {
            return IoResult::would_block();
        }
        if (pipe_->used == 0) {
            return {};
        }
        const std::size_t taken = pipe_->take(buffer);
        if (pipe_->writer != nullptr) {
            pipe_->writer->writers.wake_in_turn();
        }
        return {taken};
    }

    bool can_read() override { return pipe_->used > 0 || pipe_->writer == nullptr; }

    std::string describe() const override { return "pipe (read end)"; }

private:
    std::shared_ptr<Pipe> pipe_;
};

class WriteEnd final : public File {
public:
    explicit WriteEnd(std::shared_ptr<Pipe> pipe)
        : File(WaitQueue::Waker::task), pipe_(std::move(pipe)) {
        pipe_->writer = this;
    }
    ~WriteEnd() override {
        pipe_->writer = nullptr;
        if (pipe_->reader != nullptr) {
            pipe_->reader->readers.wake_in_turn();
        }
    }

    IoResult write(std::span<const char> bytes) override {
        if (!can_write()) {
            return IoResult::would_block();
        }
        if (pipe_->reader == nullptr) {
            return IoResult::failed(std::errc::broken_pipe);
        }
        const std::size_t placed = pipe_->put(bytes);
        pipe_->reader->readers.wake_in_turn();
        return {placed};
    }

    bool can_write() override {
        return pipe_->used < pipe_->ring.size() || pipe_->reader == nullptr;
    }

    std::string describe() const override { return "pipe (write end)"; }

private:
    std::shared_ptr<Pipe> pipe_;
};

}  // namespace

std::pair<std::shared_ptr<File>, std::shared_ptr<File>> make_pipe() {
    auto pipe = std::make_shared<Pipe>();
    auto reader = std::make_shared<ReadEnd>(pipe);
    return {std::move(reader), std::make_shared<WriteEnd>(std::move(pipe))};
}

}  // namespace yos
