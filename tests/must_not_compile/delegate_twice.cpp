// expect: write co_await other\(...\), or co_await std::move\(it\)

#include "tasks/generator.h"

yos::Generator<int> delegate(yos::Generator<int> other) {
    co_await other;
}
