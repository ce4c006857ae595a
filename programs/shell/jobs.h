#pragma once

// The jobs a shell has started and does not wait for, by the small numbers people know them by.

#include "tasks/tid.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace yos::shell {

struct Job {
    Job(int number, std::vector<Tid> tasks, std::string text)
        : number(number), tasks(std::move(tasks)), text(std::move(text)) {}

    int number;
    std::vector<Tid> tasks;  ///< one for each stage of the pipeline; the first leads the job
    std::string text;
    bool stopped = false;

    Tid leader() const { return tasks.front(); }
};

class Jobs {
public:
    const Job& add(std::vector<Tid> tasks, std::string text) {
        const int number = jobs_.empty() ? 1 : jobs_.back().number + 1;
        return jobs_.emplace_back(number, std::move(tasks), std::move(text));
    }

    void remove(int number) {
        std::erase_if(jobs_, [number](const Job& job) { return job.number == number; });
    }

    void set_stopped(int number, bool stopped) {
        for (Job& job : jobs_) {
            job.stopped = job.number == number ? stopped : job.stopped;
        }
    }

    /// Takes `%2`, `%sleep` for the youngest whose text begins so, the tid of one of its tasks, or
    /// `%%`, `%+` or nothing for the youngest job. Null when there is none such.
    const Job* find(const std::string& name) const {
        const bool youngest = name.empty() || name == "%" || name == "%%" || name == "%+";
        const auto found = std::find_if(jobs_.rbegin(), jobs_.rend(), [&](const Job& job) {
            return youngest || name == "%" + std::to_string(job.number) ||
                   (name.starts_with('%') && job.text.starts_with(name.substr(1))) ||
                   std::any_of(job.tasks.begin(), job.tasks.end(), [&](Tid task) {
                       return name == std::to_string(task);
                   });
        });
        return found != jobs_.rend() ? &*found : nullptr;
    }

    const std::vector<Job>& all() const { return jobs_; }

private:
    std::vector<Job> jobs_;  // by rising number
};

}  // namespace yos::shell
