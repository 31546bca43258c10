package org.vipdrift.model.nginx;

import java.util.List;

/**
 * A {@code map} block.
 *
 * @param name of the variable it makes
 * @param entries exact texts first, then wildcards, then patterns in the order of the file
 * @param fallback {@code default}
 */
public record VariableMap(
    Template source, String name, List<Entry> entries, Template fallback, boolean hostnames) {
  public VariableMap {
    entries = List.copyOf(entries);
  }

  /**
   * A line of it.
   *
   * @param key a text compared without regard to case, or a pattern
   */
  public record Entry(String key, boolean regex, boolean caseless, Template value) {}
}
