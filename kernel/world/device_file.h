#pragma once

// A file with the world outside on its other side. When it can go on, is one of the events that the
// I/O task takes in.

#include "kernel/files/file.h"

namespace yos {

/// What is told of such a file.
struct Readiness;

class DeviceFile : public File {
public:
    using File::File;

    /// What it is known by outside, such as a descriptor of the host: no other that is open has the
    /// same.
    virtual int number() const = 0;

    /// The world says that it is ready: wakes those who can go on now.
    virtual void became(const Readiness& /*ready*/) {}

    /// What the connect has come to that Sockets::connect began; would_block for those who wait in
    /// `writers`.
    virtual IoResult connected() { return IoResult::failed(std::errc::not_a_socket); }
};

struct Readiness {
    DeviceFile* file = nullptr;
    bool readable = false;
    bool writable = false;

    /// The end of the file, a failure or an urgent byte has come, too. Whoever reads less than was
    /// asked for has then not read all: only a further read tells, and no other Readiness will.
    bool drain = false;
};

}  // namespace yos
