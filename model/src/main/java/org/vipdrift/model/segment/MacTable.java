package org.vipdrift.model.segment;

import java.util.Arrays;

/**
 * Where addresses are: an open-addressed table of bounded size. An expired entry counts as absent
 * and goes when the table is next rebuilt.
 */
final class MacTable {
  /** As many as a middling switch knows; beyond, nothing new is learned and frames are flooded. */
  static final int MAXIMUM_ENTRIES = 16_384;

  static final int UNKNOWN = -1;

  private static final long FREE = -1;

  private final long ageingNanos;
  private long[] macs = new long[64];
  private int[] ports = new int[64];
  private long[] heardAt = new long[64];
  private int used;
  private long rebuiltAt;

  MacTable(long ageingNanos) {
    this.ageingNanos = ageingNanos;
    Arrays.fill(macs, FREE);
  }

  /** The port behind which an address was heard within the ageing time, or {@link #UNKNOWN}. */
  int portOf(long mac, long at) {
    int slot = slotOf(mac);
    return macs[slot] == mac && at - heardAt[slot] <= ageingNanos ? ports[slot] : UNKNOWN;
  }

  /** Notes that an address was heard at a port; it moves if it was known elsewhere. */
  void learn(long mac, int port, long at) {
    int slot = slotOf(mac);
    if (macs[slot] == FREE) {
      // A full table is searched for expired entries now and then, not for each frame of a storm.
      boolean full = used >= MAXIMUM_ENTRIES && at - rebuiltAt >= ageingNanos / 8;
      if (used * 2 >= macs.length || full) {
        rebuild(at, UNKNOWN);
        rebuiltAt = at;
        slot = slotOf(mac);
      }
      if (used >= MAXIMUM_ENTRIES) {
        return;
      }
      macs[slot] = mac;
      used++;
    }
    ports[slot] = port;
    heardAt[slot] = at;
  }

  /** Forgets every address behind a port. */
  void flush(int port, long at) {
    rebuild(at, port);
  }

  private int slotOf(long mac) {
    int mask = macs.length - 1;
    int slot = (int) ((mac * 0x9e3779b97f4a7c15L) >>> 40) & mask;
    while (macs[slot] != FREE && macs[slot] != mac) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void rebuild(long at, int withoutPort) {
    long[] oldMacs = macs;
    int[] oldPorts = ports;
    long[] oldHeardAt = heardAt;
    int live = 0;
    for (int i = 0; i < oldMacs.length; i++) {
      if (oldMacs[i] != FREE && at - oldHeardAt[i] <= ageingNanos && oldPorts[i] != withoutPort) {
        live++;
      }
    }
    int size = 64;
    while (size < live * 4) {
      size *= 2;
    }
    macs = new long[size];
    ports = new int[size];
    heardAt = new long[size];
    used = 0;
    Arrays.fill(macs, FREE);
    for (int i = 0; i < oldMacs.length; i++) {
      if (oldMacs[i] != FREE && at - oldHeardAt[i] <= ageingNanos && oldPorts[i] != withoutPort) {
        learn(oldMacs[i], oldPorts[i], oldHeardAt[i]);
      }
    }
  }
}
