package org.vipdrift.model.frame;

import java.util.Optional;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the address in the low 48 bits
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {
  public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);
  public static final MacAddress ZERO = new MacAddress(0);

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException(
          "a MAC address has 48 bits, not " + Long.toHexString(bits));
    }
  }

  /** Reads {@code aa:bb:cc:dd:ee:ff}; empty if it is anything else. */
  public static Optional<MacAddress> parse(String text) {
    if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
      return Optional.empty();
    }
    return Optional.of(new MacAddress(Long.parseLong(text.replace(":", ""), 16)));
  }

  public static MacAddress read(Octets octets, int at) {
    return new MacAddress(
        (long) octets.unsignedShort(at) << 32 | octets.int32(at + 2) & 0xffffffffL);
  }

  /** The virtual router's MAC address (RFC 9568 section 7.3). */
  public static MacAddress ofVirtualRouter(int vrid, IpFamily family) {
    return new MacAddress((family == IpFamily.IPV4 ? 0x00005e000100L : 0x00005e000200L) | vrid);
  }

  /** The group address that an IPv4 or IPv6 multicast destination maps to (RFC 1112, RFC 2464). */
  public static MacAddress ofMulticast(IpAddress group) {
    return switch (group) {
      case IpAddress.V4 v4 -> new MacAddress(0x01005e000000L | v4.bits() & 0x7fffff);
      case IpAddress.V6 v6 -> new MacAddress(0x333300000000L | v6.low() & 0xffffffffL);
    };
  }

  /** Multicast or broadcast: the group bit of the first octet. */
  public boolean isGroup() {
    return (bits >>> 40 & 1) != 0;
  }

  public void writeTo(byte[] target, int at) {
    for (int i = 0; i < 6; i++) {
      target[at + i] = (byte) (bits >>> (40 - 8 * i));
    }
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(bits, other.bits);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      int octet = (int) (bits >>> shift) & 0xff;
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
