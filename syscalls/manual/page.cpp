#include "syscalls/manual/page.h"

#include "syscalls/manual/tokens.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

namespace yos::manual {
namespace {

/// What ends at a separator or at the end of the text.
std::vector<std::string> paragraphs_of(const std::string& comment) {
    constexpr std::string_view separator = "\n\n";
    std::vector<std::string> paragraphs;
    for (std::size_t begin = 0; begin < comment.size();) {
        const std::size_t end = std::min(comment.find(separator, begin), comment.size());
        paragraphs.push_back(comment.substr(begin, end - begin));
        begin = end + separator.size();
    }
    return paragraphs;
}

/// A sentence ends where, behind its mark, a space and something that can begin one follow.
std::vector<std::string> sentences_of(const std::string& paragraph) {
    static const std::regex end(R"([.?!][)\"]?( )(?=[A-Z0-9(`\"]))");
    std::vector<std::string> sentences;
    std::size_t begin = 0;
    for (std::sregex_iterator match(paragraph.begin(), paragraph.end(), end), last; match != last;
         ++match) {
        const auto space = static_cast<std::size_t>(match->position(1));
        sentences.push_back(paragraph.substr(begin, space - begin));
        begin = space + 1;
    }
    sentences.push_back(paragraph.substr(begin));
    return sentences;
}

void add_sentence(std::string& text, const std::string& sentence) {
    text += (text.empty() ? "" : " ") + sentence;
}

/// Small, unless the first word is a name.
std::string with_small_first_letter(std::string text) {
    const auto is_capital = [](unsigned char c) { return std::isupper(c) != 0; };
    const auto first_word_end = std::find(text.begin(), text.end(), ' ');
    if (!text.empty() && std::none_of(text.begin() + 1, first_word_end, is_capital)) {
        text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    }
    return text;
}

class Writer {
public:
    explicit Writer(const Subject& subject) : subject_(subject) {
        page_.name = subject.name;
        page_.header = subject.header;
    }

    Page write() {
        bool first = true;
        for (const std::string& paragraph : paragraphs_of(subject_.comment)) {
            if (is_code(paragraph)) {
                page_.description.push_back(paragraph);
                continue;
            }
            std::string description;
            for (const std::string& sentence : sentences_of(paragraph)) {
                if (std::exchange(first, false)) {
                    summarize(sentence);
                } else if (!file(sentence)) {
                    add_sentence(description, sentence);
                }
            }
            if (!description.empty()) {
                page_.description.push_back(std::move(description));
            }
        }
        add_synopsis();
        for (const Modifier& modifier : subject_.modifiers) {
            page_.modifiers.push_back({"." + modifier.call, modifier.comment});
        }
        return std::move(page_);
    }

private:
    void summarize(std::string sentence) {
        static const std::regex part_of("^Of ([A-Za-z_0-9]+): ");
        if (std::smatch match; std::regex_search(sentence, match, part_of)) {
            page_.subroutine = match[1];
        }
        if (sentence.ends_with('.') || sentence.ends_with(':')) {
            sentence.pop_back();
        }
        page_.summary = with_small_first_letter(std::move(sentence));
    }

    /// Puts a sentence into the section for those of its form; false when there is none.
    bool file(const std::string& sentence) {
        static const std::regex error("^(E[A-Z0-9]+\\b[^:]*): (.*)$");
        static const std::regex failure("^(Fails|Never fails|Throws)\\b.*");
        static const std::regex blocking("\\bblocks\\b", std::regex::icase);
        static const std::regex neither("^Never blocks, never fails\\.$");
        static const std::regex origin("^\\((.*[^.])\\)$");
        std::smatch match;
        if (std::regex_match(sentence, match, error)) {
            page_.errors.push_back({match[1], match[2]});
        } else if (std::regex_match(sentence, failure)) {
            page_.errors.push_back({"", sentence});
        } else if (std::regex_match(sentence, neither)) {
            add_sentence(page_.blocks, "Never blocks.");
            page_.errors.push_back({"", "Never fails."});
        } else if (std::regex_search(sentence, blocking)) {
            add_sentence(page_.blocks, sentence);
        } else if (std::regex_match(sentence, match, origin)) {
            page_.history = match[1];
        } else {
            return false;
        }
        return true;
    }

    void add_synopsis() {
        const bool is_call = subject_.kind == Subject::Kind::system_call;
        for (const Form& form : subject_.forms) {
            if (!form.template_line.empty()) {
                page_.synopsis.push_back(form.template_line);
            }
            const bool gives_nothing = form.result.empty() || form.result == "void";
            page_.synopsis.push_back((is_call ? "co_yield " : "co_await ") + subject_.name +
                                     (is_call ? "{" : "(") + form.parameters +
                                     (is_call ? "}" : ")") +
                                     (gives_nothing ? "" : " -> " + form.result));
        }
    }

    const Subject& subject_;
    Page page_;
};

std::set<std::string> matches_in(const std::string& text, const std::regex& pattern) {
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), last; match != last;
         ++match) {
        found.insert(match->str(1));
    }
    return found;
}

bool meet(const std::set<std::string>& some, const std::set<std::string>& others) {
    return std::any_of(
        some.begin(), some.end(), [&](const std::string& one) { return others.contains(one); });
}

/// What decides whether two pages refer to each other.
struct Relations {
    explicit Relations(const Subject& subject)
        : words(matches_in(subject.comment, std::regex("\\b([A-Za-z_0-9]+)\\b"))) {
        for (const Form& form : subject.forms) {
            objects.merge(matches_in(form.parameters, std::regex("(?:^|, )(\\w+)(?:<[\\w, ]+>)?&")));
        }
    }

    std::set<std::string> words;
    std::set<std::string> objects;
};

bool is_before(const std::string& some, const std::string& other) {
    return std::lexicographical_compare(
        some.begin(), some.end(), other.begin(), other.end(), [](unsigned char a, unsigned char b) {
            return std::tolower(a) < std::tolower(b);
        });
}

}  // namespace

std::vector<Page> pages_of(const std::vector<Subject>& subjects) {
    std::vector<Page> pages;
    std::vector<Relations> relations;
    std::set<std::string> names;
    for (const Subject& subject : subjects) {
        pages.push_back(Writer(subject).write());
        relations.emplace_back(subject);
        names.insert(subject.name);
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        Page& page = pages[i];
        if (!page.subroutine.empty() && !names.contains(page.subroutine)) {
            throw HeaderError(subjects[i].header,
                              subjects[i].line,
                              page.name + " says that it is a part of " + page.subroutine +
                                  ", but there is none");
        }
        for (std::size_t j = 0; j < pages.size(); ++j) {
            const bool related = relations[i].words.contains(pages[j].name) ||
                                 relations[j].words.contains(page.name) ||
                                 meet(relations[i].objects, relations[j].objects);
            if (i != j && related && pages[j].subroutine.empty()) {
                page.see_also.push_back(pages[j].name);
            }
        }
        std::sort(page.see_also.begin(), page.see_also.end(), is_before);
    }
    std::sort(pages.begin(), pages.end(), [](const Page& a, const Page& b) {
        return is_before(a.name, b.name);
    });
    return pages;
}

}  // namespace yos::manual
