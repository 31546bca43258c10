package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.simulator.shell.syntax.Word.Literal;
import org.vipdrift.simulator.shell.syntax.Word.Part;

/** Expands {@code {a,b}} and {@code {1..5}} where all of the braces' text is unquoted. */
final class BraceExpansion {
  private static final int MAX_WORDS = 10_000;
  private static final Pattern NUMBERS =
      Pattern.compile("(-?[0-9]{1,6})\\.\\.(-?[0-9]{1,6})(?:\\.\\.(-?[0-9]{1,6}))?");
  private static final Pattern LETTERS = Pattern.compile("([a-zA-Z])\\.\\.([a-zA-Z])");

  private BraceExpansion() {}

  static List<Word> expand(Word word) {
    for (int i = 0; i < word.parts().size(); i++) {
      if (!(word.parts().get(i) instanceof Literal(String text, boolean quoted)) || quoted) {
        continue;
      }
      int open = text.indexOf('{');
      while (open >= 0) {
        int close = matching(text, open);
        List<String> choices = close < 0 ? List.of() : choices(text.substring(open + 1, close));
        if (!choices.isEmpty()) {
          return combine(word, i, text.substring(0, open), choices, text.substring(close + 1));
        }
        open = text.indexOf('{', open + 1);
      }
    }
    return List.of(word);
  }

  private static List<Word> combine(
      Word word, int index, String before, List<String> choices, String after) {
    List<Word> expanded = new ArrayList<>();
    for (String choice : choices) {
      List<Part> parts = new ArrayList<>(word.parts());
      parts.set(index, new Literal(before + choice + after, false));
      if (before.isEmpty() && choice.isEmpty() && after.isEmpty() && parts.size() == 1) {
        continue;
      }
      expanded.addAll(expand(new Word(word.place(), parts)));
      if (expanded.size() > MAX_WORDS) {
        throw new ShellSyntaxException(
            word.place(), "braces expand to more than " + MAX_WORDS + " words");
      }
    }
    return expanded;
  }

  private static int matching(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> choices(String inner) {
    Matcher numbers = NUMBERS.matcher(inner);
    if (numbers.matches()) {
      String step = numbers.group(3);
      return range(numbers.group(1), numbers.group(2), step == null ? 1 : Integer.parseInt(step));
    }
    Matcher letters = LETTERS.matcher(inner);
    List<String> choices = new ArrayList<>();
    if (letters.matches()) {
      char from = letters.group(1).charAt(0);
      char to = letters.group(2).charAt(0);
      for (int c = from; from <= to ? c <= to : c >= to; c += from <= to ? 1 : -1) {
        choices.add(String.valueOf((char) c));
      }
      return choices;
    }
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth == 0) {
        choices.add(inner.substring(start, i));
        start = i + 1;
      }
    }
    if (choices.isEmpty()) {
      return List.of();
    }
    choices.add(inner.substring(start));
    return choices;
  }

  private static List<String> range(String first, String last, int step) {
    int from = Integer.parseInt(first);
    int to = Integer.parseInt(last);
    int stride = Math.max(1, Math.abs(step));
    boolean padded = (first + " " + last).matches(".*(^|[ -])0[0-9].*");
    int width = padded ? Math.max(first.length(), last.length()) : 0;
    List<String> choices = new ArrayList<>();
    int value = from;
    while (from <= to ? value <= to : value >= to) {
      String digits = Integer.toString(Math.abs(value));
      String sign = value < 0 ? "-" : "";
      choices.add(sign + "0".repeat(Math.max(0, width - digits.length() - sign.length())) + digits);
      if (choices.size() > MAX_WORDS) {
        return choices;
      }
      value += from <= to ? stride : -stride;
    }
    return choices;
  }
}
