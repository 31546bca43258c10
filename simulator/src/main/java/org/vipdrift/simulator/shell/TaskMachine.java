package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vipdrift.simulator.shell.Task.Leaving;

/**
 * Advances a {@link Task} until it waits, ends or exceeds its steps.
 *
 * <pre>
 *   start --advance--&gt; waiting --resume--&gt; waiting ... --&gt; finished
 *                          \--&gt; abandon: clean-ups run, nothing else
 * </pre>
 */
final class TaskMachine {
  private final LongSupplier nowNanos;
  private final int maxSteps;
  private final Deque<Entry> stack = new ArrayDeque<>();
  private int steps;

  TaskMachine(LongSupplier nowNanos, int maxSteps) {
    this.nowNanos = nowNanos;
    this.maxSteps = maxSteps;
  }

  /** What surrounds the current task, innermost first. */
  private sealed interface Entry {
    record Next(Function<Object, Task<Object>> function) implements Entry {}

    record Handler(Function<Leaving, Optional<Task<Object>>> function) implements Entry {}

    record Cleanup(Runnable action) implements Entry {}

    record Deadline(long nanos, Supplier<Task<Object>> otherwise) implements Entry {}
  }

  /** Where the machine stopped. */
  sealed interface Stop {
    record Waits(ShellStep.Waiting step) implements Stop {}

    record Finished(Object value) implements Stop {}

    /** Nobody handled it. */
    record Left(Leaving leaving) implements Stop {}
  }

  int steps() {
    return steps;
  }

  Stop start(Task<?> task) {
    return advance(task);
  }

  Stop resume(ShellReply.Answered reply) {
    Optional<Task<Object>> expired = expired();
    return advance(expired.isPresent() ? expired.get() : new Task.Done<>(reply));
  }

  /** Runs every clean-up that is due, innermost first. */
  void abandon() {
    while (!stack.isEmpty()) {
      if (stack.pop() instanceof Entry.Cleanup(Runnable action)) {
        action.run();
      }
    }
  }

  private Stop advance(Task<?> from) {
    Task<?> task = from;
    while (true) {
      if (++steps > maxSteps) {
        throw new LimitExceeded("step limit");
      }
      switch (task) {
        case Task.Done<?>(Object value) -> {
          Optional<Task<Object>> next = next(value);
          if (next.isEmpty()) {
            return new Stop.Finished(value);
          }
          task = next.get();
        }
        case Task.Deferred<?> deferred -> task = deferred.supplier().get();
        case Task.Chained<?, ?> chained -> {
          stack.push(new Entry.Next(untyped(chained.next())));
          task = chained.first();
        }
        case Task.Await(ShellStep.Waiting step) -> {
          return new Stop.Waits(bounded(step));
        }
        case Task.Raise<?>(Leaving leaving) -> {
          Optional<Task<Object>> handled = unwind(leaving);
          if (handled.isEmpty()) {
            return new Stop.Left(leaving);
          }
          task = handled.get();
        }
        case Task.Guarded<?> guarded -> {
          stack.push(new Entry.Handler(untypedHandler(guarded.handler())));
          task = guarded.body();
        }
        case Task.Finally<?>(Task<?> body, Runnable cleanup) -> {
          stack.push(new Entry.Cleanup(cleanup));
          task = body;
        }
        case Task.Limited<?> limited -> {
          stack.push(new Entry.Deadline(limited.deadlineNanos(), untyped(limited.otherwise())));
          task = limited.body();
        }
      }
    }
  }

  private Optional<Task<Object>> next(Object value) {
    while (!stack.isEmpty()) {
      switch (stack.pop()) {
        case Entry.Next(var function) -> {
          return Optional.of(function.apply(value));
        }
        case Entry.Cleanup(Runnable action) -> action.run();
        case Entry.Handler _, Entry.Deadline _ -> {}
      }
    }
    return Optional.empty();
  }

  private Optional<Task<Object>> unwind(Leaving leaving) {
    while (!stack.isEmpty()) {
      switch (stack.pop()) {
        case Entry.Handler(var function) -> {
          Optional<Task<Object>> handled = function.apply(leaving);
          if (handled.isPresent()) {
            return handled;
          }
        }
        case Entry.Cleanup(Runnable action) -> action.run();
        case Entry.Next _, Entry.Deadline _ -> {}
      }
    }
    return Optional.empty();
  }

  /** The outermost deadline that is over wins, as its process would end those inside. */
  private Optional<Task<Object>> expired() {
    Entry.Deadline outermost = null;
    for (Entry entry : stack) {
      if (entry instanceof Entry.Deadline deadline && deadline.nanos() <= nowNanos.getAsLong()) {
        outermost = deadline;
      }
    }
    if (outermost == null) {
      return Optional.empty();
    }
    Entry popped = stack.pop();
    while (popped != outermost) {
      if (popped instanceof Entry.Cleanup(Runnable action)) {
        action.run();
      }
      popped = stack.pop();
    }
    return Optional.of(outermost.otherwise().get());
  }

  private ShellStep.Waiting bounded(ShellStep.Waiting step) {
    OptionalLong deadline = OptionalLong.empty();
    Iterator<Entry> entries = stack.iterator();
    while (entries.hasNext()) {
      if (entries.next() instanceof Entry.Deadline(long nanos, _)) {
        deadline = OptionalLong.of(Math.min(nanos, deadline.orElse(nanos)));
      }
    }
    if (deadline.isEmpty()) {
      return step;
    }
    Duration left = Duration.ofNanos(Math.max(0, deadline.getAsLong() - nowNanos.getAsLong()));
    return switch (step) {
      case ShellStep.Sleeping(Duration duration) -> new ShellStep.Sleeping(min(duration, left));
      case ShellStep.Pinging(var target, var timeout, var interfaceName, var source) ->
          new ShellStep.Pinging(target, min(timeout, left), interfaceName, source);
      case ShellStep.ArpPinging(var target, var interfaceName, var detection, var timeout) ->
          new ShellStep.ArpPinging(target, interfaceName, detection, min(timeout, left));
      case ShellStep.Connecting(var target, var port, var timeout) ->
          new ShellStep.Connecting(target, port, min(timeout, left));
      case ShellStep.Fetching fetching ->
          new ShellStep.Fetching(
              fetching.method(),
              fetching.tls(),
              fetching.insecure(),
              fetching.hostName(),
              fetching.target(),
              fetching.port(),
              fetching.path(),
              min(fetching.connectTimeout(), left),
              min(fetching.timeout(), left));
    };
  }

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  // The types of a task and of what surrounds it agree by construction; the stack forgets them.
  @SuppressWarnings("unchecked")
  private static Function<Object, Task<Object>> untyped(Function<?, ?> function) {
    return (Function<Object, Task<Object>>) function;
  }

  @SuppressWarnings("unchecked")
  private static Function<Leaving, Optional<Task<Object>>> untypedHandler(Function<?, ?> handler) {
    return (Function<Leaving, Optional<Task<Object>>>) handler;
  }

  @SuppressWarnings("unchecked")
  private static Supplier<Task<Object>> untyped(Supplier<?> supplier) {
    return (Supplier<Task<Object>>) supplier;
  }
}
