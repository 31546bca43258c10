package org.vipdrift.model.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word a user probably meant. */
public final class Suggestions {
  private static final int LONGEST_WORD = 64;

  private Suggestions() {}

  /**
   * The nearest candidate, if it is near enough to be a slip of the pen: at most a third of the
   * word's letters away, letter case aside. The first of several equally near ones wins.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || wanted.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    int bound = Math.max(1, Math.min(4, wanted.length() / 3));
    Optional<String> best = Optional.empty();
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), bound);
      if (distance <= bound) {
        best = Optional.of(candidate);
        bound = distance - 1;
      }
    }
    return best;
  }

  /** "did you mean X?" for the nearest candidate. */
  public static Optional<String> didYouMean(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> "did you mean \"" + near + "\"?");
  }

  /** Insertions, deletions, substitutions and swaps of neighbours; gives up above the bound. */
  static int distance(String a, String b, int bound) {
    if (Math.abs(a.length() - b.length()) > bound) {
      return bound + 1;
    }
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          current[j] = Math.min(current[j], before[j - 2] + 1);
        }
      }
      before = previous;
      previous = current;
    }
    return previous[b.length()];
  }
}
