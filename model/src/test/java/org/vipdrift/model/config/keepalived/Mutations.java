package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes inputs for the parser: real configurations changed at random, and plain noise. */
final class Mutations {
  private static final String ALPHABET =
      "{}#!@$~\"'\\/= \t\n\r,().:-+^[]*?0123456789abcdeghilmnoprstuvxyzAMVSEQLT_\u00e9\u0000\ud83d";

  private static final List<String> SNIPPETS =
      List.of(
          "vrrp_instance X {\n",
          "global_defs {\n",
          "}\n",
          "$A=$B\n",
          "$B=$A $A\n",
          "$C= \\\n a \\\n b\n",
          "~SEQ(X, 1, 999) ",
          "~LST({A,B}, {1,2}, {3,4}) ",
          "@^foo ",
          "include x*\n",
          "includea {a,b}{c,d}\n",
          "${_RANDOM 5 1}",
          "\"\\x4\\0\\c",
          "virtual_ipaddress {\n",
          "track_script {\n",
          "unicast_peer {\n",
          "weight -99999999999999999999\n",
          "advert_int 1e9\n");

  private Mutations() {}

  static String noise(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(200);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** A few cuts, copies, insertions and changed characters. */
  static String mutate(String seed, RandomGenerator random) {
    StringBuilder text = new StringBuilder(seed);
    int changes = 1 + random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        case 2 -> text.insert(from, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
        case 3 -> text.insert(from, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        default -> {
          if (from < text.length()) {
            text.setCharAt(from, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
          }
        }
      }
    }
    return text.toString();
  }
}
