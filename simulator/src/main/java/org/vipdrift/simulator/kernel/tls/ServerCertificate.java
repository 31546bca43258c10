package org.vipdrift.simulator.kernel.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a server shows: the names of its certificate. */
record ServerCertificate(List<String> names) {
  static final ServerCertificate UNKNOWN = new ServerCertificate(List.of());

  /** What certificate, its signature and the other encrypted messages come to. */
  private static final int MESSAGE_OCTETS = 1_500;

  ServerCertificate {
    names = List.copyOf(names);
  }

  /** Whether it is for this name (RFC 6125 section 6.4). */
  boolean isFor(String hostName) {
    int dot = hostName.indexOf('.');
    return names.stream()
        .anyMatch(
            name ->
                name.equalsIgnoreCase(hostName)
                    || name.startsWith("*.")
                        && dot > 0
                        && hostName.substring(dot).equalsIgnoreCase(name.substring(1)));
  }

  /** The names, filled up to the length of what a server really sends. */
  byte[] encode() {
    byte[] text = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
    return new WireWriter()
        .vector(2, text)
        .octets(new byte[Math.max(0, MESSAGE_OCTETS - text.length)])
        .toByteArray();
  }

  /** Empty when {@link #encode} cannot have made it. */
  static Optional<ServerCertificate> decode(byte[] message) {
    int length = message.length < 2 ? 0 : (message[0] & 0xff) << 8 | message[1] & 0xff;
    if (length == 0 || length + 2 > message.length) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerCertificate(
            List.of(new String(message, 2, length, StandardCharsets.UTF_8).split("\n", -1))));
  }
}
