package org.vipdrift.model.haproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.vipdrift.model.frame.IpAddress;

/**
 * The cookie that {@code cookie ... dynamic} gives a server: a hash of its address, so that several
 * load balancers agree on it. As HAProxy 2.6.12 computes it: XXH64 of key, address and port.
 */
final class DynamicCookie {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private DynamicCookie() {}

  /** Sixteen hexadecimal digits. */
  static String of(String key, IpAddress address, int port) {
    byte[] secret = key.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer input = ByteBuffer.allocate(secret.length + 16 + Integer.BYTES).put(secret);
    switch (address) {
      case IpAddress.V4(int bits) -> input.putInt(bits);
      case IpAddress.V6(long high, long low) -> input.putLong(high).putLong(low);
    }
    input.putInt(port).flip();
    return String.format(java.util.Locale.ROOT, "%016x", hash(input));
  }

  private static long hash(ByteBuffer input) {
    input.order(ByteOrder.LITTLE_ENDIAN);
    int length = input.remaining();
    long hash = length >= STRIPE ? stripes(input) : PRIME_5;
    hash += length;
    while (input.remaining() >= Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, input.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (input.remaining() >= Integer.BYTES) {
      long four = Integer.toUnsignedLong(input.getInt());
      hash = Long.rotateLeft(hash ^ four * PRIME_1, 23) * PRIME_2 + PRIME_3;
    }
    while (input.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (input.get() & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private static long stripes(ByteBuffer input) {
    long[] lanes = {PRIME_1 + PRIME_2, PRIME_2, 0, -PRIME_1};
    while (input.remaining() >= STRIPE) {
      for (int lane = 0; lane < lanes.length; lane++) {
        lanes[lane] = round(lanes[lane], input.getLong());
      }
    }
    long hash = 0;
    for (int lane = 0; lane < lanes.length; lane++) {
      hash += Long.rotateLeft(lanes[lane], new int[] {1, 7, 12, 18}[lane]);
    }
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }
}
