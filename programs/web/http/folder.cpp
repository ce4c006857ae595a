#include "programs/web/http/folder.h"

#include "programs/lib/print.h"
#include "programs/web/http/content_type.h"
#include "programs/web/http/range.h"
#include "programs/web/http/text.h"
#include "syscalls/answer_of.h"
#include "syscalls/list_directory.h"
#include "syscalls/open_below.h"
#include "syscalls/tried.h"

#include <fcntl.h>
#include <optional>
#include <utility>

namespace yos::http {
namespace {

/// The path that a target names, from the folder on: `a b/c` of `/a%20b/c?sort=size`.
std::string path_of(std::string_view target) {
    if (!target.starts_with('/')) {
        throw Refusal(400, "a target begins with a /");
    }
    const std::optional<std::string> path = unescaped(target.substr(0, target.find('?')));
    if (!path || path->find('\0') != std::string::npos) {
        throw Refusal(400, "the target is not written as a path");
    }
    const auto begin = path->find_first_not_of('/');
    return begin == std::string::npos ? "" : path->substr(begin);
}

/// A stranger need not know why there is nothing.
int status_for(const std::error_code& failure) {
    if (failure == std::errc::permission_denied || failure == std::errc::operation_not_permitted) {
        return 403;
    }
    const bool out_of_descriptors = failure == std::errc::too_many_files_open ||
                                    failure == std::errc::too_many_files_open_in_system;
    return out_of_descriptors ? 503 : 404;
}

/// Opens what is there. Throws Refusal.
Coroutine<Descriptor> open_file(Fd folder, std::string path) {
    auto file = co_yield Tried{OpenBelow{folder, path}};
    if (!file) {
        throw Refusal(status_for(file.error()), "/" + path);
    }
    co_return *std::move(file);
}

/// Changes whenever the file does.
std::string entity_tag(const FileAttributes& about) {
    return fmt::format("\"{:x}-{:x}\"", about.modified.time_since_epoch().count(), about.size);
}

WallTime in_whole_seconds(WallTime time) {
    return std::chrono::floor<std::chrono::seconds>(time);
}

bool lists(std::string_view tags, std::string_view tag) {
    return tags == "*" || tags.find(tag) != std::string_view::npos;
}

/// Whether the client has it already.
bool is_unchanged(const Head& request, const FileAttributes& about, std::string_view tag) {
    if (const auto tags = request.fields.find("If-None-Match")) {
        return lists(*tags, tag);
    }
    const auto since = request.fields.find("If-Modified-Since");
    const auto date = since ? parse_date(*since) : std::nullopt;
    return date && in_whole_seconds(about.modified) <= *date;
}

/// A client that has a part asks for the rest, but of the file that it knows.
Range wanted_range(const Head& request, const FileAttributes& about, std::string_view tag) {
    const auto range = request.fields.find("Range");
    const auto known = request.fields.find("If-Range");
    const auto date = known ? parse_date(*known) : std::nullopt;
    const bool is_known =
        !known || *known == tag || (date && *date == in_whole_seconds(about.modified));
    return range && is_known && request.method == "GET" ? parse_range(*range, about.size)
                                                        : Range{Range::Kind::whole, 0, about.size};
}

std::string size_of(const FileAttributes& about) {
    constexpr std::uint64_t kilo = 1024;
    if (about.size < kilo) {
        return std::to_string(about.size);
    }
    double size = static_cast<double>(about.size);
    std::string_view units = "KMGTPE";
    for (size /= kilo; size >= kilo; size /= kilo) {
        units.remove_prefix(1);
    }
    return fmt::format("{:.1f} {}", size, units.front());
}

/// A line of an index.
std::string row(const std::string& name, const std::string& size, const std::string& date) {
    // A name may have a colon, and would be taken for the scheme of a URL.
    return fmt::format("<tr><td><a href=\"./{}\">{}</a><td class=\"size\">{}<td>{}\n",
                       escaped_for_url(name),
                       escaped_for_html(name),
                       size,
                       date);
}

Coroutine<FileAttributes> attributes_of(Fd directory, std::string name) {
    const Descriptor file = co_yield OpenBelow{directory, name, O_PATH};
    co_return co_yield FileStatus{file.fd()};
}

Coroutine<std::string> index_of(Fd directory, std::string path) {
    const std::string title = escaped_for_html("Index of /" + path);
    std::string page = fmt::format(
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n"
        "<style>td {{ padding-right: 2em; }} .size {{ text-align: right; }}</style>\n"
        "<h1>{0}</h1>\n<table>\n",
        title);
    if (!path.empty()) {
        page += "<tr><td><a href=\"../\">../</a>\n";
    }
    const std::vector<DirectoryEntry> entries = co_yield ListDirectory{directory};
    for (const DirectoryEntry& entry : entries) {
        const auto about = co_await answer_of(attributes_of(directory, entry.name));
        if (!about) {
            continue;  // a link that leads out, or nowhere, or it is gone
        }
        const bool is_directory = about->kind == FileKind::directory;
        page += row(entry.name + (is_directory ? "/" : ""),
                    is_directory ? "" : size_of(*about),
                    to_date(about->modified));
    }
    co_return page + "</table>\n";
}

}  // namespace

Coroutine<Folder> Folder::open(std::string path) {
    Descriptor directory = co_yield Open{path, O_PATH | O_DIRECTORY};
    co_yield OpenBelow{directory, ".", O_PATH};  // so that we hear of a host that cannot do it
    co_return Folder(std::move(directory));
}

Coroutine<> Folder::answer(Exchange& exchange) const {
    const std::string path = path_of(exchange.request().target);
    const std::string name = path.empty() ? "." : path;
    Descriptor file = co_await open_file(directory_, name);
    FileAttributes about = co_yield FileStatus{file.fd()};
    if (about.kind == FileKind::directory) {
        co_await answer_with_directory(exchange, std::move(file), path);
    } else if (about.kind == FileKind::regular) {
        co_await answer_with_file(exchange, std::move(file), std::move(about), path);
    } else {
        throw Refusal(403, "/" + path + " is no file");
    }
}

/// With its index.html, if it has one. Its path ends in a slash, or links in it would go wrong.
Coroutine<> Folder::answer_with_directory(Exchange& exchange,
                                          Descriptor directory,
                                          std::string path) const {
    if (!path.empty() && path.back() != '/') {
        Response moved(301, "text/html; charset=utf-8", "");
        moved.fields.add("Location", "/" + escaped_for_url(path) + "/");
        co_return co_await exchange.answer(std::move(moved));
    }
    auto index = co_yield Tried{OpenBelow{directory_, path + "index.html"}};
    if (index) {  // or else we make one
        FileAttributes about = co_yield FileStatus{index->fd()};
        if (about.kind == FileKind::regular) {
            co_return co_await answer_with_file(
                exchange, *std::move(index), std::move(about), path + "index.html");
        }
    }
    auto page = co_await answer_of(index_of(directory, path));
    if (!page) {
        throw Refusal(403, "/" + path);
    }
    Response response(200, "text/html; charset=utf-8", *std::move(page));
    co_await exchange.answer(std::move(response));
}

Coroutine<> Folder::answer_with_file(Exchange& exchange,
                                     Descriptor file,
                                     FileAttributes about,
                                     std::string path) {
    const std::string tag = entity_tag(about);
    Response head;
    head.fields.add("ETag", tag);
    head.fields.add("Last-Modified", to_date(about.modified));
    head.fields.add("Accept-Ranges", "bytes");
    if (is_unchanged(exchange.request(), about, tag)) {
        head.status = 304;
        co_return co_await exchange.answer(std::move(head));
    }
    head.fields.add("Content-Type", content_type(path));
    const Range range = wanted_range(exchange.request(), about, tag);
    if (range.kind == Range::Kind::beyond) {
        head.status = 416;
        head.fields.add("Content-Range", fmt::format("bytes */{}", about.size));
        co_return co_await exchange.answer(std::move(head));
    }
    if (range.kind == Range::Kind::part) {
        head.status = 206;
        head.fields.add(
            "Content-Range",
            fmt::format("bytes {}-{}/{}", range.first, range.first + range.size - 1, about.size));
    }
    co_await exchange.begin(std::move(head), range.size);
    co_await exchange.send_file(file, range.first, range.size);
    co_await exchange.end();
}

}  // namespace yos::http
