package org.vipdrift.simulator.kernel.tcp;

/** The order of sequence numbers, modulo 2^32 (RFC 9293 section 3.4). */
final class Sequence {
  private Sequence() {}

  static boolean isBefore(int left, int right) {
    return left - right < 0;
  }

  static boolean isAfter(int left, int right) {
    return left - right > 0;
  }
}
