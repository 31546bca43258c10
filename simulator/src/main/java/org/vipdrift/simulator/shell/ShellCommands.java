package org.vipdrift.simulator.shell;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The programs by name. */
public record ShellCommands(Map<String, ShellCommand> byName) {
  public static final ShellCommands NONE = new ShellCommands(new TreeMap<>());

  public ShellCommands {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /** By a bare name, or by a path into a directory of programs. */
  public Optional<ShellCommand> find(String word) {
    if (word.indexOf('/') < 0) {
      return Optional.ofNullable(byName.get(word));
    }
    return word.matches("(/usr|/usr/local|/opt)?(/[^/]+)?/s?bin/[^/]+")
        ? Optional.ofNullable(byName.get(baseName(word)))
        : Optional.empty();
  }

  static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
