// Leads through yos step by step: a program to read, what matters in it, its run, an exercise.

#include "programs/lib/line_blocks.h"
#include "programs/lib/line_reader.h"
#include "programs/lib/options.h"
#include "programs/lib/print.h"
#include "programs/lib/utf8.h"
#include "programs/shell/shell.h"
#include "programs/tour/step.h"
#include "syscalls/get_terminal_size.h"
#include "syscalls/random.h"

#include <algorithm>

namespace yos {
namespace {

using tour::Block;
using tour::Section;
using tour::Step;

constexpr const char* what_else =
    "Enter: go on; b: the step before; n: the next; a number: that step; r: run it again;\n"
    "a: the answer to the exercise; l: the list of steps; q: leave. Ctrl-Z goes to the\n"
    "shell for a while, and fg comes back.\n";

std::string titles() {
    std::string text;
    for (const Step& step : tour::steps()) {
        text += step.title + "\n";
    }
    return text;
}

/// The number of a step, from 0, as a person gives it; none if it is no number of one.
std::optional<std::size_t> parse_number(const std::string& word) {
    const bool is_number = !word.empty() && word.size() < 4 &&
                           word.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t number = is_number ? std::stoul(word) : 0;
    return number >= 1 && number <= tour::steps().size() ? std::optional(number - 1) : std::nullopt;
}

/// As many lines as fit, with room for a prompt; at least one.
std::string_view screenful(std::string_view text, const TerminalSize& size) {
    const std::size_t rows = std::max<std::size_t>(size.rows, 4) - 2;
    const std::size_t columns = std::max<std::size_t>(size.columns, 1);
    std::size_t used = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::string_view after = rest;
        const std::size_t width = display_width(take_line(after));
        used += std::max<std::size_t>((width + columns - 1) / columns, 1);
        if (used > rows && rest.size() < text.size()) {
            break;
        }
        rest = after;
    }
    return text.substr(0, text.size() - rest.size());
}

/// Evaluates to the status of its end.
Coroutine<int> run_session(Invocation invocation, Block session) {
    const std::uint64_t random = co_yield Random{};
    const std::string directory = fmt::format("/tmp/yos-tour-{:016x}", random);
    shell::Shell shell(invocation, false);
    co_await shell.run_text(tour::script_of(session, directory), shell::Source());
    co_return shell.status();
}

/// The sessions that the page shows, outside of the answer, but what they print is new.
Coroutine<int> run_sessions(Invocation invocation, const Section& section) {
    int status = 0;
    for (const Block& block : section.blocks) {
        if (block.kind == Block::Kind::session || block.kind == Block::Kind::measured) {
            status = co_await run_session(invocation, block);
        }
    }
    co_return status;
}

/// Shows the steps to a person, who says when to go on.
class Guide {
public:
    explicit Guide(const Invocation& invocation) : invocation_(invocation), lines_(invocation.in) {}

    Coroutine<> walk(std::size_t step) {
        step_ = step;
        while (!left_ && step_ < tour::steps().size()) {
            co_await walk_through(tour::steps()[step_]);
        }
    }

private:
    /// Shows one section after another, until another step is wanted.
    Coroutine<> walk_through(const Step& step) {
        moved_ = false;
        for (const Section& section : step.sections) {
            if (section.heading == tour::answer_heading) {
                continue;  // who wants it asks for it
            }
            if (section.heading == tour::run_heading) {
                co_await run(step, section);
            } else {
                co_await show(tour::rendered(step, section));
            }
            if (moved_ || left_) {
                co_return;
            }
            co_await ask(step, section);
            if (moved_ || left_) {
                co_return;
            }
        }
        ++step_;
    }

    /// What is said of it, and each session as it goes now.
    Coroutine<> run(const Step& step, const Section& section) {
        co_await print(
            out(), "\n{}\n{}\n", section.heading, std::string(section.heading.size(), '-'));
        for (const Block& block : section.blocks) {
            co_await print(out(), "\n");
            if (block.kind == Block::Kind::text) {
                co_await write_all(out(), tour::rendered(step, block));
            } else {
                co_await run_session(invocation_, block);
            }
        }
    }

