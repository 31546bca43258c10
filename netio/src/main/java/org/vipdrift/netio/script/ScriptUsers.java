package org.vipdrift.netio.script;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom each script runs as.
 *
 * @param standard what {@code script_user} names, or what keepalived decides without it
 * @param byName users of the scripts that have one of their own, by the name that a run carries
 */
public record ScriptUsers(ScriptUser standard, SortedMap<String, ScriptUser> byName) {
  public ScriptUsers {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** The same user for every script. */
  public static ScriptUsers all(ScriptUser user) {
    return new ScriptUsers(user, new TreeMap<>());
  }

  /** Whom the script of this name runs as. */
  public ScriptUser of(String name) {
    return byName.getOrDefault(name, standard);
  }
}
