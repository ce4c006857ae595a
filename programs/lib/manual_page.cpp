#include "programs/lib/manual_page.h"

#include "programs/lib/nearest.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace yos {
namespace {

/// What names are compared by: WaitTask and wait_task are one.
std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (c != '_') {
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return letters;
}

}  // namespace

Manual::Manual(std::vector<ModuleInfo> modules) : modules_(std::move(modules)) {
    const auto is_before = [](const ManualPage* a, const ManualPage* b) {
        return plain(a->name()) < plain(b->name());
    };
    for (const ModuleInfo& info : modules_) {
        for (const ManualPage* each = info.module->pages; each != nullptr; each = each->next()) {
            // Behind those of its name: they were loaded before.
            pages_.insert(std::upper_bound(pages_.begin(), pages_.end(), each, is_before), each);
        }
    }
}

const ManualPage* Manual::find(std::string_view name) const {
    const auto found = std::find_if(pages_.begin(), pages_.end(), [&](const ManualPage* page) {
        return plain(page->name()) == plain(name);
    });
    return found != pages_.end() ? *found : nullptr;
}

std::string_view Manual::nearest(std::string_view name) const {
    std::vector<std::string> names;
    for (const ManualPage* page : pages_) {
        if (page->listed()) {
            names.push_back(plain(page->name()));
        }
    }
    const std::string_view found = nearest_name(plain(name), {names.begin(), names.end()});
    return found.empty() ? found : find(found)->name();
}

bool name_begins_with(std::string_view name, std::string_view typed) {
    return plain(name).starts_with(plain(typed));
}

Coroutine<Manual> open_manual() {
    std::vector<ModuleInfo> modules = co_yield ListModules{};
    co_return Manual(std::move(modules));
}

}  // namespace yos
