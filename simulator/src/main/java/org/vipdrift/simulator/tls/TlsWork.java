package org.vipdrift.simulator.tls;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The processor of a server that computes handshakes one after the other. */
public final class TlsWork {
  /** A signature with an RSA key of 2,048 bits and a key exchange, on one core of a server. */
  public static final Duration HANDSHAKE = Duration.ofNanos(700_000);

  private final LongSupplier now;
  private final BiConsumer<Long, Runnable> after;
  private final long handshakeNanos;
  private long busyUntil;

  /**
   * @param now the host's monotonic time
   * @param after runs something after so many nanoseconds, while the process lives
   */
  public TlsWork(LongSupplier now, BiConsumer<Long, Runnable> after, Duration handshake) {
    this.now = now;
    this.after = after;
    this.handshakeNanos = handshake.toNanos();
  }

  /** Runs something when a handshake has been computed. */
  void compute(Runnable done) {
    long start = Math.max(now.getAsLong(), busyUntil);
    busyUntil = start + handshakeNanos;
    after.accept(busyUntil - now.getAsLong(), done);
  }
}
