#pragma once

// A page of the manual, about a system call or about a subroutine over them. Nobody writes one:
// yos_manual makes them of the comments in headers, each a constant that registers itself, as
// programs do.

#include <string_view>
#include <utility>
#include <vector>

namespace yos {

class ManualPage;

/// Where the list of pages begins.
inline constinit const ManualPage* first_page = nullptr;

class ManualPage {
public:
    /// A part of a subroutine, which programs do not use by itself, is found by its name only.
    enum class Listed { yes, no };

    /// Registers it. REQUIRES: static storage; the texts are literals.
    ManualPage(const char* name,
               const char* summary,
               const char* text,
               Listed listed = Listed::yes,
               const ManualPage*& list = first_page)
        : name_(name),
          summary_(summary),
          text_(text),
          listed_(listed),
          next_(std::exchange(list, this)) {}
    ManualPage(const ManualPage&) = delete;
    ManualPage& operator=(const ManualPage&) = delete;

    std::string_view name() const { return name_; }        ///< `WaitTask`
    std::string_view summary() const { return summary_; }  ///< a line without a full stop
    std::string_view text() const { return text_; }        ///< of at most 80 columns
    bool listed() const { return listed_ == Listed::yes; }

    /// The next one of its list.
    const ManualPage* next() const { return next_; }

private:
    const char* name_;
    const char* summary_;
    const char* text_;
    Listed listed_;
    const ManualPage* next_;
};

using ManualPages = std::vector<const ManualPage*>;

/// All there are, by name.
ManualPages all_pages();

/// Takes `WaitTask` and `wait_task`, in capitals or not. Null when there is none of this name.
const ManualPage* find_page(const ManualPages& pages, std::string_view name);

/// Of those that are listed, the name most like `name`; empty when none is alike.
std::string_view nearest_page(const ManualPages& pages, std::string_view name);

}  // namespace yos
