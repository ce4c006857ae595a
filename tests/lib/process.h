#pragma once

// A whole yos in a process of its own, driven as a person drives it: through a terminal or through
// pipes.

#include <string>
#include <sys/types.h>
#include <vector>

namespace yos {

class Process {
public:
    enum class Through { terminal, pipes };

    explicit Process(std::vector<std::string> arguments, Through through = Through::pipes);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    void type(const std::string& text);

    pid_t pid() const { return pid_; }

    void signal(int number);

    /// Presses Ctrl-C, so to say, until it ends.
    void interrupt_until_it_ends();

    void close_input();

    /// Reads until `text` has come, which must be behind all that was expected before. Fails the
    /// test when it does not come.
    void expect(const std::string& text);

    /// The exit status as a shell shows it. Closes the input, and reads all that still comes.
    int wait();

    const std::string& output() const { return output_; }

    /// False at the end, and when nothing comes.
    bool read_more() { return read_some() == Reading::more; }

    void resize(unsigned short rows, unsigned short columns);

    /// As if the window had been closed.
    void hang_up();

private:
    enum class Reading { more, nothing_yet, ended };

    Reading read_some(int patience_ms = 60'000);

    pid_t pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    std::string output_;
    std::size_t seen_ = 0;
};

}  // namespace yos
