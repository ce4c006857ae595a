#include "programs/web/http/parser.h"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace yos::http {
namespace {

namespace beast = boost::beast;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

constexpr std::size_t shortest_last_chunk = std::string_view("0\r\n\r\n").size();

/// A target as a server has it, of one as a proxy would be asked: `/a` of `http://host/a`.
std::string_view origin_form(std::string_view target) {
    constexpr std::string_view scheme = "http://";
    if (!target.starts_with(scheme)) {
        return target;
    }
    const auto slash = target.find('/', scheme.size());
    return slash == std::string_view::npos ? "/" : target.substr(slash);
}

/// Whether this first line is that of a request in a version of HTTP that is not ours.
bool asks_for_another_version(std::string_view bytes) {
    const std::string_view line = bytes.substr(0, bytes.find('\r'));
    const auto space = line.rfind(' ');
    const std::string_view version = line.substr(space == std::string_view::npos ? 0 : space + 1);
    return version.size() == 8 && version.starts_with("HTTP/") && version[5] >= '0' &&
           version[5] <= '9' && version[6] == '.' && version[7] >= '0' && version[7] <= '9';
}

}  // namespace

/// The parser of the message at hand, and what it has found.
class Parser::Beast {
public:
    explicit Beast(Limits limits) : limits_(limits) {}
    virtual ~Beast() = default;

    virtual void start(bool answers_head) = 0;
    virtual bool take(std::string_view& bytes) = 0;
    virtual void end_of_input() = 0;
    virtual bool is_done() const = 0;

    Head head;
    std::string body;
    bool has_begun = false;
    bool has_head = false;

protected:
    void clear() {
        head.method.clear();
        head.target.clear();
        head.status = 0;
        head.fields.clear();
        head.body_size.reset();
        body.clear();
        has_begun = false;
        has_head = false;
        has_line_ = false;
        is_between_chunks_ = false;
        size_ = 0;
    }

    /// What Beast lets pass.
    void check_request() const {
        if (head.minor_version >= 1 && head.fields.count("Host") != 1) {
            throw Refusal(400, "there must be one Host");
        }
        const auto encoding = head.fields.find("Transfer-Encoding");
        if (encoding && head.minor_version == 0) {
            throw Refusal(400, "HTTP/1.0 has no Transfer-Encoding");
        }
        if (encoding &&
            !(same_name(*encoding, "chunked") && head.fields.count("Transfer-Encoding") == 1)) {
            throw Refusal(501, "the only Transfer-Encoding known here is chunked");
        }
    }

    [[noreturn]] void refuse(const beast::error_code& why, std::string_view bytes) const {
        using beast::http::error;
        if (why == error::header_limit) {
            refuse_size(bytes);
        }
        if (why == error::body_limit) {
            throw Refusal(413, "the body is larger than " + std::to_string(limits_.body));
        }
        if (why == error::bad_version && asks_for_another_version(bytes)) {
            throw Refusal(505, "this is HTTP/1.1");
        }
        throw Refusal(400, why.message());
    }

    /// `bytes` are those not taken: a first line may be among them, for Beast takes what comes in
    /// pieces only when it has all of it.
    [[noreturn]] void refuse_size(std::string_view bytes) const {
        if (has_head) {
            throw Refusal(400, "a chunk has too much about it");
        }
        if (has_line_ || bytes.find("\r\n") != std::string_view::npos) {
            throw Refusal(431, "the fields are larger than " + std::to_string(limits_.head));
        }
        throw Refusal(414, "the target is longer than " + std::to_string(limits_.target));
    }

    /// Beast has limits of its own, but begins to count anew with each call.
    void count(std::size_t taken, std::string_view left, bool wants_more) {
        if (!has_head || wants_more) {
            size_ = has_head ? 0 : size_ + taken;
            if (size_ + (wants_more ? left.size() : 0) > limits_.head) {
                refuse_size(left);
            }
        }
    }

    Limits limits_;
    bool has_line_ = false;
    bool is_between_chunks_ = false;
    std::size_t size_ = 0;  // of the head so far
};

template <bool is_request>
class Parser::BeastOf final : public Parser::Beast {
public:
    using Beast::Beast;

