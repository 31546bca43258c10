package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * An address with a port, as {@code bind}, {@code server} and {@code source} lines hold it.
 *
 * @param host a literal, a name, or empty for any
 * @param kind how it is reached
 * @param firstPort 0 where none is given
 * @param mapped whether the port is an offset
 */
record SocketAddress(
    Kind kind, String host, int firstPort, int lastPort, boolean hasPort, boolean mapped) {
  /** What the text before the port names. */
  enum Kind {
    IP,
    NAME,
    UNIX,
    ABSTRACT,
    DESCRIPTOR
  }

  /** Either an address or what is wrong. */
  sealed interface Result {
    record Right(SocketAddress address) implements Result {}

    record Wrong(String code, String message) implements Result {}
  }

  /** What a place allows. */
  record Allowed(boolean range, boolean offset, boolean mandatory, boolean anyHost) {}

  private static final List<String> PREFIXES =
      List.of(
          "ipv4@",
          "ipv6@",
          "udp@",
          "udp4@",
          "udp6@",
          "tcp@",
          "tcp4@",
          "tcp6@",
          "quic4@",
          "quic6@",
          "uxst@",
          "unix@",
          "abns@",
          "fd@",
          "sockpair@",
          "uxdg@");

  static Result parse(String text, Allowed allowed) {
    String rest = text;
    String family = "";
    boolean again = true;
    while (again) {
      again = false;
      if (rest.startsWith("stream+") || rest.startsWith("dgram+")) {
        rest = rest.substring(rest.indexOf('+') + 1);
        again = true;
      }
      for (String prefix : PREFIXES) {
        if (rest.startsWith(prefix)) {
          family = prefix;
          rest = rest.substring(prefix.length());
          break;
        }
      }
    }
    boolean datagram =
        family.startsWith("udp") || family.startsWith("quic") || family.equals("uxdg@");
    if (datagram && !allowed.range() && !allowed.anyHost()
        || datagram && allowed.offset()
        || datagram && allowed.mandatory() && allowed.range()) {
      return new Result.Wrong("bad-address", "\"" + family + "\" is not possible here");
    }
    switch (family) {
      case "unix@", "uxst@", "uxdg@" -> {
        return right(Kind.UNIX, rest);
      }
      case "abns@" -> {
        return right(Kind.ABSTRACT, rest);
      }
      case "fd@", "sockpair@" -> {
        return Numbers.whole(rest, 0, Integer.MAX_VALUE).isPresent()
            ? right(Kind.DESCRIPTOR, rest)
            : new Result.Wrong("bad-address", "\"" + rest + "\" is not a file descriptor");
      }
      default -> {
        return rest.startsWith("/") ? right(Kind.UNIX, rest) : ip(text, rest, family, allowed);
      }
    }
  }

  private static Result right(Kind kind, String host) {
    return new Result.Right(new SocketAddress(kind, host, 0, 0, false, false));
  }

  private static Result ip(String text, String rest, String family, Allowed allowed) {
    int colon = rest.lastIndexOf(':');
    int bracket = rest.lastIndexOf(']');
    boolean hasPort = colon >= 0 && colon > bracket;
    if (hasPort && bracket < 0 && colon == rest.length() - 1 && rest.endsWith("::")) {
      hasPort = true;
    }
    String host = hasPort ? rest.substring(0, colon) : rest;
    String port = hasPort ? rest.substring(colon + 1) : "";
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (!hasPort || port.isEmpty()) {
      if (allowed.mandatory()) {
        return new Result.Wrong("missing-port", "the port is missing in \"" + text + "\"");
      }
    }
    Result ports = ports(host, port, hasPort && !port.isEmpty(), allowed, text);
    if (!(ports instanceof Result.Right(SocketAddress address))) {
      return ports;
    }
    return host(address, host, family, text);
  }

  private static Result host(SocketAddress address, String host, String family, String text) {
    boolean any = host.isEmpty() || host.equals("*");
    boolean wantsSix = family.endsWith("6@");
    boolean wantsFour = family.endsWith("4@");
    if (any) {
      return new Result.Right(
          address.withHost(Kind.IP, wantsSix ? "::" : host.isEmpty() ? "" : "*"));
    }
    Optional<IpAddress> literal = Addresses.literal(host);
    if (literal.isPresent()) {
      boolean six = host.contains(":");
      if (six && wantsFour || !six && wantsSix) {
        return new Result.Wrong(
            "bad-address", "\"" + host + "\" is not of the family named before it");
      }
      return new Result.Right(address.withHost(Kind.IP, host));
    }
    if (!Addresses.whole(host).equals(host)) {
      // The C library reads a shortened address as if it were a name.
      return new Result.Right(address.withHost(Kind.NAME, host));
    }
    boolean name =
        host.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?")
            && !host.matches("(.*\\.)?[0-9]+")
            && !host.contains("..");
    return name
        ? new Result.Right(address.withHost(Kind.NAME, host))
        : new Result.Wrong("bad-address", "invalid address \"" + host + "\" in \"" + text + "\"");
  }

  private SocketAddress withHost(Kind newKind, String newHost) {
    return new SocketAddress(newKind, newHost, firstPort, lastPort, hasPort, mapped);
  }

  private static Result ports(
      String host, String port, boolean given, Allowed allowed, String text) {
    if (!given) {
      return new Result.Right(new SocketAddress(Kind.IP, host, 0, 0, false, false));
    }
    char first = port.charAt(0);
    if (first == '+' || first == '-') {
      if (!allowed.offset()) {
        return new Result.Wrong("bad-port", "a port offset is not possible in \"" + text + "\"");
      }
      int offset = Numbers.intPrefix(port);
      return new Result.Right(new SocketAddress(Kind.IP, host, offset, offset, true, true));
    }
    if (!Numbers.isDigit(first)) {
      return new Result.Wrong("bad-port", "invalid character in the port \"" + port + "\"");
    }
    int dash = port.indexOf('-');
    int low = Numbers.intPrefix(dash < 0 ? port : port.substring(0, dash));
    int high = dash < 0 ? low : Numbers.intPrefix(port.substring(dash + 1));
    if (dash >= 0 && !allowed.range()) {
      return new Result.Wrong("bad-port", "a port range is not possible in \"" + text + "\"");
    }
    if (low < 1 && dash >= 0 || low < 0 || low > 65_535 || high < 0 || high > 65_535) {
      return new Result.Wrong("bad-port", "invalid port \"" + port + "\"");
    }
    if (high < low) {
      return new Result.Wrong("bad-port", "the port range \"" + port + "\" is upside down");
    }
    return new Result.Right(new SocketAddress(Kind.IP, host, low, high, true, false));
  }
}
