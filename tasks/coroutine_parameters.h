#pragma once

// What a coroutine may take as parameters. It is lazy: its body may run when the call that made it
// is over, and with that what a const& or a && was bound to, or the closure of a lambda. So the
// compiler refuses these. The object whose member a coroutine is cannot be helped: it may be const.

#include <coroutine>
#include <source_location>
#include <string_view>
#include <type_traits>

namespace yos {

/// True of a type whose objects are there as long as any coroutine that is handed a const& to one,
/// such as a tree that all its users share. For a type of yours:
///
///     template <>
///     inline constexpr bool outlives_coroutines<Page> = true;
template <class T>
inline constexpr bool outlives_coroutines = false;

template <class T>
inline constexpr bool is_const_reference =
    std::is_lvalue_reference_v<T>&& std::is_const_v<std::remove_reference_t<T>>;

template <class P>
inline constexpr bool may_be_gone =
    (is_const_reference<P> ||
     std::is_rvalue_reference_v<P>)&&!outlives_coroutines<std::remove_cvref_t<P>>;

/// Tells a lambda's closure by its name, since no trait does. That of this function is "... [with T
/// = f()::<lambda(int)>]" in GCC and "... [T = (lambda at FILE:LINE:COLUMN)]" in Clang.
template <class T>
constexpr bool is_named_as_closure() {
    const std::string_view name = __PRETTY_FUNCTION__;
    return (name.ends_with(")>]") && name.find("<lambda(") != std::string_view::npos) ||
           name.find("T = (lambda at ") != std::string_view::npos;
}

template <class T>
inline constexpr bool is_closure = is_named_as_closure<T>();

/// Compiles only in a const member function, as "Coroutine<> Folder::answer(Exchange&) const"; with
/// a compiler that would name that without its parameters, everywhere.
struct OnlyInConstMember {
    consteval OnlyInConstMember(std::source_location where = std::source_location::current()) {
        const std::string_view function = where.function_name();
        if (function.find('(') != std::string_view::npos &&
            function.find(") const") == std::string_view::npos) {
            throw "a coroutine's parameter must not be a const&: take it by value";
        }
    }
};

/// The beginning of a coroutine whose first parameter is a const&: either the object whose member
/// it is, or a mistake. No template, in which the check would look at initial_suspend itself.
class ConstMember {
public:
    std::suspend_always initial_suspend(OnlyInConstMember /*check*/ = {}) noexcept { return {}; }
};

template <class Promise>
class ConstMemberPromise : public Promise, public ConstMember {
public:
    using ConstMember::initial_suspend;
};

/// The promise of a lambda.
template <class Promise, class Closure>
class LambdaPromise : public Promise {
public:
    /// The closure is not complete before this is compiled.
    std::suspend_always initial_suspend() noexcept {
        static_assert(
            std::is_empty_v<Closure>,
            "a lambda that captures must not be a coroutine: its closure may be gone when "
            "the body runs; give it parameters instead");
        return {};
    }
};

/// Checks the parameters, and says which promise the coroutine has.
template <class Promise, class... Parameters>
struct CheckedParameters {
    using promise_type = Promise;
};

/// `First` may be the object whose member the coroutine is, or the closure of a lambda.
template <class Promise, class First, class... Others>
struct CheckedParameters<Promise, First, Others...> {
    using Object = std::remove_cvref_t<First>;

    static constexpr bool is_object = std::is_lvalue_reference_v<First> && std::is_class_v<Object>;
    static_assert(
        !((!is_object && may_be_gone<First>) || ... || may_be_gone<Others>),
        "a coroutine's parameter must not be a const& or &&: it may be gone when the body "
        "runs; take it by value, or mark its type with yos::outlives_coroutines");

    using promise_type = std::conditional_t<
        is_object && is_closure<Object>,
        LambdaPromise<Promise, Object>,
        std::conditional_t<is_object && may_be_gone<First>, ConstMemberPromise<Promise>, Promise>>;
};

}  // namespace yos
