package org.vipdrift.scenarios.file;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.vipdrift.model.config.Suggestions;

/**
 * A mapping; it remembers which keys were asked for, and {@link #finish} reports the others.
 *
 * <p>A key given twice is reported when the mapping is made, and the first one counts.
 */
final class YamlMap {
  private final String what;
  private final YamlNode self;
  private final Map<String, Entry> entries;
  private final Set<String> asked = new LinkedHashSet<>();
  private final boolean readable;

  /** A key and its value. */
  record Entry(YamlNode key, YamlNode value) {}

  private YamlMap(String what, YamlNode self, Map<String, Entry> entries, boolean readable) {
    this.what = what;
    this.self = self;
    this.entries = entries;
    this.readable = readable;
  }

  static YamlMap of(MappingNode mapping, String what, YamlNode self) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlNode key = new YamlNode(tuple.getKeyNode(), self.problems());
      YamlNode value = new YamlNode(tuple.getValueNode(), self.problems());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        key.error(
            Mistake.WRONG_VALUE,
            "a key of " + what + " must be a word, found " + key.describe(),
            "");
      } else if (entries.containsKey(scalar.getValue())) {
        key.error(
            Mistake.DUPLICATE_KEY,
            "'" + scalar.getValue() + "' is given twice in " + what,
            "the first one is in line " + entries.get(scalar.getValue()).key().line());
      } else if (scalar.getValue().equals("<<")) {
        key.error(
            Mistake.YAML_SYNTAX,
            "merge keys do not exist in YAML 1.2",
            "write the merged keys out");
      } else {
        entries.put(scalar.getValue(), new Entry(key, value));
      }
    }
    return new YamlMap(what, self, entries, true);
  }

  static YamlMap empty(String what, YamlNode self) {
    return new YamlMap(what, self, new LinkedHashMap<>(), true);
  }

  /** A value alone that stands for one key. */
  static YamlMap single(String key, String what, YamlNode self) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put(key, new Entry(self, self));
    return new YamlMap(what, self, entries, true);
  }

  /** Stands for a value that is not a mapping; it misses nothing. */
  static YamlMap unreadable(String what, YamlNode self) {
    return new YamlMap(what, self, new LinkedHashMap<>(), false);
  }

  YamlNode self() {
    return self;
  }

  String what() {
    return what;
  }

  Optional<YamlNode> optional(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** Reports its absence. */
  Optional<YamlNode> required(String key) {
    Optional<YamlNode> value = optional(key);
    // A misspelt key is reported as unknown; that it is also missing says nothing new.
    if (value.isEmpty() && readable && misspelt(key).isEmpty()) {
      self.error(Mistake.MISSING_KEY, what + " needs '" + key + "'", "");
    }
    return value;
  }

  private Optional<String> misspelt(String key) {
    return entries.keySet().stream()
        .filter(k -> !asked.contains(k))
        .filter(k -> Suggestions.nearest(k, List.of(key)).isPresent())
        .findFirst();
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  /** Every entry in the order of the file, for mappings whose keys are names. */
  void forEach(BiConsumer<String, Entry> action) {
    asked.addAll(entries.keySet());
    entries.forEach(action);
  }

  Set<String> keys() {
    return entries.keySet();
  }

  Entry entry(String key) {
    asked.add(key);
    return entries.get(key);
  }

  /** Reports a key that exists elsewhere or later, with the reason why not here. */
  void refuse(Mistake mistake, String key, String message, String suggestion) {
    if (has(key)) {
      entries.get(key).key().error(mistake, message, suggestion);
      asked.remove(key);
      entries.remove(key);
    }
  }

  /** Reports every key that nobody asked for. */
  void finish() {
    entries.forEach(
        (key, entry) -> {
          if (!asked.contains(key)) {
            Set<String> unused = new LinkedHashSet<>(asked);
            unused.removeAll(entries.keySet());
            entry
                .key()
                .error(
                    Mistake.UNKNOWN_KEY,
                    "unknown key '" + key + "' in " + what,
                    Suggestions.nearest(key, unused)
                        .map(k -> "did you mean '" + k + "'?")
                        .orElseGet(() -> "known here: " + String.join(", ", asked)));
          }
        });
  }
}
