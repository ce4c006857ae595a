// yos_tour_pages [--check] PAGE..., at the top of the tree
//
// Puts into each page of the tour the code of the files that it shows, as it is now. With --check
// it writes nothing, and fails if it would.

#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        throw std::runtime_error("cannot read " + path);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string updated(const std::string& page) {
    const std::string opening = "```cpp from=";
    std::istringstream lines(page);
    std::string result;
    bool in_code = false;
    for (std::string line; std::getline(lines, line);) {
        if (in_code && line != "```") {
            continue;  // what it was
        }
        in_code = line.starts_with(opening);
        result += line + "\n";
        if (in_code) {
            result += read_file(line.substr(opening.size()));
        }
    }
    return result;
}

/// False when it is not what it should be.
bool update(const std::string& path, bool only_check) {
    const std::string page = read_file(path);
    const std::string wanted = updated(page);
    if (page == wanted) {
        return true;
    }
    if (only_check) {
        std::cerr << path << " does not show the code as it is now. Renew it, and commit it: "
                  << "cmake --build BUILD --target tour_pages\n";
        return false;
    }
    std::ofstream file(path);
    file << wanted;
    return file.flush().good();
}

}  // namespace

int main(int argc, char** argv) {
    const bool only_check = argc > 1 && std::string_view(argv[1]) == "--check";
    bool good = true;
    try {
        for (int i = only_check ? 2 : 1; i < argc; ++i) {
            good = update(argv[i], only_check) && good;
        }
    } catch (const std::exception& failure) {
        std::cerr << "yos_tour_pages: " << failure.what() << '\n';
        return 1;
    }
    return good ? 0 : 1;
}
