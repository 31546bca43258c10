package org.vipdrift.scenarios.file;

import java.util.Collection;
import org.vipdrift.model.config.Suggestions;

/** Says what could stand where a wrong word stands. */
final class Spelling {
  private static final int LONGEST_CHOICE = 40;

  private Spelling() {}

  /** "did you mean 'x'?" if a candidate is near, else the choice if it is short, else nothing. */
  static String suggest(String written, Collection<String> candidates) {
    // To one letter every other letter is near.
    if (written.length() > 1) {
      var nearest = Suggestions.nearest(written, candidates);
      if (nearest.isPresent()) {
        return "did you mean '" + nearest.get() + "'?";
      }
    }
    if (candidates.isEmpty() || candidates.size() > LONGEST_CHOICE) {
      return "";
    }
    return (candidates.size() == 1 ? "known: " : "one of: ") + String.join(", ", candidates);
  }
}
