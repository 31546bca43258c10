package org.vipdrift.model.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the servers of a backend at one moment, in the order of the configuration.
 *
 * @param backend its name
 */
public record BackendSnapshot(String backend, List<ServerSnapshot> servers) {
  public BackendSnapshot {
    servers = List.copyOf(servers);
  }

  /** As at the start of HAProxy, when nothing is checked yet and nothing disabled. */
  public static BackendSnapshot initial(String backend, List<BalancedServer> servers) {
    return new BackendSnapshot(
        backend, servers.stream().map(s -> ServerSnapshot.running(s.weight())).toList());
  }

  /** With news of one server. */
  public BackendSnapshot with(int server, ServerSnapshot news) {
    List<ServerSnapshot> changed = new ArrayList<>(servers);
    changed.set(server, news);
    return new BackendSnapshot(backend, changed);
  }
}
