package org.vipdrift.simulator.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.vipdrift.simulator.shell.ShellLimits;
import org.vipdrift.simulator.shell.ShellProgram;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellRun;
import org.vipdrift.simulator.shell.ShellStep;

class RandomScriptsTest {
  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            List.of(
                "if ",
                "then ",
                "else ",
                "fi",
                "while ",
                "do ",
                "done",
                "for x in ",
                "case a in ",
                "esac",
                ";;",
                "; ",
                "\n",
                "| ",
                "&& ",
                "|| ",
                "& ",
                "( ",
                ") ",
                "{ ",
                "} ",
                "$(",
                "`",
                "$((",
                "))",
                "((",
                "[[ ",
                " ]]",
                "[ ",
                " ]",
                "\"",
                "'",
                "\\",
                "$x",
                "${x",
                "${x:-",
                "${x%",
                "${#a[@]}",
                "}",
                "x=",
                "a=(",
                "echo ",
                "ps aux ",
                "grep -E '(a' ",
                "sed 's/a/b/' ",
                "awk '{print $1}' ",
                "printf '%5d' ",
                "> /tmp/f ",
                "2>&1 ",
                "<<E\n",
                "E\n",
                "<<< ",
                "test ",
                "-eq ",
                "1 ",
                "a ",
                "=~ ",
                "* ",
                "{1..3} ",
                "!",
                "f() ",
                "return ",
                "break ",
                "exit ",
                "cut -d: -f1 ",
                "tr a-z A-Z ",
                "read x ",
                "kill -9 $$ ",
                "ip addr ",
                "ping -c 1 x ",
                "curl http://a ",
                "timeout 1 ",
                "sleep 1 ",
                "set -e ",
                "#",
                "1/0",
                "x++",
                "é",
                "\u0000",
                "seq 1 3 ",
                "head -n 1 ",
                "expr 1 + ",
                "xargs "))
        .list()
        .ofMinSize(1)
        .ofMaxSize(14)
        .map(list -> String.join("", list));
  }

  @Property(tries = 3_000)
  void anyTextIsRunToAnEndWithoutAnException(@ForAll("pieces") String text) {
    run(text);
  }

  @Property(tries = 1_000)
  void anyCharactersAreRunToAnEndWithoutAnException(@ForAll String text) {
    run(text);
  }

  private static void run(String text) {
    FakeHost host = new FakeHost();
    int before = host.table.size();
    ShellRun run =
        ShellRun.start(
            ShellProgram.parse("random.sh", text, StandardCommands.ALL).program(),
            List.of(),
            host,
            StandardCommands.ALL,
            new ShellLimits(20_000, 20_000, 40));
    ShellStep step = run.resume(new ShellReply.Begin());
    for (int i = 0; i < 5_000 && step instanceof ShellStep.Waiting waiting; i++) {
      step =
          run.resume(
              waiting instanceof ShellStep.Sleeping
                  ? new ShellReply.Elapsed()
                  : new ShellReply.Failed(ShellReply.Failure.UNREACHABLE));
    }
    assertThat(step).isNotInstanceOf(ShellStep.Waiting.class);
    host.detached.forEach(ShellRun::kill);
    assertThat(host.table.size()).isLessThanOrEqualTo(before);
  }
}
