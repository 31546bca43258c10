package org.vipdrift.simulator.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Makes the random identities of actors a function of the seed of the run.
 *
 * <p>Pekko draws them from the thread's own generator, and the order in which watchers hear of a
 * termination follows from them. Needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
final class ActorUids {
  private static final VarHandle SEED = field("threadLocalRandomSeed", long.class);
  private static final VarHandle PROBE = field("threadLocalRandomProbe", int.class);

  private ActorUids() {}

  static void seed(long seed) {
    Thread thread = Thread.currentThread();
    // A probe of zero means that the generator seeds itself at its first use.
    PROBE.set(thread, 1);
    SEED.set(thread, scrambled(seed));
  }

  /** The finalizer of SplitMix64, so that near seeds give far states. */
  private static long scrambled(long seed) {
    long z = seed + 0x9e3779b97f4a7c15L;
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
