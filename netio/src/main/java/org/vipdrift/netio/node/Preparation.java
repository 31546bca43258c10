package org.vipdrift.netio.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.time.MonotonicClock;
import org.vipdrift.netio.time.NodeSystem;

/**
 * What every start needs, whatever the configuration: the native calls linked, an actor system
 * opened, a takeover played on it. Once per process, on a thread of its own, while others read the
 * command line and the configuration.
 */
public final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
  private static final CompletableFuture<Void> OVER = new CompletableFuture<>();

  static {
    Thread.ofPlatform().daemon().name("vipdrift-preparation").start(Preparation::prepare);
  }

  private Preparation() {}

  /** Begins it, unless it has begun; does not wait. */
  public static void begin() {
    // The class has been initialised: it has begun.
  }

  /** Waits for its end. Its failure is not told: a start without it is slower, or tells why. */
  public static void await() {
    OVER.join();
  }

  private static void prepare() {
    try {
      Libc.link();
      rehearse();
    } catch (RuntimeException | Error trouble) {
      LOG.debug("The preparation failed", trouble);
    } finally {
      OVER.complete(null);
    }
  }

  /** Plays a takeover on an actor system of its own. */
  private static void rehearse() {
    MonotonicClock clock = new MonotonicClock();
    LazyAlarms alarms = new LazyAlarms();
    CountDownLatch over = new CountDownLatch(1);
    try (NodeSystem<Void> system =
        NodeSystem.open("rehearsal", TakeoverRehearsal.create(clock, alarms))) {
      alarms.become(system.alarms());
      system.whenTerminated(over::countDown);
      over.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
