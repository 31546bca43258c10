package org.vipdrift.model.frame;

import java.util.Optional;

/** The text of IP addresses: strict dotted quads, RFC 4291 in, RFC 5952 out. */
final class IpText {
  private IpText() {}

  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text).map(IpAddress.V4::new);
  }

  private static Optional<Integer> parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    int bits = 0;
    for (String part : parts) {
      int octet = octet(part);
      if (octet < 0) {
        return Optional.empty();
      }
      bits = bits << 8 | octet;
    }
    return Optional.of(bits);
  }

  /** Of a decimal number without leading zeros; negative if it is none, or above 255. */
  private static int octet(String text) {
    int value = 0;
    for (int i = 0; i < text.length() && i < 3; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + c - '0';
    }
    boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
    return text.isEmpty() || text.length() > 3 || leadingZero || value > 255 ? -1 : value;
  }

  private static Optional<IpAddress> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<int[]> head = groups(gap >= 0 ? text.substring(0, gap) : text, gap < 0);
    Optional<int[]> tail =
        gap >= 0 ? groups(text.substring(gap + 2), true) : Optional.of(new int[0]);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int known = head.get().length + tail.get().length;
    if (gap >= 0 ? known > 7 : known != 8) {
      return Optional.empty();
    }
    int[] groups = new int[8];
    System.arraycopy(head.get(), 0, groups, 0, head.get().length);
    System.arraycopy(tail.get(), 0, groups, 8 - tail.get().length, tail.get().length);
    return Optional.of(new IpAddress.V6(pack(groups, 0), pack(groups, 4)));
  }

  private static Optional<int[]> groups(String text, boolean mayEndInQuad) {
    if (text.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String[] parts = text.split(":", -1);
    boolean quad = mayEndInQuad && parts[parts.length - 1].indexOf('.') >= 0;
    int[] groups = new int[parts.length + (quad ? 1 : 0)];
    for (int i = 0; i < parts.length - (quad ? 1 : 0); i++) {
      if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
        return Optional.empty();
      }
      groups[i] = Integer.parseInt(parts[i], 16);
    }
    if (quad) {
      Optional<Integer> bits = parseV4(parts[parts.length - 1]);
      if (bits.isEmpty()) {
        return Optional.empty();
      }
      groups[parts.length - 1] = bits.get() >>> 16;
      groups[parts.length] = bits.get() & 0xffff;
    }
    return Optional.of(groups);
  }

  private static long pack(int[] groups, int from) {
    long bits = 0;
    for (int i = from; i < from + 4; i++) {
      bits = bits << 16 | groups[i];
    }
    return bits;
  }

  static String format(IpAddress.V6 address) {
    int[] groups = new int[8];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i)) & 0xffff;
      groups[4 + i] = (int) (address.low() >>> (48 - 16 * i)) & 0xffff;
    }
    int longestAt = -1;
    int longest = 1;
    for (int at = 0; at < 8; at++) {
      int end = at;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - at > longest) {
        longest = end - at;
        longestAt = at;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == longestAt) {
        text.append("::");
        i += longest - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
