#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/seconds.h"
#include "programs/lib/utf8.h"
#include "programs/tasks/task_list.h"
#include "syscalls/get_terminal_size.h"
#include "syscalls/read.h"
#include "syscalls/select.h"
#include "syscalls/sleep.h"
#include "syscalls/start_accounting.h"
#include "syscalls/take_keys.h"
#include "syscalls/tried.h"

#include <algorithm>
#include <array>
#include <map>

namespace yos {
namespace {

/// By what the tasks are sorted, and which key chooses that.
struct Order {
    const char* name;
    char key;
};
constexpr std::array<Order, 5> orders = {
    {{"cpu", 'c'}, {"traps", 't'}, {"switches", 's'}, {"elapsed", 'e'}, {"tid", 'i'}}};

/// What a task has done since it was looked at before.
struct Row {
    TaskSnapshot task;
    Duration used{};
    std::uint64_t traps = 0;
    std::uint64_t switches = 0;
};

std::vector<Row> rows_of(std::vector<TaskSnapshot> tasks, std::map<Tid, TaskSnapshot>& before) {
    std::map<Tid, TaskSnapshot> now;
    std::vector<Row> rows;
    for (TaskSnapshot& task : tasks) {
        const TaskSnapshot& last = before[task.tid];
        rows.push_back({.task = task,
                        .used = task.processor_time.value_or(Duration::zero()) -
                                last.processor_time.value_or(Duration::zero()),
                        .traps = task.traps - last.traps,
                        .switches = task.switches - last.switches});
        now.emplace(task.tid, std::move(task));
    }
    before = std::move(now);
    return rows;
}

/// What a row is sorted by, the largest first.
double weight(const Row& row, char by) {
    switch (by) {
        case 'c':
            return static_cast<double>(row.used.count());
        case 't':
            return static_cast<double>(row.traps);
        case 's':
            return static_cast<double>(row.switches);
        case 'e':
            return static_cast<double>(row.task.elapsed.count());
        default:
            return 0;  // by the tid alone, the smallest first
    }
}

void sort(std::vector<Row>& rows, char by) {
    std::sort(rows.begin(), rows.end(), [by](const Row& a, const Row& b) {
        const double first = weight(a, by);
        const double second = weight(b, by);
        return first != second ? first > second : a.task.tid < b.task.tid;
    });
}

/// The screen, drawn over what was there before: no line is blank in between, so nothing flickers.
std::string draw(const std::vector<Row>& rows, Duration passed, const TerminalSize& screen) {
    constexpr const char* home = "\x1b[H";
    constexpr const char* clear_line = "\x1b[K\n";
    constexpr const char* clear_rest = "\x1b[J";
    constexpr unsigned header_lines = 3;
    const double seconds = std::chrono::duration<double>(passed).count();
    const auto cut = [&](const std::string& line) {
        return std::string(cut_to_width(line, screen.columns)) + clear_line;
    };
    std::string text = home;
    text += cut(fmt::format("{} tasks; by: c cpu, t traps, s switches, e elapsed, i tid; q quits",
                            rows.size()));
    text += cut("");
    text += cut(fmt::format("{:>5} {:>6} {:>9} {:>9} {:<8} {:>8} {:<16} {}",
                            "TID",
                            "CPU%",
                            "TRAPS/S",
                            "SWITCH/S",
                            "STATE",
                            "ELAPSED",
                            "NAME",
                            "WAITING-FOR"));
    const std::size_t room = screen.rows > header_lines + 1 ? screen.rows - header_lines - 1 : 1;
    for (std::size_t i = 0; i < std::min(rows.size(), room); ++i) {
        const auto& [task, used, traps, switches] = rows[i];
        const auto per_second = [&](double amount) { return seconds > 0 ? amount / seconds : 0; };
        text += cut(fmt::format("{:>5} {:>6.1f} {:>9.0f} {:>9.0f} {:<8} {:>8} {:<16} {}",
                                task.tid,
                                100 * per_second(std::chrono::duration<double>(used).count()),
                                per_second(static_cast<double>(traps)),
                                per_second(static_cast<double>(switches)),
                                state_of(task),
                                clock_time(task.elapsed),
                                task.name,
                                task.waiting_for));
    }
    return text + clear_rest;
}

/// Waits for a key, but no longer than `patience`; 0 when none has come. At the end of the input it
/// only waits from then on.
Coroutine<char> key_within(Fd in, Duration patience, bool& input_ended) {
    std::array<char, 1> key{};
    if (input_ended) {
        co_yield Sleep{patience};
        co_return '\0';
    }
    const auto first = co_yield Select{Read{in, key}, Sleep{patience}};
    if (first.index() == 0 && std::get<0>(first) == 0) {
        input_ended = true;
        co_yield Sleep{patience};
    }
    co_return key.front();
}

Coroutine<int> top(Invocation invocation) {
    std::string interval = "1";
    std::string sorted_by = "cpu";
    Number times{.value = INT64_MAX, .least = 1};
    Options options(invocation);
    options.option("-d,--delay", "SECONDS", interval, "from one look to the next (1)");
    options.option("-n,--times", "N", times, "how many looks; without it, until q is typed");
    options.option("-s,--sort", "COLUMN", sorted_by, "cpu, traps, switches, elapsed or tid");
    options.example("top -d 0.5 -s traps   (measures processor time as long as it runs)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<Duration> every = parse_seconds(interval);
    const auto order = std::find_if(
        orders.begin(), orders.end(), [&](const Order& each) { return sorted_by == each.name; });
    if (!every) {
        co_return co_await options.refuse("\"" + interval + "\" is not a number of seconds");
    }
    if (order == orders.end()) {
        co_return co_await options.refuse("\"" + sorted_by +
                                          "\" is not one of cpu, traps, switches, elapsed, tid");
    }
    const AccountingUse accounting = co_yield StartAccounting{};
    const auto keys = co_yield Tried{TakeKeys{invocation.in}};  // nobody may type, as into a pipe
    char by = order->key;
    std::map<Tid, TaskSnapshot> before;
    Time last{};
    bool input_ended = false;
    co_await write_all(invocation.out, "\x1b[2J");
    for (std::int64_t look = 0; look < times.value;) {
        const Time now = co_yield Now{};
        std::vector<TaskSnapshot> tasks = co_yield ListTasks{};
        const std::optional<TerminalSize> size = co_yield GetTerminalSize{invocation.out};
        std::vector<Row> rows = rows_of(std::move(tasks), before);
        sort(rows, by);
        const Duration passed = now - std::exchange(last, now);
        const TerminalSize usual{.rows = 24, .columns = 80};
        std::string screen = draw(rows, passed, size.value_or(usual));
        co_await write_all(invocation.out, std::move(screen));
        if (++look == times.value) {
            break;
        }
        const char key = co_await key_within(invocation.in, *every, input_ended);
        if (key == 'q') {
            break;
        }
        for (const Order& each : orders) {
            by = key == each.key ? key : by;
        }
    }
    co_return 0;
}

const Program program("top", "show which tasks are busy, again and again", top);

}  // namespace
}  // namespace yos
