package org.vipdrift.model.haproxy.settings;

import java.util.List;

/** A {@code log-forward} section. */
public record LogForwardSettings(String name, List<String> listeners, List<LogTarget> targets) {
  public LogForwardSettings {
    listeners = List.copyOf(listeners);
    targets = List.copyOf(targets);
  }
}
