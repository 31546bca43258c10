package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/** A {@code peers} section. */
public record PeersSettings(
    String name, List<Peer> peers, List<StickTableSettings> tables, boolean disabled) {
  /**
   * @param address absent where the peer is this process and a bind line says where
   */
  public record Peer(String name, Optional<ServerAddress> address, int port) {}

  public PeersSettings {
    peers = List.copyOf(peers);
    tables = List.copyOf(tables);
  }
}