    /// A screenful at a time.
    Coroutine<> show(std::string text) {
        const std::optional<TerminalSize> size = co_yield GetTerminalSize{invocation_.out};
        std::string_view rest = text;
        co_await print(out(), "\n");
        while (!rest.empty() && !moved_ && !left_) {
            const std::string_view part = size ? screenful(rest, *size) : rest;
            co_await write_all(out(), std::string(part));
            rest.remove_prefix(part.size());
            bool again = !rest.empty();
            while (again && !moved_ && !left_) {
                again = co_await hear("more");
            }
        }
    }

    /// What comes after the section.
    Coroutine<> ask(const Step& step, const Section& section) {
        const Section* next = &section + 1;
        const Section* const end = step.sections.data() + step.sections.size();
        const bool has_answer = next != end && next->heading == tour::answer_heading;
        next += has_answer ? 1 : 0;
        std::string title = "the end";
        if (next != end) {
            title = next->heading;
        } else if (step_ + 1 < tour::steps().size()) {
            title = tour::steps()[step_ + 1].title;
        }
        if (has_answer) {
            title += "; a: the answer";
        }
        bool again = true;
        while (again && !moved_ && !left_) {
            again = co_await hear(title);
        }
    }

    /// Prompts, and does what is answered; true if that was not to go on.
    Coroutine<bool> hear(std::string next) {
        co_await print(out(), "\n[Enter: {}; h: what else] ", next);
        const std::optional<std::string> line = co_await lines_.read_line();
        const std::string word = line.value_or("q");
        if (word.empty()) {
            co_return false;
        }
        co_await obey(word);
        co_return true;
    }

    Coroutine<> obey(std::string word) {
        const Step& step = tour::steps()[step_];
        if (word == "q") {
            left_ = true;
        } else if (const std::optional<std::size_t> number = parse_number(word)) {
            go_to(*number);
        } else if (word == "n" && step_ + 1 < tour::steps().size()) {
            go_to(step_ + 1);
        } else if (word == "b" && step_ > 0) {
            go_to(step_ - 1);
        } else if (word == "a") {
            co_await show(tour::rendered(step, *step.find(tour::answer_heading)));
        } else if (word == "r") {
            co_await run(step, *step.find(tour::run_heading));
        } else if (word == "l") {
            co_await write_all(out(), titles());
        } else {
            co_await write_all(out(), what_else);
        }
    }

    void go_to(std::size_t step) {
        step_ = step;
        moved_ = true;
    }

    Fd out() const { return invocation_.out; }

    Invocation invocation_;
    LineReader lines_;
    std::size_t step_ = 0;
    bool moved_ = false;  // to another step, of which nothing is shown yet
    bool left_ = false;
};

/// All but the answer.
Coroutine<> print_step(Fd out, const Step& step) {
    for (const Section& section : step.sections) {
        if (section.heading != tour::answer_heading) {
            co_await print(out, "{}\n", tour::rendered(step, section));
        }
    }
}

Coroutine<int> take_tour(Invocation invocation) {
    const auto count = static_cast<std::int64_t>(tour::steps().size());
    Number number{.value = 0, .least = 1, .most = count};
    bool list = false;
    bool run = false;
    bool answer = false;
    Options options(invocation);
    options.optional("STEP", number, "where to begin: 1, unless told");
    options.flag("--list", list, "print the steps' titles, and end");
    options.flag("--run", run, "run the step's commands, and end");
    options.flag("--answer", answer, "print the answer to the step's exercise, and end");
    options.example("tour    (without a terminal: tour 3 prints the third step)");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const std::optional<TerminalSize> terminal = co_yield GetTerminalSize{invocation.out};
    const bool given = number.value != 0;
    const Step& step = tour::steps()[static_cast<std::size_t>(given ? number.value - 1 : 0)];
    if (list || (!given && !terminal)) {
        co_await write_all(invocation.out, titles());
    } else if (run) {
        co_return co_await run_sessions(invocation, *step.find(tour::run_heading));
    } else if (answer) {
        const Section& section = *step.find(tour::answer_heading);
        co_await write_all(invocation.out, tour::rendered(step, section));
    } else if (!terminal) {
        co_await print_step(invocation.out, step);
    } else {
        Guide guide(invocation);
        co_await guide.walk(static_cast<std::size_t>(&step - tour::steps().data()));
    }
    co_return 0;
}

const Program program("tour", "learn how all this works, step by step", take_tour);

}  // namespace
}  // namespace yos
