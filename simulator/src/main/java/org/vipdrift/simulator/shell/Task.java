package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A computation that may wait for the world: a value that {@link TaskMachine} advances on an
 * explicit stack, so that it can stop at any wait and needs no thread.
 */
public sealed interface Task<T> {

  /** Finished. */
  record Done<T>(T value) implements Task<T> {}

  /** Made when it is reached. */
  record Deferred<T>(Supplier<Task<T>> supplier) implements Task<T> {}

  /** One computation and what follows from its value. */
  record Chained<S, T>(Task<S> first, Function<S, Task<T>> next) implements Task<T> {}

  /** Waits for the world. */
  record Await(ShellStep.Waiting step) implements Task<ShellReply.Answered> {}

  /** Leaves the computations around it up to one that handles the signal. */
  record Raise<T>(Leaving leaving) implements Task<T> {}

  /** Handles what leaves the body; empty passes it on. */
  record Guarded<T>(Task<T> body, Function<Leaving, Optional<Task<T>>> handler)
      implements Task<T> {}

  /** Something to do however the body is left. */
  record Finally<T>(Task<T> body, Runnable cleanup) implements Task<T> {}

  /** A body that is abandoned at an instant of {@link ShellHost#nowNanos()}. */
  record Limited<T>(Task<T> body, long deadlineNanos, Supplier<Task<T>> otherwise)
      implements Task<T> {}

  /** Why control leaves a part of a script early. */
  sealed interface Leaving {
    /** {@code exit}. */
    record Exit(int code) implements Leaving {}

    /** {@code return}. */
    record Return(int code) implements Leaving {}

    /** An expansion failed; the command it stands in fails. */
    record Aborted(int code) implements Leaving {}

    /** {@code break}, out of so many loops. */
    record Break(int loops) implements Leaving {}

    /** {@code continue} of the loop so many outwards. */
    record Continue(int loops) implements Leaving {}
  }

  static <T> Task<T> of(T value) {
    return new Done<>(value);
  }

  static <T> Task<T> defer(Supplier<Task<T>> supplier) {
    return new Deferred<>(supplier);
  }

  static Task<ShellReply.Answered> await(ShellStep.Waiting step) {
    return new Await(step);
  }

  static <T> Task<T> raise(Leaving leaving) {
    return new Raise<>(leaving);
  }

  default <U> Task<U> then(Function<T, Task<U>> next) {
    return new Chained<>(this, next);
  }

  default <U> Task<U> map(Function<T, U> change) {
    return new Chained<>(this, value -> new Done<>(change.apply(value)));
  }

  default Task<T> guarded(Function<Leaving, Optional<Task<T>>> handler) {
    return new Guarded<>(this, handler);
  }

  default Task<T> afterwards(Runnable cleanup) {
    return new Finally<>(this, cleanup);
  }

  /** Does one after the other and collects the values. */
  static <A, B> Task<List<B>> each(List<A> items, Function<A, Task<B>> work) {
    return new Deferred<>(() -> each(items, 0, new ArrayList<>(), work));
  }

  private static <A, B> Task<List<B>> each(
      List<A> items, int index, List<B> values, Function<A, Task<B>> work) {
    if (index == items.size()) {
      return of(values);
    }
    return work.apply(items.get(index))
        .then(
            value -> {
              values.add(value);
              return each(items, index + 1, values, work);
            });
  }
}
