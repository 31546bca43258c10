package org.vipdrift.model.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The sum of RFC 1071, put together of partial sums: each covers an even number of octets, but for
 * the last, whose odd octet counts as the high half of a word.
 *
 * <p>Partial sums are plain numbers, added with {@code +} and folded at the end: the codecs sum
 * every packet and allocate nothing for it.
 */
public final class InternetChecksum {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private InternetChecksum() {}

  /** The partial sum of all octets. */
  public static long sum(Octets octets) {
    return sum(octets, 0, octets.length());
  }

  public static long sum(Octets octets, int from, int to) {
    return octets.sum(from, to);
  }

  public static long sum(byte[] bytes, int from, int to) {
    long sum = 0;
    int at = from;
    // Words of 32 bits sum to the same: 2^16 is 1 modulo 2^16 - 1.
    for (; at + 7 < to; at += 8) {
      long eight = (long) EIGHT.get(bytes, at);
      sum += (eight >>> 32) + (eight & 0xffff_ffffL);
    }
    for (; at + 1 < to; at += 2) {
      sum += (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
    return at < to ? sum + ((bytes[at] & 0xff) << 8) : sum;
  }

  /**
   * The partial sum of the pseudo-header of RFC 9293 section 3.1 (IPv4) or RFC 8200 section 8.1
   * (IPv6); both sum alike.
   *
   * @param length of what the checksum covers, without the pseudo-header
   */
  public static long pseudoHeader(
      IpAddress source, IpAddress destination, int protocol, int length) {
    return words(source) + words(destination) + protocol + (length >>> 16) + (length & 0xffff);
  }

  private static long words(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> (bits >>> 16) + (bits & 0xffff);
      case IpAddress.V6(long high, long low) -> words(high) + words(low);
    };
  }

  private static long words(long bits) {
    return (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
  }

  /** The checksum as it goes into a header, 0..65535; 0 over data that carries a right one. */
  public static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }

  /** The checksum of all octets. */
  public static int of(Octets octets) {
    return fold(sum(octets));
  }
}
