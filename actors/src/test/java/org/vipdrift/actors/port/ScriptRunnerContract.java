package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.ScriptRunner.Ending;
import org.vipdrift.actors.port.ScriptRunner.Finished;
import org.vipdrift.actors.port.TestWorld.Inbox;

/** What every {@link ScriptRunner} does. */
public abstract class ScriptRunnerContract extends PortContract {
  private static final String PATH = "/tmp/vipdrift-contract";
  private static final Duration LONG = Duration.ofSeconds(3);

  private Inbox<Finished> run(long id, Optional<Duration> timeout, String... command) {
    Inbox<Finished> answers = world.inbox();
    left.scriptRunner()
        .tell(
            new ScriptRunner.Run(
                left.who(), "chk", id, List.of(command), timeout, answers.ref(), 0));
    return answers;
  }

  private Ending ending(String... command) {
    Inbox<Finished> answers = run(1, Optional.of(LONG), command);
    settle();
    assertThat(answers.received()).hasSize(1);
    return answers.received().getFirst().ending();
  }

  @Test
  public void theExitCodeIsTold() {
    assertThat(ending("/bin/true")).isEqualTo(new ScriptRunner.Exited(0));
    assertThat(ending("/bin/false")).isEqualTo(new ScriptRunner.Exited(1));
    assertThat(ending("/bin/sh", "-c", "exit 7")).isEqualTo(new ScriptRunner.Exited(7));
  }

  @Test
  public void aProgramThatIsNotThereEndsWith127() {
    assertThat(ending("/usr/bin/vipdrift-no-such-program")).isEqualTo(new ScriptRunner.Exited(127));
  }

  @Test
  public void itSeesTheFilesOfItsHost() {
    assertThat(ending("/usr/bin/test", "-e", PATH)).isEqualTo(new ScriptRunner.Exited(1));
    left.writeFile(PATH, "");
    assertThat(ending("/usr/bin/test", "-e", PATH)).isEqualTo(new ScriptRunner.Exited(0));
    left.removeFile(PATH);
  }

  @Test
  public void eachRunIsAnsweredByItsIdOnce() {
    Inbox<Finished> slow = run(4, Optional.empty(), "/bin/sleep", "1");
    Inbox<Finished> quick = run(5, Optional.empty(), "/bin/true");
    settle();
    assertThat(slow.received()).isEmpty();
    assertThat(quick.received()).extracting(Finished::id).containsExactly(5L);
    world.run(Duration.ofSeconds(2));
    assertThat(slow.received()).extracting(Finished::id).containsExactly(4L);
    assertThat(quick.received()).hasSize(1);
  }

  @Test
  public void aRunIsEndedAtItsTimeout() {
    Inbox<Finished> answers = run(1, Optional.of(Duration.ofMillis(500)), "/bin/sleep", "100");
    settle();
    assertThat(answers.received()).isEmpty();
    world.run(Duration.ofSeconds(1));
    assertThat(answers.received())
        .extracting(Finished::ending)
        .containsExactly(new ScriptRunner.TimedOut());
  }

  @Test
  public void anAbandonedRunIsNotAnswered() {
    Inbox<Finished> answers = run(1, Optional.of(LONG), "/bin/sleep", "1");
    settle();
    left.scriptRunner().tell(new ScriptRunner.AbandonAll(left.who()));
    world.run(Duration.ofSeconds(5));
    assertThat(answers.received()).isEmpty();
  }

  @Test
  public void aDeadProcessRunsNothing() {
    left.killProcess();
    Inbox<Finished> answers = run(1, Optional.of(LONG), "/bin/true");
    settle();
    assertThat(answers.received()).isEmpty();
  }
}
