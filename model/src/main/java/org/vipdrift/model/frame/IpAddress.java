package org.vipdrift.model.frame;

import java.util.Comparator;
import java.util.Optional;

/** An IPv4 or IPv6 address; ordered IPv4 first, then unsigned. */
public sealed interface IpAddress extends Comparable<IpAddress> {
  /** 224.0.0.18, the IPv4 group of VRRP (RFC 9568 section 5.1.1.2). */
  IpAddress VRRP_GROUP_V4 = v4(224, 0, 0, 18);

  /** ff02::12, the IPv6 group of VRRP (RFC 9568 section 5.1.2.2). */
  IpAddress VRRP_GROUP_V6 = new V6(0xff02L << 48, 0x12);

  IpFamily family();

  boolean isMulticast();

  /** fe80::/10 or 169.254.0.0/16. */
  boolean isLinkLocal();

  /** The address with only its first bits kept. */
  IpAddress mask(int prefixLength);

  void writeTo(byte[] target, int at);

  /**
   * An IPv4 address.
   *
   * @param bits the address in network order
   */
  record V4(int bits) implements IpAddress {
    @Override
    public IpFamily family() {
      return IpFamily.IPV4;
    }

    @Override
    public boolean isMulticast() {
      return bits >>> 28 == 0xe;
    }

    @Override
    public boolean isLinkLocal() {
      return bits >>> 16 == 0xa9fe;
    }

    @Override
    public IpAddress mask(int prefixLength) {
      return prefixLength == 0 ? new V4(0) : new V4(bits & -1 << (32 - prefixLength));
    }

    @Override
    public void writeTo(byte[] target, int at) {
      for (int i = 0; i < 4; i++) {
        target[at + i] = (byte) (bits >>> (24 - 8 * i));
      }
    }

    @Override
    public String toString() {
      return (bits >>> 24)
          + "."
          + (bits >>> 16 & 255)
          + "."
          + (bits >>> 8 & 255)
          + "."
          + (bits & 255);
    }
  }

  /**
   * An IPv6 address.
   *
   * @param high the first 64 bits
   * @param low the last 64 bits
   */
  record V6(long high, long low) implements IpAddress {
    @Override
    public IpFamily family() {
      return IpFamily.IPV6;
    }

    @Override
    public boolean isMulticast() {
      return high >>> 56 == 0xff;
    }

    @Override
    public boolean isLinkLocal() {
      return high >>> 54 == 0xfe80 >>> 6;
    }

    @Override
    public IpAddress mask(int prefixLength) {
      long highMask = prefixLength == 0 ? 0 : -1L << Math.max(0, 64 - prefixLength);
      long lowMask = prefixLength <= 64 ? 0 : -1L << (128 - prefixLength);
      return new V6(high & highMask, low & lowMask);
    }

    @Override
    public void writeTo(byte[] target, int at) {
      for (int i = 0; i < 8; i++) {
        target[at + i] = (byte) (high >>> (56 - 8 * i));
        target[at + 8 + i] = (byte) (low >>> (56 - 8 * i));
      }
    }

    /** The canonical text of RFC 5952. */
    @Override
    public String toString() {
      return IpText.format(this);
    }
  }

  static IpAddress v4(int a, int b, int c, int d) {
    return new V4(a << 24 | b << 16 | c << 8 | d);
  }

  /** Reads a dotted quad or an RFC 4291 text; empty if it is neither. */
  static Optional<IpAddress> parse(String text) {
    return IpText.parse(text);
  }

  /**
   * Reads an address that is known to be one, as constants and tests do.
   *
   * @throws IllegalArgumentException if it is not
   */
  static IpAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
  }

  static IpAddress read(Octets octets, int at, IpFamily family) {
    return switch (family) {
      case IPV4 -> new V4(octets.int32(at));
      case IPV6 -> new V6(octets.int64(at), octets.int64(at + 8));
    };
  }

  Comparator<IpAddress> UNSIGNED =
      (left, right) ->
          switch (left) {
            case V4 a ->
                switch (right) {
                  case V4 b -> Integer.compareUnsigned(a.bits(), b.bits());
                  case V6 _ -> -1;
                };
            case V6 a ->
                switch (right) {
                  case V4 _ -> 1;
                  case V6 b -> {
                    int high = Long.compareUnsigned(a.high(), b.high());
                    yield high != 0 ? high : Long.compareUnsigned(a.low(), b.low());
                  }
                };
          };

  @Override
  default int compareTo(IpAddress other) {
    return UNSIGNED.compare(this, other);
  }
}
