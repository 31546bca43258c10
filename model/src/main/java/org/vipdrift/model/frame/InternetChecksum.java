package org.vipdrift.model.frame;

/**
 * The sum of RFC 1071, put together piece by piece; each piece but the last has an even number of
 * octets.
 */
public final class InternetChecksum {
  private long sum;

  public InternetChecksum add(Octets octets) {
    return add(octets, 0, octets.length());
  }

  public InternetChecksum add(Octets octets, int from, int to) {
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += octets.unsignedShort(at);
    }
    if (at < to) {
      sum += octets.unsignedByte(at) << 8;
    }
    return this;
  }

  public InternetChecksum add(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
    if (at < to) {
      sum += (bytes[at] & 0xff) << 8;
    }
    return this;
  }

  /** Adds two octets, 0..65535. */
  public InternetChecksum addShort(int value) {
    sum += value & 0xffff;
    return this;
  }

  public InternetChecksum addAddress(IpAddress address) {
    switch (address) {
      case IpAddress.V4(int bits) -> sum += (bits >>> 16) + (bits & 0xffff);
      case IpAddress.V6(long high, long low) -> {
        addLong(high);
        addLong(low);
      }
    }
    return this;
  }

  private void addLong(long bits) {
    sum += (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
  }

  /**
   * Adds the pseudo-header of RFC 793 (IPv4) or RFC 8200 section 8.1 (IPv6); both sum alike.
   *
   * @param length of what the checksum covers, without the pseudo-header
   */
  public InternetChecksum addPseudoHeader(
      IpAddress source, IpAddress destination, int protocol, int length) {
    addAddress(source);
    addAddress(destination);
    sum += protocol + (length >>> 16) + (length & 0xffff);
    return this;
  }

  /** The checksum as it goes into a header, 0..65535; 0 over data that carries a right one. */
  public int value() {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }

  public static int of(Octets octets) {
    return new InternetChecksum().add(octets).value();
  }
}
