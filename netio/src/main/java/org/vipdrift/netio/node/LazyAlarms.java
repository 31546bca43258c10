package org.vipdrift.netio.node;

import java.util.concurrent.CompletableFuture;
import org.vipdrift.actors.port.Alarms;

/**
 * The alarms of an actor system that is still being opened: its first actor wants them before it is
 * there. Waits for the moment until it is.
 */
final class LazyAlarms implements Alarms {
  private final CompletableFuture<Alarms> alarms = new CompletableFuture<>();

  void become(Alarms real) {
    alarms.complete(real);
  }

  @Override
  public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
    return alarms.join().set(monotonicDeadlineNanos, wake);
  }
}
