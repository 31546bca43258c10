package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfiguration.WatchedFile;
import org.vipdrift.model.node.NodeConfiguration.WatchedProcess;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.tracking.ScriptSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

class TrackersTest {
  private final TestInbox<Object> world = TestInbox.create();
  private final FakeNode node = new FakeNode(world.getRef());
  private final TestInbox<VrrpInstance.Command> instance = TestInbox.create();

  private void work(BehaviorTestKit<?> kit) {
    while (kit.selfInbox().hasMessages()) {
      kit.runOne();
    }
  }

  private void serve(BehaviorTestKit<TrackerCommand> kit) {
    kit.run(new TrackerCommand.Serve(List.of(instance.getRef())));
  }

  private void pass(BehaviorTestKit<?> kit, Duration time) {
    node.pass(time);
    work(kit);
  }

  private <T> List<T> asked(Class<T> sort) {
    return world.getAllReceived().stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  private List<TrackedStatus> news() {
    return instance.getAllReceived().stream()
        .map(m -> ((VrrpInstance.TrackedChanged) m).status())
        .toList();
  }

  private static TrackedStatus up(boolean up) {
    return new TrackedStatus.Working(up);
  }

  @Nested
  class AScriptTracker {
    private static ScriptSettings settings(int rise, int fall) {
      return new ScriptSettings(
          "check", Duration.ofSeconds(2), Duration.ofSeconds(1), rise, fall, false);
    }

    private BehaviorTestKit<TrackerCommand> kit(int rise, int fall) {
      return kit(settings(rise, fall));
    }

    private BehaviorTestKit<TrackerCommand> kit(ScriptSettings settings) {
      BehaviorTestKit<TrackerCommand> kit =
          BehaviorTestKit.create(
              ScriptTracker.create(
                  new CheckScript(settings, List.of("/bin/check", "-x")), node.ports()));
      serve(kit);
      return kit;
    }

    private void answer(
        BehaviorTestKit<TrackerCommand> kit, ScriptRunner.Run run, ScriptRunner.Ending ending) {
      run.replyTo().tell(new ScriptRunner.Finished(run.id(), ending, 5));
      work(kit);
    }

    private void answerNext(BehaviorTestKit<TrackerCommand> kit, int code) {
      answer(kit, asked(ScriptRunner.Run.class).getLast(), new ScriptRunner.Exited(code));
      pass(kit, Duration.ofSeconds(2));
    }

    @Test
    void runsItsScriptAtOnceAndThenEveryInterval() {
      BehaviorTestKit<TrackerCommand> kit = kit(1, 1);
      ScriptRunner.Run first = asked(ScriptRunner.Run.class).getFirst();
      assertThat(first.command()).containsExactly("/bin/check", "-x");
      assertThat(first.name()).isEqualTo("check");
      assertThat(first.who()).isEqualTo(FakeNode.WHO);
      assertThat(first.timeout()).contains(Duration.ofSeconds(1));
      answer(kit, first, new ScriptRunner.Exited(0));
      pass(kit, Duration.ofMillis(1_999));
      assertThat(asked(ScriptRunner.Run.class)).isEmpty();
      pass(kit, Duration.ofMillis(1));
      assertThat(asked(ScriptRunner.Run.class)).hasSize(1);
    }

    @Test
    void runsThatOverlapCountAsTheyEnd() {
      BehaviorTestKit<TrackerCommand> kit = kit(1, 2);
      ScriptRunner.Run first = asked(ScriptRunner.Run.class).getFirst();
      pass(kit, Duration.ofSeconds(2));
      ScriptRunner.Run second = asked(ScriptRunner.Run.class).getFirst();
      assertThat(second.id()).isNotEqualTo(first.id());
      answer(kit, second, new ScriptRunner.Exited(0));
      assertThat(news()).containsExactly(up(true));
      answer(kit, first, new ScriptRunner.Exited(1));
      assertThat(news()).isEmpty();
      pass(kit, Duration.ofSeconds(2));
      answer(kit, asked(ScriptRunner.Run.class).getFirst(), new ScriptRunner.Exited(1));
      assertThat(news()).containsExactly(up(false));
    }

    @Test
    void runsThatMustNotOverlapFollowEachOther() {
      BehaviorTestKit<TrackerCommand> kit = kit(settings(1, 1).withoutOverlap());
      ScriptRunner.Run first = asked(ScriptRunner.Run.class).getFirst();
      pass(kit, Duration.ofSeconds(2));
      assertThat(asked(ScriptRunner.Run.class)).isEmpty();
      answer(kit, first, new ScriptRunner.Exited(0));
      assertThat(asked(ScriptRunner.Run.class)).hasSize(1);
    }

    @Test
    void theFirstResultCountsAtOnce() {
      BehaviorTestKit<TrackerCommand> kit = kit(3, 3);
      answerNext(kit, 1);
      assertThat(news()).containsExactly(up(false));
    }

    @Test
    void fallFailuresInARowTakeItDownAndRiseSuccessesBringItUp() {
      BehaviorTestKit<TrackerCommand> kit = kit(2, 2);
      answerNext(kit, 0);
      assertThat(news()).containsExactly(up(true));
      answerNext(kit, 1);
      assertThat(news()).isEmpty();
      answerNext(kit, 0);
      answerNext(kit, 1);
      assertThat(news()).isEmpty();
      answerNext(kit, 1);
      assertThat(news()).containsExactly(up(false));
      answerNext(kit, 0);
      assertThat(news()).isEmpty();
      answerNext(kit, 0);
      assertThat(news()).containsExactly(up(true));
    }

    @Test
    void aTimeoutIsAFailureAndTracedAsOne() {
      BehaviorTestKit<TrackerCommand> kit = kit(1, 1);
      answer(kit, asked(ScriptRunner.Run.class).getFirst(), new ScriptRunner.TimedOut());
      assertThat(news()).containsExactly(up(false));
      FakeNode.Traced traced = asked(FakeNode.Traced.class).getFirst();
      assertThat(traced.detail())
          .isEqualTo(new ScriptResult("check", ScriptOutcome.TIMEOUT, Optional.empty(), false));
      assertThat(traced.cause()).isEqualTo(5);
    }

    @Test
    void whoComesLaterIsToldWhatIsKnown() {
      BehaviorTestKit<TrackerCommand> kit = kit(1, 1);
      assertThat(news()).isEmpty();
      answerNext(kit, 1);
      news();
      serve(kit);
      assertThat(news()).containsExactly(up(false));
    }

    @Test
    void newsOfOtherTrackersAreABug() {
      BehaviorTestKit<TrackerCommand> kit = kit(1, 1);
      assertThatThrownBy(
              () ->
                  kit.run(
                      new TrackerCommand.FileSeen(
                          new FileWatch.FileStatus("f", Optional.empty(), 0))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Nested
  class AFileTracker {
    @Test
    void tellsTheNumberInTheFileWheneverItChanges() {
      BehaviorTestKit<TrackerCommand> kit =
          BehaviorTestKit.create(FileTracker.create(new WatchedFile("f", "/tmp/f"), node.ports()));
      FileWatch.Watch watch = asked(FileWatch.Watch.class).getFirst();
      assertThat(watch.path()).isEqualTo("/tmp/f");
      watch.subscriber().tell(new FileWatch.FileStatus("/tmp/f", Optional.empty(), 0));
      work(kit);
      assertThat(news()).isEmpty();
      serve(kit);
      assertThat(news()).containsExactly(new TrackedStatus.Value(0));
      watch.subscriber().tell(new FileWatch.FileStatus("/tmp/f", Optional.of("-7\n"), 8));
      work(kit);
      assertThat(instance.getAllReceived())
          .containsExactly(
              new VrrpInstance.TrackedChanged(
                  TrackedKind.FILE, "f", new TrackedStatus.Value(-7), 8));
    }
  }

  @Nested
  class AProcessTracker {
    private BehaviorTestKit<TrackerCommand> kit(Duration rise, Duration fall) {
      BehaviorTestKit<TrackerCommand> kit =
          BehaviorTestKit.create(
              ProcessTracker.create(
                  new WatchedProcess("web", "nginx", Optional.empty(), 2, 4, rise, fall),
                  node.ports()));
      serve(kit);
      return kit;
    }

    private final class Counter {
      private final BehaviorTestKit<TrackerCommand> kit;
      private final ProcessWatch.Watch watch = asked(ProcessWatch.Watch.class).getFirst();

      Counter(BehaviorTestKit<TrackerCommand> kit) {
        this.kit = kit;
      }

      void counts(int count) {
        watch.subscriber().tell(new ProcessWatch.ProcessCount("nginx", count, 3));
        work(kit);
      }
    }

    @Test
    void isUpWhileItsQuorumRunsAndNotMore() {
      Counter counter = new Counter(kit(Duration.ZERO, Duration.ZERO));
      assertThat(counter.watch.name()).isEqualTo("nginx");
      for (int count : new int[] {0, 2, 1, 4, 5, 3}) {
        counter.counts(count);
      }
      assertThat(news())
          .containsExactly(up(false), up(true), up(false), up(true), up(false), up(true));
    }

    @Test
    void theFirstCountIsTakenAtOnceAndLaterOnesAfterTheirDelay() {
      BehaviorTestKit<TrackerCommand> kit = kit(Duration.ofSeconds(1), Duration.ofSeconds(3));
      Counter counter = new Counter(kit);
      counter.counts(2);
      assertThat(news()).containsExactly(up(true));
      counter.counts(0);
      pass(kit, Duration.ofMillis(2_999));
      assertThat(news()).isEmpty();
      pass(kit, Duration.ofMillis(1));
      assertThat(news()).containsExactly(up(false));
      counter.counts(2);
      pass(kit, Duration.ofSeconds(1));
      assertThat(news()).containsExactly(up(true));
    }

    @Test
    void whatReturnsWithinTheDelayWasNeverGone() {
      BehaviorTestKit<TrackerCommand> kit = kit(Duration.ZERO, Duration.ofSeconds(3));
      Counter counter = new Counter(kit);
      counter.counts(2);
      news();
      counter.counts(1);
      pass(kit, Duration.ofSeconds(2));
      counter.counts(2);
      pass(kit, Duration.ofSeconds(10));
      assertThat(news()).isEmpty();
      assertThat(node.alarms()).isZero();
    }
  }

  @Nested
  class AnInterfaceTracker {
    private final BehaviorTestKit<InterfaceTracker.Command> kit =
        BehaviorTestKit.create(InterfaceTracker.create(node.ports()));
    private final Interfaces.Watch watch = asked(Interfaces.Watch.class).getFirst();

    private final VirtualRouterSettings settings = InstanceBench.builder().build();

    private void see(String name, boolean up, String... addresses) {
      watch.subscriber().tell(FakeNode.networkInterface(name, up, 0, addresses));
      work(kit);
    }

    private List<String> seen() {
      return instance.getAllReceived().stream()
          .map(m -> ((VrrpInstance.InterfaceSeen) m).status())
          .map(s -> s.name() + (s.up() ? " up" : " down"))
          .toList();
    }

    @Test
    void tellsEachInstanceOnlyOfTheInterfacesItUses() {
      kit.run(new InterfaceTracker.Subscribe(settings, List.of("eth0", "eth2"), instance.getRef()));
      see("eth0", true);
      see("eth1", true);
      see("eth2", false);
      assertThat(seen()).containsExactly("eth0 up", "eth2 down");
    }

    @Test
    void whoComesLaterIsToldWhatIsKnown() {
      see("eth0", true);
      see("eth0", false);
      kit.run(new InterfaceTracker.Subscribe(settings, List.of("eth0"), instance.getRef()));
      assertThat(seen()).containsExactly("eth0 down");
    }

    @Test
    void whoLeftIsToldNoMore() {
      kit.run(new InterfaceTracker.Subscribe(settings, List.of("eth0"), instance.getRef()));
      kit.run(new InterfaceTracker.Unsubscribe("VI_1"));
      see("eth0", true);
      assertThat(seen()).isEmpty();
    }

    @Test
    void onlyANewStateOrPrimaryAddressIsNews() {
      kit.run(new InterfaceTracker.Subscribe(settings, List.of("eth0"), instance.getRef()));
      see("eth0", true, "20.0.0.21/24");
      assertThat(seen()).hasSize(1);
      see("eth0", true, "20.0.0.21/24", "20.0.0.177/24");
      assertThat(seen()).isEmpty();
      see("eth0", true, "20.0.0.23/24", "20.0.0.177/24");
      assertThat(seen()).hasSize(1);
      see("eth0", false, "20.0.0.23/24", "20.0.0.177/24");
      assertThat(seen()).containsExactly("eth0 down");
    }
  }
}
