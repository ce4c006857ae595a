#include "kernel/modules/modules.h"

#include "kernel/log/kernel_log.h"

#include <algorithm>
#include <dlfcn.h>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <link.h>
#include <system_error>

// In module.cpp, which is in every module. A module's own are found by their names: the
// executable's would hide them from a mere reference.
extern "C" const char yos_module_mark[];
extern "C" yos::Module* yos_module() noexcept;

namespace yos {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::errc error, const std::string& what) {
    throw std::system_error(std::make_error_code(error), what);
}

[[noreturn]] void refuse(const std::string& what) {
    fail(std::errc::executable_format_error, what);
}

std::string read_file(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) {
        throw std::system_error(error, path);
    }
    if (status.type() == fs::file_type::directory) {
        fail(std::errc::is_a_directory, path);
    }
    if (status.type() != fs::file_type::regular) {
        refuse(path.string() + " is no regular file");  // and reading it might never end
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (!file) {
        throw std::system_error(errno, std::generic_category(), path);
    }
    return bytes;
}

/// A shared object without its end would be mapped, and crash whoever touches what is missing. What
/// comes last in it is, as a rule, the table of its sections.
bool is_cut_off(const std::string& bytes) {
    ElfW(Ehdr) header{};
    if (bytes.size() < sizeof header) {
        return true;
    }
    std::memcpy(&header, bytes.data(), sizeof header);
    std::size_t end = header.e_shoff + std::size_t{header.e_shentsize} * header.e_shnum;
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        ElfW(Phdr) segment{};
        const std::size_t at = header.e_phoff + i * sizeof segment;
        if (at > bytes.size() || bytes.size() - at < sizeof segment) {
            return true;
        }
        std::memcpy(&segment, bytes.data() + at, sizeof segment);
        end = std::max<std::size_t>(end, segment.p_offset + segment.p_filesz);
    }
    return end > bytes.size();
}

constexpr std::string_view mark_begin = "yos-module ";

/// What a mark says, as in `yos 0.4.0 (headers 5f31c2, g++ 12)`.
std::string in_words(std::string_view mark) {
    constexpr std::size_t longest = 200;
    return "yos " + std::string(mark.substr(mark_begin.size(), longest));
}

/// Throws unless the file is a module that was built for this yos, as far as can be told from the
/// outside.
void check_file(const fs::path& path) {
    const std::string bytes = read_file(path);
    if (!bytes.starts_with(ELFMAG)) {
        refuse(path.string() + " is no yos module: it is no shared object");
    }
    if (is_cut_off(bytes)) {
        refuse(path.string() + " is not complete");
    }
    const std::string_view our_mark = yos_module_mark;
    if (bytes.find(our_mark) != std::string::npos) {
        return;
    }
    const std::size_t at = bytes.find(mark_begin);
    if (at == std::string::npos) {
        refuse(path.string() + " is no yos module: yos_add_module builds one");
    }
    refuse(path.string() + " was built for " + in_words(bytes.c_str() + at) + ", and this is " +
           in_words(our_mark) + ": build it again");
}

/// `mine` for /somewhere/libmine.so.
std::string name_of_file(const fs::path& path) {
    std::string name = path.stem().string();
    return name.starts_with("lib") ? name.substr(3) : name;
}

/// Where the dynamic linker has mapped a shared object.
MemoryRange memory_of(void* handle) {
    struct Search {
        const link_map* map = nullptr;
        MemoryRange found = {};
    } search;
    ::dlinfo(handle, RTLD_DI_LINKMAP, &search.map);
    ::dl_iterate_phdr(
        [](dl_phdr_info* object, std::size_t /*size*/, void* data) {
            Search& wanted = *static_cast<Search*>(data);
            if (object->dlpi_addr != wanted.map->l_addr) {
                return 0;
            }
            wanted.found = {UINTPTR_MAX, 0};
            for (std::size_t i = 0; i < object->dlpi_phnum; ++i) {
                const ElfW(Phdr)& segment = object->dlpi_phdr[i];
                if (segment.p_type == PT_LOAD) {
                    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
                    wanted.found.begin = std::min(wanted.found.begin, begin);
                    wanted.found.end = std::max(wanted.found.end, begin + segment.p_memsz);
                }
            }
            return 1;
        },
        &search);
    return search.found;
}

/// Where the executable lies; for people only, so it is no matter if the host does not tell.
std::string path_of_executable() {
    std::error_code no_matter;
    return fs::read_symlink("/proc/self/exe", no_matter);
}

}  // namespace

Modules::Modules() {
    static const std::string executable = path_of_executable();
    modules_.push_back(
        std::make_unique<LoadedModule>(LoadedModule{"yos", executable, *yos_module()}));
}

Modules::~Modules() {
    for (const auto& loaded : modules_) {
        if (loaded->handle != nullptr && loaded->module.uses == 0) {
            ::dlclose(loaded->handle);
        }
    }
}

void Modules::refuse_second(const std::string& name) const {
    for (const auto& loaded : modules_) {
        if (loaded->name == name) {
            fail(std::errc::file_exists,
                 "a module " + name + " is loaded already, from " + loaded->file);
        }
    }
}

const LoadedModule& Modules::load(const std::string& file) {
    // A bare name would be searched for elsewhere; what cannot be resolved is refused below.
    std::error_code unresolved;
    fs::path path = fs::canonical(file, unresolved);
    if (unresolved) {
        path = fs::absolute(file);
    }
    check_file(path);
    const std::string name = name_of_file(path);
    refuse_second(name);

    void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        refuse(::dlerror());
    }
    for (const auto& loaded : modules_) {
        if (loaded->handle == handle) {
            ::dlclose(handle);
            fail(std::errc::file_exists,
                 path.string() + " is loaded already, as module " + loaded->name);
        }
    }
    const auto entry = reinterpret_cast<decltype(&yos_module)>(::dlsym(handle, "yos_module"));
    if (entry == nullptr) {
        ::dlclose(handle);
        refuse(path.string() + " does not tell what is in it: yos_add_module builds a module");
    }
    modules_.push_back(std::make_unique<LoadedModule>(
        LoadedModule{name, path, *entry(), handle, memory_of(handle)}));
    return *modules_.back();
}

void Modules::unload(std::string_view name, const UsersOf& users_of, KernelLog& log) {
    const auto found = std::find_if(
        modules_.begin(), modules_.end(), [&](const auto& loaded) { return loaded->name == name; });
    if (found == modules_.end()) {
        fail(std::errc::no_such_file_or_directory, "no module " + std::string(name) + " is loaded");
    }
    if ((*found)->handle == nullptr) {
        fail(std::errc::operation_not_permitted, std::string(name) + " is the executable");
    }
    const std::vector<std::string> users = users_of(**found);
    if (!users.empty()) {
        std::string list;
        for (const std::string& user : users) {
            list += (list.empty() ? "" : ", ") + user;
        }
        fail(std::errc::device_or_resource_busy, std::string(name) + " is in use by " + list);
    }
    const std::unique_ptr<LoadedModule> unloaded = std::move(*found);
    modules_.erase(found);
    ::dlclose(unloaded->handle);
    if (void* const still = ::dlopen(unloaded->file.c_str(), RTLD_NOW | RTLD_NOLOAD)) {
        ::dlclose(still);
        log.warning(unloaded->file +
                    " stays mapped, and a new build of it will not be seen: another kernel uses "
                    "it, or it was compiled without -fno-gnu-unique");
    }
}

}  // namespace yos
