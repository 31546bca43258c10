package org.vipdrift.scenarios.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * Processor time of the calling thread and of the collections of garbage that stopped it; not of
 * the compiler.
 */
final class CpuClock {
  private static final long NANOS_PER_MILLISECOND = 1_000_000L;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();

  long nanos() {
    long milliseconds = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      milliseconds += Math.max(0, collector.getCollectionTime());
    }
    return threads.getCurrentThreadCpuTime() + milliseconds * NANOS_PER_MILLISECOND;
  }
}
