#include "kernel/host/host_tree.h"

#include <linux/openat2.h>

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <grp.h>
#include <map>
#include <memory>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace yos {
namespace {

std::system_error failure(const std::string& path, int error = errno) {
    return {error, std::generic_category(), path};
}

/// Like openat(2), but nothing leads out of `root`. With RESOLVE_IN_ROOT that is what `/` means;
/// with RESOLVE_BENEATH what would lead out fails.
int open_within(int root, const std::string& path, int flags, unsigned mode, unsigned resolve) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags);
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;  // it minds, unlike open
    how.resolve = resolve;
    // EAGAIN: something was moved while the host looked for it.
    constexpr int tries = 32;
    long opened = -1;
    for (int i = 0; i < tries && opened < 0 && (i == 0 || errno == EAGAIN || errno == EINTR); ++i) {
        opened = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
    }
    return static_cast<int>(opened);
}

/// The host would take it to end at a zero byte.
void check_path(const std::string& path) {
    if (path.find('\0') != std::string::npos) {
        throw failure(path, EINVAL);
    }
}

int as_the_kernel_opens(int flags) {
    return flags | O_CLOEXEC | ((flags & O_PATH) == 0 ? O_NONBLOCK | O_NOCTTY : 0);
}

HostDescriptor open_root(const std::string& root) {
    if (root == "/") {
        return HostDescriptor(-1);
    }
    HostDescriptor opened(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0) {
        throw failure(root);
    }
    const HostDescriptor same(
        open_within(opened.number(), "/", O_PATH | O_CLOEXEC, 0, RESOLVE_IN_ROOT));
    if (same.number() < 0) {
        throw failure("a root other than / needs openat2, which Linux has from 5.6");
    }
    return opened;
}

std::string start_in(const std::string& root) {
    namespace fs = std::filesystem;
    const fs::path here = fs::current_path().lexically_relative(fs::canonical(root));
    const bool inside = !here.empty() && *here.begin() != ".." && here != ".";
    return inside ? "/" + here.string() + "/" : "/";
}

FileKind kind_of(unsigned mode) {
    switch (mode & S_IFMT) {
        case S_IFDIR:
            return FileKind::directory;
        case S_IFLNK:
            return FileKind::link;
        case S_IFIFO:
            return FileKind::pipe;
        case S_IFSOCK:
            return FileKind::socket;
        case S_IFCHR:
            return FileKind::character_device;
        case S_IFBLK:
            return FileKind::block_device;
        default:
            return FileKind::regular;
    }
}

/// Asked of the host once: it goes through a file each time.
const std::string& owner_name(uid_t user) {
    thread_local std::map<uid_t, std::string> names;
    std::string& name = names[user];
    if (name.empty()) {
        const passwd* const known = ::getpwuid(user);
        name = known != nullptr ? known->pw_name : std::to_string(user);
    }
    return name;
}

const std::string& group_name(gid_t group) {
    thread_local std::map<gid_t, std::string> names;
    std::string& name = names[group];
    if (name.empty()) {
        const ::group* const known = ::getgrgid(group);
        name = known != nullptr ? known->gr_name : std::to_string(group);
    }
    return name;
}

/// Where the symbolic link `link` points to.
std::string target_of(int link, std::size_t size) {
    std::string target(size + 1, '\0');
    const ssize_t got = ::readlinkat(link, "", target.data(), target.size());
    target.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return target;
}

/// The kind of an entry of `directory`; not all kinds of disks tell it with the name.
FileKind kind_of(int directory, const dirent& entry) {
    struct stat about {};
    if (entry.d_type == DT_UNKNOWN &&
        ::fstatat(directory, entry.d_name, &about, AT_SYMLINK_NOFOLLOW) == 0) {
        return kind_of(about.st_mode);
    }
    return kind_of(DTTOIF(entry.d_type));
}

}  // namespace

HostTree::HostTree(HostPoller& poller, const std::string& root)
    : poller_(poller), root_(open_root(root)), start_(is_whole() ? "" : start_in(root)) {}

std::string HostTree::start() const {
    const std::filesystem::path path =
        is_whole() ? std::filesystem::current_path() : std::filesystem::path(start_);
    return path.has_filename() ? path.string() : path.parent_path().string();
}

