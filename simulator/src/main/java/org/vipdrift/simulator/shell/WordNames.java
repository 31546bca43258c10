package org.vipdrift.simulator.shell;

import java.util.Optional;

/** Names of variables, and words of the form {@code name=value}. */
final class WordNames {
  private WordNames() {}

  static boolean isName(String text) {
    return text.matches("[A-Za-z_][A-Za-z_0-9]*");
  }

  /** The name before the first {@code =}, if the word is an assignment. */
  static Optional<String> assigned(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && isName(word.substring(0, equals))
        ? Optional.of(word.substring(0, equals))
        : Optional.empty();
  }
}
