// The parser's other half: ( ) { } if while until for case, and functions.

#include "programs/shell/parser.h"

namespace yos::shell {

/// False when it is none.
bool Parser::parse_compound(Command& command) {
    const Lexer::Nesting nesting(lexer_, token_.begin);
    if (at_operator("(")) {
        command.what = parse_group(")");
    } else if (at_reserved("{")) {
        command.what = parse_group("}");
    } else if (at_reserved("if")) {
        command.what = parse_if();
    } else if (at_reserved("while") || at_reserved("until")) {
        command.what = parse_loop();
    } else if (at_reserved("for")) {
        command.what = parse_for();
    } else if (at_reserved("case")) {
        command.what = parse_case();
    } else {
        return false;
    }
    return true;
}

Group Parser::parse_group(std::string_view closer) {
    const std::size_t begin = token_.begin;
    const std::string opener = token_.text;
    advance();
    return {parse_body(opener, begin, closer), closer == ")"};
}

If Parser::parse_if() {
    const std::size_t begin = token_.begin;
    If command;
    do {
        advance();  // the if or elif
        List condition = parse_body("if", begin, "then");
        List body = parse_list();
        if (body.empty() && !at(Token::Kind::end)) {
            refuse_token("no command before it");
        }
        command.branches.push_back({std::move(condition), std::move(body)});
    } while (at_reserved("elif"));
    if (at_reserved("else")) {
        advance();
        command.otherwise = parse_body("if", begin, "fi");
    } else {
        take("fi", "if", begin);
    }
    return command;
}

Loop Parser::parse_loop() {
    const std::size_t begin = token_.begin;
    const std::string opener = token_.text;
    advance();
    Loop loop;
    loop.until = opener == "until";
    loop.condition = parse_body(opener, begin, "do");
    loop.body = parse_body(opener, begin, "done");
    return loop;
}

For Parser::parse_for() {
    const std::size_t begin = token_.begin;
    advance();
    For loop;
    if (!at(Token::Kind::word) || !is_name(token_.text)) {
        if (at(Token::Kind::end)) {
            lexer_.unfinished(begin, "the \"for\" lacks its variable", "");
        }
        refuse_token("\"for\" wants the name of a variable: for NAME in WORD...");
    }
    loop.name = token_.text;
    advance();
    skip_newlines();
    if (at_reserved("in")) {
        advance();
        for (loop.words.emplace(); at(Token::Kind::word); advance()) {
            loop.words->push_back(std::move(token_.word));
        }
    }
    if (at_operator(";")) {
        advance();
    }
    skip_newlines();
    take("do", "for", begin);
    loop.body = parse_body("for", begin, "done");
    return loop;
}

Case Parser::parse_case() {
    const std::size_t begin = token_.begin;
    advance();
    if (!at(Token::Kind::word)) {
        refuse_token("\"case\" wants a word: case WORD in PATTERN) COMMANDS;; esac");
    }
    Case command;
    command.word = std::move(token_.word);
    advance();
    skip_newlines();
    take("in", "case", begin);
    skip_newlines();
    while (!at_reserved("esac") && !at(Token::Kind::end)) {
        command.branches.push_back(parse_case_branch(begin));
    }
    take("esac", "case", begin);
    return command;
}

Case::Branch Parser::parse_case_branch(std::size_t begin) {
    Case::Branch branch;
    if (at_operator("(")) {
        advance();
    }
    for (;;) {
        if (!at(Token::Kind::word) && !at(Token::Kind::end)) {
            refuse_token("a pattern should stand here: PATTERN) COMMANDS;;");
        }
        branch.patterns.push_back(std::move(token_.word));
        advance();
        if (!at_operator("|")) {
            break;
        }
        advance();
    }
    take(")", "case", begin);
    branch.body = parse_list();
    if (at_operator(";;")) {
        advance();
        skip_newlines();
    } else if (!at_reserved("esac")) {
        take(";;", "case", begin);
    }
    return branch;
}

void Parser::parse_function(Command& command, Word name) {
    const std::size_t begin = token_.begin;
    Function function{std::get<std::string>(name.parts.front().what), nullptr};
    advance();
    take(")", "(", begin);
    skip_newlines();
    auto body = std::make_shared<Command>();
    if (at(Token::Kind::end)) {
        lexer_.unfinished(begin, "the function lacks its body", "");
    }
    if (!parse_compound(*body)) {
        refuse_token("a function's body is a { ...; } or another compound command");
    }
    parse_redirections(*body);
    function.body = std::move(body);
    command.what = std::move(function);
}

}  // namespace yos::shell
