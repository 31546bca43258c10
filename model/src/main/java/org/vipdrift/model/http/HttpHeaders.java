package org.vipdrift.model.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields in the order of the wire; names are compared without regard to case. */
public record HttpHeaders(List<Field> fields) {
  public static final HttpHeaders NONE = new HttpHeaders(List.of());

  /** One field; the value has no white space around it. */
  public record Field(String name, String value) {
    boolean is(String otherName) {
      return name.length() == otherName.length() && name.equalsIgnoreCase(otherName);
    }
  }

  public HttpHeaders {
    fields = List.copyOf(fields);
  }

  /** Names and values in turn. */
  public static HttpHeaders of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int at = 0; at + 1 < namesAndValues.length; at += 2) {
      fields.add(new Field(namesAndValues[at], namesAndValues[at + 1]));
    }
    return new HttpHeaders(fields);
  }

  /** The first field of this name. */
  public Optional<String> first(String name) {
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).is(name)) {
        return Optional.of(fields.get(at).value());
      }
    }
    return Optional.empty();
  }

  /** Whether there is a field of this name. */
  public boolean has(String name) {
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).is(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of all fields of this name. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (Field field : fields) {
      if (field.is(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** One more field at the end. */
  public HttpHeaders with(String name, String value) {
    List<Field> more = new ArrayList<>(fields.size() + 1);
    more.addAll(fields);
    more.add(new Field(name, value));
    return new HttpHeaders(more);
  }

  /** Without any field of this name. */
  public HttpHeaders without(String name) {
    if (!has(name)) {
      return this;
    }
    List<Field> fewer = new ArrayList<>(fields.size());
    for (Field field : fields) {
      if (!field.is(name)) {
        fewer.add(field);
      }
    }
    return new HttpHeaders(fewer);
  }

  /** With this one field of the name instead of all others. */
  public HttpHeaders replaced(String name, String value) {
    return without(name).with(name, value);
  }

  /** Whether a comma-separated field holds this token, as in {@code Connection: close}. */
  public boolean hasToken(String name, String token) {
    for (int at = 0; at < fields.size(); at++) {
      Field field = fields.get(at);
      if (field.is(name) && holds(field.value(), token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String list, String token) {
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      int from = start;
      int to = end;
      while (from < to && list.charAt(from) <= ' ') {
        from++;
      }
      while (to > from && list.charAt(to - 1) <= ' ') {
        to--;
      }
      if (to - from == token.length() && list.regionMatches(true, from, token, 0, token.length())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }
}
