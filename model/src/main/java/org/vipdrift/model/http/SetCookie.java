package org.vipdrift.model.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code Set-Cookie} field, read as RFC 6265 section 5.2 tells clients to.
 *
 * @param domain without a leading dot, in lower case
 * @param path begins with a slash
 * @param expires seconds since 1970
 * @param maxAge seconds; zero and less: at once
 */
public record SetCookie(
    String name,
    String value,
    Optional<String> domain,
    Optional<String> path,
    OptionalLong expires,
    OptionalLong maxAge,
    boolean secure,
    boolean httpOnly) {

  /** Empty where clients ignore the whole field: no name. */
  public static Optional<SetCookie> read(String field) {
    String[] parts = field.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String value = parts[0].substring(equals + 1).strip();
    Optional<String> domain = Optional.empty();
    Optional<String> path = Optional.empty();
    OptionalLong expires = OptionalLong.empty();
    OptionalLong maxAge = OptionalLong.empty();
    boolean secure = false;
    boolean httpOnly = false;
    for (int at = 1; at < parts.length; at++) {
      int sign = parts[at].indexOf('=');
      String attribute =
          (sign < 0 ? parts[at] : parts[at].substring(0, sign)).strip().toLowerCase(Locale.ROOT);
      String text = sign < 0 ? "" : parts[at].substring(sign + 1).strip();
      switch (attribute) {
        case "domain" -> {
          String bare = (text.startsWith(".") ? text.substring(1) : text).toLowerCase(Locale.ROOT);
          domain = bare.isEmpty() ? domain : Optional.of(bare);
        }
        case "path" -> path = text.startsWith("/") ? Optional.of(text) : Optional.empty();
        case "expires" -> {
          OptionalLong date = HttpDate.parseSeconds(text);
          expires = date.isPresent() ? date : expires;
        }
        case "max-age" -> {
          OptionalLong age = seconds(text);
          maxAge = age.isPresent() ? age : maxAge;
        }
        case "secure" -> secure = true;
        case "httponly" -> httpOnly = true;
        default -> {
          // Clients ignore what they do not know.
        }
      }
    }
    return Optional.of(new SetCookie(name, value, domain, path, expires, maxAge, secure, httpOnly));
  }

  private static OptionalLong seconds(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    long seconds = digits.length() > 12 ? 1_000_000_000_000L : Long.parseLong(digits);
    return OptionalLong.of(negative ? -seconds : seconds);
  }
}
