package org.vipdrift.netio.port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each process has put into a kernel table. */
final class Owners<K, V> {
  private record Entry<V>(String who, V value) {}

  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  void put(K key, String who, V value) {
    entries.put(key, new Entry<>(who, value));
  }

  void remove(K key) {
    entries.remove(key);
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** The keys of a process and its parts, the newest first. */
  List<K> of(String who) {
    List<K> keys = new ArrayList<>();
    entries.forEach(
        (key, entry) -> {
          if (entry.who.equals(who) || entry.who.startsWith(who + "/")) {
            keys.addFirst(key);
          }
        });
    return keys;
  }
}
