#include "programs/files/long_listing.h"

#include "programs/lib/print.h"

#include <algorithm>
#include <ctime>

namespace yos {
namespace {

/// As in drwxr-xr-x.
std::string mode_of(const FileAttributes& about) {
    constexpr std::string_view kinds = "-dlpscb";  // in the order of FileKind
    std::string mode(1, kinds[static_cast<std::size_t>(about.kind)]);
    for (unsigned bit = 9; bit-- > 0;) {
        mode += (about.permissions >> bit & 1U) != 0 ? "xwr"[bit % 3] : '-';
    }
    const auto special = [&](unsigned bit, std::size_t place, char letter) {
        if ((about.permissions & bit) != 0) {
            const int no_execution = mode[place] == 'x' ? 0 : 'a' - 'A';
            mode[place] = static_cast<char>(letter - no_execution);
        }
    };
    special(04000, 3, 's');
    special(02000, 6, 's');
    special(01000, 9, 't');
    return mode;
}

std::string date_of(WallTime time, const TimeZone& zone, WallTime now) {
    const std::tm parts = calendar_of(time, zone);
    constexpr auto half_a_year = std::chrono::hours(24 * 365 / 2);
    const bool recent = time <= now && now - time < half_a_year;
    char text[32];
    std::strftime(text, sizeof text, recent ? "%b %e %H:%M" : "%b %e  %Y", &parts);
    return text;
}

}  // namespace

std::string readable_size(std::uint64_t bytes, bool human, std::uint64_t unit) {
    if (!human) {
        return std::to_string((bytes + unit - 1) / unit);
    }
    constexpr std::string_view units = "KMGTPE";
    constexpr std::uint64_t step = 1024;
    if (bytes < step) {
        return std::to_string(bytes);
    }
    std::uint64_t divisor = step;
    std::size_t i = 0;
    // Rounded up, so that 1023.5 of one unit is 1.0 of the next.
    while (i + 1 < units.size() && (bytes + divisor - 1) / divisor >= step) {
        divisor *= step;
        ++i;
    }
    const std::uint64_t whole = (bytes + divisor - 1) / divisor;
    const std::uint64_t tenths =
        bytes / divisor * 10 + (bytes % divisor * 10 + divisor - 1) / divisor;
    return tenths < 100 ? fmt::format("{}.{}{}", tenths / 10, tenths % 10, units[i])
                        : fmt::format("{}{}", whole, units[i]);
}

std::string mark_of(const FileAttributes& about) {
    switch (about.kind) {
        case FileKind::directory:
            return "/";
        case FileKind::link:
            return "@";
        case FileKind::pipe:
            return "|";
        case FileKind::socket:
            return "=";
        case FileKind::regular:
            return (about.permissions & 0111U) != 0 ? "*" : "";
        default:
            return "";
    }
}

std::string long_listing(const std::vector<Listed>& files, bool human, WallTime now) {
    std::size_t links = 0;
    std::size_t owner = 0;
    std::size_t group = 0;
    std::size_t size = 0;
    for (const auto& [name, about, zone] : files) {
        links = std::max(links, std::to_string(about.links).size());
        owner = std::max(owner, about.owner.size());
        group = std::max(group, about.group.size());
        size = std::max(size, readable_size(about.size, human).size());
    }
    std::string text;
    for (const auto& [name, about, zone] : files) {
        text += fmt::format("{} {:>{}} {:<{}} {:<{}} {:>{}} {} {}{}{}\n",
                            mode_of(about),
                            about.links,
                            links,
                            about.owner,
                            owner,
                            about.group,
                            group,
                            readable_size(about.size, human),
                            size,
                            date_of(about.modified, zone, now),
                            name,
                            about.kind == FileKind::link ? " -> " : "",
                            about.target);
    }
    return text;
}

}  // namespace yos
