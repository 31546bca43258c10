package org.vipdrift.model.config.haproxy;

import java.util.Optional;

/** Checks names of sections and servers. */
final class Names {
  private Names() {}

  /** Reports a character that names may not hold. */
  static boolean check(Reading reading, Line line, int index, String what) {
    String name = line.text(index);
    for (int i = 0; i < name.length(); i++) {
      if (!SampleParser.isNameCharacter(name.charAt(i)) || name.charAt(i) == '+') {
        reading.log.error(
            "bad-name",
            "character '" + name.charAt(i) + "' is not permitted in the name of a " + what,
            line.span(index),
            Optional.of("use letters, digits, '-', '_', '.' and ':'"));
        return false;
      }
    }
    return true;
  }
}
