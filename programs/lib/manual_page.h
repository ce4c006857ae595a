#pragma once

// A page of the manual, about a system call or about a subroutine over them. Nobody writes one:
// yos_manual makes them of the comments in headers, each a constant that registers itself, as
// programs do.

#include "programs/lib/literal.h"
#include "syscalls/list_modules.h"
#include "tasks/coroutine.h"

#include <string_view>
#include <utility>
#include <vector>

namespace yos {

class ManualPage {
public:
    /// A part of a subroutine, which programs do not use by itself, is found by its name only.
    enum class Listed { yes, no };

    /// Registers it in the module that says so, as Program's does.
    ManualPage(Literal name,
               Literal summary,
               Literal text,
               Listed listed = Listed::yes,
               Module& module = this_module)
        : name_(name_of_static(this, name)),
          summary_(summary.text),
          text_(text.text),
          listed_(listed),
          next_(std::exchange(module.pages, this)) {}
    ManualPage(const ManualPage&) = delete;
    ManualPage& operator=(const ManualPage&) = delete;

    std::string_view name() const { return name_; }        ///< `WaitTask`
    std::string_view summary() const { return summary_; }  ///< a line without a full stop
    std::string_view text() const { return text_; }        ///< of at most 80 columns
    bool listed() const { return listed_ == Listed::yes; }

    /// The next one of its module.
    const ManualPage* next() const { return next_; }

private:
    const char* name_;
    const char* summary_;
    const char* text_;
    Listed listed_;
    const ManualPage* next_;
};

/// All pages there are. The modules that they are from stay loaded as long as this is held.
class Manual {
public:
    explicit Manual(std::vector<ModuleInfo> modules);

    /// By name.
    const std::vector<const ManualPage*>& pages() const { return pages_; }

    /// Takes `WaitTask` and `wait_task`, in capitals or not. Null when there is none of this name.
    const ManualPage* find(std::string_view name) const;

    /// Of the pages that are listed, the name most like `name`; empty when none is alike.
    std::string_view nearest(std::string_view name) const;

private:
    std::vector<ModuleInfo> modules_;
    std::vector<const ManualPage*> pages_;
};

/// Whether `typed` is the beginning of a page's name, as find() would take it.
bool name_begins_with(std::string_view name, std::string_view typed);

Coroutine<Manual> open_manual();

}  // namespace yos
