#include "programs/lib/files.h"
#include "programs/lib/options.h"

namespace yos {
namespace {

// What there is to play with where no file is at hand.
constexpr std::string_view some_words =
    "ability absolution action address afternoon algorithm allocation answer apple application "
    "arrival attention autumn balance barrier battery beginning billion block bottle branch bread "
    "bridge buffer builder butter button cancellation candle caption carrot caution champion "
    "channel child circle clock cloud coffee collection column compiler condition connection "
    "coroutine corner course creation critic cushion curiosity dawn deadline decision descriptor "
    "device diagram direction distance division domain dragon dream dungeon dusk echo edition "
    "elephant emotion engine evening event exception execution expression family fashion feather "
    "fiction finger flower forest fork fountain fraction frame function future garden generation "
    "giant glacier grammar guardian handle harbour history horizon hour idea illusion insertion "
    "instruction interruption invention iron island jacket join journey kernel kettle kitchen "
    "ladder lantern latch legion lemon letter library lion listener location lock machine magnet "
    "mansion measure melon memory message mill million mirror mission moment monitor moon morning "
    "mountain mutex nation needle night notion number ocean onion opinion option orange oracle "
    "panel paper parent passion pencil pension permission pillow pipe planet pocket poll portion "
    "precision process program promise question queue quantum rainbow reaction recursion region "
    "register religion return river rope rotation salt sandal scheduler scorpion season seed "
    "selection semaphore shell shadow signal silence silver sleep socket solution spoon spring "
    "stallion station stone stream summer sun suspicion system table task tension terminal thread "
    "timer tower tradition train trap tree tunnel union valley vector version violin vision "
    "wagon waiter water weather wheel window winter wisdom world yield yesterday zebra zombie";

/// Prints the words of a text, one a line. The last may go on in the text that follows: so much of
/// it is kept in `begun`.
Coroutine<> print_words(std::string_view text, Fd out, std::string& begun) {
    std::string lines;
    for (const char byte : text) {
        const bool space = byte == ' ' || (byte >= '\t' && byte <= '\r');
        if (!space) {
            begun += byte;
        } else if (!begun.empty()) {
            lines += begun + '\n';
            begun.clear();
        }
    }
    co_await write_all(out, std::move(lines));
}

Coroutine<> split(Fd in, Fd out) {
    std::string buffer(block_size, '\0');
    std::string begun;
    while (const std::size_t got = co_yield Read{in, buffer}) {
        co_await print_words(std::string_view(buffer.data(), got), out, begun);
    }
    co_await print_words("\n", out, begun);
}

Coroutine<int> words(Invocation invocation) {
    std::vector<std::string> files;
    Options options(invocation);
    options.files(files, "whose words; - is the standard input; none: some words to play with");
    options.example("words | grep 'ion$' | sort | head -5");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    const Fd out = invocation.out;
    if (files.empty()) {
        std::string begun;
        co_await print_words(some_words, out, begun);
        co_await print_words("\n", out, begun);
        co_return 0;
    }
    co_return co_await for_each_file(
        invocation, files, [&](Fd fd, const std::string& /*name*/) { return split(fd, out); });
}

const Program program("words", "print words, one a line", words);

}  // namespace
}  // namespace yos
