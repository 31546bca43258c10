package org.vipdrift.simulator.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Snippets of pure language give the same output and status as in a real bash. */
class RealShellAgreementTest {
  static Stream<String> snippets() {
    return List.of(
        "echo hello world; exit 3",
        "a=1; b='x  y'; echo $a \"$b\" $b '$a'",
        "echo ${x:-default} ${x-unset} \"${x:+set}\" ${#x}; y=; echo ${y:-e}${y-n}",
        "v=/etc/keepalived/check.sh; echo ${v##*/} ${v%/*} ${v#/} ${v%%.*} ${#v} ${v/e/E}"
            + " ${v//e/E}",
        "v=hello; echo ${v:1:3} ${v: -2} ${v^} ${v^^} ${v:1}",
        "echo $((1+2*3)) $(( (1+2)*3 )) $((7/2)) $((7%3)) $((1<<4)) $((5>3 && 2<1)) $((2**10))",
        "i=5; echo $((i++)) $i $((++i)) $((i+=3)) $((i>4?1:0)) $((0x10)) $((010))",
        "i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; echo $?",
        "for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done",
        "for ((i=0;i<3;i++)); do echo -n \"$i \"; done; echo",
        "for i in {1..4} a{b,c}d; do echo $i; done",
        "for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done",
        "until false; do echo once; break; done; echo $?",
        "if false; then echo a; elif true; then echo b; else echo c; fi",
        "case abc in x) echo 1;; a*|b) echo 2;; *) echo 3;; esac",
        "case x in [a-m]*) echo low;; [!a-m]) echo high;; esac",
        "f() { echo \"$# $1 $2\"; return 4; }; f a 'b c'; echo $?",
        "f() { local x=2; x=3; echo $x; }; x=1; f; echo $x",
        "set -- a 'b c' d; echo $#; for x in \"$@\"; do echo \"<$x>\"; done; shift; echo \"$*\"",
        "set --; for x in \"$@\"; do echo none; done; echo \"$#\"",
        "echo $(echo a; echo b) \"$(echo a; echo b)\" `echo back \\`echo tick\\``",
        "x=$(false); echo $?; x=$(exit 7) || echo failed $?",
        "true && echo yes || echo no; false && echo yes || echo no; ! true; echo $?",
        "false | true; echo $?; set -o pipefail; false | true; echo $?",
        "set -e; false || true; if false; then :; fi; echo here; false; echo not here",
        "set -u; echo ${undefined:-fine}; echo $undefined; echo after",
        "(exit 5); echo $?; x=1; (x=2; echo $x); echo $x",
        "{ echo a; echo b; } | while read l; do echo \"[$l]\"; done",
        "echo 'a b c' | { read x y; echo \"$y|$x\"; }",
        "read a b <<< 'one two three'; echo \"$b\"",
        "cat <<EOF\nvalue $((1+1)) \\$x 'q' \"d\"\nEOF\necho end",
        "x=5; cat <<'EOF'\n$x\nEOF\ncat <<-END\n\ttabs $x\n\tEND\n",
        "[[ abc == a* ]] && echo glob; [[ abc == 'a*' ]] || echo literal; [[ a < b ]] && echo less",
        "[[ 10.0.0.1 =~ ^([0-9]+)\\.0 ]] && echo ${BASH_REMATCH[1]}; [[ -z '' && ! -n '' ]] && echo"
            + " e",
        "[ 1 -eq 1 -a 2 -gt 1 ] && echo both; [ a = b -o a = a ] && echo one; [ ! a = b ]; echo $?",
        "[ x -eq 1 ] 2>/dev/null; echo $?; [ ]; echo $?; [ -n ]; echo $?",
        "((3>2)); echo $?; ((0)); echo $?; let x=3*4; echo $x; let x-=12; echo $?",
        "printf '%s-%d|%5s|%-5s|%03d|%x\\n' a 7 b c 5 255; printf '%s\\n' 1 2 3",
        "echo -e 'a\\tb\\n\\x' | head -1; echo -n x; echo; echo \"a\\nb\"",
        "a=(x 'y z' w); echo ${a[1]} ${#a[@]} \"${a[@]}\"; a+=(q); a[9]=n; echo ${a[@]:1:2}"
            + " ${#a[*]}",
        "IFS=:; v=a:b::c; for p in $v; do echo \"<$p>\"; done; IFS=, read x y <<< 1,2; echo $y",
        "x='a   b'; echo $x; echo \"$x\"; y=$x; echo \"$y\"",
        "echo \"nested $(echo \"in $(echo deep)\")\" ; echo \"it's \\\"q\\\" \\\\\"",
        "trap 'echo bye' EXIT; echo hi; exit 6",
        "eval 'z=3; echo $z'; unset z; echo \"[$z]\"",
        "f() { return; }; false; f; echo $?; g() { false; }; g || echo $?",
        "echo a # comment\n# another\necho b\\\nc",
        "x=1 y=2; echo $x$y; x=5 eval 'echo $x'; echo $x",
        "while true; do break; done; echo $?; for x in; do :; done; echo $?",
        "echo $((1/0)); echo not reached\necho after $?",
        "if true; then echo unfinished",
        "echo zero\necho one; echo two )",
        "echo a; }; echo b",
        "n=3; while ((n--)); do echo $n; done; echo $n",
        "echo ${1:?missing}; echo not here",
        "x=abc; [ -n \"$x\" ] && [ \"$x\" != abd ] && echo ok; test 3 -gt 2 && echo gt",
        "f() { echo in; exit 9; }; (f); echo $?; f | cat; echo ${PIPESTATUS[0]}",
        "echo {a,b}{1,2} {3..1} {01..03} x{,y} '{a,b}' {a} a{b",
        "echo \"$(printf 'a\\n\\n\\n')\"; printf 'no newline'; echo; echo -- -n",
        "a=1; a+=2; echo $a; export b=7; bash_x=$b; echo $bash_x; v=b; echo ${!v}",
        "exec 3>&1; echo via3 >&3; exec >/dev/null; echo lost; echo back >&3",
        "echo err >&2; echo both &>/dev/null; nosuch() { echo f; }; nosuch 2>&1 >/dev/null; echo"
            + " $?",
        "case $(echo b) in a) ;; b) echo B ;& c) echo C ;; esac",
        "command -v nosuchcommand_x || echo absent; type nosuch_y >/dev/null 2>&1 || echo absent",
        "shift 3; echo $?; set -- 1 2; shift 2; echo $#")
        .stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void bashSaysTheSame(String snippet) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash to compare with");
    Process bash =
        new ProcessBuilder("/bin/bash", "-c", snippet.replace("\\x'", "\\\\x'"), "bash")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    bash.getOutputStream().close();
    String expected = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = bash.waitFor();
    FakeHost host = new FakeHost();
    int simulated = host.exit("/bin/bash", "-c", snippet.replace("\\x'", "\\\\x'"), "bash");
    assertThat(host.output() + "exit " + simulated).isEqualTo(expected + "exit " + code);
  }
}
