#pragma once

// A connected socket whose bytes the host moves by itself, with io_uring. Nothing that the host
// reads or writes belongs to a task, so whoever waits here can be killed at any time. Received
// bytes wait until somebody reads them, in one of the kernel's buffers, or copied when that may
// take long; written bytes wait in memory of the stream's until the host has taken them,
// limits::send_buffer at most.
//
// Input is asked for when somebody waits for it, and so at most one buffer's worth is received
// ahead. From a peer that has sent small pieces, the host goes on to receive without being asked
// (IORING_RECV_MULTISHOT), until a buffer's worth waits to be read: then it is told to stop.
//
// As with a socket's own buffers, a write that succeeded has been taken over, not delivered. What
// becomes of it shows later: a failure to send is told to the next write, or to a read that has
// come to the end. Closing does not wait, and what was written before is still sent.

#include "kernel/host/host_file.h"
#include "kernel/host/uring/recycled_bytes.h"
#include "kernel/host/uring/uring.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace yos {

class UringPoller;

class UringStream final : public HostFile, private UringClient {
public:
    /// The stream of a socket that is connected, or will be.
    static std::shared_ptr<UringStream> make(UringPoller& poller,
                                             HostDescriptor socket,
                                             std::string description);

    IoResult read(std::span<char> buffer) override;
    IoResult write(std::span<const char> bytes) override;
    IoResult accept(std::shared_ptr<File>& connection) override;
    bool can_read() override { return !unread_.empty() || more_ || ended_; }
    bool can_write() override { return room() > 0 || broken_ || no_more_to_send_; }
    bool ask_for_input() override;
    IoResult shutdown_writing() override;
    IoResult connected() override;
    void became(const Readiness& ready) override;

private:
    enum Operation : unsigned { receiving = 0, sending = 1, connecting = 2 };

    UringStream(UringPoller& poller, HostDescriptor socket, std::string description);
    ~UringStream() override = default;

    void close();
    void settle();
    void completed(unsigned operation, int result, unsigned flags) override;
    bool under_way(Operation operation) const { return (under_way_ & (1U << operation)) != 0; }
    void ask(io_uring_sqe* request, Operation operation);

    IoResult take_at_once(std::span<char> buffer);
    void receive();
    void received(int result, unsigned flags);
    void receive_again(int result);
    void count_piece(std::size_t size, bool has_more);
    void end_receiving(int result);
    void keep(unsigned buffer, std::size_t size);
    void let_go_of_buffer();

    std::size_t room() const;
    void send();
    void sent(int result);
    void break_off(std::errc why);

    UringPoller& poller_;
    HostDescriptor socket_;
    unsigned under_way_ = 0;  // a bit for each operation
    bool closed_ = false;

    // What came and was not read: in one of the poller's buffers, or in own_.
    std::span<const char> unread_;
    int buffer_ = none;
    RecycledBytes own_;
    bool more_ = false;              // the host has more than it gave
    bool ended_ = false;             // no more will come
    bool goes_on_ = false;           // the receive under way does so after each piece
    std::uint8_t small_pieces_ = 0;  // received in a row
    std::errc receive_error_{};      // to be told once

    // What was written: first what the host has in hand, behind it what it has not.
    RecycledBytes in_hand_;
    std::size_t sent_ = 0;  // of in_hand_
    RecycledBytes behind_;
    bool no_more_to_send_ = false;  // after shutdown_writing
    bool broken_ = false;
    std::errc send_error_{};  // to be told once

    static constexpr int none = -1;
};

}  // namespace yos
