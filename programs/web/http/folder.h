#pragma once

// The files below a directory, for whoever asks for them by HTTP. The host itself sees to it that
// nothing leads out (see OpenBelow), and what was opened is what is looked at and sent.

#include "programs/web/http/exchange.h"
#include "syscalls/file_status.h"
#include "syscalls/open.h"

#include <string>
#include <utility>

namespace yos::http {

class Folder {
public:
    /// Throws as Open does: ENOTDIR when it is no directory.
    static Coroutine<Folder> open(std::string path);

    /// Answers GET and HEAD with the file or the index that the request's target names, or a part
    /// of it, or that it has not changed. Throws Refusal.
    Coroutine<> answer(Exchange& exchange) const;

private:
    explicit Folder(Descriptor directory) : directory_(std::move(directory)) {}

    static Coroutine<> answer_with_file(Exchange& exchange,
                                        Descriptor file,
                                        FileAttributes about,
                                        std::string path);
    Coroutine<> answer_with_directory(Exchange& exchange,
                                      Descriptor directory,
                                      std::string path) const;

    Descriptor directory_;
};

}  // namespace yos::http
