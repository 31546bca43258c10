package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes slips of the pen in real configurations, and plain noise. */
final class HaproxyMutations {
  private static final String ALPHABET =
      "{}#!%[]()@$~\"'\\/= \t\n\r,.:-+^*?0123456789abcdefghilmnoprstuvxyzACF_\u00e9\u0000\ud83d";

  private static final List<String> NUMBERS =
      List.of("0", "-1", "1", "65536", "99999", "x", "5x", "1.5", "5000000000", "30s", "2m", "10k");

  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.1",
          "10.0.0.256:80",
          "10.0.0.1:",
          ":",
          "10.0.0.1:99999",
          "[::1:80",
          "*",
          "1.2.3",
          "10.0.0.1:80:80",
          "/tmp/none",
          "::1",
          "10.0.0.1/24",
          "fd@99",
          "ipv6@10.0.0.1:80");

  private HaproxyMutations() {}

  static String noise(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(200);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** One to three slips in a configuration. */
  static String mutate(String text, RandomGenerator random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n")));
    int changes = 1 + random.nextInt(3) / 2;
    for (int i = 0; i < changes; i++) {
      change(lines, random);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void change(List<String> lines, RandomGenerator random) {
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(16)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> {
        int other = random.nextInt(lines.size());
        lines.set(at, lines.get(other));
        lines.set(other, line);
      }
      case 3 -> lines.add(random.nextInt(lines.size()), line);
      default -> lines.set(at, words(line, lines, random));
    }
    if (lines.isEmpty()) {
      lines.add("");
    }
  }

  private static String words(String line, List<String> lines, RandomGenerator random) {
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    List<String> words = new ArrayList<>(List.of(line.strip().split("[ \t]+")));
    int at = random.nextInt(words.size());
    String word = words.get(at);
    switch (random.nextInt(11)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, word);
      case 2 -> {
        if (at + 1 < words.size()) {
          words.set(at, words.get(at + 1));
          words.set(at + 1, word);
        }
      }
      case 3 -> words.set(at, word.substring(0, random.nextInt(word.length() + 1)));
      case 4, 5 -> words.set(at, misspelt(word, random));
      case 6 -> words.set(at, NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 7 -> words.set(at, word.replaceAll("[0-9]+", NUMBERS.get(random.nextInt(6))));
      case 8 -> words.set(at, ADDRESSES.get(random.nextInt(ADDRESSES.size())));
      case 9 -> {
        List<String> others =
            List.of(lines.get(random.nextInt(lines.size())).strip().split("[ \t]+"));
        words.add(random.nextInt(words.size() + 1), others.get(random.nextInt(others.size())));
      }
      default -> {
        return line.substring(0, random.nextInt(line.length() + 1));
      }
    }
    return indent + String.join(" ", words);
  }

  private static String misspelt(String word, RandomGenerator random) {
    if (word.isEmpty()) {
      return "x";
    }
    int at = random.nextInt(word.length());
    char letter = "abcdeiorst-_.,:()%{}\"1".charAt(random.nextInt(22));
    return switch (random.nextInt(3)) {
      case 0 -> word.substring(0, at) + word.substring(at + 1);
      case 1 -> word.substring(0, at) + letter + word.substring(at + 1);
      default -> word.substring(0, at) + letter + word.substring(at);
    };
  }
}
