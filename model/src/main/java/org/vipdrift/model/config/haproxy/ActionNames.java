package org.vipdrift.model.config.haproxy;

import java.util.Optional;

/** Finds actions by the beginning of a word: {@code set-var(txn.a)} is {@code set-var}. */
final class ActionNames {
  private ActionNames() {}

  static Optional<KeywordCatalogue.Keyword> find(Reading reading, String set, String word) {
    Optional<KeywordCatalogue.Keyword> exact = reading.keywords.find(set, word);
    if (exact.isPresent()) {
      return exact;
    }
    Optional<KeywordCatalogue.Keyword> best = Optional.empty();
    for (String name : reading.keywords.of(set)) {
      KeywordCatalogue.Keyword keyword = reading.keywords.find(set, name).orElseThrow();
      boolean longer = best.isEmpty() || name.length() > best.get().name().length();
      if (keyword.rule().equals("prefix") && word.startsWith(name) && longer) {
        best = Optional.of(keyword);
      }
    }
    return best;
  }

  /** What stands in the parentheses of an action's word, empty if they are not both there. */
  static Optional<String> argument(String word, String name) {
    String rest = word.substring(Math.min(word.length(), name.length()));
    int close = rest.indexOf(')');
    return rest.startsWith("(") && close > 0
        ? Optional.of(rest.substring(1, close))
        : Optional.empty();
  }
}
