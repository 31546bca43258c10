package org.vipdrift.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.ActorSystemImpl;
import org.apache.pekko.actor.LocalActorRef;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.vipdrift.simulator.process.ProcessSlot.Kind;
import org.vipdrift.simulator.time.HostClock;

class VirtualSystemTest {
  @Test
  void aThousandRunsLeaveNoActorsAndNoGrowth() {
    try (VirtualSystem system = VirtualSystem.open()) {
      WeakReference<List<String>> trace = new WeakReference<>(EventfulRun.trace(system, 0));
      EventfulRun.trace(system, 1);
      int dispatchers = system.dispatcherCount();
      int systemActors = actors(system, "/system");
      for (int i = 0; i < 1_000; i++) {
        EventfulRun.trace(system, i % 10);
      }
      assertThat(actors(system, "/user")).isZero();
      assertThat(actors(system, "/system")).isEqualTo(systemActors);
      assertThat(system.dispatcherCount()).isLessThan(dispatchers + 10);
      for (int i = 0; i < system.dispatcherCount(); i++) {
        assertThat(system.dispatcher(i).isDeserted()).isTrue();
      }
      System.gc();
      assertThat(trace.get()).isNull();
    }
  }

  @Test
  void actorsStopInAClosedSlotWhenTheRunIsClosed() {
    List<String> heard = new ArrayList<>();
    try (VirtualSystem system = VirtualSystem.open()) {
      VirtualRun run = system.begin(1);
      ProcessSlot slot = run.slot(Kind.PROCESS, "process", new HostClock(run.time(), 0));
      run.spawn(
          Behaviors.receive(String.class)
              .onSignal(
                  PostStop.class,
                  stop -> {
                    heard.add("open: " + slot.isOpen());
                    return Behaviors.same();
                  })
              .build(),
          "actor",
          slot);
      run.runUntil(1_000);
      run.close();
      assertThat(heard).containsExactly("open: false");
      assertThatThrownBy(run::drain).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFailureWhileActorsStopIsToldAfterTheEnd() {
    try (VirtualSystem system = VirtualSystem.open()) {
      VirtualRun run = system.begin(1);
      ProcessSlot slot = run.slot(Kind.PROCESS, "process", new HostClock(run.time(), 0));
      IllegalArgumentException cause = new IllegalArgumentException("a bug");
      run.spawn(
          Behaviors.receive(String.class)
              .onSignal(
                  PostStop.class,
                  stop -> {
                    throw cause;
                  })
              .build(),
          "actor",
          slot);
      run.runUntil(1_000);
      assertThat(run.failure()).isEmpty();
      run.close();
      assertThat(run.failure()).get().extracting(Throwable::getCause).isEqualTo(cause);
    }
  }

  @Test
  void noThreadIsStarted() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (VirtualSystem system = VirtualSystem.open()) {
      EventfulRun.trace(system, 0);
      assertThat(Thread.getAllStackTraces().keySet())
          .isSubsetOf(before)
          .contains(Thread.currentThread());
    }
  }

  @Test
  void anotherThreadMayTakeOverBetweenRuns() throws InterruptedException {
    try (VirtualSystem system = VirtualSystem.open()) {
      List<String> here = EventfulRun.trace(system, 5);
      List<String> there = new ArrayList<>();
      Thread other = new Thread(() -> there.addAll(EventfulRun.trace(system, 5)));
      other.start();
      other.join();
      assertThat(there).isEqualTo(here);
    }
  }

  @Test
  void runsFollowEachOther() {
    try (VirtualSystem system = VirtualSystem.open()) {
      VirtualRun run = system.begin(1);
      assertThatThrownBy(() -> system.begin(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the run before has not been closed");
      run.close();
      system.begin(2).close();
    }
  }

  @Test
  void aThousandSlotsAreNotTooMany() {
    try (VirtualSystem system = VirtualSystem.open();
        VirtualRun run = system.begin(1)) {
      HostClock clock = new HostClock(run.time(), 0);
      List<Integer> started = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        int number = i;
        run.spawn(
            Behaviors.setup(
                context -> {
                  started.add(number);
                  return Behaviors.empty();
                }),
            "actor" + i,
            run.slot(Kind.PROCESS, "process" + i, clock));
      }
      run.drain();
      assertThat(started).hasSize(3_000).isSorted();
    }
  }

  private static int actors(VirtualSystem system, String guardian) {
    ActorSystemImpl classic = (ActorSystemImpl) system.classic();
    LocalActorRef ref = guardian.equals("/user") ? classic.guardian() : classic.systemGuardian();
    return ref.underlying().childrenRefs().children().size();
  }
}
