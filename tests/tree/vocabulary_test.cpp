// What programs and the kernel both speak of (Fd, Address, Mutex, ...) is declared in kernel/uapi/
// and kernel/sync/. It must come from there: by an include of a program's own, or of a header that
// it may include. What comes along with the kernel's inside may be gone tomorrow.

#include "tests/lib/catch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace yos {
namespace {

namespace fs = std::filesystem;

const fs::path root = YOS_SOURCE_DIR;

std::string content_of(const std::string& path) {
    std::ifstream file(root / path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The source files of a floor or a room and of those in it, by their paths from the top of the
/// tree.
std::vector<std::string> sources_in(const std::string& place) {
    std::vector<std::string> paths;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / place)) {
        if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") {
            paths.push_back(fs::relative(entry.path(), root).string());
        }
    }
    return paths;
}

std::set<std::string> found_in(const std::string& text, const std::regex& pattern) {
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end;
         ++match) {
        found.insert((*match)[1]);
    }
    return found;
}

/// What is declared at the outermost level of a text: types and constants.
std::set<std::string> declared_in(const std::string& text) {
    static const std::regex declaration(
        R"((?:^|\n)(?:class|struct|enum class|using|inline constexpr \w+) (\w+)(?: final)?(?: ?[{=]| :))");
    return found_in(text, declaration);
}

/// All the words of its code, and not of its comments and literals.
std::set<std::string> words_of(std::string text) {
    static const std::regex no_code(
        R"__(R"(\w*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*)__");
    static const std::regex word(R"(\b([A-Za-z_]\w*)\b)");
    return found_in(std::regex_replace(text, no_code, " "), word);
}

/// The files that a program gets by including `path`, as far as programs may include them.
void follow(const std::string& path, std::set<std::string>& seen) {
    static const std::regex include(
        R"(#include "((?:programs|syscalls|tasks|kernel/uapi|kernel/sync)/[^"]+)\")");
    if (!seen.insert(path).second) {
        return;
    }
    for (const std::string& next : found_in(content_of(path), include)) {
        follow(next, seen);
    }
}

TEST_CASE("what programs and the kernel both speak of comes from headers that programs may include",
          "[tree]") {
    std::map<std::string, std::string> vocabulary;  // word -> header
    for (const char* room : {"kernel/uapi", "kernel/sync"}) {
        for (const std::string& header : sources_in(room)) {
            for (const std::string& word : declared_in(content_of(header))) {
                vocabulary[word] = header;
            }
        }
    }
    REQUIRE(vocabulary.count("Fd") == 1);
    REQUIRE(vocabulary.count("standard_input") == 1);
    REQUIRE(vocabulary.count("Mutex") == 1);

    for (const std::string& source : sources_in("programs")) {
        const std::string text = content_of(source);
        const std::set<std::string> own = declared_in(text);
        std::set<std::string> included;
        follow(source, included);
        for (const std::string& word : words_of(text)) {
            const auto known = vocabulary.find(word);
            if (known != vocabulary.end() && own.count(word) == 0) {
                INFO(source << " speaks of " << word << ": it needs " << known->second);
                CHECK(included.count(known->second) == 1);
            }
        }
    }
}

TEST_CASE("kernel/uapi/ declares, and the rooms of the kernel define", "[tree]") {
    for (const std::string& source : sources_in("kernel/uapi")) {
        CHECK(source.ends_with(".h"));
    }
}

}  // namespace
}  // namespace yos
