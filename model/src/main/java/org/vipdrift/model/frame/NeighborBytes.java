package org.vipdrift.model.frame;

import java.util.Optional;

/** What solicitation and advertisement share: flags, target, a link-layer address option. */
final class NeighborBytes {
  /** The option types of RFC 4861 section 4.6.1. */
  static final int SOURCE = 1;

  static final int TARGET = 2;

  private static final int FIXED_LENGTH = 24;

  private NeighborBytes() {}

  /** What a receiver must not accept (RFC 4861 section 7.1). */
  static Optional<String> problem(Ipv6Packet packet) {
    Octets octets = packet.payload();
    if (packet.hopLimit() != 255) {
      return Optional.of("neighbour discovery with hop limit " + packet.hopLimit() + ", not 255");
    }
    if (octets.unsignedByte(1) != 0 || octets.length() < FIXED_LENGTH) {
      return Optional.of("neighbour discovery of " + octets.length() + " octets");
    }
    if (target(octets).isMulticast()) {
      return Optional.of("neighbour discovery for the group " + target(octets));
    }
    int at = FIXED_LENGTH;
    while (at < octets.length()) {
      int length = at + 1 < octets.length() ? octets.unsignedByte(at + 1) * 8 : 0;
      if (length == 0 || at + length > octets.length()) {
        return Optional.of("an option of neighbour discovery has a wrong length");
      }
      at += length;
    }
    return Optional.empty();
  }

  static IpAddress.V6 target(Octets octets) {
    return new IpAddress.V6(octets.int64(8), octets.int64(16));
  }

  static Optional<MacAddress> linkLayer(Octets octets, int option) {
    for (int at = FIXED_LENGTH; at < octets.length(); at += octets.unsignedByte(at + 1) * 8) {
      if (octets.unsignedByte(at) == option) {
        return Optional.of(MacAddress.read(octets, at + 2));
      }
    }
    return Optional.empty();
  }

  static byte[] write(int flags, IpAddress.V6 target, Optional<MacAddress> mac, int option) {
    byte[] bytes = new byte[FIXED_LENGTH + (mac.isPresent() ? 8 : 0)];
    bytes[4] = (byte) flags;
    target.writeTo(bytes, 8);
    mac.ifPresent(
        address -> {
          bytes[FIXED_LENGTH] = (byte) option;
          bytes[FIXED_LENGTH + 1] = 1;
          address.writeTo(bytes, FIXED_LENGTH + 2);
        });
    return bytes;
  }
}
