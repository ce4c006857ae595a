#pragma once

// The kernel: owns the tasks, runs them, and is what system calls act upon. Everything a task sees
// of the world passes through here. An embedder needs the first part of the class, the author of a
// system call the second.
//
// Where to read on: dispatch.cpp has the loop, spawn.cpp and lifecycle.cpp how tasks come and go,
// io_task.cpp how the world outside gets in, doors.cpp who is asked and told.

#include "kernel/accounting.h"
#include "kernel/delays.h"
#include "kernel/doors/hook.h"
#include "kernel/doors/observers.h"
#include "kernel/doors/oracle.h"
#include "kernel/doors/policy.h"
#include "kernel/doors/seeded_oracle.h"
#include "kernel/files/descriptor_table.h"
#include "kernel/host/host_world.h"
#include "kernel/jobs.h"
#include "kernel/limits.h"
#include "kernel/log/kernel_log.h"
#include "kernel/mistakes.h"
#include "kernel/modules/modules.h"
#include "kernel/policy_queue.h"
#include "kernel/ready_queue.h"
#include "kernel/task_table.h"
#include "kernel/time/timers.h"
#include "kernel/world/world.h"
#include "tasks/upcalls.h"

#include <array>
#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <typeinfo>
#include <vector>

namespace yos {

/// How to start a task.
struct SpawnOptions {
    /// Which job it belongs to: its parent's, one that it leads, or the one that `leader` leads.
    /// Of a task that is spawned from outside, always one that it leads.
    enum class Job : std::uint8_t { of_parent, of_its_own, of_leader };

    std::string name = {};  ///< empty: named by its coroutine
    /// Is its exit status kept until its parent has waited for it, or has ended?
    bool joinable = false;
    Job job = Job::of_parent;
    Tid leader = kernel_tid;
};

/// How run() ended.
enum class Ending {
    finished,    ///< the last user task has ended
    deadlocked,  ///< all that are left wait for each other; they were reported and unwound
    stopped,     ///< by stop(), or by a signal; the tasks that were left were unwound
    paused,      ///< the time that run_until was given has come; all is as it was
};

class AnySystemCall;

class Kernel final : public Upcalls {
public:
    struct Options {
        /// Traps of a task in a row before others get a turn, 1 to limits::longest_quantum; 1:
        /// every trap reschedules, as in pyos.
        unsigned quantum = limits::quantum;
        bool virtual_time = false;
        std::optional<std::uint64_t> seed = {};  ///< none: tasks run in the order they became ready
        std::size_t max_tasks = limits::max_tasks;
        /// SIGTERM stops the kernel; SIGINT and SIGHUP interrupt the job that the host's terminal
        /// was given to (world().terminal), if any.
        bool take_signals = false;
        std::string root = "/";        ///< a directory of the host: the root of all paths
        bool accounting = false;       ///< measure the processor time of every task, all the time
        bool standard_streams = true;  ///< open the host's 0, 1 and 2 under these numbers
        IoBackend io = IoBackend::automatic;
        KernelLog::Options log = {};

        /// Makes the devices of the world outside: host_devices, simulated_devices, or others.
        std::function<Devices(const WorldOptions&, KernelLog&)> world = host_devices;
        Tape* tape = nullptr;  ///< of all that comes in from there
    };

    // ---- For those who embed a kernel ----

    /// Throws std::system_error where the host refuses what the options ask for.
    explicit Kernel(Options options);
    Kernel() : Kernel(Options()) {}
    ~Kernel();

    /// Starts a task. Throws std::system_error with EAGAIN beyond max_tasks.
    Tid spawn(Main main, SpawnOptions options = {});

    /// Runs until no user task is left. Throws std::logic_error on another thread than that which
    /// ran it first, where io_uring is used, which wants that; and what the world outside throws
    /// when nothing can be taken in from there any more, after unwinding all tasks.
    Ending run();

    /// Runs as run() does, but pauses at `when`. Another run goes on from there.
    Ending run_until(Time when);

    /// One step, for a program that has a loop of its own: gives one ready task a turn, and waits
    /// for one if none is ready. False when there is nothing to run any more; run() then tells why.
    bool run_one();

    /// Lets run() return soon. From a task or a handler; `signal` is what run() was stopped by, if
    /// any.
    void stop(int signal = 0) noexcept;
    int stopped_by() const { return stop_signal_; }

    /// The exit status of a joinable task that was spawned from outside and has ended.
    std::optional<ExitStatus> collect(Tid tid);

