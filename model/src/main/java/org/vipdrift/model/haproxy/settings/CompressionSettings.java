package org.vipdrift.model.haproxy.settings;

import java.util.List;

/** The {@code compression} lines. */
public record CompressionSettings(List<String> algorithms, List<String> types, boolean offload) {
  public CompressionSettings {
    algorithms = List.copyOf(algorithms);
    types = List.copyOf(types);
  }
}
