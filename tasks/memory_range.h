#pragma once

// A stretch of memory. Tells whether something is a module's: where the code of a coroutine lies,
// or the class of an object.

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace yos {

struct MemoryRange {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;  ///< one behind the last byte

    bool contains(const void* address) const noexcept {
        const auto at = reinterpret_cast<std::uintptr_t>(address);
        return begin <= at && at < end;
    }

    /// Whether the object's class was compiled into it: every object of a class with virtual
    /// functions begins with a pointer to the table of them.
    template <class T>
    bool contains_class_of(const T& object) const noexcept {
        static_assert(std::is_polymorphic_v<T>);
        const void* virtual_functions = nullptr;
        std::memcpy(&virtual_functions, static_cast<const void*>(&object), sizeof(void*));
        return contains(virtual_functions);
    }
};

}  // namespace yos