std::shared_ptr<File> HostTree::open(const std::string& path, int flags, unsigned mode) {
    return make_host_file(poller_, open_descriptor(path, flags, mode), path);
}

HostDescriptor HostTree::open_descriptor(const std::string& path, int flags, unsigned mode) const {
    check_path(path);
    flags = as_the_kernel_opens(flags);
    int opened = -1;
    if (is_whole()) {
        do {
            opened = ::open(path.c_str(), flags, mode);
        } while (opened < 0 && errno == EINTR);
    } else {
        const bool from_start = !path.empty() && path.front() != '/';
        opened = open_within(
            root_.number(), (from_start ? start_ : "") + path, flags, mode, RESOLVE_IN_ROOT);
    }
    if (opened < 0) {
        throw failure(path);
    }
    return HostDescriptor(opened);
}

FileAttributes HostTree::attributes(const std::string& path, bool follow) const {
    const HostDescriptor file = open_descriptor(path, O_PATH | (follow ? 0 : O_NOFOLLOW));
    return attributes_of(file.number(), path);
}

std::vector<DirectoryEntry> HostTree::list(const std::string& path) const {
    return entries_of(open_descriptor(path, O_RDONLY | O_DIRECTORY), path);
}

HostTree::Entry HostTree::entry(const std::string& path) const {
    check_path(path);
    const auto end = path.find_last_not_of('/');
    const auto slash = end == std::string::npos ? end : path.find_last_of('/', end);
    const bool has_parent = slash != std::string::npos;
    return {open_descriptor(has_parent ? path.substr(0, slash + 1) : ".", O_PATH | O_DIRECTORY),
            path.substr(has_parent ? slash + 1 : 0)};
}

void HostTree::make_directory(const std::string& path, unsigned mode) {
    if (path.find_first_not_of('/') == std::string::npos) {
        throw failure(path, path.empty() ? ENOENT : EEXIST);
    }
    const Entry made = entry(path);
    if (::mkdirat(made.parent.number(), made.name.c_str(), mode) < 0) {
        throw failure(path);
    }
}

void HostTree::remove(const std::string& path) {
    if (path.find_first_not_of('/') == std::string::npos) {
        throw failure(path, path.empty() ? ENOENT : EBUSY);
    }
    const Entry gone = entry(path);
    if (::unlinkat(gone.parent.number(), gone.name.c_str(), 0) < 0 &&
        (errno != EISDIR ||
         ::unlinkat(gone.parent.number(), gone.name.c_str(), AT_REMOVEDIR) < 0)) {
        throw failure(path);
    }
}

HostDescriptor HostTree::open_below(int directory, const std::string& path, int flags) {
    check_path(path);
    HostDescriptor opened(
        open_within(directory, path, as_the_kernel_opens(flags), 0, RESOLVE_BENEATH));
    if (opened.number() < 0) {
        throw failure(path);
    }
    return opened;
}

FileAttributes HostTree::attributes_of(int file, const std::string& path) {
    struct stat about {};
    if (::fstat(file, &about) < 0) {
        throw failure(path);
    }
    FileAttributes attributes{
        .kind = kind_of(about.st_mode),
        .permissions = about.st_mode & 07777U,
        .links = about.st_nlink,
        .owner = owner_name(about.st_uid),
        .group = group_name(about.st_gid),
        .size = static_cast<std::uint64_t>(about.st_size),
        .blocks = static_cast<std::uint64_t>(about.st_blocks),
        .modified = WallTime{std::chrono::seconds(about.st_mtim.tv_sec) +
                             std::chrono::nanoseconds(about.st_mtim.tv_nsec)},
        .target = {},
    };
    if (attributes.kind == FileKind::link) {
        attributes.target = target_of(file, attributes.size);
    }
    return attributes;
}

std::vector<DirectoryEntry> HostTree::entries_of(HostDescriptor opened, const std::string& path) {
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::fdopendir(opened.number()), ::closedir);
    if (!directory) {
        throw failure(path);
    }
    const int number = opened.release();  // closedir closes it
    std::vector<DirectoryEntry> entries;
    errno = 0;
    while (const dirent* entry = ::readdir(directory.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") {
            entries.push_back({name, kind_of(number, *entry)});
        }
        errno = 0;
    }
    if (errno != 0) {
        throw failure(path);
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.name < b.name;
    });
    return entries;
}

}  // namespace yos
