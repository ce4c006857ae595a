// yos_manual: the manual of system calls, written from their headers. See cmake/yos_manual.cmake for how
// a build uses it.

#include "syscalls/manual/print.h"

#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace yos::manual {
namespace {

Header read_header(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) {
        throw std::runtime_error(path + ": cannot be read");
    }
    return {path, text.str()};
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    if (!(file << text << std::flush)) {
        throw std::runtime_error(path + ": cannot be written");
    }
}

int run(const std::vector<std::string>& words) {
    const bool known = words.size() > 2 && (words[0] == "--source" || words[0] == "--reference");
    if (!known) {
        std::cerr << "usage: yos_manual --source FILE HEADER...\n"
                     "       yos_manual --reference FILE HEADER...\n"
                     "Writes pages of the manual for the system calls in the headers: as a C++ "
                     "source, or as Markdown.\n";
        return 2;
    }
    std::vector<Header> headers;
    for (std::size_t i = 2; i < words.size(); ++i) {
        headers.push_back(read_header(words[i]));
    }
    const std::vector<Page> pages = pages_of(subjects_of(headers));
    write_file(words[1], words[0] == "--source" ? source(pages) : reference(pages));
    return 0;
}

}  // namespace
}  // namespace yos::manual

int main(int argc, char** argv) {
    try {
        return yos::manual::run({argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
}
