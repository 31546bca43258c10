package org.vipdrift.model.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code Cookie} fields of requests (RFC 6265 section 4.2). */
public final class Cookies {
  private Cookies() {}

  /** One cookie as a client sends it. */
  public record Pair(String name, String value) {}

  /** All that a request carries, in its order. */
  public static List<Pair> of(HttpHeaders headers) {
    List<Pair> pairs = new ArrayList<>(2);
    List<HttpHeaders.Field> fields = headers.fields();
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).is("Cookie")) {
        read(fields.get(at).value(), pairs);
      }
    }
    return pairs;
  }

  /** The value of the first cookie of this name; names differ by case. */
  public static Optional<String> first(HttpHeaders headers, String name) {
    for (Pair pair : of(headers)) {
      if (pair.name().equals(name)) {
        return Optional.of(pair.value());
      }
    }
    return Optional.empty();
  }

  private static void read(String text, List<Pair> into) {
    int start = 0;
    while (start < text.length()) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      int equals = text.indexOf('=', start);
      if (equals > start && equals < end) {
        String name = text.substring(start, equals).strip();
        if (!name.isEmpty()) {
          into.add(new Pair(name, text.substring(equals + 1, end).strip()));
        }
      }
      start = end + 1;
    }
  }
}
