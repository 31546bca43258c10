package org.vipdrift.model.vrrp;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** The ones' complement sum of RFC 1071, as VRRP uses it. */
final class InternetChecksum {
  private InternetChecksum() {}

  /** The unfolded sum of 16-bit words; an odd last byte counts as the high half. */
  static long sum(Octets octets) {
    long sum = 0;
    int even = octets.length() & ~1;
    for (int i = 0; i < even; i += 2) {
      sum += octets.unsignedShort(i);
    }
    return even == octets.length() ? sum : sum + (octets.unsignedByte(even) << 8);
  }

  /** The unfolded sum of the pseudo-header (RFC 8200 section 8.1; for IPv4 RFC 9293 3.1). */
  static long pseudo(IpAddress source, IpAddress destination, int length) {
    return words(source) + words(destination) + AdvertisementCodec.PROTOCOL + length;
  }

  private static long words(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> words(bits & 0xffffffffL);
      case IpAddress.V6(long high, long low) -> words(high) + words(low);
    };
  }

  private static long words(long bits) {
    return (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
  }

  /** Folds a sum to the checksum field: 0 over a message that contains a right one. */
  static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
