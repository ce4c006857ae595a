#include "kernel/files/pipe.h"

#include "kernel/files/pipe_buffer.h"

namespace yos {
namespace {

class ReadEnd final : public File {
public:
    explicit ReadEnd(std::shared_ptr<PipeBuffer> pipe)
        : File(WaitQueue::Waker::task), pipe_(std::move(pipe)) {
        pipe_->begin_reading(*this);
    }
    ~ReadEnd() override { pipe_->end_reading(); }

    IoResult read(std::span<char> buffer) override { return pipe_->read(buffer); }
    bool can_read() override { return pipe_->can_read(); }
    std::string describe() const override { return "pipe (read end)"; }

private:
    std::shared_ptr<PipeBuffer> pipe_;
};

class WriteEnd final : public File {
public:
    explicit WriteEnd(std::shared_ptr<PipeBuffer> pipe)
        : File(WaitQueue::Waker::task), pipe_(std::move(pipe)) {
        pipe_->begin_writing(*this);
    }
    ~WriteEnd() override { pipe_->end_writing(); }

    IoResult write(std::span<const char> bytes) override { return pipe_->write(bytes); }
    bool can_write() override { return pipe_->can_write(); }
    std::string describe() const override { return "pipe (write end)"; }

private:
    std::shared_ptr<PipeBuffer> pipe_;
};

}  // namespace

std::pair<std::shared_ptr<File>, std::shared_ptr<File>> make_pipe() {
    auto pipe = std::make_shared<PipeBuffer>();
    auto reader = std::make_shared<ReadEnd>(pipe);
    return {std::move(reader), std::make_shared<WriteEnd>(std::move(pipe))};
}

}  // namespace yos
