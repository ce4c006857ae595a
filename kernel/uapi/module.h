#pragma once

// A module is what was linked at one time: the executable, or a shared object that was loaded later
// (see kernel/modules/modules.h). Each has a list of its own of what it brings, so there is no
// global list that grows and shrinks: once the constructors of a module's constants have run, its
// list is constant.

#include <atomic>
#include <utility>

namespace yos {

class ManualPage;
class Program;

struct Module {
    // Linked lists, filled by the constructors. The kernel never looks into them: programs/lib/
    // does (program.h, manual_page.h).
    const Program* programs = nullptr;
    const ManualPage* pages = nullptr;

    std::atomic<long> uses = 0;  ///< see ModuleUse; several kernels may count in it
};

/// The module that names it: hidden, so each has its own.
[[gnu::visibility("hidden")]] inline constinit Module this_module;

/// Keeps a module from being unloaded, for whoever holds pointers into it.
class ModuleUse {
public:
    ModuleUse() = default;
    explicit ModuleUse(Module& module) noexcept : module_(&module) { ++module_->uses; }
    ModuleUse(const ModuleUse& other) noexcept : module_(other.module_) {
        if (module_ != nullptr) {
            ++module_->uses;
        }
    }
    ModuleUse(ModuleUse&& other) noexcept : module_(std::exchange(other.module_, nullptr)) {}
    ModuleUse& operator=(ModuleUse other) noexcept {
        std::swap(module_, other.module_);
        return *this;
    }
    ~ModuleUse() {
        if (module_ != nullptr) {
            --module_->uses;
        }
    }

    const Module& operator*() const noexcept { return *module_; }
    const Module* operator->() const noexcept { return module_; }

private:
    Module* module_ = nullptr;
};

}  // namespace yos
