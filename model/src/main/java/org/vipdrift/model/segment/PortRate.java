package org.vipdrift.model.segment;

/**
 * What a port can carry.
 *
 * @param bitsPerSecond more than 0
 * @param queueOctets frames beyond it are dropped; at least one frame of full size
 */
public record PortRate(long bitsPerSecond, int queueOctets) {
  /** One gigabit per second before half a megabyte of buffer. */
  public static final PortRate GIGABIT = new PortRate(1_000_000_000L, 512 * 1024);

  public PortRate {
    if (bitsPerSecond <= 0 || queueOctets < 1538) {
      throw new IllegalArgumentException(
          "a port of " + bitsPerSecond + " bit/s with a queue of " + queueOctets + " octets");
    }
  }
}
