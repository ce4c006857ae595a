#include "syscalls/manual/header_reader.h"

#include "syscalls/manual/declared_call.h"

#include <algorithm>
#include <utility>

namespace yos::manual {
namespace {

class Collector {
public:
    void read(const Header& header) {
        const std::vector<Token> tokens = tokens_of(header.path, header.text);
        read_scope(tokens, header.path);
    }

    std::vector<Subject> collect() {
        while (adopt_derived()) {
        }
        return std::move(subjects_);
    }

private:
    void read_scope(Tokens scope, std::string_view file) {
        for (const Declaration& declaration : declarations_in(scope, file)) {
            const bool is_inline = declaration.begins_with("inline") && declaration.head.size() > 1;
            if (declaration.head[is_inline ? 1 : 0].is("namespace")) {
                read_scope(declaration.body, file);
            } else if (auto candidate = read_class(declaration, file)) {
                if (candidate->base == "SystemCall" || candidate->base == "AnySystemCall") {
                    add(std::move(candidate->subject));
                } else {
                    candidates_.push_back(*std::move(candidate));
                }
            } else if (auto subroutine = read_subroutine(declaration, file)) {
                add(*std::move(subroutine));
            }
        }
    }

    /// Adds the candidates that derive from a call that is known by now; false when there is none.
    bool adopt_derived() {
        const auto derived = std::find_if(
            candidates_.begin(), candidates_.end(), [this](const DeclaredClass& candidate) {
                return find(candidate.base) != nullptr;
            });
        if (derived == candidates_.end()) {
            return false;
        }
        Subject subject = std::move(derived->subject);
        const std::vector<Form> inherited = find(derived->base)->forms;
        if (derived->inherits_constructors) {
            subject.forms.insert(subject.forms.begin(), inherited.begin(), inherited.end());
        }
        for (Form& form : subject.forms) {
            form.template_line = derived->template_line;
            form.result = inherited.empty() ? "" : inherited.front().result;
        }
        candidates_.erase(derived);
        add(std::move(subject));
        return true;
    }

    void add(Subject&& subject) {
        Subject* const before = find(subject.name);
        if (before != nullptr) {
            const bool overload = subject.kind == Subject::Kind::subroutine &&
                                  before->kind == subject.kind && before->header == subject.header;
            if (!overload) {
                throw HeaderError(subject.header,
                                  subject.line,
                                  subject.name + " is already in " + before->header + ":" +
                                      std::to_string(before->line));
            }
            before->forms.push_back(std::move(subject.forms.front()));
            return;
        }
        if (subject.comment.empty()) {
            throw HeaderError(subject.header,
                              subject.line,
                              subject.name +
                                  " has no comment: say what it does in lines that "
                                  "begin with /// before it");
        }
        subjects_.push_back(std::move(subject));
    }

    Subject* find(std::string_view name) {
        const auto found =
            std::find_if(subjects_.begin(), subjects_.end(), [&](const Subject& subject) {
                return subject.name == name;
            });
        return found != subjects_.end() ? &*found : nullptr;
    }

    std::vector<Subject> subjects_;
    std::vector<DeclaredClass> candidates_;
};

}  // namespace

std::vector<Subject> subjects_of(const std::vector<Header>& headers) {
    Collector collector;
    for (const Header& header : headers) {
        collector.read(header);
    }
    return collector.collect();
}

}  // namespace yos::manual
