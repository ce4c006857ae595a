#include "programs/shell/parser.h"

#include <algorithm>
#include <array>

namespace yos::shell {
namespace {

/// The reserved words that end a list, and what they belong to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> list_ends = {{
    {"then", "if"},
    {"elif", "if"},
    {"else", "if"},
    {"fi", "if"},
    {"do", "for\", \"while\" or \"until"},
    {"done", "for\", \"while\" or \"until"},
    {"esac", "case"},
    {"}", "{"},
}};

std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

}  // namespace

std::optional<List> Parser::next_line() {
    if (lexer_.at() >= lexer_.script().size()) {
        return std::nullopt;
    }
    advance();
    List list;
    parse_items(list, true);
    if (!at(Token::Kind::newline) && !at(Token::Kind::end)) {
        refuse_token("a line cannot go on with it");
    }
    return list;
}

List parse_substitution(Lexer& lexer, std::size_t begin) {
    Parser parser(lexer);
    parser.advance();
    parser.skip_newlines();
    List list;
    parser.parse_items(list, false);
    if (parser.at(Token::Kind::end)) {
        lexer.unfinished(begin, "unclosed $(", ")");
    }
    if (!parser.at_operator(")")) {
        parser.refuse_token("the $( before it is to end in \")\"");
    }
    return list;
}

void Parser::advance() {
    last_end_ = token_.end;
    token_ = lexer_.next();
}

bool Parser::at_operator(std::string_view op) const {
    return at(Token::Kind::op) && token_.text == op;
}

bool Parser::at_reserved(std::string_view word) const {
    return at(Token::Kind::word) && token_.text == word;
}

bool Parser::at_list_end() const {
    return at(Token::Kind::end) || at_operator(")") || at_operator(";;") ||
           std::any_of(list_ends.begin(), list_ends.end(), [this](const auto& end) {
               return at_reserved(end.first);
           });
}

bool Parser::at_redirection() const {
    return at(Token::Kind::op) && (token_.text.front() == '<' || token_.text.front() == '>');
}

void Parser::skip_newlines() {
    while (at(Token::Kind::newline)) {
        advance();
    }
}

/// One command at least, up to what ends the list: see at_list_end.
List Parser::parse_list() {
    List list;
    skip_newlines();
    parse_items(list, false);
    return list;
}

/// The list that ends in `closer`, which is taken.
List Parser::parse_body(std::string_view opener, std::size_t begin, std::string_view closer) {
    List list = parse_list();
    if (list.empty() && !at(Token::Kind::end)) {
        refuse_token("no command before it");
    }
    take(closer, opener, begin);
    return list;
}

void Parser::parse_items(List& list, bool one_line) {
    while (!at_list_end() && !at(Token::Kind::newline)) {
        list.push_back(parse_item());
        const bool ended = at_operator(";") || at_operator("&");
        if (ended) {
            advance();
        } else if (!at(Token::Kind::newline)) {
            return;
        }
        if (!one_line) {
            skip_newlines();
        }
    }
}

Item Parser::parse_item() {
    const std::size_t begin = token_.begin;
    Item item;
    item.what = std::make_shared<const AndOr>(parse_and_or());
    item.background = at_operator("&");
    item.text = lexer_.script().substr(begin, last_end_ - begin);
    return item;
}

AndOr Parser::parse_and_or() {
    AndOr and_or{parse_pipeline(), {}};
    while (at_operator("&&") || at_operator("||")) {
        const bool after_success = at_operator("&&");
        advance();
        skip_newlines();
        and_or.rest.push_back({after_success, parse_pipeline()});
    }
    return and_or;
}

Pipeline Parser::parse_pipeline() {
    Pipeline pipeline;
    while (at_reserved("!")) {
        pipeline.negated = !pipeline.negated;
        advance();
    }
    pipeline.stages.push_back(parse_command());
    while (at_operator("|")) {
        advance();
        skip_newlines();
        pipeline.stages.push_back(parse_command());
    }
    return pipeline;
}

CommandRef Parser::parse_command() {
    auto command = std::make_shared<Command>();
    if (at(Token::Kind::end)) {
        lexer_.unfinished(token_.begin, "a command is missing at the end", "");
    }
    if (parse_compound(*command)) {
        parse_redirections(*command);
    } else if (at_list_end()) {
        refuse_token("no command before it");
    } else {
        parse_simple(*command);
    }
    return command;
}