    // The doors, see kernel/README.md. Whoever stands at one outlives the kernel, or leaves before.
    // One that throws, or answers what cannot be, is dismissed, and the log says why.

    void attach(Observer& observer);
    void detach(Observer& observer) noexcept { observers_.detach(observer); }

    /// Null: the first candidate always.
    void set_oracle(Oracle* oracle);

    /// Null: the oldest is next. Throws std::logic_error when the policy calls it that is there.
    void set_policy(Policy* policy);

    /// Null: every trap is let through.
    void set_hook(Hook* hook);

    /// Who waits for whom, with backtraces; a cycle is named as one.
    std::string wait_graph() const;

    // ---- For system calls ----

    Time now() const { return world_.clock.now(); }
    const Clock& clock() const { return world_.clock; }
    Timers& timers() { return timers_; }
    World& world() { return world_; }
    DescriptorTable& descriptors() { return descriptors_; }
    Jobs& jobs() { return jobs_; }
    KernelLog& log() { return log_; }
    Modules& modules() { return modules_; }
    Accounting& accounting() { return accounting_; }
    const TaskTable& tasks() const { return tasks_; }
    const Observers& observers() const { return observers_; }

    /// Null when there is none, or only its exit status is left (a zombie).
    Task* find_alive(Tid tid) const;

    /// Starts a child of `parent`, in its job unless it leads one. Throws as spawn() does.
    Tid spawn_child(Task& parent, Main&& main, SpawnOptions&& options);

    /// Ends a task that is not running, and unwinds it. Throws std::logic_error unless that is a
    /// user task, alive, and not the one that is running.
    void kill(Task& victim, Tid by);

    /// Is `task` in a group of `owner`, or of a task that is? Then it ends with that one.
    bool goes_with(const Task& task, const Task& owner) const;

    /// Throws Cancelled into `task`, at the call in which it is blocked or at its next one.
    void cancel(Task& task, Tid by, std::string why);

    /// Ends the running task; its handler returns what this returns. With an `owner`, that one is
    /// killed right after it: a task of its group asks for that.
    Outcome exit(Task& self, ExitStatus status, const Task* owner = nullptr);

    /// Removes a zombie.
    void reap(Task& zombie);

    /// Is the oracle, the policy or the hook of a class that was compiled into `module`?
    bool has_at_door(const MemoryRange& module) const;

    std::uint64_t random();

    /// Has the oracle choose one of the candidates, and tells of it.
    std::size_t choose(Choice kind, const Candidates& candidates) noexcept;

private:
    template <std::derived_from<AnySystemCall> C>
    friend bool go_short_way(C& call, CallStack& caller);

    // upcalls.cpp
    void wake(Task& task) noexcept override;
    void complete(Task& task) noexcept override;
    void fail(Task& task, std::errc why) noexcept override;
    void interrupt(Task& task) noexcept override;
    void outside_waiters(int change) noexcept override { outside_waiters_ += change; }
    [[gnu::noinline]] void tell_woken(const Task& task) noexcept;

    // dispatch.cpp; what is inlined by force makes a tenth of a yield's cost
    [[gnu::always_inline]] inline bool step();
    [[gnu::noinline]] bool look_around();
    void give_turn_by_policy(Task& task);
    Task* choose_ready();
    bool nobody_ready() const {
        return ready_.empty() && (policy_ == nullptr || policy_->size() == 0);
    }
    bool turn_to_io_task();
    void attend();
    template <bool attended>
    [[gnu::always_inline]] inline void dispatch(Task& task);
    template <bool attended>
    [[gnu::always_inline]] inline bool go_long_way(Trap& trap,
                                                   Task& task,
                                                   bool begun,
                                                   unsigned& traps_left);
    [[gnu::always_inline]] inline Outcome perform(Trap& trap, Task& task) noexcept;
    [[gnu::noinline]] Outcome perform_past_hook(Trap& trap, Task& task) noexcept;
    Verdict ask_hook(Trap& trap, const Task& task) noexcept;
    static void check_that_it_waits(const Task& task, const Trap& trap);
    bool interruption_due(Task& task, const Trap& trap) noexcept;
    static Outcome raise_error(Task& task, Trap& trap, std::errc why) noexcept;
    static Outcome raise_caught(Task& task, Trap& trap) noexcept;
    static Outcome failed_with(int code) noexcept;
    void make_ready(Task& task) noexcept {
        task.set_state(Task::State::ready);
        ready_.push(task);
    }

    // doors.cpp
    Task* choose_by_policy();
    void ask_policy(const std::function<void(Policy&)>& ask) noexcept;
    void dismiss_policy() noexcept;
    void tell_of_dismissal(const char* who) noexcept;
    void let_time_pass();

