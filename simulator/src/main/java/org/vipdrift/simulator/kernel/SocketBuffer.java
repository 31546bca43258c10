package org.vipdrift.simulator.kernel;

/**
 * The receive buffer of one socket: what arrives while its process is frozen fills it up.
 *
 * <p>Packets go to the process's mailbox at once, where they wait in order among its expired
 * timers; the buffer only counts.
 */
final class SocketBuffer {
  /** net.core.rmem_default. */
  static final int BOUND_OCTETS = 212_992;

  private static final int DESCRIPTOR_OCTETS = 256;
  private static final int OVERHEAD_OCTETS = 320;

  private int charged;

  /**
   * Charges a packet as Linux does: its descriptor and its data in a block of a power of two, 768
   * octets for a small packet.
   *
   * @return whether it fits; else it is lost
   */
  boolean charge(int octets) {
    int block = Integer.highestOneBit(octets + OVERHEAD_OCTETS - 1) << 1;
    if (charged + DESCRIPTOR_OCTETS + block > BOUND_OCTETS) {
      return false;
    }
    charged += DESCRIPTOR_OCTETS + block;
    return true;
  }

  void empty() {
    charged = 0;
  }
}
