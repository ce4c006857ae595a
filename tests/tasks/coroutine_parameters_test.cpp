#include "tasks/coroutine_parameters.h"

#include "tasks/generator.h"
#include "tests/lib/call.h"
#include "tests/lib/catch.h"

#include <string>

namespace yos {
namespace {

struct Page {
    std::string text;
};

}  // namespace

template <>
inline constexpr bool outlives_coroutines<Page> = true;

namespace {

Coroutine<std::string> read(const Page& page, const Page& /*next*/) {
    co_return page.text;
}

TEST_CASE("a coroutine may refer to what outlives it", "[coroutine]") {
    const Page page{"one"};
    CHECK(call(read(page, page)) == "one");
}

class Book {
public:
    Coroutine<std::string> title() const { co_return title_; }
    Coroutine<std::string> with_number(int number) const& {
        co_return title_ + std::to_string(number);
    }
    Generator<char> letters() const {
        for (const char letter : title_) {
            co_yield letter;
        }
    }
    Coroutine<> rename(std::string title) {
        title_ = std::move(title);
        co_return;
    }

private:
    std::string title_ = "go";
};

TEST_CASE("a coroutine may be a member, also a const one", "[coroutine]") {
    Book book;
    const Book& same = book;
    CHECK(call(same.title()) == "go");
    CHECK(call(same.with_number(2)) == "go2");
    std::string letters;
    for (const char letter : same.letters()) {
        letters += letter;
    }
    CHECK(letters == "go");
    call(book.rename("chess"));
    CHECK(call(book.title()) == "chess");
}

TEST_CASE("a lambda that captures nothing may be a coroutine", "[coroutine]") {
    const auto doubled = [](int number) -> Coroutine<int> { co_return 2 * number; };
    const auto same = [](auto value) -> Generator<int> { co_yield value; };
    CHECK(call(doubled(4)) == 8);
    CHECK(same(3).next() == 3);
}

template <class Function>
Coroutine<int> result_of(Function function) {
    co_return function();
}

TEST_CASE("a coroutine may be handed a lambda that captures", "[coroutine]") {
    int number = 7;
    CHECK(call(result_of([number] { return number; })) == 7);
}

}  // namespace
}  // namespace yos
