#pragma once

// The jobs a shell has started in the background, by the small numbers people know them by.

#include "tasks/tid.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace yos {

struct Job {
    int number;
    Tid tid;  ///< of the task that leads it
    std::string text;
};

class Jobs {
public:
    const Job& add(Tid tid, std::string text) {
        const int number = jobs_.empty() ? 1 : jobs_.back().number + 1;
        return jobs_.emplace_back(Job{number, tid, std::move(text)});
    }

    void remove(Tid tid) {
        std::erase_if(jobs_, [tid](const Job& job) { return job.tid == tid; });
    }

    /// Takes `%2`, or nothing for the youngest job. Null when there is none such.
    const Job* find(const std::string& name) const {
        if (name.empty()) {
            return jobs_.empty() ? nullptr : &jobs_.back();
        }
        const auto found = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) {
            return name == "%" + std::to_string(job.number);
        });
        return found != jobs_.end() ? &*found : nullptr;
    }

    const std::vector<Job>& all() const { return jobs_; }

private:
    std::vector<Job> jobs_;  // by rising number
};

}  // namespace yos
