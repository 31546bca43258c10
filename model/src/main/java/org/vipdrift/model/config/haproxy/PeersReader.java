package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.haproxy.settings.PeersSettings;
import org.vipdrift.model.haproxy.settings.ServerAddress;

/** Reads a {@code peers} section. */
final class PeersReader implements SmallSection {
  private static final List<String> WORDS =
      List.of(
          "peer",
          "server",
          "bind",
          "default-bind",
          "default-server",
          "log",
          "table",
          "disabled",
          "enabled");

  private final Reading reading;
  private final PeersDraft draft;
  private final ProxyDraft servers;
  private final Set<String> used = new TreeSet<>();

  PeersReader(Reading reading, Line line) {
    this.reading = reading;
    this.draft =
        reading.sections.peers.computeIfAbsent(line.text(1), n -> new PeersDraft(n, line.span()));
    this.servers = new ProxyDraft(ProxyDraft.Kind.BACKEND, line.text(1), line.span());
  }

  /** Reports a section that names addresses in both ways. */
  private boolean mixes(Line line) {
    String other = line.is(0, "peer") ? "bind" : "peer";
    boolean mixed = !line.is(0, "server") && used.contains(other);
    used.add(line.text(0));
    if (mixed) {
      reading.log.error("peer-and-bind", "peer and bind lines exclude each other", line.span());
    }
    return mixed;
  }

  @Override
  public void line(Line line) {
    if (List.of("peer", "bind", "server").contains(line.text(0)) && mixes(line)) {
      return;
    }
    switch (line.text(0)) {
      case "peer", "server" -> peer(line);
      case "bind" -> {
        if (new BindReader(reading).bind(line).size() > 0) {
          draft.bound = true;
        }
      }
      case "default-bind" -> reading.notModelled("default-bind", line.span(0));
      case "default-server" -> new ServerReader(reading, servers).defaults(line);
      case "log" -> new LogReader(reading).target(line);
      case "table" -> {
        if (line.has(1)) {
          new StickTableReader(reading, line, draft.name + "/" + line.text(1))
              .read(2)
              .ifPresent(draft.tables::add);
        } else {
          reading.missing(line, 1, "a name");
        }
      }
      case "disabled" -> draft.disabled = true;
      case "enabled" -> draft.disabled = false;
      default -> SmallSection.unknown(reading, line, "peers", WORDS);
    }
  }

  private void peer(Line line) {
    String local =
        reading.global.localPeer.orElse(
            reading.environment.getOrDefault("HAPROXY_LOCALPEER", reading.options.hostName()));
    if (!line.has(1)) {
      reading.missing(line, line.size(), "a name and an address with a port");
      return;
    }
    Optional<ServerAddress> address = Optional.empty();
    int port = 0;
    if (line.has(2)) {
      SocketAddress.Result result =
          SocketAddress.parse(line.text(2), new SocketAddress.Allowed(false, false, false, true));
      if (result instanceof SocketAddress.Result.Wrong wrong) {
        reading.log.error(wrong.code(), wrong.message(), line.span(2));
        return;
      }
      SocketAddress found = ((SocketAddress.Result.Right) result).address();
      if (found.kind() == SocketAddress.Kind.NAME) {
        HostNames.check(reading, found.host(), line.span(2));
      }
      address =
          Addresses.literal(found.host())
              .<ServerAddress>map(ServerAddress.Ip::new)
              .or(() -> Optional.of(new ServerAddress.Name(found.host())));
      port = found.firstPort();
      new ServerReader(reading, servers).peerOptions(line);
    }
    draft.peers.add(new PeersSettings.Peer(line.text(1), address, port));
    draft.bound |= line.is(1, local);
  }

  @Override
  public void end() {
    if (!draft.bound && !draft.disabled) {
      reading.log.warning(
          "incomplete-peers",
          "no peer of \"" + draft.name + "\" is this host, so the section is not used",
          draft.span,
          "name one like the host, or set localpeer");
    }
  }
}
