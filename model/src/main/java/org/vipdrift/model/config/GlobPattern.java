package org.vipdrift.model.config;

import java.util.ArrayList;
import java.util.List;

/** Shell patterns: {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}; none matches a slash. */
public final class GlobPattern {
  private static final int MOST_ALTERNATIVES = 1_000;

  private GlobPattern() {}

  /** Whether a pattern needs matching at all. */
  public static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  /** The pattern with each brace expression replaced by each of its alternatives. */
  public static List<String> alternatives(String pattern) {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(pattern));
    while (!open.isEmpty() && done.size() + open.size() < MOST_ALTERNATIVES) {
      String next = open.removeFirst();
      int close = next.indexOf('}');
      int start = close < 0 ? -1 : next.lastIndexOf('{', close);
      if (start < 0) {
        done.add(next);
      } else {
        int at = 0;
        for (String choice : next.substring(start + 1, close).split(",", -1)) {
          open.add(at++, next.substring(0, start) + choice + next.substring(close + 1));
        }
      }
    }
    done.addAll(open);
    return done;
  }

  /** Whether a path matches a pattern without braces. */
  public static boolean matches(String pattern, String path) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < path.length()) {
      int width = p < pattern.length() ? one(pattern, p, path.charAt(t)) : 0;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (width > 0) {
        p += width;
        t++;
      } else if (star >= 0 && path.charAt(mark) != '/') {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** The length of the pattern element at an index if it matches the character, else 0. */
  private static int one(String pattern, int at, char c) {
    char element = pattern.charAt(at);
    if (element == '?') {
      return c == '/' ? 0 : 1;
    }
    int close = element == '[' ? pattern.indexOf(']', at + 2) : -1;
    if (close < 0) {
      return element == c && element != '*' ? 1 : 0;
    }
    boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
    boolean in = false;
    int i = at + (negated ? 2 : 1);
    while (i < close) {
      boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
      char last = range ? pattern.charAt(i + 2) : pattern.charAt(i);
      in |= c >= pattern.charAt(i) && c <= last;
      i += range ? 3 : 1;
    }
    return in != negated && c != '/' ? close - at + 1 : 0;
  }
}
