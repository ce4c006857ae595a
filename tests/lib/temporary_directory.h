#pragma once

// A directory for a test's files, which is the current one for as long as it lives.

#include <filesystem>
#include <string>
#include <string_view>

namespace yos {

class TemporaryDirectory {
public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path before_ = std::filesystem::current_path();
    std::filesystem::path path_;
};

void write_to(const std::filesystem::path& file, std::string_view text);

std::string content_of(const std::filesystem::path& file);

}  // namespace yos
