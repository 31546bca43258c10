package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A {@code stick-table}.
 *
 * @param name the proxy's, or {@code section/table} in a peers section
 * @param keyLength octets of string and binary keys
 * @param size entries
 * @param expire absent: entries stay
 * @param peers the peers section it is shared through
 */
public record StickTableSettings(
    String name,
    KeyType type,
    int keyLength,
    long size,
    Optional<Duration> expire,
    boolean noPurge,
    List<StoredData> store,
    Optional<String> peers) {
  /** What entries are found by. */
  public enum KeyType {
    IP,
    IPV6,
    INTEGER,
    STRING,
    BINARY
  }

  /**
   * Something stored in each entry.
   *
   * @param name such as {@code conn_rate}
   * @param period of a rate
   * @param count of an array such as {@code gpc(4)}, else 1
   */
  public record StoredData(String name, Optional<Duration> period, int count) {}

  public StickTableSettings {
    store = List.copyOf(store);
  }
}
