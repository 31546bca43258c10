package org.vipdrift.model.frame;

/** IPv4 or IPv6. */
public enum IpFamily {
  IPV4(32),
  IPV6(128);

  private final int bits;

  IpFamily(int bits) {
    this.bits = bits;
  }

  /** The width of an address: 32 or 128. */
  public int bits() {
    return bits;
  }

  /** The width of an address in octets: 4 or 16. */
  public int octets() {
    return bits / 8;
  }
}
