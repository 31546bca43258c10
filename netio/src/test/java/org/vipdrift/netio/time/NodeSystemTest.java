package org.vipdrift.netio.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.Alarms;

class NodeSystemTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private String next() throws InterruptedException {
    String next = seen.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("what is seen next").isNotNull();
    return next;
  }

  private Behavior<String> recorder() {
    return Behaviors.receive(String.class)
        .onAnyMessage(
            message -> {
              seen.add(message);
              return Behaviors.same();
            })
        .onSignal(
            PostStop.class,
            _ -> {
              seen.add("stopped");
              return Behaviors.same();
            })
        .build();
  }

  private static List<String> threadsOf(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .sorted()
        .toList();
  }

  @Test
  void actorsAreStoppedBeforeCloseReturns() throws InterruptedException {
    NodeSystem<String> node = NodeSystem.open("node", recorder());
    node.actors().tell("hello");
    assertThat(next()).isEqualTo("hello");
    node.close();
    assertThat(seen).containsExactly("stopped");
  }

  @Test
  void everyActorRunsOnItsTwoThreads() throws InterruptedException {
    Behavior<String> names =
        Behaviors.receiveMessage(
            _ -> {
              seen.add(Thread.currentThread().getName());
              return Behaviors.same();
            });
    try (NodeSystem<String> node = NodeSystem.open("node", names)) {
      node.actors().tell("whose thread?");
      assertThat(next()).startsWith("vipdrift-node-");
      assertThat(threadsOf("node-")).as("threads of Pekko's own").isEmpty();
      assertThat(threadsOf("vipdrift-")).hasSize(3);
    }
  }

  @Test
  void everyThreadRunsTheHookOnceWhenItStarts() throws InterruptedException {
    NodeSystem<String> node =
        NodeSystem.open(
            "node", recorder(), () -> seen.add(Thread.currentThread().getName() + " started"));
    try (node) {
      List<String> started = new ArrayList<>(List.of(next(), next(), next()));
      started.sort(null);
      assertThat(started)
          .containsExactly(
              "vipdrift-node-1 started", "vipdrift-node-2 started", "vipdrift-timers started");
    }
  }

  @Test
  void whoWaitsForTheEndIsToldWhoeverBringsIt() throws InterruptedException {
    Behavior<String> mortal = Behaviors.receiveMessage(_ -> Behaviors.stopped());
    try (NodeSystem<String> node = NodeSystem.open("node", mortal)) {
      node.whenTerminated(() -> seen.add("terminated"));
      node.actors().tell("stop");
      assertThat(next()).isEqualTo("terminated");
    }
  }

  @Nested
  class AnAlarm {
    @Test
    void goesOffInTheOrderOfDeadlinesAndNeverBeforeThem() throws InterruptedException {
      try (NodeSystem<String> node = NodeSystem.open("node", recorder())) {
        long now = node.clock().monotonicNanos();
        List<Long> early = new ArrayList<>();
        for (int i : List.of(3, 1, 2, 0)) {
          long deadline = now + i * 20_000_000L;
          node.alarms()
              .set(
                  deadline,
                  () -> {
                    if (System.nanoTime() < deadline) {
                      early.add(deadline);
                    }
                    seen.add("alarm " + i);
                  });
        }
        assertThat(List.of(next(), next(), next(), next()))
            .containsExactly("alarm 0", "alarm 1", "alarm 2", "alarm 3");
        assertThat(early).isEmpty();
      }
    }

    @Test
    void isSilentOnceCancelled() throws InterruptedException {
      try (NodeSystem<String> node = NodeSystem.open("node", recorder())) {
        Alarms alarms = node.alarms();
        long now = node.clock().monotonicNanos();
        Alarms.Alarm cancelled = alarms.set(now + 50_000_000, () -> seen.add("cancelled"));
        alarms.set(now + 60_000_000, () -> seen.add("later"));
        cancelled.cancel();
        assertThat(next()).isEqualTo("later");
      }
    }

    @Test
    void thatFailsLeavesTheOthersAlone() throws InterruptedException {
      try (NodeSystem<String> node = NodeSystem.open("node", recorder())) {
        long now = node.clock().monotonicNanos();
        node.alarms()
            .set(
                now,
                () -> {
                  throw new IllegalStateException("meant to fail");
                });
        node.alarms().set(now + 1, () -> seen.add("next"));
        assertThat(next()).isEqualTo("next");
      }
    }

    @Test
    void setAfterTheEndHasNoEffect() {
      NodeSystem<String> node = NodeSystem.open("node", recorder());
      RealTimeAlarms alarms = node.alarms();
      node.close();
      alarms.set(0, () -> seen.add("ghost")).cancel();
      assertThat(seen).doesNotContain("ghost");
    }

    @Test
    void needsAnActorSystemOnThePreciseScheduler() {
      ActorSystem<Void> other = ActorSystem.create(Behaviors.empty(), "other");
      try {
        assertThatThrownBy(() -> RealTimeAlarms.of(other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("LightArrayRevolverScheduler");
      } finally {
        other.terminate();
      }
    }
  }

  @Nested
  class TheScheduler {
    @Test
    void ofPekkoRunsOnceAndAtFixedRate() throws InterruptedException {
      try (NodeSystem<String> node = NodeSystem.open("node", recorder())) {
        var scheduler = node.actors().scheduler();
        var context = node.actors().executionContext();
        scheduler.scheduleOnce(Duration.ofMillis(1), () -> seen.add("once"), context);
        assertThat(next()).isEqualTo("once");
        CountDownLatch thrice = new CountDownLatch(3);
        Cancellable periodic =
            scheduler.scheduleAtFixedRate(
                Duration.ZERO, Duration.ofMillis(2), thrice::countDown, context);
        assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(periodic.cancel()).isTrue();
        assertThat(periodic.isCancelled()).isTrue();
        assertThat(periodic.cancel()).isFalse();
      }
    }

    @Test
    void takesATaskBackOnlyBeforeItRuns() throws InterruptedException {
      try (NodeSystem<String> node = NodeSystem.open("node", recorder())) {
        var scheduler = node.actors().scheduler();
        var context = node.actors().executionContext();
        Cancellable never = scheduler.scheduleOnce(NEVER, () -> seen.add("never"), context);
        assertThat(never.isCancelled()).isFalse();
        assertThat(never.cancel()).isTrue();
        assertThat(never.isCancelled()).isTrue();
        Cancellable once = scheduler.scheduleOnce(Duration.ZERO, () -> seen.add("once"), context);
        assertThat(next()).isEqualTo("once");
        assertThat(once.cancel()).isFalse();
        assertThat(once.isCancelled()).isFalse();
      }
    }

    @Test
    void refusesTasksAfterTheEnd() {
      NodeSystem<String> node = NodeSystem.open("node", recorder());
      node.close();
      assertThatThrownBy(
              () ->
                  node.actors()
                      .scheduler()
                      .scheduleOnce(
                          Duration.ZERO, () -> seen.add("ghost"), node.actors().executionContext()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(threadsOf("vipdrift-timers")).isEmpty();
    }
  }
}
