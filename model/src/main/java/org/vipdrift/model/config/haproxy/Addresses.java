package org.vipdrift.model.config.haproxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;

/** Addresses as HAProxy writes them. */
final class Addresses {
  private Addresses() {}

  /** An IPv4 or IPv6 address and nothing else. */
  static Optional<IpAddress> literal(String text) {
    return IpPrefix.parse(text + (text.contains(":") ? "/128" : "/32")).map(IpPrefix::address);
  }

  /** The address a C library reads into {@code 1.2.3}: the last number fills what is missing. */
  static String whole(String text) {
    if (!text.matches("[0-9]+(\\.[0-9]+){0,2}") || text.length() > 15) {
      return text;
    }
    String[] parts = text.split("\\.");
    long last = Numbers.prefix(parts[parts.length - 1]);
    int missing = 4 - parts.length + 1;
    if (last >= 1L << 8 * missing) {
      return text;
    }
    StringBuilder address = new StringBuilder();
    for (int i = 0; i < parts.length - 1; i++) {
      address.append(parts[i]).append('.');
    }
    for (int shift = 8 * (missing - 1); shift >= 0; shift -= 8) {
      address.append(last >> shift & 255).append(shift > 0 ? "." : "");
    }
    return address.toString();
  }

  /** An address, with a prefix length or an IPv4 mask. */
  static Optional<IpPrefix> network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.chars().allMatch(c -> Numbers.isDigit((char) c) || c == '.')) {
      address = padded(address);
    }
    Optional<IpAddress> literal = literal(address);
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    int longest = address.contains(":") ? 128 : 32;
    if (slash < 0) {
      return Optional.of(new IpPrefix(literal.get(), longest));
    }
    String mask = text.substring(slash + 1);
    Optional<Integer> length =
        mask.contains(".") ? maskLength(mask) : Numbers.whole(mask, 0, longest);
    return length.map(l -> new IpPrefix(literal.get(), l));
  }

  /** The missing octets of {@code 10.1} are zeros at the end, as HAProxy's networks take them. */
  private static String padded(String text) {
    int dots = (int) text.chars().filter(c -> c == '.').count();
    return text.isEmpty() || text.endsWith(".") ? text : text + ".0".repeat(Math.max(0, 3 - dots));
  }

  private static Optional<Integer> maskLength(String mask) {
    Optional<IpAddress> bits = literal(mask);
    if (bits.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets = new byte[4];
    bits.get().writeTo(octets, 0);
    int value = Octets.copyOf(octets).int32(0);
    int length = Integer.bitCount(value);
    int regular = length == 0 ? 0 : -1 << 32 - length;
    return value == regular ? Optional.of(length) : Optional.empty();
  }
}
