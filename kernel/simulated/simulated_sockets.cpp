#include "kernel/simulated/simulated_sockets.h"

#include "kernel/files/pipe_buffer.h"
#include "kernel/limits.h"

#include <algorithm>
#include <deque>
#include <system_error>
#include <utility>

namespace yos {
namespace {

[[noreturn]] void fail(std::errc error, const std::string& what) {
    throw std::system_error(std::make_error_code(error), what);
}

/// One end of a connection.
class MemoryStream final : public DeviceFile {
public:
    MemoryStream(int number,
                 std::string description,
                 Address local,
                 std::shared_ptr<PipeBuffer> in,
                 std::shared_ptr<PipeBuffer> out,
                 const SimulatedSockets::Choose& choose)
        : DeviceFile(WaitQueue::Waker::task),
          number_(number),
          description_(std::move(description)),
          local_(local),
          in_(std::move(in)),
          out_(std::move(out)),
          choose_(choose) {
        in_->begin_reading(*this);
        out_->begin_writing(*this);
    }
    ~MemoryStream() override {
        in_->end_reading();
        out_->end_writing();
    }

    int number() const override { return number_; }
    IoResult read(std::span<char> buffer) override {
        return in_->read(buffer.first(shortened(std::min(buffer.size(), in_->used()))));
    }
    IoResult write(std::span<const char> bytes) override {
        if (no_more_) {
            return IoResult::failed(std::errc::broken_pipe);
        }
        return out_->write(bytes.first(shortened(std::min(bytes.size(), out_->room()))));
    }
    bool can_read() override { return in_->can_read(); }
    bool can_write() override { return no_more_ || out_->can_write(); }
    IoResult shutdown_writing() override {
        no_more_ = true;
        out_->end_writing();
        writers.wake_in_turn();  // who waits for room is told that there will be none
        return {};
    }
    IoResult connected() override { return {}; }
    Address local_address() const override { return local_; }
    std::string describe() const override { return description_; }

private:
    /// How many of so many bytes are moved: as a rule all, but at least one.
    std::size_t shortened(std::size_t bytes) const {
        return bytes > 1 && choose_ ? bytes - choose_(Choice::shorten, Candidates(bytes)) : bytes;
    }

    const int number_;
    const std::string description_;
    const Address local_;
    const std::shared_ptr<PipeBuffer> in_;
    const std::shared_ptr<PipeBuffer> out_;
    const SimulatedSockets::Choose& choose_;
    bool no_more_ = false;  // to be written
};

}  // namespace

class MemoryListener final : public DeviceFile {
public:
    MemoryListener(int number, const Address& address)
        : DeviceFile(WaitQueue::Waker::task), number_(number), address_(address) {}

    int number() const override { return number_; }
    IoResult accept(std::shared_ptr<File>& connection) override {
        if (waiting_.empty()) {
            return IoResult::would_block();
        }
        connection = std::move(waiting_.front());
        waiting_.pop_front();
        return {};
    }
    bool can_read() override { return !waiting_.empty(); }
    Address local_address() const override { return address_; }
    std::string describe() const override { return address_.to_string(); }

    /// False when there are too many already.
    bool add(std::shared_ptr<File> connection) {
        if (waiting_.size() >= static_cast<std::size_t>(limits::listen_backlog)) {
            return false;
        }
        waiting_.push_back(std::move(connection));
        readers.wake_in_turn();
        return true;
    }

private:
    const int number_;
    const Address address_;
    std::deque<std::shared_ptr<File>> waiting_;
};

namespace {

std::string port_of(const std::string& address) {
    return address.substr(address.rfind(':') + 1);
}

}  // namespace

std::shared_ptr<File> SimulatedSockets::listen(const Address& address) {
    std::erase_if(listeners_, [](const auto& listener) { return listener.second.expired(); });
    std::string name = address.to_string();
    Address where = address;
    if (!address.is_unix() && port_of(name) == "0") {
        const std::string host = name.substr(0, name.rfind(':') + 1);
        do {
            name = host + std::to_string(next_port());
        } while (listeners_.contains(name));
        where = Address::parse(name);
    }
    std::weak_ptr<MemoryListener>& place = listeners_[name];
    if (!place.expired()) {
        fail(std::errc::address_in_use, "cannot listen at " + name);
    }
    const auto listener = std::make_shared<MemoryListener>(next_number_++, where);
    place = listener;
    return listener;
}

/// Of those that are nobody's by convention, one after the other.
unsigned short SimulatedSockets::next_port() {
    constexpr unsigned short first = 49'152;
    last_port_ = last_port_ < first || last_port_ == 65'535
                     ? first
                     : static_cast<unsigned short>(last_port_ + 1);
    return last_port_;
}

std::shared_ptr<DeviceFile> SimulatedSockets::connect(const Address& address) {
    const std::string name = address.to_string();
    const std::shared_ptr<MemoryListener> listener = find(address);
    if (listener == nullptr) {
        fail(std::errc::connection_refused, "cannot connect to " + name);
    }
    const auto there = std::make_shared<PipeBuffer>();
    const auto back = std::make_shared<PipeBuffer>();
    Address local = address;
    if (!address.is_unix()) {
        local = Address::parse("127.0.0.1:" + std::to_string(next_port()));
    }
    auto ours = std::make_shared<MemoryStream>(next_number_++, name, local, back, there, choose_);
    if (!listener->add(std::make_shared<MemoryStream>(
            next_number_++, "connection to " + name, address, there, back, choose_))) {
        fail(std::errc::resource_unavailable_try_again, "cannot connect to " + name);
    }
    return ours;
}

std::shared_ptr<MemoryListener> SimulatedSockets::find(const Address& address) const {
    const std::string name = address.to_string();
    const std::string port = port_of(name);
    for (const std::string& place : {name, "[::]:" + port, "0.0.0.0:" + port}) {
        if (address.is_unix() && place != name) {
            break;
        }
        const auto found = listeners_.find(place);
        if (found != listeners_.end() && !found->second.expired()) {
            return found->second.lock();
        }
    }
    return nullptr;
}

std::vector<Address> SimulatedSockets::resolve(const std::string& host, unsigned short port) const {
    try {
        return {Address::parse(host + ":" + std::to_string(port))};
    } catch (const std::system_error&) {
        fail(std::errc::host_unreachable, host + ": a simulated world knows no names of hosts");
    }
}

}  // namespace yos
