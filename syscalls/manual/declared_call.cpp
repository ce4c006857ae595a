#include "syscalls/manual/declared_call.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace yos::manual {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

Tokens part(Tokens tokens, std::size_t begin, std::size_t end) {
    return tokens.subspan(begin, end - begin);
}

/// The first of these at or behind `from` that stands in no bracket, or `none`.
std::size_t find_outside(Tokens tokens,
                         std::initializer_list<std::string_view> wanted,
                         std::size_t from) {
    for (std::size_t i = from; i < tokens.size(); ++i) {
        const auto is = [&](std::string_view what) { return tokens[i].is(what); };
        if (std::any_of(wanted.begin(), wanted.end(), is)) {
            return i;
        }
        if (is("(") || is("[") || is("<")) {
            const std::size_t end = behind_bracket(tokens, i);
            i = end == 0 ? i : end - 1;
        }
    }
    return none;
}

/// Where what follows `template <...>` begins.
std::size_t behind_template(Tokens head) {
    return head.size() > 1 && head[0].is("template") && head[1].is("<") ? behind_bracket(head, 1)
                                                                        : 0;
}

/// As declared, but for type_identity, which says nothing to those who pass a value.
std::string parameters_of(Tokens parameters) {
    constexpr std::string_view identity = "std::type_identity_t<";
    std::string text = spelled(parameters);
    for (auto at = text.find(identity); at != std::string::npos; at = text.find(identity)) {
        text.erase(at, identity.size());
        for (int depth = 1; at < text.size() && depth > 0; ++at) {
            depth += text[at] == '<' ? 1 : text[at] == '>' ? -1 : 0;
        }
        text.erase(at - 1, 1);
    }
    return text;
}

class ClassReader {
public:
    ClassReader(const Declaration& declaration, std::string_view file)
        : declaration_(declaration), file_(file) {}

    std::optional<DeclaredClass> read() {
        const Tokens head = declaration_.head;
        const std::size_t begin = behind_template(head);
        const std::size_t keyword = find_outside(head, {"class", "struct"}, begin);
        const std::size_t colon = find_outside(head, {":"}, begin);
        if (keyword == none || colon == none || colon < keyword + 2 || head[0].is("enum")) {
            return std::nullopt;
        }
        const std::size_t name = colon - (head[colon - 1].is("final") ? 2 : 1);
        if (head[name].is(">")) {
            return std::nullopt;  // a specialization: the template itself has the page
        }
        class_.template_line = spelled(part(head, 0, keyword));
        class_.subject = {.kind = Subject::Kind::system_call,
                          .name = head[name].text,
                          .header = std::string(file_),
                          .line = declaration_.line(),
                          .comment = declaration_.comment};
        read_base(head.subspan(colon + 1));
        read_members(head[keyword].is("struct"));
        return std::move(class_);
    }

private:
    void read_base(Tokens bases) {
        const std::size_t bracket = find_outside(bases, {"<", ","}, 0);
        const std::size_t end = bracket == none ? bases.size() : bracket;
        if (end == 0) {
            return;
        }
        class_.base = bases[end - 1].text;
        if (bracket != none && bases[bracket].is("<")) {
            const std::size_t behind = behind_bracket(bases, bracket);
            class_.result = behind == 0 ? "" : spelled(part(bases, bracket + 1, behind - 1));
        }
    }

    void read_members(bool is_public) {
        for (const Declaration& member : declarations_in(declaration_.body, file_)) {
            if (member.head.size() == 1) {
                is_public = member.begins_with("public");
            } else if (is_public) {
                read_public(member);
            }
        }
        if (class_.subject.forms.empty() && !class_.inherits_constructors) {
            add_form({});
        }
        for (Form& form : class_.subject.forms) {
            form.result = class_.result;
        }
    }

    void read_public(const Declaration& member) {
        const Tokens head = member.head;
        const std::string& name = class_.subject.name;
        const std::size_t parenthesis = find_outside(head, {"("}, behind_template(head));
        if (member.begins_with("using")) {
            class_.inherits_constructors |= head.back().is(class_.base);
            if (head[1].is("Result") && head.size() > 3) {
                class_.result = spelled(head.subspan(3));
            }
        }
        if (parenthesis == none || parenthesis == 0) {
            return;
        }
        const std::size_t end = behind_bracket(head, parenthesis);
        const Tokens parameters = part(head, parenthesis + 1, end - 1);
        if (head[parenthesis - 1].is(name)) {
            if (!is_copy_or_move(parameters) && !head.back().is("delete")) {
                add_form(parameters_of(parameters));
            }
        } else if (gives_itself(head.first(parenthesis - 1))) {
            class_.subject.modifiers.push_back(
                {head[parenthesis - 1].text + "(" + parameters_of(parameters) + ")",
                 member.comment});
        }
    }

    bool is_copy_or_move(Tokens parameters) const {
        const std::size_t type = !parameters.empty() && parameters[0].is("const") ? 1 : 0;
        return parameters.size() > type + 1 && parameters[type].is(class_.subject.name) &&
               parameters[type + 1].is("&");
    }

    /// Does a member function give the call itself, as in `NewTask&& joinable()`? Then it changes a
    /// call before it is yielded.
    bool gives_itself(Tokens before_name) const {
        return before_name.size() >= 2 && before_name.back().is("&") &&
               std::any_of(before_name.begin(), before_name.end(), [&](const Token& token) {
                   return token.is(class_.subject.name);
               });
    }

    void add_form(std::string parameters) {
        class_.subject.forms.push_back({class_.template_line, std::move(parameters), {}});
    }

    const Declaration& declaration_;
    std::string_view file_;
    DeclaredClass class_;
};

}  // namespace

std::optional<DeclaredClass> read_class(const Declaration& declaration, std::string_view file) {
    return ClassReader(declaration, file).read();
}

std::optional<Subject> read_subroutine(const Declaration& declaration, std::string_view file) {
    const Tokens head = declaration.head;
    const std::size_t begin = behind_template(head);
    const std::size_t parenthesis = find_outside(head, {"("}, begin);
    const std::size_t type = find_outside(head, {"Coroutine"}, begin);
    if (parenthesis == none || type == none || type + 1 >= parenthesis || !head[type + 1].is("<")) {
        return std::nullopt;
    }
    const std::size_t behind_type = behind_bracket(head, type + 1);
    if (behind_type == 0 || behind_type + 1 != parenthesis) {
        return std::nullopt;  // a member, defined out of its class
    }
    const std::size_t end = behind_bracket(head, parenthesis);
    Subject subject{.kind = Subject::Kind::subroutine,
                    .name = head[parenthesis - 1].text,
                    .header = std::string(file),
                    .line = declaration.line(),
                    .comment = declaration.comment};
    subject.forms.push_back({spelled(head.first(begin)),
                             parameters_of(part(head, parenthesis + 1, end - 1)),
                             spelled(part(head, type + 2, behind_type - 1))});
    return subject;
}

}  // namespace yos::manual
