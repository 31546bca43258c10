package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.Account;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommand;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.trace.TraceDetail.NotifyStarted;
import org.vipdrift.model.vrrp.NotifyKind;
import org.vipdrift.model.vrrp.VrrpState;

class NotifyScriptsTest {
  private static final NotifyCommands EVERYTHING =
      new NotifyCommands(
          command("master.sh", "one", "two"),
          command("backup.sh"),
          command("fault.sh"),
          command("stop.sh"),
          command("deleted.sh"),
          command("lower.sh"),
          command("any.sh"));

  private final TestInbox<Object> world = TestInbox.create();
  private final FakeNode node = new FakeNode(world.getRef());
  private final BehaviorTestKit<NotifyScripts.Command> kit =
      BehaviorTestKit.create(NotifyScripts.create(node.ports()));

  private static Optional<NotifyCommand> command(String... words) {
    return Optional.of(new NotifyCommand(List.of(words)));
  }

  private List<ScriptRunner.Run> runs(NotifyCommands commands, NotifyKind kind) {
    kit.run(new NotifyScripts.Changed(commands, "INSTANCE", "VI_1", kind, 100, 6));
    return world.getAllReceived().stream()
        .filter(ScriptRunner.Run.class::isInstance)
        .map(ScriptRunner.Run.class::cast)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "MASTER, master.sh one two, any.sh INSTANCE VI_1 MASTER 100",
    "BACKUP, backup.sh, any.sh INSTANCE VI_1 BACKUP 100",
    "FAULT, fault.sh, any.sh INSTANCE VI_1 FAULT 100",
    "STOP, stop.sh, any.sh INSTANCE VI_1 STOP 100",
    "DELETED, deleted.sh, any.sh INSTANCE VI_1 DELETED 100"
  })
  void aChangeRunsItsOwnScriptAndThenTheGeneralOne(NotifyKind kind, String own, String any) {
    assertThat(runs(EVERYTHING, kind))
        .extracting(r -> String.join(" ", r.command()))
        .containsExactly(own, any);
  }

  @Test
  void aLowerPriorityRunsOnlyItsOwnScript() {
    assertThat(runs(EVERYTHING, NotifyKind.MASTER_RX_LOWER_PRIORITY))
        .extracting(r -> String.join(" ", r.command()))
        .containsExactly("lower.sh");
  }

  @Test
  void pipesHearOfEveryChangeAndTheirReaderIsStarted() {
    ProcessSettings process =
        KeepalivedParserSettings.of(
            "notify_fifo /run/fifo",
            "notify_fifo_script \"/bin/reader one\"",
            "vrrp_notify_fifo /run/vrrp daemon");
    BehaviorTestKit<NotifyScripts.Command> withPipes =
        BehaviorTestKit.create(NotifyScripts.create(process, node.ports(), _ -> {}));
    withPipes.run(
        new NotifyScripts.Changed(
            NotifyCommands.NONE, "INSTANCE", "VI_1", NotifyKind.MASTER_RX_LOWER_PRIORITY, 100, 6));
    withPipes.run(new NotifyScripts.PriorityChanged("VI_1", VrrpState.MASTER, 90, 7));
    List<Object> all = world.getAllReceived();
    assertThat(all)
        .filteredOn(NotifyFifo.Open.class::isInstance)
        .containsExactly(
            new NotifyFifo.Open(FakeNode.WHO, "/run/fifo", Optional.empty()),
            new NotifyFifo.Open(
                FakeNode.WHO, "/run/vrrp", Optional.of(new Account("daemon", Optional.empty()))));
    assertThat(all)
        .filteredOn(ScriptRunner.Run.class::isInstance)
        .extracting(r -> ((ScriptRunner.Run) r).command())
        .containsExactly(List.of("/bin/reader", "one", "/run/fifo"));
    assertThat(all)
        .filteredOn(NotifyFifo.WriteLine.class::isInstance)
        .extracting(l -> ((NotifyFifo.WriteLine) l).line())
        .containsExactly(
            "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 100",
            "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 100",
            "INSTANCE \"VI_1\" MASTER_PRIORITY 90",
            "INSTANCE \"VI_1\" MASTER_PRIORITY 90");
  }

  @Test
  void nobodyBoundsOrAwaitsThem() {
    List<ScriptRunner.Run> runs = runs(EVERYTHING, NotifyKind.MASTER);
    assertThat(runs).allSatisfy(r -> assertThat(r.timeout()).isEmpty());
    runs.getFirst().replyTo().tell(new ScriptRunner.Finished(1, new ScriptRunner.Exited(1), 0));
    kit.runOne();
    assertThat(kit.isAlive()).isTrue();
    assertThat(world.getAllReceived()).isEmpty();
  }

  @Test
  void withoutScriptsNothingRuns() {
    assertThat(runs(NotifyCommands.NONE, NotifyKind.MASTER)).isEmpty();
  }

  @Test
  void everyStartIsTracedAndTheCauseOfTheRun() {
    kit.run(new NotifyScripts.Changed(EVERYTHING, "GROUP", "G", NotifyKind.FAULT, 0, 6));
    List<Object> messages = world.getAllReceived();
    FakeNode.Traced first = (FakeNode.Traced) messages.get(0);
    assertThat(first.detail()).isEqualTo(new NotifyStarted(List.of("fault.sh")));
    assertThat(first.cause()).isEqualTo(6);
    assertThat(((ScriptRunner.Run) messages.get(1)).cause()).isEqualTo(first.id());
    assertThat(((FakeNode.Traced) messages.get(2)).detail())
        .isEqualTo(new NotifyStarted(List.of("any.sh", "GROUP", "G", "FAULT", "0")));
  }
}
