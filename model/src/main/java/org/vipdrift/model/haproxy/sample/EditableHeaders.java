package org.vipdrift.model.haproxy.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpHeaders.Field;

/** Header fields that rules change; names are in lower case, as HAProxy sends them. */
public final class EditableHeaders {
  private final List<Field> fields;

  private EditableHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /** No fields. */
  public static EditableHeaders empty() {
    return new EditableHeaders(new ArrayList<>(6));
  }

  /** A copy of what was received. */
  public static EditableHeaders of(HttpHeaders headers) {
    List<Field> received = headers.fields();
    List<Field> copy = new ArrayList<>(received.size() + 3);
    for (int at = 0; at < received.size(); at++) {
      Field field = received.get(at);
      String lower = field.name().toLowerCase(Locale.ROOT);
      copy.add(lower.equals(field.name()) ? field : new Field(lower, field.value()));
    }
    return new EditableHeaders(copy);
  }

  public HttpHeaders toHeaders() {
    return new HttpHeaders(fields);
  }

  public int size() {
    return fields.size();
  }

  public Field get(int index) {
    return fields.get(index);
  }

  public void set(int index, String value) {
    fields.set(index, new Field(fields.get(index).name(), value));
  }

  public void removeAt(int index) {
    fields.remove(index);
  }

  /** The first field of this name, which is in lower case. */
  public Optional<String> first(String name) {
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).name().equals(name)) {
        return Optional.of(fields.get(at).value());
      }
    }
    return Optional.empty();
  }

  public boolean has(String name) {
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whole values of all fields of a name in lower case. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).name().equals(name)) {
        values.add(fields.get(at).value());
      }
    }
    return values;
  }

  /** Values of all fields of a name, cut at commas outside of quotes. */
  public List<String> parts(String name) {
    List<String> values = new ArrayList<>(2);
    for (int at = 0; at < fields.size(); at++) {
      if (fields.get(at).name().equals(name)) {
        cut(fields.get(at).value(), values);
      }
    }
    return values;
  }

  static void cut(String value, List<String> into) {
    int start = 0;
    boolean quoted = false;
    for (int at = 0; at <= value.length(); at++) {
      if (at == value.length() || value.charAt(at) == ',' && !quoted) {
        into.add(value.substring(start, at).strip());
        start = at + 1;
      } else if (value.charAt(at) == '"') {
        quoted = !quoted;
      }
    }
  }

  public void add(String name, String value) {
    fields.add(new Field(name.toLowerCase(Locale.ROOT), value));
  }

  public void addFirst(String name, String value) {
    fields.addFirst(new Field(name.toLowerCase(Locale.ROOT), value));
  }

  public void remove(String name) {
    for (int at = fields.size() - 1; at >= 0; at--) {
      if (fields.get(at).name().equals(name)) {
        fields.remove(at);
      }
    }
  }

  public void removeIf(Predicate<String> name) {
    fields.removeIf(field -> name.test(field.name()));
  }

  /** One field of this name instead of all others, at the end. */
  public void replace(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    remove(lower);
    fields.add(new Field(lower, value));
  }

  /** Rewrites values that match: whole ones, or each part between commas. */
  public void rewrite(
      String name, Pattern pattern, boolean parts, Function<Matcher, String> replacement) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int at = 0; at < fields.size(); at++) {
      if (!fields.get(at).name().equals(lower)) {
        continue;
      }
      String value = fields.get(at).value();
      if (parts) {
        set(at, rewrittenParts(pattern, value, replacement));
      } else {
        set(at, rewritten(pattern, value, replacement));
      }
    }
  }

  /** A part that is replaced loses the blanks around it. */
  private static String rewrittenParts(
      Pattern pattern, String value, Function<Matcher, String> replacement) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    int start = 0;
    boolean quoted = false;
    for (int at = 0; at <= value.length(); at++) {
      if (at == value.length() || value.charAt(at) == ',' && !quoted) {
        String part = value.substring(start, at);
        Matcher matcher = pattern.matcher(part.strip());
        text.append(start > 0 ? "," : "");
        text.append(matcher.find() ? replacement.apply(matcher) : part);
        start = at + 1;
      } else if (value.charAt(at) == '"') {
        quoted = !quoted;
      }
    }
    return text.toString();
  }

  private static String rewritten(
      Pattern pattern, String value, Function<Matcher, String> replacement) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? replacement.apply(matcher) : value;
  }

  /** Whether a field of this name holds the token. */
  public boolean hasToken(String name, String token) {
    if (!has(name)) {
      return false;
    }
    for (String part : parts(name)) {
      if (part.equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /** Octets of names and values: what they weigh in HAProxy's buffers. */
  public int weight() {
    int weight = 0;
    for (int at = 0; at < fields.size(); at++) {
      weight += fields.get(at).name().length() + fields.get(at).value().length();
    }
    return weight;
  }
}
