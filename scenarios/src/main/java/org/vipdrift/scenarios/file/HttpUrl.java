package org.vipdrift.scenarios.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.frame.IpAddress;

/**
 * A URL as clients are given it: {@code http://20.0.0.100:8080/path}.
 *
 * @param host a name, or an address without brackets
 */
record HttpUrl(boolean tls, String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://(?:\\[([0-9A-Fa-f:.]+)\\]|([A-Za-z0-9.-]+))(?::([0-9]{1,5}))?(/[!-~]*)?");

  static Optional<HttpUrl> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(2) == null && matcher.group(3).startsWith(".")) {
      return Optional.empty();
    }
    boolean tls = matcher.group(1).equals("https");
    int port = matcher.group(4) == null ? tls ? 443 : 80 : Integer.parseInt(matcher.group(4));
    String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    boolean numbers = host.matches("[0-9.]+") || matcher.group(2) != null;
    if (port < 1 || port > 65_535 || numbers && IpAddress.parse(host).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpUrl(tls, host, port, matcher.group(5) == null ? "/" : matcher.group(5)));
  }

  /** The address it names; empty if it names a host. */
  Optional<IpAddress> address() {
    return IpAddress.parse(host);
  }

  boolean names(IpAddress address) {
    return address().equals(Optional.of(address));
  }
}
