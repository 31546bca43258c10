package org.vipdrift.simulator.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.node.NodeReading;

/** Configurations that have been read, kept for as long as a testbed lives. */
public final class NodeConfigurations {
  private static final int MOST = 1_000;

  private final Map<Key, NodeReading> readings = new LinkedHashMap<>();

  private record Key(String file, Map<String, String> texts, List<String> interfaces) {}

  /**
   * Reads a keepalived.conf.
   *
   * @param interfaces of the host
   */
  public NodeReading read(String file, Map<String, String> texts, List<String> interfaces) {
    if (readings.size() >= MOST) {
      readings.clear();
    }
    return readings.computeIfAbsent(
        new Key(file, texts, interfaces), _ -> NodeReading.of(file, texts, interfaces));
  }
}
