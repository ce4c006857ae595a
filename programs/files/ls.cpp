#include "programs/files/long_listing.h"
#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "programs/lib/utf8.h"
#include "programs/lib/walk.h"
#include "syscalls/get_terminal_size.h"
#include "syscalls/tried.h"

#include <algorithm>

namespace yos {
namespace {

struct How {
    bool all = false;
    bool almost_all = false;
    bool details = false;
    bool one_a_line = false;
    bool human = false;
    bool by_time = false;
    bool by_size = false;
    bool reverse = false;
    bool itself = false;
    bool marked = false;
    std::size_t width = 0;  ///< of the terminal, in characters; 0: there is none

    bool needs_attributes() const { return details || by_time || by_size || marked; }
};

void sort(std::vector<Listed>& files, const How& how) {
    std::sort(files.begin(), files.end(), [&](const Listed& a, const Listed& b) {
        if (how.by_time && a.about.modified != b.about.modified) {
            return a.about.modified > b.about.modified;
        }
        if (how.by_size && a.about.size != b.about.size) {
            return a.about.size > b.about.size;
        }
        return a.name < b.name;
    });
    if (how.reverse) {
        std::reverse(files.begin(), files.end());
    }
}

/// Column by column, in as few rows as fit in the terminal.
std::string in_columns(const std::vector<Listed>& files, std::size_t width) {
    std::size_t widest = 0;
    for (const Listed& file : files) {
        widest = std::max(widest, display_width(file.name));
    }
    const std::size_t columns = std::max<std::size_t>(1, (width + 1) / (widest + 2));
    const std::size_t rows = (files.size() + columns - 1) / columns;
    std::string text;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = row; i < files.size(); i += rows) {
            const bool last = i + rows >= files.size();
            text += files[i].name;
            text.append(last ? 0 : widest + 2 - display_width(files[i].name), ' ');
        }
        text += '\n';
    }
    return text;
}

std::string format(const std::vector<Listed>& files, const How& how, WallTime now) {
    if (how.details) {
        return long_listing(files, how.human, now);
    }
    if (how.width > 0 && !how.one_a_line) {
        return in_columns(files, how.width);
    }
    std::string text;
    for (const Listed& file : files) {
        text += file.name + '\n';
    }
    return text;
}

Coroutine<> print_files(Fd out, std::vector<Listed> files, How how) {
    const WallTime now = co_yield WallClock{};
    if (how.details) {
        for (Listed& file : files) {
            file.zone = co_yield GetTimeZone{file.about.modified};
        }
    }
    co_await write_all(out, format(files, how, now));
}

/// Lists a directory; evaluates to the status.
Coroutine<int> list(Invocation invocation, std::string directory, How how) {
    auto entries = co_yield Tried{ListDirectory{directory}};
    if (!entries) {
        co_await print(invocation.err,
                       "ls: cannot open directory '{}': {}\n",
                       directory,
                       entries.error().message());
        co_return 2;
    }
    if (how.all) {
        entries->push_back({".", FileKind::directory});
        entries->push_back({"..", FileKind::directory});
    }
    int status = 0;
    std::vector<Listed> files;
    std::uint64_t blocks = 0;
    for (const DirectoryEntry& entry : *entries) {
        if (entry.name.starts_with('.') && !how.all && !how.almost_all) {
            continue;
        }
        Listed file{.name = entry.name, .about = {}};
        const std::string path = path_in(directory, entry.name);
        if (how.needs_attributes()) {
            auto about = co_yield Tried{FileStatus{path, FileStatus::Links::look_at}};
            if (!about) {
                status = co_await complain(invocation, path, about.error());
                continue;
            }
            file.about = *std::move(about);
        }
        blocks += file.about.blocks;
        file.name += how.marked ? mark_of(file.about) : "";
        files.push_back(std::move(file));
    }
    sort(files, how);
    if (how.details) {
        co_await print(invocation.out, "total {}\n", readable_size(blocks * 512, how.human, 1024));
    }
    co_await print_files(invocation.out, std::move(files), how);
    co_return status;
}

Coroutine<int> ls(Invocation invocation) {
    How how;
    std::vector<std::string> names;
    Options options(invocation);
    options.files(names, "what to list; none: the directory where we are");
    options.flag("-l", how.details, "with rights, links, owner, group, size and time");
    options.flag("-a,--all", how.all, "with names that begin with a dot");
    options.flag("-A,--almost-all", how.almost_all, "likewise, without . and ..");
    options.flag("-1", how.one_a_line, "one a line, as when the output is no terminal");
    options.flag("-h,--human-readable", how.human, "with -l: sizes as in 1.5K");
    options.flag("-t", how.by_time, "the newest first");
    options.flag("-S", how.by_size, "the largest first");
    options.flag("-r,--reverse", how.reverse, "the other way round");
    options.flag("-d,--directory", how.itself, "directories themselves, and not what is in them");
    options.flag("-F,--classify", how.marked, "mark directories with /, programs with *, links @");
    options.example("ls -lhS /var/log");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<TerminalSize> terminal = co_yield GetTerminalSize{invocation.out};
    how.width = terminal ? terminal->columns : 0;
    if (names.empty()) {
        names.emplace_back(".");
    }
    int status = 0;
    std::vector<Listed> files;
    std::vector<Listed> directories;
    for (const std::string& name : names) {
        const auto links = how.details ? FileStatus::Links::look_at : FileStatus::Links::follow;
        auto about = co_yield Tried{FileStatus{name, links}};
        if (!about) {
            co_await print(
                invocation.err, "ls: cannot access '{}': {}\n", name, about.error().message());
            status = 2;
            continue;
        }
        const bool enter = about->kind == FileKind::directory && !how.itself;
        (enter ? directories : files).push_back(Listed{.name = name, .about = *std::move(about)});
    }
    sort(files, how);
    std::string_view between = files.empty() ? "" : "\n";
    co_await print_files(invocation.out, std::move(files), how);
    sort(directories, how);
    for (const Listed& directory : directories) {
        if (names.size() > 1) {
            co_await print(invocation.out, "{}{}:\n", between, directory.name);
            between = "\n";
        }
        status = std::max(status, co_await list(invocation, directory.name, how));
    }
    co_return status;
}

const Program program("ls", "list what is in directories", ls);

}  // namespace
}  // namespace yos
