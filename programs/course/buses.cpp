// Coroutines as handlers of events, the course's best example. An XML parser (expat) tells of the
// start of an element, of text, of an end; the first coroutine makes of these a dictionary for each
// bus, the next two let through those of one route and one direction, the last writes where they
// are. Each does one thing, and remembers where it is by being there. Memory does not grow with the
// file.

#include "programs/lib/files.h"
#include "programs/lib/options.h"
#include "tasks/generator.h"

#include <nlohmann/json.hpp>

#include <expat.h>
#include <map>
#include <type_traits>

namespace yos {
namespace {

struct Event {
    enum class Kind { start, text, end } kind;
    std::string_view value;  ///< the element's name, or the text

    bool is(Kind wanted, std::string_view name) const { return kind == wanted && value == name; }
};
using EventSink = Generator<void, Event>;

using Bus = std::map<std::string, std::string, std::less<>>;
using BusSink = Generator<void, const Bus&>;

// ---- The pipeline ----

EventSink buses_to_dicts(BusSink target) {
    for (;;) {
        Event event = co_yield nothing;
        if (!event.is(Event::Kind::start, "bus")) {
            continue;
        }
        Bus bus;
        std::string text;
        while (!event.is(Event::Kind::end, "bus")) {
            event = co_yield nothing;
            if (event.kind == Event::Kind::start) {
                text.clear();
            } else if (event.kind == Event::Kind::text) {
                text += event.value;
            } else if (event.value != "bus") {
                bus.insert_or_assign(std::string(event.value), text);
            }
        }
        target.send(bus);
    }
}

BusSink filter_on_field(std::string field, std::string value, BusSink target) {
    for (;;) {
        const Bus& bus = co_yield nothing;
        const auto found = bus.find(field);
        if (found != bus.end() && found->second == value) {
            target.send(bus);
        }
    }
}

/// Writes down a line of JSON for each, for the task to print.
BusSink bus_locations(std::string& text) {
    for (;;) {
        const Bus& bus = co_yield nothing;
        nlohmann::ordered_json location;
        for (const char* const field : {"route", "id", "direction", "latitude", "longitude"}) {
            const auto found = bus.find(field);
            location[field] = found != bus.end() ? nlohmann::ordered_json(found->second) : nullptr;
        }
        text += location.dump() + "\n";
    }
}

// ---- Its source ----

/// Sends a coroutine the events of a text that comes in pieces.
class XmlParser {
public:
    explicit XmlParser(EventSink target) : target_(std::move(target)) {
        ::XML_SetUserData(parser_.get(), this);
        ::XML_SetElementHandler(parser_.get(), on_start, on_end);
        ::XML_SetCharacterDataHandler(parser_.get(), on_text);
    }

    /// Throws std::runtime_error where it is no XML. The last piece may be empty.
    void parse(std::string_view piece, bool last) {
        const auto size = static_cast<int>(piece.size());
        if (::XML_Parse(parser_.get(), piece.data(), size, last ? 1 : 0) == XML_STATUS_ERROR) {
            throw std::runtime_error(
                fmt::format("line {}: {}",
                            ::XML_GetCurrentLineNumber(parser_.get()),
                            ::XML_ErrorString(::XML_GetErrorCode(parser_.get()))));
        }
    }

private:
    // No exception may cross expat, which is C.
    static void on_start(void* self, const char* name, const char** /*attributes*/) noexcept {
        send(self, {Event::Kind::start, name});
    }
    static void on_end(void* self, const char* name) noexcept {
        send(self, {Event::Kind::end, name});
    }
    static void on_text(void* self, const char* text, int size) noexcept {
        send(self, {Event::Kind::text, {text, static_cast<std::size_t>(size)}});
    }
    static void send(void* self, Event event) {
        static_cast<XmlParser*>(self)->target_.send(event);
    }

    using Expat = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&::XML_ParserFree)>;

    EventSink target_;
    Expat parser_{::XML_ParserCreate(nullptr), ::XML_ParserFree};
};

Coroutine<> parse_file(Fd in, Fd out, XmlParser& parser, std::string& text) {
    std::string block(block_size, '\0');
    std::size_t got = 0;
    do {
        got = co_yield Read{in, block};
        parser.parse(std::string_view(block).substr(0, got), got == 0);
        co_await write_all(out, std::exchange(text, {}));
    } while (got > 0);
}

Coroutine<int> buses(Invocation invocation) {
    std::string file = "-";
    std::string route = "22";
    std::string direction = "North Bound";
    Options options(invocation);
    options.optional("FILE", file, "the XML; -: the standard input");
    options.option("--route", "NUMBER", route, "of these buses (22)");
    options.option("--direction", "NAME", direction, "going there (North Bound)");
    options.example("buses allroutes.xml --route 147");
    if (!co_await options.parse()) {
        co_return options.status();
    }
    std::string text;
    XmlParser parser(primed(buses_to_dicts(primed(filter_on_field(
        "route",
        route,
        primed(filter_on_field("direction", direction, primed(bus_locations(text)))))))));
    const std::vector<std::string> files = {file};
    const Fd out = invocation.out;
    co_return co_await for_each_file(invocation, files, [&](Fd in, const std::string& /*name*/) {
        return parse_file(in, out, parser, text);
    });
}

const Program program("buses", "find buses in XML, by coroutines that handle events", buses);

}  // namespace
}  // namespace yos
