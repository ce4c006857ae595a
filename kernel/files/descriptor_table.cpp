#include "kernel/files/descriptor_table.h"

#include <ostream>
#include <utility>

namespace yos {

std::ostream& operator<<(std::ostream& out, Fd fd) {
    return out << fd.number;
}

std::ostream& operator<<(std::ostream& out, const Descriptor& descriptor) {
    return out << descriptor.fd();
}

void Descriptor::reset() noexcept {
    if (DescriptorTable* table = std::exchange(table_, nullptr)) {
        table->close(std::exchange(fd_, Fd{}));
    }
}

Descriptor DescriptorTable::open(std::shared_ptr<File> file) {
    if (free_.empty()) {
        free_.push(static_cast<std::int32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::int32_t number = free_.top();
    free_.pop();
    Slot& slot = slots_[static_cast<std::size_t>(number)];
    slot.file = std::move(file);
    ++open_;
    return Descriptor(*this, Fd{number, slot.generation});
}

bool DescriptorTable::close(Fd fd) noexcept {
    File* file = at(fd);
    if (file == nullptr) {
        return false;
    }
    Slot& slot = slots_[static_cast<std::size_t>(fd.number)];
    ++slot.generation;
    --open_;
    free_.push(fd.number);
    const std::shared_ptr<File> last = std::move(slot.file);
    if (last.use_count() > 1) {  // open elsewhere: only those who wait by this number get EBADF
        last->readers.wake_in_turn();
        last->writers.wake_in_turn();
    }
    return true;
}

}  // namespace yos
