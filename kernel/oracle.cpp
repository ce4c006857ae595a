#include "kernel/oracle.h"

#include "tasks/contract.h"

namespace yos {
namespace {

std::uint64_t host_entropy() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

Oracle::Oracle(std::optional<std::uint64_t> seed)
    : generator_(seed ? *seed : host_entropy()), seeded_(seed.has_value()) {}

std::size_t Oracle::choose(Choice /*kind*/, std::size_t n) {
    check_in_debug(n > 0, "choose: of 0 possibilities there is none to choose: ask when there are");
    return seeded_ && n > 1 ? generator_() % n : 0;
}

}  // namespace yos
