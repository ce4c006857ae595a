// The pages of the tree, every README.md: what they quote must be what the files say, and their
// links must lead somewhere. The tour's pages, which show whole files, are renewed by a tool of
// their own.

#include "tests/lib/catch.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace yos {
namespace {

namespace fs = std::filesystem;

const fs::path root = YOS_SOURCE_DIR;

using Lines = std::vector<std::string>;

/// Words with one space between them, so that a quotation need not be indented or aligned.
Lines lines_of(std::istream& text) {
    Lines lines;
    for (std::string line; std::getline(text, line);) {
        std::istringstream words(line);
        std::string& joined = lines.emplace_back();
        for (std::string word; words >> word;) {
            joined += (joined.empty() ? "" : " ") + word;
        }
    }
    return lines;
}

/// A stretch of code without a gap.
struct Quotation {
    std::string from;  // path from the top of the tree
    Lines lines;
};

/// Those in the blocks that open with ```cpp from=PATH; a line of three dots is a gap.
std::vector<Quotation> quotations_in(std::istream& page) {
    const std::string opening = "```cpp from=";
    std::vector<Quotation> quotations;
    std::string from;
    for (const std::string& line : lines_of(page)) {
        if (line.starts_with(opening)) {
            from = line.substr(opening.size());
            quotations.push_back({from, {}});
        } else if (line == "```") {
            from.clear();
        } else if (!from.empty() && line == "...") {
            quotations.push_back({from, {}});
        } else if (!from.empty()) {
            quotations.back().lines.push_back(line);
        }
    }
    return quotations;
}

bool stands_in(const Lines& lines, std::istream& file) {
    const Lines all = lines_of(file);
    return std::search(all.begin(), all.end(), lines.begin(), lines.end()) != all.end();
}

TEST_CASE("a page's quotations are found, and compared line by line", "[tree]") {
    std::istringstream page(
        "```cpp\nnot quoted\n```\n```cpp from=a.h\n    one\n\n...\n  two;  // 2\n```\n");
    const std::vector<Quotation> quotations = quotations_in(page);
    REQUIRE(quotations.size() == 2);
    CHECK(quotations[0].from == "a.h");
    CHECK(quotations[0].lines == Lines{"one", ""});
    CHECK(quotations[1].lines == Lines{"two; // 2"});
    const auto is_quoted = [&](const Lines& lines) {
        std::istringstream file("zero\n  one\n\n    two;     // 2\n");
        return stands_in(lines, file);
    };
    CHECK(is_quoted({"one", "", "two; // 2"}));
    CHECK(!is_quoted({"one", "two; // 2"}));
    CHECK(!is_quoted({"two;"}));
}

/// Paths from the top of the tree.
std::vector<std::string> pages() {
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
        const std::string name = entry->path().filename().string();
        if (name == "build" || name == ".git") {
            entry.disable_recursion_pending();
        } else if (name == "README.md") {
            found.push_back(fs::relative(entry->path(), root).string());
        }
    }
    return found;
}

/// The lines of a page that are no code.
Lines prose_of(const fs::path& page) {
    std::ifstream file(page);
    Lines prose;
    bool in_code = false;
    for (const std::string& line : lines_of(file)) {
        const bool is_fence = line.starts_with("```");
        in_code = in_code != is_fence;
        if (!in_code && !is_fence) {
            prose.push_back(line);
        }
    }
    return prose;
}

/// What links behind a # call a heading: `Who owns what` is who-owns-what.
std::string anchor_of(const std::string& heading) {
    std::string anchor;
    for (const char c : heading) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
            anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c == ' ') {
            anchor += '-';
        }
    }
    return anchor;
}

bool has_heading(const fs::path& page, const std::string& anchor) {
    const Lines lines = prose_of(page);
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        const auto text = line.find_first_not_of('#');
        return line.starts_with('#') && anchor_of(line.substr(text + 1)) == anchor;
    });
}

Lines links_in(const Lines& prose) {
    Lines links;
    for (const std::string& line : prose) {
        for (auto at = line.find("]("); at != std::string::npos; at = line.find("](", at + 1)) {
            links.push_back(line.substr(at + 2, line.find(')', at) - at - 2));
        }
    }
    return links;
}

TEST_CASE("pages quote the code as it is", "[tree]") {
    std::size_t quoted = 0;
    for (const std::string& path : pages()) {
        std::ifstream page(root / path);
        for (const Quotation& quotation : quotations_in(page)) {
            std::string text;
            for (const std::string& line : quotation.lines) {
                text += "\n    " + line;
            }
            INFO(path << " quotes, and " << quotation.from << " does not have:" << text);
            std::ifstream file(root / quotation.from);
            REQUIRE(file);
            CHECK(!quotation.lines.empty());
            CHECK(stands_in(quotation.lines, file));
            ++quoted;
        }
    }
    CHECK(quoted > 15);
}

TEST_CASE("the links of pages lead to files and headings that exist", "[tree]") {
    std::size_t followed = 0;
    for (const std::string& path : pages()) {
        const fs::path page = root / path;
        for (const std::string& link : links_in(prose_of(page))) {
            if (link.starts_with("https://")) {
                continue;
            }
            INFO(path << " links to " << link);
            const auto hash = link.find('#');
            const std::string file = link.substr(0, hash);
            const fs::path target = file.empty() ? page : page.parent_path() / file;
            CHECK(fs::exists(target));
            if (hash != std::string::npos) {
                CHECK(has_heading(target, link.substr(hash + 1)));
            }
            ++followed;
        }
    }
    CHECK(followed > 50);
}

}  // namespace
}  // namespace yos
