package org.vipdrift.model.config.haproxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.SourceAddress;

/** Reads an address to leave from, with {@code usesrc} and {@code interface}. */
final class SourceReader {
  private final Reading reading;

  /**
   * @param address empty if the text is wrong, which is reported
   * @param words how many words were taken
   */
  record Taken(Optional<SourceAddress> address, int words) {}

  SourceReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * @param range whether a port range is possible
   */
  Taken read(Line line, int index, boolean range) {
    SocketAddress.Result result =
        SocketAddress.parse(line.text(index), new SocketAddress.Allowed(range, false, false, true));
    if (result instanceof SocketAddress.Result.Wrong wrong) {
      reading.log.error(wrong.code(), wrong.message(), line.span(index));
      return new Taken(Optional.empty(), 1);
    }
    SocketAddress address = ((SocketAddress.Result.Right) result).address();
    if (address.kind() == SocketAddress.Kind.NAME
        && !HostNames.check(reading, address.host(), line.span(index))) {
      return new Taken(Optional.empty(), 1);
    }
    boolean client = false;
    int at = index + 1;
    while (line.is(at, "usesrc") || line.is(at, "interface")) {
      if (!line.has(at + 1)) {
        reading.log.error(
            "missing-argument", "\"" + line.text(at) + "\" expects an argument", line.span(at));
        return new Taken(Optional.empty(), 1);
      }
      if (line.is(at, "usesrc")) {
        String from = line.text(at + 1);
        client = from.equals("client") || from.equals("clientip");
        if (!client
            && !from.startsWith("hdr_ip(")
            && SocketAddress.parse(from, new SocketAddress.Allowed(false, false, false, true))
                instanceof SocketAddress.Result.Wrong wrong) {
          reading.log.error(wrong.code(), wrong.message(), line.span(at + 1));
          return new Taken(Optional.empty(), 1);
        }
        if (!client) {
          if (Addresses.literal(from).isEmpty() && !from.startsWith("hdr_ip(")) {
            HostNames.check(reading, from, line.span(at + 1));
          }
          reading.notModelled("usesrc", line.span(at));
        }
      } else {
        reading.notModelled("interface", line.span(at));
      }
      at += 2;
    }
    String host = address.host();
    IpAddress ip =
        Addresses.literal(host)
            .or(() -> HostNames.address(reading, host))
            .orElseGet(() -> Addresses.literal("0.0.0.0").orElseThrow());
    return new Taken(
        Optional.of(new SourceAddress(ip, address.firstPort(), address.lastPort(), client)),
        at - index);
  }
}
