package org.vipdrift.model.config.haproxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every keyword of every place, whether the model acts on it, and the rule it is read by. */
final class KeywordCatalogue {
  private static final KeywordCatalogue INSTANCE = new KeywordCatalogue();

  /** A row of the catalogue. */
  record Keyword(String name, boolean modelled, String rule) {}

  private final Map<String, Map<String, Keyword>> places = new TreeMap<>();

  private KeywordCatalogue() {
    for (String[] row : ResourceTable.read("keywords.txt")) {
      places
          .computeIfAbsent(row[0], p -> new LinkedHashMap<>())
          .put(row[1], new Keyword(row[1], row[2].equals("yes"), row[3]));
    }
  }

  static KeywordCatalogue instance() {
    return INSTANCE;
  }

  Optional<Keyword> find(String place, String keyword) {
    return Optional.ofNullable(places.get(place)).map(keywords -> keywords.get(keyword));
  }

  boolean isModelled(String place, String keyword) {
    return find(place, keyword).map(Keyword::modelled).orElse(true);
  }

  Set<String> of(String place) {
    Map<String, Keyword> keywords = places.get(place);
    return keywords == null ? new TreeSet<>() : keywords.keySet();
  }
}
