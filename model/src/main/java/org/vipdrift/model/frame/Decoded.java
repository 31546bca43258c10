package org.vipdrift.model.frame;

import java.util.Optional;

/** What reading bytes from the wire gave: the thing itself, or why it is none. */
public sealed interface Decoded<T> {
  record Ok<T>(T value) implements Decoded<T> {}

  /**
   * @param problem what was expected and what came
   */
  record Malformed<T>(String problem) implements Decoded<T> {}

  static <T> Decoded<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Decoded<T> malformed(String problem) {
    return new Malformed<>(problem);
  }

  default Optional<T> toOptional() {
    return switch (this) {
      case Ok<T>(T value) -> Optional.of(value);
      case Malformed<T> _ -> Optional.empty();
    };
  }

  /**
   * For bytes that are known to be right, as constants and tests have.
   *
   * @throws IllegalArgumentException if they are not
   */
  default T orElseThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Malformed<T>(String problem) -> throw new IllegalArgumentException(problem);
    };
  }
}
