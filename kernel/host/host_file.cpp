#include "kernel/host/host_file.h"

#include "kernel/host/host_call.h"
#include "kernel/host/host_stream.h"
#include "kernel/host/host_tree.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yos {

HostDescriptor::~HostDescriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

IoResult HostFile::connect_result() const {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(number(), SOL_SOCKET, SO_ERROR, &error, &size) < 0) {
        return failure_of_host();
    }
    return error == 0 ? IoResult{} : IoResult::failed(static_cast<std::errc>(error));
}

IoResult HostFile::read_at(std::uint64_t offset, std::span<char> buffer) {
    return result_of_host(retried([&] {
        return ::pread(number(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    }));
}

FileAttributes HostFile::attributes() const {
    return HostTree::attributes_of(number(), "an open file");
}

/// By a descriptor of its own, because the entries are listed from where a descriptor stands.
std::vector<DirectoryEntry> HostFile::entries() const {
    return HostTree::entries_of(HostTree::open_below(number(), ".", O_RDONLY | O_DIRECTORY),
                                "an open directory");
}

Address HostFile::local_address() const {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(number(), reinterpret_cast<sockaddr*>(&storage), &size) < 0) {
        throw std::system_error(errno, std::generic_category(), "no address");
    }
    return Address(&storage, size);
}

std::optional<TerminalSize> HostFile::terminal_size() const {
    winsize size{};
    if (::ioctl(number(), TIOCGWINSZ, &size) < 0 || size.ws_col == 0) {
        return std::nullopt;
    }
    return TerminalSize{.rows = size.ws_row, .columns = size.ws_col};
}

RegularFile::RegularFile(HostPoller& poller, HostDescriptor descriptor, std::string description)
    : HostFile(descriptor.number(), std::move(description), WaitQueue::Waker::task),
      poller_(poller),
      descriptor_(std::move(descriptor)) {}

IoResult RegularFile::read(std::span<char> buffer) {
    return result_of_host(retried([&] { return ::read(number(), buffer.data(), buffer.size()); }));
}

IoResult RegularFile::write(std::span<const char> bytes) {
    return result_of_host(retried([&] { return ::write(number(), bytes.data(), bytes.size()); }));
}

std::shared_ptr<File> RegularFile::open_below(const std::string& path, int flags) const {
    return make_host_file(poller_, HostTree::open_below(number(), path, flags), path);
}

std::shared_ptr<File> make_host_file(HostPoller& poller,
                                     HostDescriptor descriptor,
                                     const std::string& path) {
    struct stat about {};
    if (::fstat(descriptor.number(), &about) < 0) {
        throw std::system_error(errno, std::generic_category(), path);
    }
    if (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode) || S_ISBLK(about.st_mode)) {
        return std::make_shared<RegularFile>(poller, std::move(descriptor), path);
    }
    return std::make_shared<HostStream>(
        poller, std::move(descriptor), HostStream::Kind::plain, path);
}

}  // namespace yos