    // short_way.cpp
    static bool settle_rare(Outcome outcome, Trap& trap, Task& task) noexcept;
    static bool fail_with_caught(Trap& trap, Task& task) noexcept;
    void look_for_mistakes(const Trap& trap,
                           const std::type_info& yielded_as,
                           const Task& task,
                           Outcome outcome);

    // spawn.cpp
    [[gnu::always_inline]] inline Task& start(const Task::Identity& identity,
                                              Main&& main,
                                              std::string&& name);
    [[gnu::always_inline]] inline Task& start_child(Task& parent,
                                                    Tid job,
                                                    Main&& main,
                                                    SpawnOptions&& options);
    [[gnu::noinline]] Tid spawn_into_job(Task& parent, Main&& main, SpawnOptions&& options);
    [[noreturn]] void refuse_to_start(const Main& main) const;
    void start_io_task();

    // lifecycle.cpp
    [[gnu::always_inline]] inline void end(Task& task, std::optional<Tid> killer);
    [[gnu::noinline]] void leave_ready(Task& task) noexcept;
    [[gnu::noinline]] bool end_rare(Task& task, std::optional<Tid> killer);
    [[gnu::noinline]] void tell_ended(const Task& task, const ExitStatus& status) noexcept;
    void tell_group(Task& ended, const std::exception_ptr& exception, const ExitStatus& status);
    void leave_group(Task& ended, std::exception_ptr exception, const ExitStatus& status);
    void forget(Task& ended);
    void end_all(Tid by);
    [[gnu::noinline]] void end_itself(Task& task);
    void end_doomed();

    // io_task.cpp
    static Coroutine<> io_task(Kernel& kernel);
    void take_in_events();
    [[gnu::always_inline]] inline Patience patience();

    /// Does anybody stand at a door? The one thing that is asked where it must cost nothing.
    bool attended() const {
#ifdef YOS_WITHOUT_DOORS  // of the bench, to measure what they cost when nobody is there
        return false;
#else
        return attended_;
#endif
    }

    template <class... Parameters, class... Arguments>
    void tell(void (Observer::*event)(Parameters...), const Arguments&... arguments) noexcept {
        if (attended()) [[unlikely]] {
            observers_.tell(event, arguments...);
        }
    }
    template <bool attended, class... Parameters, class... Arguments>
    void tell_if(void (Observer::*event)(Parameters...), const Arguments&... arguments) noexcept {
        if constexpr (attended) {
            observers_.tell(event, arguments...);
        }
    }

    // What never changes during a run.
    const unsigned quantum_;
    const std::size_t max_tasks_;

    KernelLog log_;
    Modules modules_;  // outlives all that may be of a module

    // The doors. See attend() for who it is that attends.
    bool attended_ = false;
    Observers observers_{log_};
    Oracle* oracle_ = nullptr;
    std::optional<SeededOracle> seeded_;
    std::unique_ptr<PolicyQueue> policy_;  // null: ready_ has them all
    bool asking_policy_ = false;           // and so it must not go
    unsigned turn_quantum_;                // of the turn that is under way, while somebody attends
    bool turn_was_cut_ = false;
    Hook* hook_ = nullptr;

    // The tasks. user_tasks_ counts those alive that are not the kernel's own.
    TaskTable tasks_;
    ReadyQueue ready_;
    std::size_t user_tasks_ = 0;
    Task* io_task_ = nullptr;
    struct Doomed {
        Tid task;
        Tid by;
    };
    std::optional<Doomed> doomed_;  // to be killed when the running task has ended

    // Steps until the I/O task's turn. Left alone, until_look_ counts them. While somebody attends
    // it stays at 1, so that each step looks around, and until_poll_ counts: see attend().
    unsigned until_look_ = limits::dispatches_between_polls;
    unsigned until_poll_ = 0;

    Jobs jobs_{*this, ready_};
    bool stopping_ = false;
    bool pausing_ = false;
    Mistakes mistakes_;
    int stop_signal_ = 0;

    Accounting accounting_{*this};
    std::optional<AccountingUse> always_accounting_;

    Duration shortest_wait_{};  // of the next poll that waits for a timer

    // The world outside. outside_waiters_ counts the tasks that wait for it.
    Timers timers_;
    Delays delays_{*this};
    World world_;
    DescriptorTable descriptors_;
    std::array<Descriptor, 3> standard_streams_;
    int outside_waiters_ = 0;
    std::exception_ptr broken_world_;  // what it has thrown
};

}  // namespace yos
