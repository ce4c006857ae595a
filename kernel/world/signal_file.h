#pragma once

// Signals of the host, to be read: see OpenSignals.

#include "kernel/files/file.h"
#include "tasks/tid.h"

#include <set>
#include <string>

namespace yos {

class Signals;

class SignalFile final : public File {
public:
    /// Opened by a task of that job. Throws std::system_error: see Signals::claim.
    SignalFile(Signals& source, std::set<int> signals, Tid task, Tid job);
    ~SignalFile() override;

    const std::set<int>& signals() const { return signals_; }
    Tid task() const { return task_; }
    Tid job() const { return job_; }

    /// One of its signals has come.
    void arrive(int signal);

    IoResult read(std::span<char> buffer) override;
    bool can_read() override { return !arrived_.empty(); }
    std::string describe() const override { return "signals"; }

private:
    Signals& source_;
    const std::set<int> signals_;
    const Tid task_;
    const Tid job_;
    std::string arrived_;  // a byte for each that was not read
};

}  // namespace yos
