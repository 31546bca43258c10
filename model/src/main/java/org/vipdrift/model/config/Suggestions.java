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
    long letters = letters(wanted);
    Optional<String> best = Optional.empty();
    for (String candidate : candidates) {
      if (bound < 0) {
        break;
      }
      int longer = Math.abs(candidate.length() - wanted.length());
      if (longer > bound) {
        continue;
      }
      String near = candidate.toLowerCase(Locale.ROOT);
      // A change takes at most one letter away and brings at most one, or only one of the two.
      if (Long.bitCount(letters ^ letters(near)) > 2 * bound - longer) {
        continue;
      }
      int distance = distance(wanted, near, bound);
      if (distance <= bound) {
        best = Optional.of(candidate);
        bound = distance - 1;
      }
    }
    return best;
  }

  /** Which letters occur, several letters sharing a bit. */
  private static long letters(String text) {
    long letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters |= 1L << (text.charAt(i) & 63);
    }
    return letters;
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
    int far = bound + 1;
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
      before[j] = far;
    }
    int nearestBefore = 0;
    for (int i = 1; i <= a.length(); i++) {
      // Only cells within the bound of the diagonal can still lead to an answer within it.
      int from = Math.max(1, i - bound);
      int to = Math.min(b.length(), i + bound);
      current[from - 1] = from == 1 ? i : far;
      int nearest = current[from - 1];
      for (int j = from; j <= to; j++) {
        current[j] = cell(a, b, i, j, before, previous, current);
        nearest = Math.min(nearest, current[j]);
      }
      if (to < b.length()) {
        current[to + 1] = far;
      }
      if (Math.min(nearest, nearestBefore) > bound) {
        return far;
      }
      nearestBefore = nearest;
      int[] free = before;
      before = previous;
      previous = current;
      current = free;
    }
    return Math.min(far, previous[b.length()]);
  }

  private static int cell(
      String a, String b, int i, int j, int[] before, int[] previous, int[] current) {
    char own = a.charAt(i - 1);
    char other = b.charAt(j - 1);
    int change = previous[j - 1] + (own == other ? 0 : 1);
    int least = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
    boolean swapped = i > 1 && j > 1 && own == b.charAt(j - 2) && a.charAt(i - 2) == other;
    return swapped ? Math.min(least, before[j - 2] + 1) : least;
  }
}
