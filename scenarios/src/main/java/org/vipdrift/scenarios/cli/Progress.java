package org.vipdrift.scenarios.cli;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Says on a terminal how far a run is, once it takes longer than a second. */
final class Progress implements LongConsumer {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000L;

  private final Console console;
  private final String name;
  private final long endNanos;
  private final long started = System.nanoTime();
  private long drawn;

  Progress(Console console, String name, Duration end) {
    this.console = console;
    this.name = name;
    this.endNanos = end.toNanos();
  }

  @Override
  public void accept(long atNanos) {
    long now = System.nanoTime();
    if (console.progress() && now - started > PATIENCE_NANOS && now - drawn > PAUSE_NANOS) {
      drawn = now;
      console
          .err()
          .print(
              "\r"
                  + name
                  + ": "
                  + atNanos / PATIENCE_NANOS
                  + " of "
                  + endNanos / PATIENCE_NANOS
                  + " s simulated ");
      console.err().flush();
    }
  }

  void clear() {
    if (drawn != 0) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }
}
