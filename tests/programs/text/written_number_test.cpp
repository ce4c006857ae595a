#include "programs/text/written_number.h"

#include "tests/lib/catch.h"

#include <random>
#include <string>
#include <vector>

namespace yos {
namespace {

int compare(std::string_view a, std::string_view b) {
    return WrittenNumber(a).compare(WrittenNumber(b));
}

TEST_CASE("numbers of any length are compared exactly", "[programs]") {
    CHECK(compare("9", "10") < 0);
    CHECK(compare("-9", "-10") > 0);
    CHECK(compare("-0", "0.0") == 0);
    CHECK(compare("007", "7") == 0);
    CHECK(compare("1.50", "1.5x") == 0);
    CHECK(compare("1.05", "1.5") < 0);
    CHECK(compare(" \t3", "2") > 0);
    CHECK(compare("no number", "-1") > 0);
    CHECK(compare("123456789012345678901234567890", "123456789012345678901234567891") < 0);
    const auto human = WrittenNumber::Units::human;
    CHECK(WrittenNumber("2K", human).compare(WrittenNumber("1M", human)) < 0);
    CHECK(WrittenNumber("2000K", human).compare(WrittenNumber("1M", human)) < 0);
}

std::string any_number(std::mt19937& random) {
    std::string text = random() % 3 == 0 ? "-" : "";
    const auto digits = [&](std::size_t most) {
        for (std::size_t n = random() % most; n > 0; --n) {
            text += static_cast<char>('0' + random() % 10);
        }
    };
    digits(random() % 4 == 0 ? 45 : 5);
    if (random() % 2 == 0) {
        text += '.';
        digits(random() % 4 == 0 ? 40 : 4);
    }
    return text + (random() % 4 == 0 ? "K" : "");
}

TEST_CASE("what is less never has a greater rank", "[programs]") {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::string a = any_number(random);
        const std::string b = any_number(random);
        CAPTURE(a, b);
        const auto units = i % 2 == 0 ? WrittenNumber::Units::none : WrittenNumber::Units::human;
        const WrittenNumber first(a, units);
        const WrittenNumber second(b, units);
        if (first.compare(second) < 0) {
            REQUIRE(first.rank() <= second.rank());
        } else if (first.compare(second) == 0) {
            REQUIRE(first.rank() == second.rank());
        } else {
            REQUIRE(first.rank() >= second.rank());
        }
    }
}

}  // namespace
}  // namespace yos
