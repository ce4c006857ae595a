#pragma once

// Shared ownership within one kernel, and so within one thread at a time: a count in the object,
// and no atomic instruction as in std::shared_ptr.

#include <cstdint>
#include <utility>

namespace yos {

/// A base for classes whose objects are held by Refs.
class RefCounted {
protected:
    RefCounted() = default;
    ~RefCounted() = default;

private:
    template <class T>
    friend class Ref;
    std::uint32_t refs_ = 0;
};

template <class T>
class Ref {
public:
    Ref() = default;
    explicit Ref(T* object) noexcept : object_(object) { ++object_->refs_; }
    Ref(const Ref& other) noexcept : object_(other.object_) {
        if (object_ != nullptr) {
            ++object_->refs_;
        }
    }
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() {
        if (object_ != nullptr && --object_->refs_ == 0) {
            destroy(object_);
        }
    }

    explicit operator bool() const noexcept { return object_ != nullptr; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }

private:
    /// Out of line: it is rare where Refs are passed on.
    [[gnu::noinline]] static void destroy(T* object) { delete object; }

    T* object_ = nullptr;
};

}  // namespace yos
