package org.vipdrift.actors.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.ProcessWatch.ProcessCount;
import org.vipdrift.actors.port.TestWorld.Inbox;

/** What every {@link ProcessWatch} does. */
public abstract class ProcessWatchContract extends PortContract {
  /** A program that does nothing for as many seconds as its argument says. */
  protected String program() {
    return "sleep";
  }

  private Inbox<ProcessCount> watch(Optional<List<String>> arguments) {
    Inbox<ProcessCount> inbox = world.inbox();
    left.processWatch().tell(new ProcessWatch.Watch(left.who(), program(), arguments, inbox.ref()));
    settle();
    return inbox;
  }

  private Runnable start(String... arguments) {
    Runnable end = left.startProcess(program(), List.of(arguments));
    settle();
    return end;
  }

  private static List<Integer> counts(Inbox<ProcessCount> inbox) {
    return inbox.received().stream().map(ProcessCount::count).toList();
  }

  @Test
  public void watchingTellsHowManyRunNow() {
    start("1001");
    start("1002");
    Inbox<ProcessCount> inbox = watch(Optional.empty());
    assertThat(counts(inbox)).containsExactly(2);
    assertThat(inbox.received().getFirst().name()).isEqualTo(program());
  }

  @Test
  public void startAndEndAreTold() {
    Inbox<ProcessCount> inbox = watch(Optional.empty());
    Runnable end = start("1001");
    end.run();
    settle();
    assertThat(counts(inbox)).containsExactly(0, 1, 0);
  }

  @Test
  public void onlyTheGivenArgumentsCount() {
    Inbox<ProcessCount> inbox = watch(Optional.of(List.of("1001")));
    start("1002");
    start("1001");
    assertThat(counts(inbox)).containsExactly(0, 1);
  }

  @Test
  public void otherProgramsDoNotCount() {
    Inbox<ProcessCount> inbox = watch(Optional.empty());
    left.startProcess("cat", List.of());
    settle();
    assertThat(counts(inbox)).containsExactly(0);
  }

  @Test
  public void afterUnwatchNothingIsTold() {
    Inbox<ProcessCount> inbox = watch(Optional.empty());
    left.processWatch().tell(new ProcessWatch.Unwatch(left.who()));
    settle();
    start("1001");
    assertThat(counts(inbox)).containsExactly(0);
  }

  @Test
  public void aDeadProcessIsToldNothing() {
    Inbox<ProcessCount> inbox = watch(Optional.empty());
    left.killProcess();
    start("1001");
    assertThat(counts(inbox)).containsExactly(0);
  }
}
