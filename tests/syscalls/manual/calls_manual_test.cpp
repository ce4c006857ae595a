// What the manual must say of each call in syscalls/.

#include "syscalls/manual/page.h"
#include "tests/lib/catch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace yos::manual {
namespace {

namespace fs = std::filesystem;

std::vector<Header> headers_of_calls() {
    std::vector<Header> headers;
    for (const std::string room : {"syscalls/", "syscalls/detail/"}) {
        for (const fs::directory_entry& entry :
             fs::directory_iterator(fs::path(YOS_SOURCE_DIR) / room)) {
            if (entry.path().extension() == ".h") {
                std::ifstream file(entry.path());
                headers.push_back({room + entry.path().filename().string(),
                                   {std::istreambuf_iterator<char>(file), {}}});
            }
        }
    }
    return headers;
}

std::string text_of(const std::string& path, const std::vector<Header>& headers) {
    const auto found = std::find_if(
        headers.begin(), headers.end(), [&](const Header& header) { return header.path == path; });
    REQUIRE(found != headers.end());
    return found->text;
}

/// EBADF for bad_file_descriptor, and so on: those that calls in the tree fail with.
std::string symbol_of(const std::string& errc) {
    static const std::map<std::string, std::string> symbols = {
        {"bad_file_descriptor", "EBADF"},
        {"broken_pipe", "EPIPE"},
        {"inappropriate_io_control_operation", "ENOTTY"},
        {"invalid_argument", "EINVAL"},
        {"io_error", "EIO"},
        {"invalid_seek", "ESPIPE"},
        {"no_child_process", "ECHILD"},
        {"no_such_file_or_directory", "ENOENT"},
        {"not_a_directory", "ENOTDIR"},
        {"not_a_socket", "ENOTSOCK"},
        {"operation_canceled", "ECANCELED"},
        {"operation_not_permitted", "EPERM"},
        {"owner_dead", "EOWNERDEAD"},
        {"resource_deadlock_would_occur", "EDEADLK"},
    };
    const auto found = symbols.find(errc);
    return found != symbols.end() ? found->second : "no symbol for " + errc;
}

/// It does not let its caller wait, but is slow itself.
bool blocks_all(const Page& page) {
    return page.blocks == "Blocks the whole kernel for as long as the host takes.";
}

bool mentions(const Page& page, const std::string& error) {
    return std::any_of(page.errors.begin(), page.errors.end(), [&](const Entry& entry) {
        return std::regex_search(entry.term, std::regex("\\b" + error + "\\b"));
    });
}

TEST_CASE("every header in syscalls/ has a page", "[manual]") {
    const std::vector<Header> headers = headers_of_calls();
    const std::vector<Page> pages = pages_of(subjects_of(headers));
    CHECK(headers.size() > 40);
    for (const Header& header : headers) {
        CAPTURE(header.path);
        CHECK(std::count_if(pages.begin(), pages.end(), [&](const Page& page) {
                  return page.header == header.path;
              }) == 1);
    }
}

TEST_CASE("every page has a short summary, and says whether the call blocks and how it fails",
          "[manual]") {
    for (const Page& page : pages_of(subjects_of(headers_of_calls()))) {
        CAPTURE(page.name, page.summary);
        CHECK((page.summary.size() <= 63 || !page.subroutine.empty()));
        CHECK(!page.blocks.empty());
        CHECK(!page.errors.empty());
        for (const Entry& modifier : page.modifiers) {
            CHECK(!modifier.text.empty());
        }
    }
}

TEST_CASE("every error that a handle names is in the call's page", "[manual]") {
    const std::vector<Header> headers = headers_of_calls();
    const std::regex named("std::errc::(\\w+)");
    std::size_t found = 0;
    for (const Page& page : pages_of(subjects_of(headers))) {
        const std::string text = text_of(page.header, headers);
        for (std::sregex_iterator match(text.begin(), text.end(), named), end; match != end;
             ++match, ++found) {
            CAPTURE(page.name, match->str());
            CHECK(mentions(page, symbol_of(match->str(1))));
        }
    }
    CHECK(found > 10);
}

TEST_CASE("a page says that its call never blocks just when its handle does not", "[manual]") {
    const std::vector<Header> headers = headers_of_calls();
    for (const Page& page : pages_of(subjects_of(headers))) {
        const std::string text = text_of(page.header, headers);
        if (text.find("Outcome handle(") == std::string::npos || blocks_all(page)) {
            continue;  // those of another, and the one that blocks the kernel
        }
        CAPTURE(page.name);
        const bool blocks = text.find("block_on(") != std::string::npos ||
                            text.find("block_until(") != std::string::npos ||
                            text.find("AnyOf<") != std::string::npos ||
                            text.find("call_.handle(") != std::string::npos ||
                            text.find("Outcome::Kind::blocked") != std::string::npos;
        CHECK((page.blocks == "Never blocks.") == !blocks);
    }
}

TEST_CASE("a call that blocks says who wakes its caller", "[manual]") {
    for (const Page& page : pages_of(subjects_of(headers_of_calls()))) {
        const bool says_otherwise = page.blocks == "Never blocks." || blocks_all(page) ||
                                    page.blocks.find(" as ") != std::string::npos;
        CAPTURE(page.name, page.blocks);
        CHECK((says_otherwise || page.blocks.find("woken ") != std::string::npos));
    }
}

}  // namespace
}  // namespace yos::manual
