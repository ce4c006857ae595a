// "How a trap travels" quotes the code: what it quotes must be what the files say.

#include "tests/lib/catch.h"

#include <algorithm>
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

TEST_CASE("how a trap travels is told in the words of the code", "[tree]") {
    std::ifstream page(root / "kernel/README.md");
    const std::vector<Quotation> quotations = quotations_in(page);
    CHECK(quotations.size() > 15);
    for (const Quotation& quotation : quotations) {
        std::string text;
        for (const std::string& line : quotation.lines) {
            text += "\n    " + line;
        }
        INFO("kernel/README.md quotes, and " << quotation.from << " does not have:" << text);
        std::ifstream file(root / quotation.from);
        REQUIRE(file);
        CHECK(!quotation.lines.empty());
        CHECK(stands_in(quotation.lines, file));
    }
}

TEST_CASE("how a trap travels links to files that exist", "[tree]") {
    std::ifstream page(root / "kernel/README.md");
    std::size_t links = 0;
    for (const std::string& line : lines_of(page)) {
        for (auto at = line.find("]("); at != std::string::npos; at = line.find("](", at + 1)) {
            const std::string target = line.substr(at + 2, line.find(')', at) - at - 2);
            CAPTURE(target);
            CHECK(fs::exists(root / "kernel" / target));
            ++links;
        }
    }
    CHECK(links > 5);
}

}  // namespace
}  // namespace yos
