// What the shell knows, it knows as bash does: the same lines give the same output and status.

#include "tests/lib/catch.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace yos {
namespace {

namespace fs = std::filesystem;

// They use nothing but the shell itself and what both have: cat, echo, false, printf, sh, sleep and
// true.
const char* const lines[] = {
    R"sh(echo hello world)sh",
    R"sh(echo -n no newline)sh",
    R"sh(echo 'single $HOME' "double \$HOME \"quoted\"" back\ slash)sh",
    R"sh(echo a; echo b ; echo c)sh",
    R"sh(true && echo yes || echo no)sh",
    R"sh(false && echo yes || echo no)sh",
    R"sh(! true; echo $?)sh",
    R"sh(! false; echo $?)sh",
    R"sh(false; echo $?)sh",
    R"sh((exit 7); echo $?)sh",
    R"sh(x=5; echo $x ${x} "$x" '$x')sh",
    R"sh(x=5; echo ${x:-6} ${y:-6} ${y-7} ${x:+set} ${y:+set})sh",
    R"sh(x=; echo "[${x-unset}]" "[${x:-empty}]")sh",
    R"sh(echo ${z:=assigned} $z)sh",
    R"sh(x=hello; echo ${#x})sh",
    R"sh(x='a  b   c'; echo $x; echo "$x")sh",
    R"sh(x='a  b'; for w in $x; do echo "[$w]"; done)sh",
    R"sh(for w in "$NOTSET" '' end; do echo "[$w]"; done)sh",
    R"sh(for i in 1 2 3; do echo $i; done)sh",
    R"sh(for i in 1 2 3 4; do if [ $i = 3 ]; then break; fi; echo $i; done)sh",
    R"sh(for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done)sh",
    R"sh(for i in a b; do for j in 1 2 3; do [ $j = 2 ] && continue 2; echo $i$j; done; done)sh",
    R"sh(i=x; while [ $i != xxxx ]; do echo $i; i=x$i; done)sh",
    R"sh(i=x; until [ $i = xxxx ]; do echo $i; i=x$i; done)sh",
    R"sh(if true; then echo then; else echo else; fi)sh",
    R"sh(if false; then echo then; elif [ a = b ]; then echo elif; else echo else; fi)sh",
    R"sh(if false; then echo never; fi; echo $?)sh",
    R"sh(case hello in h*) echo starts with h;; *) echo other;; esac)sh",
    R"sh(case abc in x|abc) echo one of two;; esac; case q in a) ;; esac; echo $?)sh",
    R"sh(case 'a*' in 'a*') echo quoted;; esac; case axx in 'a*') echo no;; a[x-z]?) echo set;; esac)sh",
    R"sh(echo one two | cat)sh",
    R"sh(echo piped | cat | cat | cat)sh",
    R"sh(printf '%s\n' b a | while read line; do echo "got $line"; done)sh",
    R"sh(echo 'a b c' | while read x y; do echo "$y/$x"; done)sh",
    R"sh({ echo a; echo b; } | cat)sh",
    R"sh((echo a; echo b) | cat; x=1; (x=2); echo $x)sh",
    R"sh(false | true; echo $?; true | false; echo $?)sh",
    R"sh(echo $(echo inner) "$(echo 'a  b')" $(echo 'a  b'))sh",
    R"sh(echo $(echo $(echo nested "$(echo deep)")))sh",
    R"sh(x=$(false); echo $?; x=$(echo out; exit 3); echo $? $x)sh",
    R"sh(echo text > out; cat out; echo more >> out; cat < out)sh",
    R"sh(echo error >&2 2> errors; cat nosuch 2> /dev/null; echo $?)sh",
    R"sh({ echo out; echo err >&2; } > both 2>&1; cat both)sh",
    R"sh(echo a > one; echo b > two; cat one two > three; cat three; cat < one > four; cat four)sh",
    R"sh(echo *.txt; echo [ab].txt; echo ?.txt; echo no*such; echo "*.txt" '*'.txt)sh",
    R"sh(echo d/*; echo */e.txt; echo d/./[e]*; echo .h*)sh",
    R"sh(f() { echo "f got $# $1"; return 3; }; f a b; echo $?)sh",
    R"sh(f() { for a in "$@"; do echo "<$a>"; done; }; f 'a b' c ''; f)sh",
    R"sh(set -- a 'b c' d; echo $# $1 "$2"; shift; echo $#; for a; do echo $a; done; echo "$*")sh",
    R"sh(x=before; f() { x=after; }; f; echo $x)sh",
    R"sh(X=value sh -c 'echo $X'; echo "[$X]"; export X=exported; sh -c 'echo $X')sh",
    R"sh(eval 'echo a; x=2'; echo $x; cmd='echo from variable'; $cmd)sh",
    R"sh([ 3 -lt 5 ] && [ 5 -ge 5 ] && [ -n a ] && [ -z '' ] && [ ! a = b ] && echo all true)sh",
    R"sh([ -f a.txt ]; echo $?; [ -d d ]; echo $?; [ -e nosuch ]; echo $?; [ -s a.txt ] && test -d d && echo ok)sh",
    R"sh(set -e; false || echo caught; if false; then :; fi; ! true; echo on; false; echo never)sh",
    R"sh(cat <<END; echo after; x=1
plain $x $(echo sub) \$x
END)sh",
    R"sh(cat <<'END'
