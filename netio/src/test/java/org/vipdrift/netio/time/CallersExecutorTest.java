package org.vipdrift.netio.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class CallersExecutorTest {
  private static ExecutorService executor() {
    return CallersExecutor.sameThread();
  }

  @Test
  void whatATaskGivesRunsAfterItOnTheSameThread() {
    ExecutorService executor = executor();
    List<String> order = new ArrayList<>();
    executor.execute(
        () -> {
          executor.execute(() -> order.add("second on " + Thread.currentThread().getName()));
          order.add("first");
        });
    assertThat(order).containsExactly("first", "second on " + Thread.currentThread().getName());
  }

  @Test
  void aMillionTurnsDoNotGrowTheStack() {
    ExecutorService executor = executor();
    int[] left = {1_000_000};
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          if (--left[0] > 0) {
            executor.execute(again[0]);
          }
        };
    executor.execute(again[0]);
    assertThat(left[0]).isZero();
  }

  @Test
  void whatWaitsHasItsTurnEvenAfterAFailure() {
    ExecutorService executor = executor();
    List<String> order = new ArrayList<>();
    assertThatThrownBy(
            () ->
                executor.execute(
                    () -> {
                      executor.execute(() -> order.add("second"));
                      throw new IllegalStateException("the first");
                    }))
        .hasMessage("the first");
    assertThat(order).containsExactly("second");
    executor.execute(() -> order.add("third"));
    assertThat(order).containsExactly("second", "third");
  }

  @Test
  void anActorOnTheCallersThreadHasDoneItsWorkWhenTellReturns() throws InterruptedException {
    BlockingQueue<ActorRef<String>> spawned = new LinkedBlockingQueue<>();
    List<String> heard = new ArrayList<>();
    Behavior<String> listener =
        Behaviors.receiveMessage(
            text -> {
              heard.add(text + " on " + Thread.currentThread().getName());
              return Behaviors.same();
            });
    Behavior<Void> guardian =
        Behaviors.setup(
            context -> {
              spawned.add(context.spawn(listener, "listener", NodeSystem.onCallersThread()));
              return Behaviors.empty();
            });
    try (NodeSystem<Void> _ = NodeSystem.open("callers", guardian)) {
      ActorRef<String> actor = spawned.poll(10, TimeUnit.SECONDS);
      actor.tell("a word");
      assertThat(heard).containsExactly("a word on " + Thread.currentThread().getName());
    }
  }
}
