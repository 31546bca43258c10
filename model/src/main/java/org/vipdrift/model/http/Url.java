package org.vipdrift.model.http;

import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * An absolute http or https URL, without user and fragment.
 *
 * @param host a name in lower case, or an address without brackets
 * @param port 1..65535
 * @param path begins with a slash
 */
public record Url(Scheme scheme, String host, int port, String path, Optional<String> query) {
  /** What is spoken. */
  public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443);

    private final String text;
    private final int defaultPort;

    Scheme(String text, int defaultPort) {
      this.text = text;
      this.defaultPort = defaultPort;
    }

    public String text() {
      return text;
    }

    public int defaultPort() {
      return defaultPort;
    }
  }

  /** What reading a URL came to. */
  public sealed interface Reading {
    /** It is one. */
    record Valid(Url url) implements Reading {}

    /**
     * It is none.
     *
     * @param problem what was expected and what came
     */
    record Invalid(String problem) implements Reading {}
  }

  /** The host as an address, if it is one. */
  public Optional<IpAddress> address() {
    return IpAddress.parse(host);
  }

  public boolean isTls() {
    return scheme == Scheme.HTTPS;
  }

  /** What goes on the request line: path and query. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query.get();
  }

  /** What goes into the Host field: the port only where it is not the scheme's own. */
  public String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == scheme.defaultPort() ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return scheme.text() + "://" + authority() + target();
  }

  /** Reads {@code http://host[:port][/path][?query]}; IPv6 addresses stand in brackets. */
  public static Reading read(String text) {
    int colon = text.indexOf("://");
    if (colon < 0) {
      return invalid(
          text, "a scheme is missing: write http://" + (text.isEmpty() ? "HOST/" : text));
    }
    String schemeText = text.substring(0, colon).toLowerCase(Locale.ROOT);
    Scheme scheme =
        switch (schemeText) {
          case "http" -> Scheme.HTTP;
          case "https" -> Scheme.HTTPS;
          default -> null;
        };
    if (scheme == null) {
      return invalid(text, "expected http or https, got '" + schemeText + "'");
    }
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) <= ' ' || text.charAt(at) == 127) {
        return invalid(text, "a blank or control character at column " + (at + 1));
      }
    }
    int start = colon + 3;
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int fragment = text.indexOf('#', end);
    String rest = text.substring(end, fragment < 0 ? text.length() : fragment);
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    Optional<String> query =
        question < 0 ? Optional.empty() : Optional.of(rest.substring(question + 1));
    return authority(text, scheme, text.substring(start, end), path.isEmpty() ? "/" : path, query);
  }

  /**
   * Reads a URL that is known to be one, as constants and tests do.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static Url of(String text) {
    return switch (read(text)) {
      case Reading.Valid(Url url) -> url;
      case Reading.Invalid(String problem) -> throw new IllegalArgumentException(problem);
    };
  }

  private static Reading authority(
      String text, Scheme scheme, String authority, String path, Optional<String> query) {
    if (authority.indexOf('@') >= 0) {
      return invalid(text, "a user name in a URL is not supported");
    }
    boolean bracketed = authority.startsWith("[");
    int close = authority.indexOf(']');
    if (bracketed && close < 0) {
      return invalid(text, "the bracket of the IPv6 address is not closed");
    }
    int hostEnd = bracketed ? close + 1 : authority.indexOf(':');
    if (!bracketed && hostEnd != authority.lastIndexOf(':')) {
      return invalid(
          text, "an IPv6 address stands in brackets: " + scheme.text() + "://[" + authority + "]/");
    }
    String name = hostEnd < 0 ? authority : authority.substring(0, hostEnd);
    String host = bracketed ? name.substring(1, name.length() - 1) : name;
    if (host.isEmpty()) {
      return invalid(text, "the host is missing");
    }
    boolean isV6 = IpAddress.parse(host).filter(IpAddress.V6.class::isInstance).isPresent();
    if (bracketed && !isV6) {
      return invalid(text, "expected an IPv6 address in the brackets, got '" + host + "'");
    }
    if (!bracketed && !isName(host)) {
      return invalid(text, "'" + host + "' is neither a host name nor an address");
    }
    String port = hostEnd < 0 ? "" : authority.substring(hostEnd);
    if (port.isEmpty() || port.equals(":")) {
      return valid(scheme, host, scheme.defaultPort(), path, query);
    }
    int number = port.startsWith(":") ? HeadReader.number(port.substring(1)) : -1;
    if (number < 1 || number > 65_535) {
      return invalid(text, "expected a port from 1 to 65535, got '" + port.substring(1) + "'");
    }
    return valid(scheme, host, number, path, query);
  }

  private static boolean isName(String host) {
    for (int at = 0; at < host.length(); at++) {
      char c = host.charAt(at);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '-'
              || c == '_';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private static Reading valid(
      Scheme scheme, String host, int port, String path, Optional<String> query) {
    return new Reading.Valid(new Url(scheme, host.toLowerCase(Locale.ROOT), port, path, query));
  }

  private static Reading invalid(String text, String problem) {
    return new Reading.Invalid("not a URL, '" + text + "': " + problem);
  }
}
