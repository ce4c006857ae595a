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

ManualPages all_pages() {
    ManualPages pages;
    for (const ManualPage* page = first_page; page != nullptr; page = page->next()) {
        pages.push_back(page);
    }
    std::sort(pages.begin(), pages.end(), [](const ManualPage* a, const ManualPage* b) {
        return plain(a->name()) < plain(b->name());
    });
    return pages;
}

const ManualPage* find_page(const ManualPages& pages, std::string_view name) {
    const auto found = std::find_if(pages.begin(), pages.end(), [&](const ManualPage* page) {
        return plain(page->name()) == plain(name);
    });
    return found != pages.end() ? *found : nullptr;
}

std::string_view nearest_page(const ManualPages& pages, std::string_view name) {
    std::vector<std::string> names;
    for (const ManualPage* page : pages) {
        if (page->listed()) {
            names.push_back(plain(page->name()));
        }
    }
    const std::string_view found = nearest_name(plain(name), {names.begin(), names.end()});
    return found.empty() ? found : find_page(pages, found)->name();
}

}  // namespace yos
