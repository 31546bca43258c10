package org.vipdrift.model.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Text with variables, as {@code $scheme://$host$request_uri}. */
public record Template(List<Part> parts) {
  public static final Template EMPTY = new Template(List.of());

  /** A piece of it. */
  public sealed interface Part {
    /** Plain text. */
    record Text(String text) implements Part {}

    /** The value of a variable, or of a capture: {@code 1} to {@code 9}. */
    record Variable(String name) implements Part {}
  }

  public Template {
    parts = List.copyOf(parts);
  }

  public static Template of(String plainText) {
    return plainText.isEmpty() ? EMPTY : new Template(List.of(new Part.Text(plainText)));
  }

  /** Whether it has no variables. */
  public boolean isPlain() {
    for (Part part : parts) {
      if (part instanceof Part.Variable) {
        return false;
      }
    }
    return true;
  }

  public List<String> variables() {
    List<String> names = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Variable(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The text with every variable's value.
   *
   * @param values by name; empty text for what has no value
   */
  public String evaluate(Function<String, String> values) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String only)) {
      return only;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Text(String plain) -> plain;
            case Part.Variable(String name) -> values.apply(name);
          });
    }
    return text.toString();
  }

  /** As written. */
  @Override
  public String toString() {
    return evaluate(name -> "${" + name + "}");
  }
}
