// The shell's parser, by itself: what a line means, and what is said of one that means nothing.

#include "programs/shell/parser.h"
#include "tests/lib/catch.h"
#include "tests/lib/volume.h"

#include <random>
#include <string>

namespace yos::shell {
namespace {

std::string show(const List& list);
std::string show(const Command& command);

std::string show(const Word& word) {
    std::string text;
    for (const WordPart& part : word.parts) {
        const std::string quote = part.quoted ? "'" : "";
        if (const auto* literal = std::get_if<std::string>(&part.what)) {
            text += quote + *literal + quote;
        } else if (const auto* parameter = std::get_if<Parameter>(&part.what)) {
            text += quote + "$" + parameter->name + (parameter->colon ? ":" : "");
            text += parameter->action != '\0' ? std::string(1, parameter->action) : "";
            text += (parameter->word ? "{" + show(*parameter->word) + "}" : "") + quote;
        } else {
            text += quote + "$(" + show(*std::get<Substitution>(part.what).commands) + ")" + quote;
        }
    }
    return text;
}

std::string show(const std::vector<Word>& words) {
    std::string text;
    for (const Word& word : words) {
        text += (text.empty() ? "" : " ") + show(word);
    }
    return text;
}

std::string show(const Pipeline& pipeline) {
    std::string text = pipeline.negated ? "!" : "";
    for (const CommandRef& stage : pipeline.stages) {
        text += (&stage == &pipeline.stages.front() ? "" : " | ") + show(*stage);
    }
    return text;
}

std::string show(const List& list) {
    std::string text;
    for (const Item& item : list) {
        text += text.empty() ? "" : " ";
        text += show(item.what->first);
        for (const AndOr::Rest& rest : item.what->rest) {
            text += (rest.after_success ? " && " : " || ") + show(rest.pipeline);
        }
        text += item.background ? "&" : ";";
    }
    return text;
}

std::string show(const Redirection& redirection) {
    const char* const signs[] = {"<", ">", ">>", "<>", "&", "<<"};
    return std::to_string(redirection.descriptor) + signs[static_cast<int>(redirection.kind)] +
           show(redirection.text ? *redirection.text : redirection.target);
}

std::string show_compound(const Command& command) {
    std::string text;
    if (const auto* group = std::get_if<Group>(&command.what)) {
        return (group->subshell ? "subshell{" : "group{") + show(group->body) + "}";
    }
    if (const auto* choice = std::get_if<If>(&command.what)) {
        for (const If::Branch& branch : choice->branches) {
            text += "if{" + show(branch.condition) + "}{" + show(branch.body) + "}";
        }
        return text + (choice->otherwise.empty() ? "" : "else{" + show(choice->otherwise) + "}");
    }
    if (const auto* loop = std::get_if<Loop>(&command.what)) {
        return (loop->until ? "until{" : "while{") + show(loop->condition) + "}{" +
               show(loop->body) + "}";
    }
    if (const auto* loop = std::get_if<For>(&command.what)) {
        return "for " + loop->name + "{" + (loop->words ? show(*loop->words) : "arguments") + "}{" +
               show(loop->body) + "}";
    }
    if (const auto* choice = std::get_if<Case>(&command.what)) {
        for (const Case::Branch& branch : choice->branches) {
            text += "{" + show(branch.patterns) + "}{" + show(branch.body) + "}";
        }
        return "case " + show(choice->word) + text;
    }
    const auto& function = std::get<Function>(command.what);
    return "function " + function.name + "{" + show(*function.body) + "}";
}

std::string show(const Command& command) {
    std::string text;
    if (const auto* simple = std::get_if<SimpleCommand>(&command.what)) {
        for (const Assignment& each : simple->assignments) {
            text += (text.empty() ? "" : " ") + each.name + ":=" + show(each.value);
        }
        text += (text.empty() || simple->words.empty() ? "" : " ") + show(simple->words);
    } else {
        text = show_compound(command);
    }
    for (const Redirection& redirection : command.redirections) {
        text += " " + show(redirection);
    }
    return text;
}

/// Reads a script back, its lines separated by newlines.
std::string read_back(std::string_view script) {
    Parser parser(script);
    std::string text;
    while (const std::optional<List> line = parser.next_line()) {
        text += (text.empty() ? "" : "\n") + show(*line);
    }
    return text;
}

std::string error_of(std::string_view script) {
    try {
        read_back(script);
        return "nothing is wrong";
    } catch (const SyntaxError& error) {
        return error.what();
    }
}

/// What a script that stops in the midst lacks; "-" when nothing is said of that.
std::string awaited_by(std::string_view script) {
    try {
        read_back(script);
        return "complete";
    } catch (const Unfinished& unfinished) {
        return unfinished.awaits().empty() ? "-" : unfinished.awaits();
    } catch (const SyntaxError& error) {
        return std::string("wrong: ") + error.what();
    }
}

TEST_CASE("words are separated by blanks, and keep their quoting", "[shell]") {
    CHECK(read_back("echo a  b\tc") == "echo a b c;");
    CHECK(read_back("a'b c'\"d e\"f\\ g") == "a'b c''d e'f' 'g;");
    CHECK(read_back("'' \"\"") == "'' '';");
    CHECK(read_back("a#b #c\n#d\ne") == "a#b;\n\ne;");
    CHECK(read_back("a\\\nb \\\n c") == "ab c;");
    CHECK(read_back("\"a\\\"b\\$c\\d\"") == "'a\"b$c\\d';");
    CHECK(read_back("") == "");
    CHECK(read_back(" \t\r") == "");
}

TEST_CASE("parameters stand alone, in braces, with what to do if they are not set", "[shell]") {
    CHECK(read_back("$a ${b} \"$c\" '$d'") == "$a $b '$c' '$d';");
    CHECK(read_back("$1 $12 ${12} $? $! $$ $# $@ $* $0") == "$1 $12 $12 $? $! $$ $# $@ $* $0;");
    CHECK(read_back("${a:-b c} ${a=x} \"${a+'y'}\" ${#a}") == "$a:-{b c} $a={x} '$a+{''y''}' $a#;");
    CHECK(read_back("$ a$ $% \"$\"") == "$ a$ $% '$';");
}

TEST_CASE("$( ) holds a list, also in quotes and in itself", "[shell]") {
    CHECK(read_back("echo $(a; b | c) \"$(d \"$(e)\")\"") == "echo $(a; b | c;) '$(d '$(e;)';)';");
    CHECK(read_back("$(case a in a) b;; esac)") == "$(case a{a}{b;};);");
}

TEST_CASE("pipelines, and lists of them", "[shell]") {
    CHECK(read_back("a | b|c") == "a | b | c;");
    CHECK(read_back("! a | b") == "!a | b;");
    CHECK(read_back("a && b || c; d & e") == "a && b || c; d& e;");
    CHECK(read_back("a |\n\n b &&\n c") == "a | b && c;");
    CHECK(read_back("a &") == "a&");
}

TEST_CASE("assignments stand before the command, redirections anywhere", "[shell]") {
    CHECK(read_back("a=1 b='x y' c d=2") == "a:=1 b:='x y' c d=2;");
    CHECK(read_back("=a 1a=b") == "=a 1a=b;");
    CHECK(read_back("<in a >out b 2>&1 >>more 0<>both 2>&-") ==
          "a b 0<in 1>out 2&1 1>>more 0<>both 2&-;");
    CHECK(read_back("a 2 >b") == "a 2 1>b;");
    CHECK(read_back("{ a; } > b") == "group{a;} 1>b;");
}

TEST_CASE("a here-document is what follows the line", "[shell]") {
    CHECK(read_back("a <<E b\nx $y\nE\nc") == "a b 0<<'x '\'$y\'\'\n\';\nc;");
    CHECK(read_back("a <<'E'\n$x\nE") == "a 0<<'$x\n';");
    CHECK(read_back("a <<-E\n\tx\n\tE\n") == "a 0<<'x\n';");
    CHECK(read_back("a <<A; b <<B\n1\nA\n2\nB\n") == "a 0<<'1\n'; b 0<<'2\n';");
    CHECK(awaited_by("a <<END\nx\n") == "END");
}

TEST_CASE("constructs are read as POSIX has them", "[shell]") {
    CHECK(read_back("( a; b )") == "subshell{a; b;};");
    CHECK(read_back("{ a; b; }") == "group{a; b;};");
    CHECK(read_back("if a; then b; elif c; then d; else e; fi") == "if{a;}{b;}if{c;}{d;}else{e;};");
    CHECK(read_back("while a\ndo b\ndone") == "while{a;}{b;};");
    CHECK(read_back("until a; do b; done") == "until{a;}{b;};");
    CHECK(read_back("for x in 1 2; do a; done") == "for x{1 2}{a;};");
    CHECK(read_back("for x\ndo a; done; for x in; do a; done") ==
          "for x{arguments}{a;}; for x{}{a;};");
    CHECK(read_back("case $a in (x|y) b;;\n*) esac") == "case $a{x y}{b;}{*}{};");
    CHECK(read_back("f() { a; }; f") == "function f{group{a;}}; f;");
    CHECK(read_back("echo if then } ! in") == "echo if then } ! in;");
    CHECK(read_back("'if' \\if") == "'if' 'i'f;");
}

TEST_CASE("a line that means nothing is refused, and it is said why and where", "[shell]") {
    CHECK(error_of("; a") == "column 1: \";\": no command before it");
    CHECK(error_of("a;; b") == "column 2: \";;\": a line cannot go on with it");
    CHECK(error_of("a && ; b") == "column 6: \";\": no command before it");
    CHECK(error_of("a )") == "column 3: \")\" without \"(\" before it");
    CHECK(error_of("x\n  fi") == "line 2, column 3: \"fi\" without \"if\" before it");
    CHECK(error_of("if ; then") == "column 4: \";\": no command before it");
    CHECK(error_of("if a; do b; fi") ==
          "column 7: \"do\": \"then\" should stand here, for the \"if\" before");
    CHECK(error_of("for 1 in a") ==
          "column 5: \"1\": \"for\" wants the name of a variable: for NAME in WORD...");
    CHECK(error_of("a > ; b") == "column 5: \">\" wants a word behind it, not \";\"");
    CHECK(error_of("a 5> b") == "column 3: only the descriptors 0, 1 and 2 can be redirected");
    CHECK(error_of("a (b)") == "column 4: \"b\": \")\" should stand here, for the \"(\" before");
    CHECK(error_of("echo `a`") ==
          "column 6: ` is not known here: write $(COMMANDS), or \\` for the sign itself");
    CHECK(error_of("${a*}") ==
          "column 4: ${a can be followed by }, -, =, ? or +, and : before these");
    CHECK(error_of("${}") == "column 1: ${ wants the name of a variable: ${NAME} or ${NAME:-WORD}");
    CHECK(error_of("f() a") ==
          "column 5: \"a\": a function's body is a { ...; } or another compound command");
}

TEST_CASE("what stops in the midst says what it awaits", "[shell]") {
    CHECK(awaited_by("echo 'a") == "'");
    CHECK(awaited_by("echo \"a $(b) ") == "\"");
    CHECK(awaited_by("echo $(a") == ")");
    CHECK(awaited_by("echo ${a:-b") == "}");
    CHECK(awaited_by("if a") == "then");
    CHECK(awaited_by("if a; then b") == "fi");
    CHECK(awaited_by("while a; do b") == "done");
    CHECK(awaited_by("for x in a b\n") == "do");
    CHECK(awaited_by("{ a") == "}");
    CHECK(awaited_by("( a") == ")");
    CHECK(awaited_by("case a in b) c") == ";;");
    CHECK(awaited_by("a |") == "-");
    CHECK(awaited_by("a &&\n") == "-");
    CHECK(awaited_by("a \\\n") == "-");
    CHECK(awaited_by("f()") == "-");
    CHECK(awaited_by("a; b &") == "complete");
}

TEST_CASE("lines before one that is wrong are read", "[shell]") {
    Parser parser("a\nb; c\n)\nd");
    CHECK(show(*parser.next_line()) == "a;");
    CHECK(show(*parser.next_line()) == "b; c;");
    CHECK_THROWS_AS(parser.next_line(), SyntaxError);
}

TEST_CASE("constructs may be nested deep, but not without end", "[shell]") {
    const auto nested = [](int depth, const std::string& open, const std::string& close) {
        std::string text;
        for (int i = 0; i < depth; ++i) {
            text += open;
        }
        text += 'a';
        for (int i = 0; i < depth; ++i) {
            text += close;
        }
        return text;
    };
    CHECK(error_of(nested(100, "( ", " )")) == "nothing is wrong");
    for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
             {"(", ")"}, {"{ ", ";}"}, {"if ", ";then b;fi"}, {"$(", ")"}, {"${a-", "}"}}) {
        CAPTURE(open);
        CHECK(error_of(nested(100'000, open, close)).find("nested more than 200 deep") !=
              std::string::npos);
    }
}

TEST_CASE("bytes that are no text go through unharmed", "[shell]") {
    CHECK(read_back("echo \xc3\xa9 \xff\x01") == "echo \xc3\xa9 \xff\x01;");
    CHECK(read_back(std::string_view("a\0b c", 5)) == std::string("a\0b c;", 6));
}

TEST_CASE("a very long line is read like any other", "[shell]") {
    constexpr std::size_t many = 1'000'000;
    CHECK(read_back(std::string(many, ' ')).empty());
    CHECK(read_back(std::string(many, 'x')).size() == many + 1);
    std::string commands;
    std::string stages = "a";
    std::string words;
    for (std::size_t i = 0; i < many / 10; ++i) {
        commands += "a;";
        stages += "|a";
        words += "'a'\"$b\"";
    }
    CHECK(Parser(commands).next_line()->size() == many / 10);
    CHECK(Parser(stages).next_line()->front().what->first.stages.size() == many / 10 + 1);
    CHECK(Parser(words).next_line()->size() == 1);
    CHECK(error_of("'" + std::string(many, 'x')) == "column 1: unclosed ' quote");
}

TEST_CASE("whatever is typed is either read or refused", "[shell]") {
    const std::vector<std::string> keys = {
        "a",   "b",   " ",  "\t",    "\n", ";",  "&", "|", "<",     ">",     "(",   ")",
        "'",   "\"",  "\\", "$",     "{",  "}",  "=", "!", "if ",   "then ", "fi ", "for ",
        "in ", "do ", "<<", "done ", "$(", "${", "#", "*", "case ", "esac ", ";;",  "2"};
    std::mt19937 random(1);
    int read = 0;
    for (int i = 0; i < volume(50'000); ++i) {
        std::string line;
        for (auto length = random() % 12; length > 0; --length) {
            line += keys[random() % keys.size()];
        }
        try {
            Parser parser(line);
            while (const std::optional<List> list = parser.next_line()) {
                for (const Item& item : *list) {
                    REQUIRE(line.find(item.text) != std::string::npos);
                }
            }
            ++read;
        } catch (const SyntaxError& error) {
            REQUIRE(!std::string(error.what()).empty());
        }
    }
    CHECK(read > volume(2'000));
    CHECK(read < volume(45'000));
}

}  // namespace
}  // namespace yos::shell
