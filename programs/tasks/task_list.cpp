#include "programs/tasks/task_list.h"

#include "programs/lib/print.h"
#include "programs/lib/utf8.h"

#include <algorithm>
#include <map>

namespace yos {
namespace {

constexpr fmt::string_view columns = "{:>5} {:>5} {:<8} {:>9} {:>9} {:>8} {:<24} {:>8} {}\n";
constexpr std::size_t call_width = 24;

/// The places of tasks in a list, by the tid of their parent.
using Children = std::map<Tid, std::vector<std::size_t>>;

}  // namespace

std::vector<TreeEntry> as_tree(std::vector<TaskSnapshot> tasks) {
    std::map<Tid, std::size_t> places;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        places[tasks[i].tid] = i;
    }
    Children children;
    std::vector<std::pair<std::size_t, std::size_t>> to_do;  // place and depth, the next one last
    for (std::size_t i = tasks.size(); i-- > 0;) {
        const auto& [tid, parent] = std::pair(tasks[i].tid, tasks[i].parent);
        if (tid != parent && places.contains(parent)) {
            children[parent].push_back(i);
        } else {
            to_do.emplace_back(i, 0);
        }
    }
    std::vector<TreeEntry> tree;
    while (!to_do.empty()) {  // a loop, for parents may be a million deep
        const auto [place, depth] = to_do.back();
        to_do.pop_back();
        for (const std::size_t child : children[tasks[place].tid]) {
            to_do.emplace_back(child, depth + 1);
        }
        tree.push_back({std::move(tasks[place]), depth});
    }
    return tree;
}

std::string task_header() {
    return fmt::format(fmt::runtime(columns),
                       "TID",
                       "PPID",
                       "STATE",
                       "TRAPS",
                       "SWITCHES",
                       "CPU",
                       "WAITING-FOR",
                       "ELAPSED",
                       "NAME");
}

std::string task_row(const TaskSnapshot& task, const std::string& name) {
    std::string call = task.waiting_for;
    if (display_width(call) > call_width) {
        call = std::string(cut_to_width(call, call_width - 3)) + "...";
    }
    std::string used = "-";
    if (task.processor_time) {
        used = fmt::format("{:.3f}", std::chrono::duration<double>(*task.processor_time).count());
    }
    return fmt::format(fmt::runtime(columns),
                       task.tid,
                       task.parent,
                       state_of(task),
                       task.traps,
                       task.switches,
                       used,
                       call,
                       clock_time(task.elapsed),
                       name);
}

std::string clock_time(Duration duration) {
    using namespace std::chrono;
    const auto in_all = duration_cast<seconds>(duration).count();
    const auto s = in_all % 60;
    const auto m = in_all / 60 % 60;
    const auto h = in_all / 3600 % 24;
    const auto d = in_all / 86'400;
    return d > 0   ? fmt::format("{}-{:02}:{:02}:{:02}", d, h, m, s)
           : h > 0 ? fmt::format("{:02}:{:02}:{:02}", h, m, s)
                   : fmt::format("{:02}:{:02}", m, s);
}

}  // namespace yos
