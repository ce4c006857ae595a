#pragma once

// What tests of http-server ask it for: the files of a folder with all that may be in one.

#include "tests/lib/temporary_directory.h"
#include "tests/lib/web.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace yos {

inline std::vector<std::string> ask(std::vector<std::string> texts,
                                    std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"0", "site"};
    words.insert(words.end(), more.begin(), more.end());
    return conversations("http-server", std::move(words), std::move(texts));
}

inline std::string ask_one(const std::string& text, std::vector<std::string> more = {}) {
    return ask({text}, std::move(more)).front();
}

class Site {
public:
    Site() {
        std::filesystem::create_directories("site/sub/empty");
        write_to("site/page.html", "<p>hello</p>\n");
        write_to("site/digits", "0123456789");
        write_to("site/a b&<c>.txt", "odd");
        write_to("site/sub/index.html", "index");
        write_to("secret", "secret");
        std::filesystem::create_symlink("../secret", "site/out");
        std::filesystem::create_symlink("/", "site/root");
        std::filesystem::create_symlink("../page.html", "site/sub/in");
    }

private:
    TemporaryDirectory directory_;
};

}  // namespace yos
