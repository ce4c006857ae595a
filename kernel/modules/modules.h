#pragma once

// The modules of a running kernel: the executable, and shared objects that were loaded into it. A
// shared object is foreign code from the moment the host maps it, so it is looked at as a file
// first: whether it carries the mark (module.cpp.in) that it was built for just this yos.

#include "kernel/uapi/module.h"
#include "tasks/memory_range.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yos {

class KernelLog;

/// A module as a kernel knows it.
struct LoadedModule {
    std::string name;  ///< `mine` for libmine.so, `yos` for the executable
    std::string file;  ///< absolute path
    Module& module;
    void* handle = nullptr;   ///< the dynamic linker's; null for the executable
    MemoryRange memory = {};  ///< where it is mapped; nowhere for the executable
};

class Modules {
public:
    Modules();
    Modules(const Modules&) = delete;
    Modules& operator=(const Modules&) = delete;

    /// Unloads those that nobody uses any more.
    ~Modules();

    /// Loads a shared object and runs its constructors. Throws std::system_error, which says what
    /// is wrong: the host's errors for a file that cannot be read; ENOEXEC for one that is no
    /// module, or of another yos, or that the dynamic linker refuses; EEXIST when one of its name
    /// is loaded already.
    const LoadedModule& load(const std::string& file);

    /// Who uses a module, as in `task 7 (hello)`: who would crash without it. Empty: nobody does.
    using UsersOf = std::function<std::vector<std::string>(const LoadedModule&)>;

    /// Runs the module's destructors and unmaps it; tells the log when the host keeps it mapped all
    /// the same. Throws std::system_error: EBUSY when something of it is in use, with the names of
    /// who uses it; ENOENT; EPERM for the executable.
    void unload(std::string_view name, const UsersOf& users_of, KernelLog& log);

    /// The executable is the first.
    const std::vector<std::unique_ptr<LoadedModule>>& all() const { return modules_; }

private:
    void refuse_second(const std::string& name) const;

    std::vector<std::unique_ptr<LoadedModule>> modules_;
};

}  // namespace yos
