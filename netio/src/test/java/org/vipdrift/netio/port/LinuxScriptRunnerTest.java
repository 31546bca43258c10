package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.ScriptRunner.Ending;
import org.vipdrift.actors.port.ScriptRunner.Finished;
import org.vipdrift.actors.port.ScriptRunnerContract;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.TestWorld.Inbox;
import org.vipdrift.model.node.Account;
import org.vipdrift.netio.script.ProcessGroup;

class LinuxScriptRunnerTest extends ScriptRunnerContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Override
  protected TestWorld openWorld() {
    return new LocalWorld();
  }

  private Path script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("script"), text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private Inbox<Finished> run(String... words) {
    Inbox<Finished> answers = world.inbox();
    left.scriptRunner()
        .tell(
            new ScriptRunner.Run(
                left.who(), "chk", 1, List.of(words), Optional.of(TIMEOUT), answers.ref(), 0));
    return answers;
  }

  private Ending ending(Inbox<Finished> answers) {
    for (int i = 0; i < 100 && answers.received().isEmpty(); i++) {
      world.run(Duration.ofMillis(50));
    }
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().ending();
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name)).strip();
  }

  private int membersOf(String pidFile) throws IOException {
    return new ProcessGroup(Long.parseLong(output(pidFile))).members().size();
  }

  @Test
  void wordsReachTheProgramAsTheyAreAndNoShellReadsThem() throws IOException {
    Path script = script("#!/bin/sh\nprintf '%s\\n' \"$@\" > " + folder + "/words\n");
    Inbox<Finished> answers = run(script.toString(), "a b", "$HOME", "'*'", "");
    assertThat(ending(answers)).isEqualTo(new ScriptRunner.Exited(0));
    assertThat(Files.readString(folder.resolve("words"))).isEqualTo("a b\n$HOME\n'*'\n\n");
  }

  @Test
  void itLeadsAProcessGroupAndTalksToNobody() throws IOException {
    Path script =
        script(
            "#!/bin/sh\n( ps -o pgid= -p $$; echo $$; readlink /proc/$$/fd/0 /proc/$$/fd/1"
                + " /proc/$$/fd/2 ) > "
                + folder
                + "/seen\n");
    ending(run(script.toString()));
    List<String> seen = output("seen").lines().map(String::strip).toList();
    assertThat(seen.get(0)).isEqualTo(seen.get(1));
    assertThat(seen.subList(2, 5)).containsOnly("/dev/null");
  }

  @Test
  void whatItForkedEndsWithItAtTheTimeout() throws IOException {
    Path script =
        script("#!/bin/sh\necho $$ > " + folder + "/pid\nsleep 100 &\nsleep 100 &\nwait\n");
    Inbox<Finished> answers = run(script.toString());
    settle();
    assertThat(membersOf("pid")).isEqualTo(3);
    assertThat(ending(answers)).isEqualTo(new ScriptRunner.TimedOut());
    settle();
    assertThat(membersOf("pid")).isZero();
  }

  @Test
  void whatIgnoresTermIsKilledTwoSecondsLater() throws IOException {
    Path script =
        script("#!/bin/sh\ntrap '' TERM\necho $$ > " + folder + "/pid\nsleep 100 &\nsleep 100\n");
    Inbox<Finished> answers = run(script.toString());
    world.run(Duration.ofMillis(1600));
    assertThat(answers.received()).isEmpty();
    assertThat(membersOf("pid")).isEqualTo(3);
    assertThat(ending(answers)).isEqualTo(new ScriptRunner.TimedOut());
    settle();
    assertThat(membersOf("pid")).isZero();
  }

  @Test
  void whatIgnoresTermBehindItsLeaderIsKilledToo() throws IOException {
    Path script =
        script(
            "#!/bin/sh\necho $$ > "
                + folder
                + "/pid\n(trap '' TERM; sleep 100; sleep 100) &\nsleep 100\n");
    assertThat(ending(run(script.toString()))).isEqualTo(new ScriptRunner.TimedOut());
    assertThat(membersOf("pid")).isPositive();
    world.run(Duration.ofMillis(2500));
    assertThat(membersOf("pid")).isZero();
  }

  @Test
  void anAbandonedScriptEndsAtOnce() throws IOException {
    Path script = script("#!/bin/sh\necho $$ > " + folder + "/pid\nsleep 100 &\nwait\n");
    Inbox<Finished> answers = run(script.toString());
    settle();
    left.scriptRunner().tell(new ScriptRunner.AbandonAll(left.who()));
    settle();
    assertThat(membersOf("pid")).isZero();
    assertThat(answers.received()).isEmpty();
  }

  @Test
  void nothingSurvivesTheRunner() throws IOException {
    Path script =
        script("#!/bin/sh\ntrap '' TERM\necho $$ > " + folder + "/pid\nsleep 100 &\nwait\n");
    run(script.toString());
    settle();
    left.killProcess();
    settle();
    assertThat(membersOf("pid")).isZero();
  }

  @Test
  void aFileWithoutInterpreterIsNotHandedToAShell() throws IOException {
    Path script = script("exit 0\n");
    assertThat(ending(run(script.toString()))).isEqualTo(new ScriptRunner.Exited(126));
  }

  @Test
  void aScriptRunsAsTheAccountItNames() {
    assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "needs root");
    Inbox<Finished> answers = world.inbox();
    left.scriptRunner()
        .tell(
            new ScriptRunner.Run(
                left.who(),
                "chk",
                1,
                List.of("/bin/sh", "-c", "exit $(id -u)"),
                Optional.of(new Account("daemon", Optional.empty())),
                Optional.of(TIMEOUT),
                answers.ref(),
                0));
    assertThat(ending(answers)).isEqualTo(new ScriptRunner.Exited(1));
  }

  @Test
  void aScriptOfAnUnknownAccountDoesNotRun() {
    Inbox<Finished> answers = world.inbox();
    left.scriptRunner()
        .tell(
            new ScriptRunner.Run(
                left.who(),
                "chk",
                1,
                List.of("/bin/true"),
                Optional.of(new Account("nosuchuser", Optional.empty())),
                Optional.of(TIMEOUT),
                answers.ref(),
                0));
    assertThat(ending(answers)).isEqualTo(new ScriptRunner.Exited(126));
  }

  @Test
  void aFolderIsNotExecutable() {
    assertThat(ending(run("/tmp"))).isEqualTo(new ScriptRunner.Exited(126));
  }

  @Test
  void aScriptThatDiesOfASignalFails() {
    assertThat(ending(run("/bin/sh", "-c", "kill -9 $$"))).isEqualTo(new ScriptRunner.Exited(137));
  }

  @Test
  void manyRunsLeaveNoProcessAndNoDescriptor() throws IOException {
    ending(run("/bin/true"));
    long descriptors = descriptors();
    Inbox<Finished> answers = world.inbox();
    int runs = 300;
    for (int i = 0; i < runs; i++) {
      left.scriptRunner()
          .tell(
              new ScriptRunner.Run(
                  left.who(),
                  "chk",
                  i,
                  List.of("/bin/true"),
                  Optional.of(Duration.ofSeconds(60)),
                  answers.ref(),
                  0));
    }
    for (int i = 0; i < 600 && answers.received().size() < runs; i++) {
      world.run(Duration.ofMillis(50));
    }
    assertThat(answers.received())
        .hasSize(runs)
        .allSatisfy(a -> assertThat(a.ending()).isEqualTo(new ScriptRunner.Exited(0)));
    settle();
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
