package org.vipdrift.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.simulator.process.ProcessSlot.Kind;
import org.vipdrift.simulator.time.HostClock;

class VirtualRunTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private static VirtualSystem system;

  private final List<String> heard = new ArrayList<>();
  private VirtualRun run;
  private HostClock clock;
  private ProcessSlot slot;

  @BeforeAll
  static void openSystem() {
    system = VirtualSystem.open();
  }

  @AfterAll
  static void closeSystem() {
    system.close();
  }

  @BeforeEach
  void beginRun() {
    run = system.begin(1);
    clock = new HostClock(run.time(), 0);
    slot = run.slot(Kind.PROCESS, "process", clock);
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  /** Notes each message with the true time in milliseconds, and its end. */
  private Behavior<String> listener(ProcessSlot home) {
    return Behaviors.receive(String.class)
        .onMessage(
            String.class,
            message -> {
              heard.add(run.time().nowNanos() / MILLI + " " + message);
              return Behaviors.same();
            })
        .onSignal(
            PostStop.class,
            stop -> {
              heard.add("stopped, open: " + home.isOpen());
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<String> sayingEverySecond() {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
                  return listener(slot);
                }));
  }

  @Test
  void messagesOfOneInstantAreReadInTheOrderInWhichTheirReadersWereAddressed() {
    ActorRef<String> a = run.spawn(listener(slot), "a", slot);
    ActorRef<String> b = run.spawn(listener(slot), "b", slot);
    run.drain();
    b.tell("one");
    a.tell("two");
    b.tell("three");
    run.drain();
    assertThat(heard).containsExactly("0 one", "0 two", "0 three");
  }

  @Test
  void runUntilRunsWhatIsDueAtThatInstantAndStopsThere() {
    ActorRef<String> a = run.spawn(listener(slot), "a", slot);
    run.time().schedule(5 * MILLI, () -> a.tell("due"));
    run.time().schedule(5 * MILLI + 1, () -> a.tell("later"));
    run.runUntil(5 * MILLI);
    assertThat(heard).containsExactly("5 due");
    assertThat(run.time().nowNanos()).isEqualTo(5 * MILLI);
  }

  @Test
  void mailboxesAreEmptiedBeforeTheNextEventOfTheSameInstant() {
    ActorRef<String> second = run.spawn(listener(slot), "second", slot);
    ActorRef<String> first =
        run.spawn(
            Behaviors.receiveMessage(
                message -> {
                  second.tell("passed on: " + message);
                  return Behaviors.same();
                }),
            "first",
            slot);
    run.time().schedule(MILLI, () -> first.tell("x"));
    run.time().schedule(MILLI, () -> second.tell("y"));
    run.runUntil(SECOND);
    assertThat(heard).containsExactly("1 passed on: x", "1 y");
  }

  @Test
  void typedTimersGoByTheClockOfTheHost() {
    clock.setDrift(20_000_000);
    run.spawn(sayingEverySecond(), "ticker", slot);
    run.runUntil(3 * SECOND);
    assertThat(heard).containsExactly("980 tick", "1960 tick", "2941 tick");
  }

  @Nested
  class Frozen {
    @Test
    void timersExpireIntoTheMailboxAndAreReadInOrderAfterTheThaw() {
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      ActorRef<String> b = run.spawn(listener(slot), "b", slot);
      run.drain();
      slot.alarms().set(10 * MILLI, () -> a.tell("alarm 10"));
      slot.alarms().set(20 * MILLI, () -> b.tell("alarm 20"));
      slot.alarms().set(30 * MILLI, () -> a.tell("alarm 30"));
      run.time().schedule(5 * MILLI, slot::freeze);
      run.time().schedule(50 * MILLI, slot::thaw);
      run.runUntil(40 * MILLI);
      assertThat(heard).isEmpty();
      assertThat(slot.isFrozen()).isTrue();
      run.runUntil(60 * MILLI);
      assertThat(heard).containsExactly("50 alarm 10", "50 alarm 20", "50 alarm 30");
    }

    @Test
    void othersRunOn() {
      ProcessSlot kernel = run.slot(Kind.KERNEL, "kernel", clock);
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      ActorRef<String> k = run.spawn(listener(kernel), "k", kernel);
      run.drain();
      slot.freeze();
      a.tell("to the frozen");
      k.tell("to the kernel");
      run.drain();
      assertThat(heard).containsExactly("0 to the kernel");
    }

    @Test
    void aKernelCannotBeFrozen() {
      ProcessSlot kernel = run.slot(Kind.KERNEL, "kernel", clock);
      assertThatThrownBy(kernel::freeze)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("kernel is a KERNEL slot and cannot be frozen");
    }

    @Test
    void diesAtOnceWhenKilled() {
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      run.drain();
      slot.freeze();
      a.tell("unread");
      run.drain();
      slot.kill();
      run.drain();
      assertThat(heard).containsExactly("stopped, open: false");
    }
  }

  @Nested
  class Paused {
    @Test
    void clockAndTimersStandStillAndGoOnAfterwards() {
      run.spawn(sayingEverySecond(), "ticker", slot);
      ProcessSlot kernel = run.slot(Kind.KERNEL, "kernel", clock);
      ActorRef<String> k = run.spawn(listener(kernel), "k", kernel);
      run.runUntil(1500 * MILLI);
      clock.pause();
      slot.pause();
      kernel.pause();
      k.tell("frame");
      run.runUntil(4000 * MILLI);
      assertThat(heard).containsExactly("1000 tick");
      assertThat(clock.monotonicNanos()).isEqualTo(1500 * MILLI);
      clock.resume();
      slot.resume();
      kernel.resume();
      run.runUntil(5000 * MILLI);
      assertThat(heard).containsExactly("1000 tick", "4000 frame", "4500 tick");
    }
  }

  @Nested
  class Starved {
    @Test
    void eachRunWaitsAfterTheOther() {
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      run.drain();
      slot.starve(() -> Duration.ofMillis(10));
      a.tell("one");
      a.tell("two");
      run.runUntil(100 * MILLI);
      assertThat(heard).containsExactly("10 one", "20 two");
    }

    @Test
    void whatWaitsRunsWhenItEnds() {
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      run.drain();
      slot.starve(() -> Duration.ofMillis(10));
      a.tell("one");
      a.tell("two");
      run.time().schedule(15 * MILLI, slot::endStarvation);
      run.runUntil(100 * MILLI);
      assertThat(heard).containsExactly("10 one", "15 two");
    }

    @Test
    void aFreezeHoldsItAllTheSame() {
      ActorRef<String> a = run.spawn(listener(slot), "a", slot);
      run.drain();
      slot.starve(() -> Duration.ofMillis(10));
      a.tell("one");
      run.time().schedule(5 * MILLI, slot::freeze);
      run.time().schedule(50 * MILLI, slot::thaw);
      run.runUntil(100 * MILLI);
      assertThat(heard).containsExactly("60 one");
    }
  }

  @Nested
  class Killed {
    private ActorRef<String> parent(List<ActorRef<String>> children) {
      return run.spawn(
          Behaviors.setup(
              context -> {
                children.add(
                    context.spawn(listener(slot), "child", DispatcherSelector.sameAsParent()));
                return listener(slot);
              }),
          "parent",
          slot);
    }

    @Test
    void nothingIsReadAnyMoreAndEveryActorTerminatesInAClosedSlot() {
      List<ActorRef<String>> children = new ArrayList<>();
      ActorRef<String> parent = parent(children);
      run.drain();
      parent.tell("unread");
      children.getFirst().tell("unread");
      slot.kill();
      assertThat(slot.isOpen()).isFalse();
      parent.tell("too late");
      children.getFirst().tell("too late");
      run.drain();
      assertThat(heard).containsExactly("stopped, open: false", "stopped, open: false");
    }

    @Test
    void itsAlarmsAndTimersAreGone() {
      run.spawn(sayingEverySecond(), "ticker", slot);
      run.runUntil(SECOND);
      slot.alarms().set(3 * SECOND, () -> heard.add("alarm"));
      slot.kill();
      slot.alarms().set(3 * SECOND, () -> heard.add("alarm of the dead"));
      run.drain();
      assertThat(run.time().pending()).isZero();
      run.runUntil(5 * SECOND);
      assertThat(heard).containsExactly("1000 tick", "stopped, open: false");
    }

    @Test
    void aRestartedProcessGetsItsNameAgainInANewSlot() {
      run.spawn(listener(slot), "daemon", slot);
      run.drain();
      slot.kill();
      run.drain();
      ProcessSlot next = run.slot(Kind.PROCESS, "process", clock);
      ActorRef<String> daemon = run.spawn(listener(next), "daemon", next);
      daemon.tell("hello");
      run.drain();
      assertThat(slot.isOpen()).isFalse();
      assertThat(heard).containsExactly("stopped, open: false", "0 hello");
    }

    @Test
    void manyRestartsNeedNoMoreDispatchersThanOne() {
      int before = system.dispatcherCount();
      for (int i = 0; i < 1_000; i++) {
        ProcessSlot incarnation = run.slot(Kind.PROCESS, "incarnation", clock);
        run.spawn(Behaviors.empty(), "incarnation", incarnation);
        run.drain();
        incarnation.kill();
        run.drain();
      }
      assertThat(system.dispatcherCount()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void noActorCanBeSpawnedThere() {
      slot.kill();
      assertThatThrownBy(() -> run.spawn(Behaviors.empty(), "ghost", slot))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cannot spawn ghost: process is closed");
    }
  }

  @Nested
  class Failing {
    private final IllegalArgumentException cause = new IllegalArgumentException("a bug");

    private Behavior<String> failing() {
      return Behaviors.receiveMessage(
          message -> {
            throw cause;
          });
    }

    @Test
    void anExceptionOfAnActorEndsTheRun() {
      ActorRef<String> actor = run.spawn(failing(), "actor", slot);
      run.time().schedule(MILLI, () -> actor.tell("x"));
      run.time().schedule(2 * MILLI, () -> heard.add("later"));
      run.runUntil(SECOND);
      assertThat(run.failure()).contains(cause);
      assertThat(run.time().nowNanos()).isEqualTo(MILLI);
      assertThat(heard).isEmpty();
    }

    @Test
    void anExceptionOfAChildEndsTheRunToo() {
      run.spawn(
          Behaviors.setup(
              context -> {
                ActorRef<String> child =
                    context.spawn(failing(), "child", DispatcherSelector.sameAsParent());
                context.watch(child);
                child.tell("x");
                return Behaviors.empty();
              }),
          "parent",
          slot);
      run.runUntil(SECOND);
      assertThat(run.failure()).contains(cause);
    }

    @Test
    void anExceptionAtTheStartOfAnActorEndsTheRun() {
      run.spawn(
          Behaviors.setup(
              context -> {
                throw cause;
              }),
          "actor",
          slot);
      run.runUntil(SECOND);
      assertThat(run.failure()).get().extracting(Throwable::getCause).isEqualTo(cause);
    }

    @Test
    void anExceptionWhileStoppingEndsTheRun() {
      ActorRef<String> actor =
          run.spawn(
              Behaviors.receive(String.class)
                  .onMessage(String.class, message -> Behaviors.stopped())
                  .onSignal(
                      PostStop.class,
                      stop -> {
                        throw cause;
                      })
                  .build(),
              "actor",
              slot);
      actor.tell("stop");
      run.runUntil(SECOND);
      assertThat(run.failure()).get().extracting(Throwable::getCause).isEqualTo(cause);
    }

    @Test
    void anExceptionOfAnEventEndsTheRun() {
      run.time()
          .schedule(
              MILLI,
              () -> {
                throw cause;
              });
      run.runUntil(SECOND);
      assertThat(run.failure()).contains(cause);
    }

    @Test
    void anotherThreadIsAHardFailure() throws InterruptedException {
      ActorRef<String> actor = run.spawn(listener(slot), "actor", slot);
      run.drain();
      List<Throwable> thrown = new ArrayList<>();
      Thread foreign = new Thread(() -> actor.tell("from elsewhere"), "elsewhere");
      foreign.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
      foreign.start();
      foreign.join();
      run.runUntil(SECOND);
      assertThat(thrown).hasSize(1).first().isInstanceOf(ForeignThreadError.class);
      assertThat(run.failure()).get().isEqualTo(thrown.getFirst());
      assertThat(heard).isEmpty();
    }

    @Test
    void anEndlessExchangeOfMessagesIsAFailure() {
      ActorRef<String> echo =
          run.spawn(
              Behaviors.setup(
                  context ->
                      Behaviors.receiveMessage(
                          message -> {
                            context.getSelf().tell(message);
                            return Behaviors.same();
                          })),
              "echo",
              slot);
      run.time().schedule(MILLI, () -> echo.tell("x"));
      run.runUntil(SECOND);
      assertThat(run.failure())
          .get()
          .extracting(Throwable::getMessage)
          .isEqualTo("1000000 steps at 1000000 ns, and time does not move on");
    }

    @Test
    void anEndlessChainOfEventsIsAFailure() {
      class Again implements Runnable {
        @Override
        public void run() {
          run.time().schedule(run.time().nowNanos(), this);
        }
      }
      run.time().schedule(MILLI, new Again());
      run.runUntil(SECOND);
      assertThat(run.failure()).isPresent();
    }

    @Test
    void anActorCannotDriveTheRun() {
      run.spawn(
          Behaviors.setup(
              context -> {
                run.runUntil(SECOND);
                return Behaviors.empty();
              }),
          "actor",
          slot);
      run.drain();
      assertThat(run.failure())
          .get()
          .extracting(Throwable::getCause)
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theNextRunIsUnharmed() {
      run.spawn(failing(), "actor", slot).tell("x");
      run.runUntil(SECOND);
      run.close();
      run = system.begin(2);
      ProcessSlot next = run.slot(Kind.PROCESS, "next", new HostClock(run.time(), 0));
      run.spawn(listener(next), "actor", next).tell("hello");
      run.runUntil(SECOND);
      assertThat(run.failure()).isEmpty();
      assertThat(heard).containsExactly("0 hello");
    }
  }
}