    void start(bool answers_head) override {
        clear();
        parser_.emplace(*this);
        parser_->header_limit(static_cast<std::uint32_t>(limits_.head));
        parser_->body_limit(limits_.body);
        parser_->skip(answers_head);
    }

    bool take(std::string_view& bytes) override {
        if (is_between_chunks_ && bytes.size() < shortest_last_chunk) {
            return false;  // Beast asserts that it has no less
        }
        beast::error_code error;
        const std::size_t taken = parser_->put({bytes.data(), bytes.size()}, error);
        has_begun = has_begun || taken > 0;
        const bool wants_more = error == beast::http::error::need_more;
        if (error && !wants_more) {
            refuse(error, bytes);
        }
        bytes.remove_prefix(taken);
        count(taken, bytes, wants_more);
        return !wants_more;
    }

    void end_of_input() override {
        beast::error_code error;
        parser_->put_eof(error);
        if (error) {
            throw Refusal(400, error.message());
        }
    }

    bool is_done() const override { return parser_->is_done(); }

private:
    using Base = beast::http::basic_parser<is_request>;
    using Field = beast::http::field;
    using Code = beast::error_code;
    using Text = beast::string_view;

    /// Beast calls these as it comes to each part.
    class Implementation final : public Base {
    public:
        explicit Implementation(BeastOf& found) : found_(found) {}

    private:
        void on_request_impl(beast::http::verb /*method*/,
                             Text method,
                             Text target,
                             int version,
                             Code& /*error*/) override {
            found_.has_line_ = true;
            if (target.size() > found_.limits_.target) {
                throw Refusal(414, "the target is too long");
            }
            found_.head.method = view(method);
            found_.head.target = origin_form(view(target));
            found_.head.minor_version = version % 10;
        }
        void on_response_impl(int status, Text /*reason*/, int version, Code& /*error*/) override {
            found_.has_line_ = true;
            found_.head.status = status;
            found_.head.minor_version = version % 10;
        }
        void on_field_impl(Field /*field*/, Text name, Text value, Code& /*error*/) override {
            if (!found_.has_head) {  // and not behind the last chunk
                found_.head.fields.add(view(name), view(value));
            }
        }
        void on_header_impl(Code& /*error*/) override {
            if (is_request) {
                found_.check_request();
            }
            found_.has_head = true;
            found_.head.keep_alive = this->keep_alive();
            found_.head.has_body = !this->is_done();
            found_.is_between_chunks_ = found_.head.has_body && this->chunked();
            if (const auto size = this->content_length()) {
                found_.head.body_size = *size;
            }
        }
        void on_body_init_impl(const boost::optional<std::uint64_t>& /*size*/,
                               Code& /*error*/) override {}
        std::size_t on_body_impl(Text bytes, Code& /*error*/) override {
            found_.body += view(bytes);
            return bytes.size();
        }
        void on_chunk_header_impl(std::uint64_t /*size*/,
                                  Text /*about*/,
                                  Code& /*error*/) override {
            found_.is_between_chunks_ = false;
        }
        std::size_t on_chunk_body_impl(std::uint64_t left, Text bytes, Code& /*error*/) override {
            found_.is_between_chunks_ = left == bytes.size();
            found_.body += view(bytes);
            return bytes.size();
        }
        void on_finish_impl(Code& /*error*/) override {}

        BeastOf& found_;
    };

    std::optional<Implementation> parser_;
};

Parser::Parser(Kind kind, Limits limits) {
    if (kind == Kind::request) {
        beast_ = std::make_unique<BeastOf<true>>(limits);
    } else {
        beast_ = std::make_unique<BeastOf<false>>(limits);
    }
    start();
}

Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;
Parser::~Parser() = default;

void Parser::start(bool answers_head) {
    beast_->start(answers_head);
}

bool Parser::take(std::string_view& bytes) {
    return beast_->take(bytes);
}

void Parser::end_of_input() {
    beast_->end_of_input();
}

bool Parser::has_begun() const {
    return beast_->has_begun;
}

bool Parser::has_head() const {
    return beast_->has_head;
}

bool Parser::is_done() const {
    return beast_->is_done();
}

const Head& Parser::head() const {
    return beast_->head;
}

std::string& Parser::body() {
    return beast_->body;
}

}  // namespace yos::http