quoted $x $(echo sub) \$x
END)sh",
    R"sh(printf '%s-%s\n' a b c; printf '%5d|%-5s|%05d|%x|%c\n' 42 ab 7 255 xyz; printf 'no newline\\n%%')sh",
    R"sh(x='*'; echo "$x"; y="a b"; z=$y; echo "$z"; echo a"b"c'd'e\f)sh",
    R"sh(nosuchprogram 2> /dev/null; echo $?; ./a.txt 2> /dev/null; echo $?; ./nosuch 2> /dev/null; echo $?)sh",
    R"sh(cd d; pwd | cat > /dev/null; echo *; cd ..; echo *.txt; (cd d; echo *); [ -f d/e.txt ]; echo $?)sh",
    R"sh(IFS=:; x=a:b::c; for w in $x; do echo "[$w]"; done)sh",
    R"sh(echo a# b #comment; echo 'x' # and more)sh",
    R"sh(echo one \
  two; echo "three \
four")sh",
    R"sh(false & wait $!; echo $?; true & wait; echo $?)sh",
    R"sh(sleep 0 & echo $(echo sub) & wait; echo done)sh",
    R"sh(while read a b; do echo "$b:$a"; done < pairs.txt)sh",
    R"sh(read first < pairs.txt; echo "$first"; read none < /dev/null; echo $?)sh",
    R"sh(f() { if [ "$1" != xxx ]; then f x$1; fi; echo $1; }; f '')sh",
    R"sh(x=a; { x=b; echo $x; }; echo $x; unset x; echo "[${x-gone}]")sh",
    R"sh(true; false; echo $? $?; : ; echo $?; ! { false; }; echo $?)sh",
    R"sh(exit 9; echo never)sh",
    R"sh(echo lost >&- 2> errors; echo $?; pwd >&- 2> errors; echo $?)sh",
    R"sh(printf '%f %.2f %8.3f|%-8.1f|%e %G %g %g\n' 1.5 2.345 -7 .5 12345.678 1e-9 1e20 100000; printf '%.20f %f\n' 0.1)sh",
    R"sh(printf '%f %.1e\n' "'a" x 2> errors; echo $?; printf '%d %g\n' 1.5 +2 2> errors; echo $?)sh",
    R"sh(. ./nosuch 2> /dev/null; echo $?; . ./d 2> /dev/null; echo $?)sh",
};

/// A directory with the files that the lines read, made anew for each.
class Place {
public:
    Place() : path_(fs::temp_directory_path() / ("yos-shell-test-" + std::to_string(::getpid()))) {
        fs::create_directories(path_ / "d");
        write("a.txt", "1\n");
        write("b.txt", "2\n");
        write("d/e.txt", "3\n");
        write(".hidden", "4\n");
        write("pairs.txt", "a 1\nb 2 3\nlast");
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { fs::remove_all(path_); }

    void write(const std::string& name, const std::string& text) {
        std::ofstream(path_ / name) << text;
    }
    std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

struct Result {
    int status;
    std::string output;

    bool operator==(const Result&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Result& result) {
    return out << "status " << result.status << ":\n" << result.output;
}

Result run_in(const std::string& shell, const std::string& line) {
    Place place;
    place.write(".line", line + "\n");
    const std::string command =
        "cd '" + place.path() + "' && exec " + shell + " .line 2> /dev/null < /dev/null";
    FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Result result{0, {}};
    std::array<char, 4096> chunk{};
    while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
        result.output.append(chunk.data(), got);
    }
    const int status = ::pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

TEST_CASE("lines that bash knows give what they give in bash", "[shell]") {
    if (std::system("command -v bash > /dev/null") != 0) {
        WARN("skipped: there is no bash here");
        return;
    }
    for (const std::string line : lines) {
        CAPTURE(line);
        CHECK(run_in("'" YOS_BINARY "'", line) == run_in("bash", line));
    }
}

}  // namespace
}  // namespace yos
