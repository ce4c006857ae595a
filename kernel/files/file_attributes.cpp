#include "kernel/uapi/file_attributes.h"

#include <string_view>

namespace yos {
namespace {

char letter_of(FileKind kind) {
    constexpr std::string_view letters = "-dlpscb";  // in the order of FileKind
    return letters[static_cast<std::size_t>(kind)];
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const FileAttributes& about) {
    out << letter_of(about.kind) << std::oct << about.permissions << std::dec << ' ' << about.links
        << ' ' << about.owner << ' ' << about.group << ' ' << about.size << ' '
        << about.modified.time_since_epoch().count();
    return about.target.empty() ? out : out << " -> " << about.target;
}

std::ostream& operator<<(std::ostream& out, const DirectoryEntry& entry) {
    return out << letter_of(entry.kind) << entry.name;
}

}  // namespace yos