void Parser::parse_simple(Command& command) {
    SimpleCommand& simple = command.what.emplace<SimpleCommand>();
    while (at(Token::Kind::word) || at_redirection()) {
        if (at_redirection()) {
            command.redirections.push_back(parse_redirection());
            continue;
        }
        const std::string text = token_.text;
        parse_word(simple);
        const bool first = simple.words.size() == 1 && simple.assignments.empty();
        if (first && at_operator("(") && is_name(text)) {
            return parse_function(command, Word(simple.words.front()));
        }
    }
    if (simple.words.empty() && simple.assignments.empty() && command.redirections.empty()) {
        refuse_token("no command before it");
    }
    if (at_operator("(")) {
        refuse_token("put it in quotes to pass it on");
    }
}

void Parser::parse_word(SimpleCommand& command) {
    Word word = std::move(token_.word);
    const WordPart& first = word.parts.front();
    const std::string* text = first.quoted ? nullptr : std::get_if<std::string>(&first.what);
    const std::size_t equals = text == nullptr ? std::string::npos : text->find('=');
    if (command.words.empty() && equals != std::string::npos && is_name(text->substr(0, equals))) {
        const std::string name = text->substr(0, equals);
        word.parts.front().what = text->substr(equals + 1);
        command.assignments.push_back({name, std::move(word)});
    } else {
        command.words.push_back(std::move(word));
    }
    advance();
}

void Parser::parse_redirections(Command& command) {
    while (at_redirection()) {
        command.redirections.push_back(parse_redirection());
    }
}

Redirection Parser::parse_redirection() {
    using Kind = Redirection::Kind;
    const std::string op = token_.text;
    const int descriptor = token_.descriptor < 0 ? (op.front() == '<' ? 0 : 1) : token_.descriptor;
    if (descriptor > 2) {
        lexer_.refuse(token_.begin, "only the descriptors 0, 1 and 2 can be redirected");
    }
    Redirection redirection;
    redirection.descriptor = static_cast<std::size_t>(descriptor);
    redirection.kind = op == "<"                  ? Kind::read
                       : op == ">>"               ? Kind::append
                       : op == "<>"               ? Kind::read_write
                       : op == "<&" || op == ">&" ? Kind::duplicate
                       : op.starts_with("<<")     ? Kind::here_document
                                                  : Kind::write;
    const std::size_t begin = token_.begin;
    advance();
    if (!at(Token::Kind::word)) {
        lexer_.refuse(token_.begin, quoted(op) + " wants a word behind it, not " + shown());
    }
    if (redirection.kind == Kind::here_document) {
        redirection.text = std::make_shared<Word>();
        std::string delimiter;
        bool is_quoted = false;
        for (const WordPart& part : token_.word.parts) {
            const std::string* text = std::get_if<std::string>(&part.what);
            if (text == nullptr) {
                lexer_.refuse(token_.begin, "the end of a here-document is a word without $");
            }
            delimiter += *text;
            is_quoted = is_quoted || part.quoted;
        }
        lexer_.expect({redirection.text, delimiter, is_quoted, op == "<<-", begin});
    } else {
        redirection.target = std::move(token_.word);
    }
    advance();
    return redirection;
}

void Parser::take(std::string_view expected, std::string_view opener, std::size_t begin) {
    if (at(Token::Kind::end)) {
        lexer_.unfinished(
            begin, quoted(opener) + " lacks its " + quoted(expected), std::string(expected));
    }
    if (!at_operator(expected) && !at_reserved(expected)) {
        refuse_token(quoted(expected) + " should stand here, for the " + quoted(opener) +
                     " before");
    }
    advance();
}

void Parser::refuse_token(const std::string& hint) const {
    for (const auto& [word, opener] : list_ends) {
        if (at_reserved(word) && hint.starts_with("a line")) {
            lexer_.refuse(token_.begin, shown() + " without " + quoted(opener) + " before it");
        }
    }
    if (at_operator(")") && hint.starts_with("a line")) {
        lexer_.refuse(token_.begin, "\")\" without \"(\" before it");
    }
    lexer_.refuse(token_.begin, shown() + ": " + hint);
}

/// The token that is not understood, for people.
std::string Parser::shown() const {
    constexpr std::size_t most = 40;
    switch (token_.kind) {
        case Token::Kind::end:
            return "the end";
        case Token::Kind::newline:
            return "the end of the line";
        default:
            return quoted(token_.text.size() > most ? token_.text.substr(0, most) + "..."
                                                    : token_.text);
    }
}

}  // namespace yos::shell
