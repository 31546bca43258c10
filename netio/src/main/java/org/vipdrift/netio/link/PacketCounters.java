package org.vipdrift.netio.link;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts since the start, written by sockets and readable from any thread. */
public final class PacketCounters {
  private static final PacketCount[] COUNTS = PacketCount.values();

  private final AtomicLongArray values = new AtomicLongArray(COUNTS.length);

  void add(PacketCount count, long number) {
    values.getAndAdd(count.ordinal(), number);
  }

  /** Counts one more. */
  public void add(PacketCount count) {
    values.getAndIncrement(count.ordinal());
  }

  public long get(PacketCount count) {
    return values.get(count.ordinal());
  }

  /** All of them, zeros too, in the order of the enum. */
  public Map<PacketCount, Long> snapshot() {
    EnumMap<PacketCount, Long> all = new EnumMap<>(PacketCount.class);
    for (PacketCount count : COUNTS) {
      all.put(count, get(count));
    }
    return Collections.unmodifiableMap(all);
  }

  @Override
  public String toString() {
    return snapshot().toString();
  }
}
