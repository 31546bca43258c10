package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the scripts of a host at the moment, by their name in the configuration. */
public final class ScriptFaults {
  private final Map<String, Duration> slow = new LinkedHashMap<>();
  private final Map<String, Integer> exits = new LinkedHashMap<>();

  /** Runs take at least this long; empty ends it. */
  public void slow(String script, Optional<Duration> takes) {
    takes.ifPresentOrElse(t -> slow.put(script, t), () -> slow.remove(script));
  }

  /** Runs end with this code, 0..255; empty ends it. */
  public void exit(String script, Optional<Integer> code) {
    code.ifPresentOrElse(c -> exits.put(script, c), () -> exits.remove(script));
  }

  Duration atLeast(String script) {
    return slow.getOrDefault(script, Duration.ZERO);
  }

  int exitOf(String script, int code) {
    return exits.getOrDefault(script, code);
  }
}
