package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.PeersSettings;
import org.vipdrift.model.haproxy.settings.StickTableSettings;

/** A peers section while it is read. */
final class PeersDraft {
  final String name;
  final SourceSpan span;
  final List<PeersSettings.Peer> peers = new ArrayList<>();
  final List<StickTableSettings> tables = new ArrayList<>();
  boolean disabled;
  boolean bound;

  PeersDraft(String name, SourceSpan span) {
    this.name = name;
    this.span = span;
  }

  PeersSettings finish() {
    return new PeersSettings(name, peers, tables, disabled);
  }
}
