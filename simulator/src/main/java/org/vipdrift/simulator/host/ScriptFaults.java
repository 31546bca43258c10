package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the scripts of a host at the moment, by their name in the configuration. */
public final class ScriptFaults {
  private final Map<String, Duration> slow = new LinkedHashMap<>();
  private final Map<String, Integer> exits = new LinkedHashMap<>();

  /** Runs that begin from now on wait so long before they do anything; empty ends it. */
  public void slow(String script, Optional<Duration> takes) {
    takes.ifPresentOrElse(t -> slow.put(script, t), () -> slow.remove(script));
  }

  /** Runs that begin from now on end with this code, 0..255; empty ends it. */
  public void exit(String script, Optional<Integer> code) {
    code.ifPresentOrElse(c -> exits.put(script, c), () -> exits.remove(script));
  }

  Duration delay(String script) {
    return slow.getOrDefault(script, Duration.ZERO);
  }

  Optional<Integer> exit(String script) {
    return Optional.ofNullable(exits.get(script));
  }
}
