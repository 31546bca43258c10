package org.vipdrift.simulator.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Makes the random identities of actors a function of the seed of the run and of how many actors
 * were made before.
 *
 * <p>Pekko draws one for each actor from the thread's own generator, and the order in which
 * watchers hear of a termination follows from them. Setting that generator's state once per run
 * would not do: its steps depend on the number of the thread, so it is set before each draw. Needs
 * {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
final class ActorUids {
  private static final VarHandle STATE = field("threadLocalRandomSeed", long.class);
  private static final VarHandle PROBE = field("threadLocalRandomProbe", int.class);
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Thread thread = Thread.currentThread();
  private long seed;
  private long step;

  /** Starts over, for actors that the calling thread makes. */
  void begin(long seed) {
    thread = Thread.currentThread();
    // What the generator of this thread adds to its state with each draw (JDK 17 and later).
    step = (thread.threadId() << 1) + GOLDEN_GAMMA;
    // A probe of zero means that the generator sets its own state at its first use.
    PROBE.set(thread, 1);
    this.seed = scrambled(seed);
    prepareNext();
  }

  /** An actor has been made: decides the identity of the next. */
  void prepareNext() {
    seed += GOLDEN_GAMMA;
    STATE.set(thread, seed - step);
  }

  /** The finalizer of SplitMix64, so that near seeds give far states. */
  private static long scrambled(long seed) {
    long z = seed + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findVarHandle(Thread.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the simulation needs the JVM option --add-opens=java.base/java.lang=ALL-UNNAMED", e);
    }
  }
}
