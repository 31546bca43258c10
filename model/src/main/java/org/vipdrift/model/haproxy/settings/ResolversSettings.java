package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;

/** A {@code resolvers} section. */
public record ResolversSettings(
    String name, List<NameServer> nameServers, int retries, Duration retry, Duration resolve) {
  public record NameServer(String name, String address) {}

  public ResolversSettings {
    nameServers = List.copyOf(nameServers);
  }
}
